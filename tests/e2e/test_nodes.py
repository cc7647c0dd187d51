"""The same house on two nodes: what one does the other sees, and what faults do."""

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.cable import Cable
from tests.e2e.cluster import Cluster
from tests.e2e.house import House
from tests.e2e.terminal import Terminal
from tests.store.server import Server

PARTED = "The line between our servers is down"
BACK = "The line between our servers is back"


@pytest.fixture
def cluster(
    tmp_path_factory: pytest.TempPathFactory, database: Server
) -> Iterator[Cluster]:
    """Two nodes that run; lune and rosa are members, maple is a moderator."""
    made = Cluster(tmp_path_factory.mktemp("cluster"), database)
    try:
        made.start()
        made.nodes[0].admit("lune")
        made.nodes[0].admit("rosa")
        made.nodes[1].admit("maple", "moderator")
        yield made
    finally:
        made.close()


def in_lounge(cluster: Cluster) -> tuple[Terminal, Terminal]:
    """Lune on the first node and rosa on the second, both in the lounge."""
    one, other = cluster.nodes
    lune, rosa = one.enter("lune", "go", "lounge"), other.enter("rosa", "go", "lounge")
    for visitor in (lune, rosa):
        visitor.await_text("Nothing here at the moment")
    return lune, rosa


def test_a_node_makes_no_secrets_by_itself(tmp_path: Path, database: Server) -> None:
    """It says what to do, for a node more and for a new house, where `init` does."""
    made = Cluster(tmp_path, database)
    try:
        node = made.nodes[0]
        refused = node.command("serve")
        assert refused.returncode == 1
        assert "copy the folder from another node" in refused.stderr
        assert node.command("init").returncode == 0
        node.start()
    finally:
        made.close()


def test_rooms_are_one_across_nodes(cluster: Cluster) -> None:
    """Lines, presence, topics, timers and removals within a second or two."""
    lune, rosa = in_lounge(cluster)
    lune.type("hello from here", "enter")
    rosa.await_text("hello from here", seconds=2)
    rosa.type("and from there", "enter")
    lune.await_text("and from there", seconds=2)
    lune.type("/names", "enter")
    lune.await_text("lune, rosa")
    lune.type("/ephemeral 5s secret-of-the-day", "enter")
    rosa.await_text("secret-of-the-day", seconds=2)
    for one in (lune, rosa):
        one.await_no_text("secret-of-the-day", seconds=9)
    maple = cluster.nodes[1].enter("maple", "go", "lounge")
    maple.await_text("a few people")
    maple.type("/topic tea and rest", "enter")
    lune.await_text("tea and rest", seconds=2)
    late = cluster.nodes[1].enter("lune")
    late.await_text("The lounge", "a few people")


def test_what_was_said_in_a_room_is_nowhere_on_a_disk(cluster: Cluster) -> None:
    """Neither the broker nor the database ever has it in a file."""
    lune, rosa = in_lounge(cluster)
    lune.type("canary-of-the-lounge", "enter")
    rosa.await_text("canary-of-the-lounge")

    for folder in (cluster.broker.folder, cluster.broker.log, cluster.database.files):
        for path in [folder] if folder.is_file() else folder.rglob("*"):
            if path.is_file():
                assert b"canary-of-the-lounge" not in path.read_bytes(), path
    for node in cluster.nodes:
        assert not any("canary" in line for line in node.output)


def test_boards_drafts_and_marks_are_shared(cluster: Cluster) -> None:
    """A post shows live on the other node, unread; a draft goes on elsewhere."""
    one, other = cluster.nodes
    rosa = other.enter("rosa")
    rosa.await_text("nothing new")
    sent = one.ask("lune", "post", "money", "-t", "Shared", given="words for all")
    assert sent.returncode == 0, sent.stderr
    rosa.await_text("1 new for you", "Shared", seconds=4)
    rosa.press("n")
    rosa.await_text("words for all")
    rosa.press("r")
    rosa.await_text("Reply: Shared")
    rosa.type("half an answer")
    rosa.await_text("14 of 4000")
    rosa.kill()
    again = one.enter("rosa", "go", "1")
    again.await_text("words for all")
    again.press("r")
    again.await_text("half an answer")
    again.press("^S")
    again.await_text("#2", "half an answer")
    assert json.loads(other.ask("rosa", "unread", "--json").stdout) == []


def test_a_ban_bites_on_every_node(cluster: Cluster) -> None:
    """Visits on the other node end within two seconds, and it lets nobody in."""
    lune, rosa = in_lounge(cluster)
    began = time.monotonic()
    done = cluster.nodes[0].ask("maple", "ban", "rosa", "7d", "a leak")
    assert done.returncode == 0, done.stderr
    assert rosa.await_exit(seconds=5) == 4
    assert time.monotonic() - began < 4
    assert "a leak" in rosa.text
    assert cluster.nodes[1].ask("rosa", "whoami").returncode == 4
    lune.await_text("a few people")


def test_a_ban_bites_on_a_node_that_is_cut_off(cluster: Cluster) -> None:
    """Though the broker's word does not come, the database's does."""
    _, rosa = in_lounge(cluster)
    cluster.cables[1].cut()
    done = cluster.nodes[0].ask("maple", "ban", "rosa", "7d", "a leak")
    assert done.returncode == 0, done.stderr
    assert rosa.await_exit(seconds=5) == 4
    cluster.cables[1].mend()


def test_a_cut_is_said_and_recovers_by_itself(cluster: Cluster) -> None:
    """Rooms refuse what not all would hear, boards go on, and all comes back."""
    lune, rosa = in_lounge(cluster)
    cluster.cables[1].cut()
    rosa.await_text(PARTED, seconds=10)
    rosa.type("is anybody there", "enter")
    rosa.await_text("Nothing was sent", "is anybody there")
    assert "is anybody there" not in lune.text
    posted = cluster.nodes[1].ask("rosa", "post", "money", "-t", "T", given="kept")
    assert posted.returncode == 0, posted.stderr
    cluster.cables[1].mend()
    rosa.await_text(BACK, seconds=15)
    rosa.press("enter")
    lune.await_text("is anybody there", seconds=5)
    lune.type("now I am", "enter")
    rosa.await_text("now I am", seconds=5)


def test_a_node_that_stood_still_is_not_cut_off(cluster: Cluster) -> None:
    """What was typed while its process was stalled is heard on the other node."""
    lune, rosa = in_lounge(cluster)
    os.kill(cluster.nodes[0].pid, signal.SIGSTOP)
    lune.type("said in the meantime", "enter")
    time.sleep(2.5)  # longer than a beat may be on its way
    os.kill(cluster.nodes[0].pid, signal.SIGCONT)
    rosa.await_text("said in the meantime", seconds=5)
    lune.await_text("said in the meantime")
    for one in (lune, rosa):
        assert "servers is" not in one.text


def test_the_broker_goes_and_comes_back(cluster: Cluster) -> None:
    """Killed and started again: both nodes say so, and go on by themselves."""
    lune, rosa = in_lounge(cluster)
    lune.type("before", "enter")
    rosa.await_text("before")
    cluster.broker.kill()
    for one in (lune, rosa):
        one.await_text(PARTED, seconds=10)
    cluster.broker.start()
    for one in (lune, rosa):
        one.await_text(BACK, seconds=20)
    rosa.type("after", "enter")
    lune.await_text("before", "after", seconds=5)


def test_the_database_goes_and_comes_back(cluster: Cluster) -> None:
    """Nobody new comes in, posts are refused in words, and then all goes on."""
    one, other = cluster.nodes
    lune, rosa = in_lounge(cluster)
    kept = one.ask("lune", "post", "money", "-t", "Kept", given="words")
    assert kept.returncode == 0
    cluster.database.kill()
    refused = other.ask("rosa", "whoami")
    assert refused.returncode == 1
    assert b"cannot" in refused.stderr
    lune.type("we still talk", "enter")
    rosa.await_text("we still talk", seconds=5)
    cluster.database.start()
    end = time.monotonic() + 20
    while other.ask("rosa", "whoami").returncode != 0:
        assert time.monotonic() < end
    assert b"Kept" in other.ask("rosa", "read", "money").stdout


def test_a_killed_node_takes_nobody_with_it(cluster: Cluster) -> None:
    """Its people are gone from the rooms, the others stay, it comes back and knows."""
    lune, rosa = in_lounge(cluster)
    lune.type("still in memory", "enter")
    rosa.await_text("still in memory")
    os.kill(cluster.nodes[1].pid, signal.SIGKILL)
    end = time.monotonic() + 20
    while True:
        lune.type("/names", "enter")
        lune.settle()
        if lune.text.rsplit("Here:", 1)[-1].split("\n")[0].strip() == "lune":
            break
        assert time.monotonic() < end, lune.text
    cluster.nodes[1].restart(signal.SIGKILL)
    rosa = cluster.nodes[1].enter("rosa", "go", "lounge")
    rosa.await_text("a few people")
    lune.type("welcome back", "enter")
    rosa.await_text("welcome back", seconds=3)


def test_one_node_stops_and_the_other_goes_on(cluster: Cluster) -> None:
    """A node that is told to stop says goodbye to its own people only."""
    lune, rosa = in_lounge(cluster)
    assert cluster.nodes[1].stop() == 0
    assert rosa.await_exit() == 0
    lune.type("alone but fine", "enter")
    lune.await_text("alone but fine")
    cluster.nodes[1].start()


def test_a_reload_reaches_every_node(cluster: Cluster) -> None:
    """A new board is there on both; a broken edit changes nothing and is told."""
    one, other = cluster.nodes
    one.admit("ada", "sysop")
    ada = other.enter("ada")
    rosa = other.enter("rosa")
    rosa.await_text("Money and tax")
    ada.await_text("Money and tax")
    text = cluster.config.read_text("utf-8")
    cluster.config.write_text(text.replace("Money and tax", "Coins and tax"), "utf-8")
    done = one.command("reload")
    assert done.returncode == 0, done.stderr
    rosa.await_text("Coins and tax", seconds=4)
    cluster.config.write_text(text.replace("ttl_days:", "ttl_day:", 1), "utf-8")
    broken = one.command("reload")
    assert broken.returncode == 2
    assert "Nothing was changed" in broken.stderr
    ada.await_text("boards.yaml has mistakes", "defaults.ttl_day: ")
    rosa.settle()
    assert "mistakes" not in rosa.text
    assert "Coins and tax" in rosa.text


def test_a_balancer_in_front_makes_no_difference(cluster: Cluster) -> None:
    """Connections go to one node and the other in turn; to people it is one place."""
    balancer = Cable(*(node.port for node in cluster.nodes))
    try:
        front = House(cluster.nodes[0].folder)
        front.port = balancer.port
        people = [front.enter(name, "go", "lounge") for name in ("lune", "rosa")]
        for one in people:
            one.await_text("The lounge")
        people[0].type("through the middle", "enter")
        people[1].await_text("through the middle")
        for one in people:
            one.press("^X")
            assert one.await_exit() == 0
    finally:
        balancer.close()

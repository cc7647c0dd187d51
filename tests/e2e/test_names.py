"""Another name leaves no trace, and nobody escapes a ban by one."""

import asyncio
import json

from sqlalchemy import select

from bunniz_bbs.config.secrets import load_secrets
from bunniz_bbs.store.sqlite import open_sqlite
from bunniz_bbs.store.tables import metadata
from bunniz_bbs.wiring.stores import DATA_FILE
from tests.e2e.house import House
from tests.e2e.test_joining import PHONE
from tests.e2e.test_nodes import cluster, in_lounge

__all__ = ["cluster"]


def everything_kept(house: House) -> str:
    """All that stands in the tables of a house that was stopped."""

    async def read() -> str:
        secrets = load_secrets(house.keys)
        store = await open_sqlite(house.data / DATA_FILE, secrets.data_key)
        async with store.writer.connect() as connection:
            rows = [
                (table.name, *row)
                for table in metadata.sorted_tables
                for row in await connection.execute(select(table))
            ]
        await store.close()
        return "\n".join(map(str, rows))

    return asyncio.run(read())


def test_after_a_rename_no_screen_and_no_table_has_the_old_name(house: House) -> None:
    """In French on a phone, seen in English on a full screen by others."""
    house.admit("odile", language="fr")
    house.admit("rosa")
    house.admit("maple", "moderator")
    odile = house.enter("odile", "go", "lounge", size=PHONE)
    odile.await_text("Le salon")
    rosa = house.enter("rosa", "go", "lounge")
    rosa.await_text("The lounge")
    odile.type("coucou", "enter")
    rosa.await_text("odile", "coucou")
    rosa.type("Welcome @odile", "enter")
    odile.await_text("Welcome @odile")
    for person, words, given in (
        ("odile", ["post", "money", "-t", "Rent"], "I pay too much."),
        ("rosa", ["reply", "1"], "@Odile is right."),
        ("maple", ["mute", "odile", "1d", "a name was told"], ""),
        ("maple", ["unmute", "odile", "sorted out"], ""),
    ):
        done = house.ask(person, *words, given=given)
        assert done.returncode == 0, done.stderr
    reader = house.enter("maple", "go", "1")
    reader.await_text("odile", "@odile is right.")

    odile.type("/rename Bruyère", "enter")

    odile.await_text("Tu t'appelles Bruyère maintenant")
    odile.press("esc")
    rosa.await_text("Bruyère", "coucou", "Welcome @Bruyère")
    rosa.await_no_text("odile")
    reader.await_text("Bruyère", "@Bruyère is right.")
    reader.await_no_text("odile")
    reader.type("/")
    reader.type("log", "enter")
    reader.await_text("Moderators' log", "Bruyère")
    reader.settle()
    assert "odile" not in reader.text.casefold()
    listed = house.ask("maple", "log", "--json").stdout
    assert b"odile" not in listed
    assert "Bruyère" in {one["target"] for one in json.loads(listed)}
    assert "Bruyère" in house.ask("odile", "whoami").stdout.decode()
    taken = house.ask("rosa", "rename", "Odile")
    assert taken.returncode == 1
    assert b"is called" in taken.stderr

    house.stop()
    kept = everything_kept(house)
    assert "Bruyère" in kept
    assert "odile" not in kept.casefold()


def test_a_rename_reaches_screens_on_the_other_node(cluster) -> None:
    """By a verb on one node; lines and presence of both nodes bear the new name."""
    lune, rosa = in_lounge(cluster)
    lune.type("good evening", "enter")
    rosa.await_text("lune", "good evening")
    rosa.type("hello @lune", "enter")
    rosa.await_text("hello @lune")
    lune.await_text("hello @lune")

    done = cluster.nodes[1].ask("lune", "rename", "Heather")

    assert done.returncode == 0, done.stderr
    for visitor in (lune, rosa):
        visitor.await_text("Heather", "good evening", "hello @Heather")
        visitor.await_no_text("lune")
    rosa.type("/names", "enter")
    rosa.await_text("Heather", "rosa")


def test_neither_a_second_key_nor_a_rename_escapes_a_ban(house: House) -> None:
    """Every visit ends, no key comes in, codes let none in, also after removal."""
    house.admit("rosa")
    house.admit("maple", "moderator")
    laptop = house.public_key("laptop").read_text()
    assert house.ask("rosa", "keys", "add", "laptop", given=laptop).returncode == 0
    device = json.loads(house.ask("rosa", "keys", "code", "--json").stdout)["code"]
    spare = json.loads(house.ask("rosa", "keys", "recovery", "--json").stdout)["codes"]
    assert house.ask("laptop", "rename", "Heather").returncode == 0
    visits = [house.enter("rosa"), house.enter("laptop", size=PHONE)]
    for visit in visits:
        visit.await_text("The lounge")
    gone = house.ask("maple", "ban", "rosa", "7d", "sold names")
    assert gone.returncode == 3, "somebody is called so still"

    done = house.ask("maple", "ban", "heather", "7d", "sold names")

    assert done.returncode == 0, done.stderr
    for visit in visits:
        visit.await_exit()
        assert "sold names" in visit.text.replace("\n", " ")
    for person in ("rosa", "laptop"):
        assert b"sold names" in house.ask(person, "whoami").stderr
    for code in (device, spare[0]):
        house.ask("fresh", "redeem", code)
        assert b"Heather" not in house.ask("fresh", "whoami").stdout
    house.command("people", "remove", "Heather")
    for person in ("rosa", "laptop"):
        refused = house.ask(person, "whoami")
        assert refused.returncode != 0
        assert b"sold names" in refused.stderr

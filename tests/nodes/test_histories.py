"""What was acknowledged is there, in order, whatever breaks: checked on histories.

Each history is drawn from a seed, which is in the test's name. Authors write and talk
on two nodes while cables are cut, the broker and the database are killed and started
again, and one node's clock is up to an hour off. Then all heals, and what is there is
held against what was acknowledged.
"""

import asyncio
import random
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.ids import KeyDigest, RoomSlug, ThreadId
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from tests.bus.brokers import Broker, Cable
from tests.bus.nodes import until
from tests.nodes.node import Node, all_whole
from tests.services.houses import a_house
from tests.store.server import Server

AUTHORS = 4
SECONDS = 3.0
"""How long authors write while things break."""
LOUNGE = RoomSlug("lounge")
Break = Callable[[], Awaitable[None]]


@dataclass
class History:
    """What authors were told."""

    posted: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Acknowledged posts of each author, in their order."""
    said: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Acknowledged lines of each author, in their order."""
    tried: set[str] = field(default_factory=set)
    """Everything that was ever sent, acknowledged or not."""

    def heard(self, node: Node) -> bool:
        """Whether a node holds all lines that were acknowledged."""
        lines = {one.text for one in node.wired.held.of(LOUNGE).lines.values()}
        return all(lines.issuperset(said) for said in self.said.values())


async def write(
    history: History, nodes: list[Node], who: Actor, thread: ThreadId, seed: int
) -> None:
    """Post and talk, now on one node and now on another, until time is up."""
    chance = random.Random(f"{seed}/{who.name}")
    end = asyncio.get_running_loop().time() + SECONDS
    number = 0
    while asyncio.get_running_loop().time() < end:
        number += 1
        words = f"{who.name} {number}"
        history.tried.add(words)
        node = chance.choice(nodes)
        with suppress(BunnizError):
            if chance.random() < 0.5:
                await node.services.posts.reply(who, thread, words)
                history.posted[who.name].append(words)
            else:
                await node.services.rooms.say(who, LOUNGE, words)
                history.said[who.name].append(words)
        await asyncio.sleep(chance.random() * 0.05)


async def break_things(
    chance: random.Random, broker: Broker, cables: list[Cable], server: Server
) -> None:
    """One or two faults, each healed after a while."""

    async def cut() -> None:
        cable = chance.choice(cables)
        cable.cut()
        await asyncio.sleep(chance.uniform(0.2, 2.5))
        cable.mend()

    async def kill_broker() -> None:
        broker.kill()
        await asyncio.sleep(chance.uniform(0.1, 1.5))
        await asyncio.to_thread(broker.start)

    async def kill_database() -> None:
        await asyncio.to_thread(server.kill)
        await asyncio.sleep(chance.uniform(0.0, 0.8))
        await asyncio.to_thread(server.start)

    faults: list[Break] = [cut, kill_broker, kill_database]
    for fault in chance.sample(faults, chance.randint(1, 2)):
        await asyncio.sleep(chance.uniform(0.1, 0.8))
        await fault()


async def test_what_was_acknowledged_is_there_in_order(
    seed: int, server: Server, broker: Broker
) -> None:
    """Acknowledged ⊆ final on every node, nothing invented, each author in order."""
    chance = random.Random(seed)
    name = await server.create()
    url = server.url(name, tcp=True)
    house = a_house()
    async with Cable(broker.port).laid() as left, Cable(broker.port).laid() as right:
        wrong_by = timedelta(seconds=chance.uniform(-3600, 3600))
        one = await Node.start(url, left.url, house)
        other = await Node.start(url, right.url, a_house(), wrong_by)
        try:
            await all_whole(one, other)
            authors = [
                Actor.of(
                    await one.services.people.add(
                        CONSOLE, f"author {n}", KeyDigest(bytes([n]) * 32),
                        Role.MEMBER, "en",
                    )
                )
                for n in range(AUTHORS)
            ]  # fmt: skip
            thread = await one.services.threads.start(authors[0], "general", "T", "0")
            history = History()
            async with asyncio.TaskGroup() as group:
                for who in authors:
                    group.create_task(
                        write(history, [one, other], who, thread.id, seed)
                    )
                group.create_task(break_things(chance, broker, [left, right], server))
            await all_whole(one, other)
            # What was said right before a cut that nobody had noticed yet comes after.
            with suppress(AssertionError):  # `check` says which
                await until(lambda: all(history.heard(on) for on in (one, other)))
            await check(history, [one, other], authors[0], thread.id)
        finally:
            await one.stop()
            await other.stop()
    await server.drop(name)


async def check(
    history: History, nodes: list[Node], reader: Actor, thread: ThreadId
) -> None:
    """Hold what is there against what was acknowledged."""
    assert history.posted
    assert history.said
    for node in nodes:
        view = await _open(node, reader, thread)
        bodies = [post.body for post in view.posts[1:]]
        assert [post.number for post in view.posts] == [*range(1, len(view.posts) + 1)]
        assert len(bodies) == len(set(bodies)), "a post is there twice"
        assert set(bodies) <= history.tried
        for name, acknowledged in history.posted.items():
            theirs = [one for one in bodies if one.startswith(f"{name} ")]
            assert set(acknowledged) <= set(theirs), "an acknowledged post is lost"
            assert [one for one in theirs if one in acknowledged] == acknowledged

        lines = [one.text for one in node.wired.held.of(LOUNGE).lines.values()]
        assert len(lines) == len(set(lines)), "a line is there twice"
        assert set(lines) <= history.tried
        for acknowledged in history.said.values():
            assert set(acknowledged) <= set(lines), "an acknowledged line is lost"


async def _open(node: Node, reader: Actor, thread: ThreadId):
    async with asyncio.timeout(20):
        while True:
            with suppress(BunnizError):
                return await node.services.threads.open(reader, thread)
            await asyncio.sleep(0.1)

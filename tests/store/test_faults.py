"""The database goes away and comes back: nothing that was acknowledged is lost."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from bunniz_bbs.domain.errors import StoreDown
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.store import postgres as module
from bunniz_bbs.store.ports import Store, Transaction
from bunniz_bbs.store.postgres import PostgresStore, open_postgres
from tests.store.conftest import SHARED
from tests.store.peers import Wire, wire
from tests.store.rows import ANN, GENERAL, LONG_AGO, NOON, begin, say
from tests.store.server import Server

KILLS = 6
WRITERS = 6
PROMPT = 5.0
"""Seconds after which an operation has ended, well or not."""


async def in_time(store: Store, thread: ThreadId) -> float:
    """How long it takes to be told that the database is not there, both ways."""
    began = time.monotonic()
    ended = await asyncio.gather(
        say(store, thread),
        store.read(lambda tx: tx.threads.on_board(GENERAL, ANN, LONG_AGO)),
        return_exceptions=True,
    )
    assert [type(one) for one in ended] == [StoreDown, StoreDown]
    return time.monotonic() - began


async def recovered(store: Store, thread: ThreadId) -> int:
    """The number of the first post that is taken again."""
    async with asyncio.timeout(10):
        while True:
            with suppress(StoreDown):
                return (await say(store, thread)).number


async def numbers(store: Store, thread: ThreadId) -> list[int]:
    """The posts that are there."""
    posts = await store.read(lambda tx: tx.posts.in_thread(thread))
    return [post.number for post in posts]


@pytest.fixture
async def nodes(database: str) -> AsyncIterator[list[PostgresStore]]:
    """Two nodes that know each other by the database alone."""
    stores = [await open_postgres(database) for _ in range(2)]
    yield stores
    for store in stores:
        await store.close()


class Writer:
    """Posts until it is told to stop, and notes what was acknowledged."""

    def __init__(self, store: Store, thread: ThreadId) -> None:
        self._store = store
        self._thread = thread
        self.told: list[int] = []
        self.refused = 0
        self.stopping = False

    async def run(self, enough: asyncio.Semaphore) -> None:
        """Go on through every refusal."""
        while not self.stopping:
            try:
                self.told.append((await say(self._store, self._thread)).number)
                enough.release()
            except StoreDown:
                self.refused += 1
                await asyncio.sleep(0.01)


async def test_killed_while_it_writes(server: Server, nodes: list[PostgresStore]):
    """Killed again and again under two nodes: acknowledged posts are all there."""
    chance = random.Random(20260302)
    thread = (await begin(nodes[0])).id
    writers = [Writer(nodes[number % 2], thread) for number in range(WRITERS)]
    told = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(writer.run(told)) for writer in writers]
    for _ in range(KILLS):
        async with asyncio.timeout(10):
            for _ in range(chance.randint(10, 60)):
                await told.acquire()
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
    for writer in writers:
        writer.stopping = True
    await asyncio.gather(*tasks)

    last = await recovered(nodes[0], thread)

    there = await numbers(nodes[1], thread)
    acknowledged = [number for writer in writers for number in writer.told]
    assert there == list(range(1, last + 1))
    assert set(acknowledged) <= set(there)
    assert len(acknowledged) == len(set(acknowledged))
    # What was refused in the very moment of a commit may be there nevertheless.
    assert len(there) - 1 - len(acknowledged) <= sum(one.refused for one in writers)
    for writer in writers:
        assert writer.told == sorted(writer.told)
        assert writer.refused


async def test_gone_for_a_while(server: Server, nodes: list[PostgresStore]):
    """It is told at once, again and again, and then all goes on by itself."""
    thread = (await begin(nodes[0], posts=1)).id
    await asyncio.to_thread(server.stop)
    try:
        for node in nodes:
            assert await in_time(node, thread) < 1
            assert await in_time(node, thread) < 1
            with pytest.raises(StoreDown):
                await node.shred()
    finally:
        await asyncio.to_thread(server.start)

    for node in nodes:
        assert await numbers(node, thread) == [1]
    assert (await say(nodes[0], thread)).number == 2
    await nodes[1].shred()


async def test_restarted_between_two_operations(
    server: Server, nodes: list[PostgresStore]
):
    """Nobody notices: connections that ended meanwhile are made anew."""
    thread = (await begin(nodes[0], posts=1)).id
    await asyncio.gather(*(numbers(node, thread) for node in nodes * 5))

    await asyncio.to_thread(server.stop)
    await asyncio.to_thread(server.start)

    assert await numbers(nodes[1], thread) == [1]
    assert (await say(nodes[0], thread)).number == 2


async def test_restarted_during_an_operation(
    server: Server, nodes: list[PostgresStore]
):
    """What had not been committed is done again, once."""
    thread = (await begin(nodes[0])).id
    tries = 0

    async def work(tx: Transaction) -> int:
        nonlocal tries
        tries += 1
        post = await tx.posts.add(thread, ANN, "Ann", "Hi", NOON)
        if tries == 1:
            await asyncio.to_thread(server.stop)
            await asyncio.to_thread(server.start)
        await tx.reads.get(ANN, thread)
        return post.number

    assert await nodes[0].write(work) == 1
    assert tries == 2
    assert await numbers(nodes[1], thread) == [1]


class TestWire:
    """The network between a node and the database."""

    @pytest.fixture
    async def line(self, server: Server) -> AsyncIterator[Wire]:
        """A line that can be cut."""
        async with wire(server.port) as line:
            yield line

    @pytest.fixture
    async def far(
        self, server: Server, postgres: PostgresStore, line: Wire
    ) -> AsyncIterator[PostgresStore]:
        """A node at the other end of the line."""
        store = await open_postgres(line.url(server.url(SHARED, tcp=True)))
        yield store
        await store.close()

    async def test_cut_between_two_operations(self, line: Wire, far: PostgresStore):
        """Nobody notices."""
        thread = (await begin(far, posts=1)).id

        line.cut()
        await asyncio.sleep(0)

        assert (await say(far, thread)).number == 2
        assert await numbers(far, thread) == [1, 2]

    async def test_cut_before_the_commit(self, line: Wire, far: PostgresStore):
        """It is kept or it is not; it is not there twice."""
        thread = (await begin(far)).id

        async def work(tx: Transaction) -> int:
            post = await tx.posts.add(thread, ANN, "Ann", "Hi", NOON)
            line.cut()
            return post.number

        with suppress(StoreDown):
            await far.write(work)

        assert await numbers(far, thread) in ([], [1])

    async def test_dead_line_is_told_in_time(
        self, line: Wire, far: PostgresStore, postgres: PostgresStore
    ):
        """Nothing comes back, and nothing says so: it takes no longer than this."""
        thread = (await begin(far, posts=1)).id
        line.go_dead()

        assert await in_time(far, thread) < PROMPT

        line.revive()
        assert await recovered(far, thread) >= 2
        assert (await say(postgres, thread)).number >= 3

    async def test_dead_node_holds_nobody_up(
        self, line: Wire, far: PostgresStore, postgres: PostgresStore
    ):
        """A node that falls silent in the middle of a write: the others go on."""
        thread = (await begin(postgres)).id

        async def work(tx: Transaction) -> None:
            await tx.posts.add(thread, ANN, "Ann", "Hi", NOON)
            line.go_dead()
            await tx.posts.add(thread, ANN, "Ann", "Hi", NOON)

        with pytest.raises(StoreDown):
            await far.write(work)

        async with asyncio.timeout(12):
            await recovered(postgres, thread)

    async def test_closing_does_not_wait_for_the_dead(
        self, line: Wire, far: PostgresStore
    ):
        """A node that stops while the database does not answer stops all the same."""
        await begin(far)
        line.go_dead()

        async with asyncio.timeout(PROMPT):
            await far.close()


async def test_held_up_by_a_lock_is_told_in_time(
    server: Server, database: str, postgres: PostgresStore, monkeypatch
):
    """Somebody else holds what is needed: that is StoreDown, and passes."""
    monkeypatch.setattr(module, "PATIENCE", 0.5)
    thread = (await begin(postgres)).id
    async with server.holding("posts", database):
        began = time.monotonic()
        with pytest.raises(StoreDown):
            await say(postgres, thread)
        assert time.monotonic() - began < 1

    assert (await say(postgres, thread)).number == 1


async def test_more_than_there_are_connections_is_told_in_time(
    postgres: PostgresStore, monkeypatch
):
    """Units that hold all connections: the next is refused, and nothing is stuck."""
    monkeypatch.setattr(module, "PATIENCE", 0.5)
    go_on = asyncio.Event()

    async def wait(tx: Transaction) -> None:
        await tx.accounts.all()
        await go_on.wait()

    held = [asyncio.create_task(postgres.read(wait)) for _ in range(8)]
    began = time.monotonic()
    ended = await asyncio.gather(*held, return_exceptions=True)

    assert [type(one) for one in ended] == [StoreDown] * 8
    assert time.monotonic() - began < 1.5
    assert await postgres.read(lambda tx: tx.accounts.all()) == []

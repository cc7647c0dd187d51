"""All of a unit of work or none of it, whoever goes away meanwhile."""

import asyncio

import pytest

from bunniz_bbs.domain.errors import StoreDown
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.store.ports import Store, Transaction
from tests.store.rows import ANN, GENERAL, NOON, begin, join, say

STEPS = 4


async def count(store: Store, thread: ThreadId) -> int:
    """How many posts the thread has."""
    return await store.write(lambda tx: _count(tx, thread))


async def _count(tx: Transaction, thread: ThreadId) -> int:
    return len(await tx.posts.in_thread(thread))


class Steps:
    """A unit of work of several posts that stops somebody in the middle."""

    def __init__(self, thread: ThreadId, at: int) -> None:
        self._thread = thread
        self._at = at
        self.caller: asyncio.Task[None] | None = None

    async def __call__(self, tx: Transaction) -> None:
        """Add the posts."""
        for step in range(STEPS):
            await self.stop(step)
            await tx.posts.add(self._thread, ANN, "Ann", str(step), NOON)
        await self.stop(STEPS)

    async def stop(self, step: int) -> None:
        """Cancel the caller when its step has come."""
        if step == self._at and self.caller is not None:
            self.caller.cancel()
            await asyncio.sleep(0)


class Mistake(Exception):
    """Something that a unit of work stumbles over."""


@pytest.mark.parametrize("at", range(STEPS + 1))
async def test_outlives_its_caller(store: Store, at: int):
    """A caller who is cancelled at any step loses the answer, not the work."""
    thread = await begin(store)
    work = Steps(thread.id, at)

    work.caller = asyncio.create_task(store.write(work))

    with pytest.raises(asyncio.CancelledError):
        await work.caller
    async with asyncio.timeout(5):
        while not (there := await count(store, thread.id)):
            pass
    assert there == STEPS


@pytest.mark.parametrize("turns", range(12))
async def test_caller_goes_at_any_turn(store: Store, turns: int):
    """Wherever in the loop the caller is when it goes, it is all or nothing."""
    thread = await begin(store)
    caller = asyncio.create_task(store.write(Steps(thread.id, -1)))

    for _ in range(turns * 3):
        await asyncio.sleep(0)
    caller.cancel()
    await asyncio.wait({caller})

    assert await count(store, thread.id) in (0, STEPS)


@pytest.mark.parametrize("at", range(STEPS + 1))
async def test_is_undone_when_it_is_stopped_itself(store: Store, at: int):
    """A unit that is cancelled from inside leaves nothing and harms nobody."""
    thread = await begin(store)

    class Own(Steps):
        async def stop(self, step: int) -> None:
            self.caller = asyncio.current_task()
            await super().stop(step)

    with pytest.raises(asyncio.CancelledError):
        await store.write(Own(thread.id, at))

    assert await count(store, thread.id) == 0
    await say(store, thread.id)


async def test_error_undoes_everything(store: Store):
    """What a unit raises is what its caller gets, and nothing is kept."""
    thread = await begin(store, posts=1)

    async def work(tx: Transaction) -> None:
        await tx.posts.add(thread.id, ANN, "Ann", "no", NOON)
        await tx.threads.set_pinned(thread.id, True)
        raise Mistake

    with pytest.raises(Mistake):
        await store.write(work)

    after = await store.read(lambda tx: tx.threads.get(thread.id))
    assert after is not None
    assert (after.last_number, after.pinned) == (1, False)
    assert await count(store, thread.id) == 1


async def test_reading_sees_one_moment(store: Store):
    """What is committed during a unit of reading is not seen in it."""
    thread = await begin(store, posts=1)

    async def work(tx: Transaction) -> tuple[int, int]:
        before = await _count(tx, thread.id)
        await say(store, thread.id)
        return before, await _count(tx, thread.id)

    assert await store.read(work) == (1, 1)
    assert await count(store, thread.id) == 2


async def test_reading_changes_nothing(store: Store):
    """A unit of reading that writes is refused by the database."""
    thread = await begin(store)

    with pytest.raises(StoreDown):
        await store.read(lambda tx: tx.threads.set_pinned(thread.id, True))

    after = await store.read(lambda tx: tx.threads.get(thread.id))
    assert after is not None
    assert not after.pinned


async def test_many_at_once(store: Store):
    """More readers and writers than there are connections all get their turn."""
    await join(store, "Ann")
    thread = await begin(store, posts=1)

    async def visit(number: int) -> None:
        await store.write(lambda tx: tx.reads.advance(ANN, thread.id, number))
        await store.read(lambda tx: tx.threads.on_board(GENERAL, ANN, NOON.date()))

    async with asyncio.timeout(30):
        await asyncio.gather(*(visit(number) for number in range(60)))

    assert await store.read(lambda tx: tx.reads.get(ANN, thread.id)) == 59


async def test_closing_waits_for_what_runs(store: Store):
    """What was begun is finished; what comes later is refused; twice is once."""
    thread = await begin(store)
    begun, done = asyncio.Event(), asyncio.Event()

    async def work(tx: Transaction) -> int:
        begun.set()
        await done.wait()
        return (await tx.posts.add(thread.id, ANN, "Ann", "last", NOON)).number

    last = asyncio.create_task(store.write(work))
    await begun.wait()
    closing = asyncio.create_task(store.close())
    await asyncio.sleep(0)
    with pytest.raises(StoreDown):
        await say(store, thread.id)
    done.set()

    assert await last == 1
    await closing
    await store.close()

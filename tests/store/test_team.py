"""What waits for the team: the same on every store."""

import asyncio

from bunniz_bbs.store.ports import Store
from tests.store.rows import ANN, GENERAL, HOUR, NOON, begin, join


async def hold(store: Store, title: str = "A question", author=ANN, **more):
    """Keep a post for the team."""
    given = {"thread": None, "at": NOON} | more
    return await store.write(
        lambda tx: tx.held.add(
            GENERAL, given["thread"], title, author, "Ann", "body", given["at"]
        )
    )


class TestHeldPosts:
    async def test_come_back_the_oldest_first(self, store: Store):
        """As they were, and countable by author."""
        first, second = await hold(store, "one"), await hold(store, "two", author="")

        assert await store.read(lambda tx: tx.held.all()) == [first, second]
        assert await store.read(lambda tx: tx.held.get(second.id)) == second
        assert await store.read(lambda tx: tx.held.by(ANN)) == [first]
        assert await store.read(lambda tx: tx.held.count()) == 2
        assert await store.read(lambda tx: tx.held.count(ANN)) == 1

    async def test_one_decides(self, store: Store):
        """Of many at once."""
        held = await hold(store)

        done = await asyncio.gather(
            *(store.write(lambda tx: tx.held.remove(held.id)) for _ in range(10))
        )

        assert done.count(True) == 1

    async def test_go_with_their_thread(self, store: Store):
        """There is nothing to answer any more."""
        thread = await begin(store, posts=1)
        held = await hold(store, thread=thread.id)
        await store.write(lambda tx: tx.threads.remove(thread.id))

        assert await store.read(lambda tx: tx.held.get(held.id)) is None

    async def test_lose_their_author_with_the_account(self, store: Store):
        """The words may still be read; they lead to nobody."""
        await join(store, "Ann")
        held = await hold(store)
        await store.write(lambda tx: tx.accounts.remove(ANN))

        assert (await store.read(lambda tx: tx.held.get(held.id))).author == ""

    async def test_old_ones_are_forgotten(self, store: Store):
        """An id never comes back."""
        old = await hold(store, at=NOON - HOUR)

        assert await store.write(lambda tx: tx.held.drop_older(NOON)) == 1
        assert (await hold(store)).id > old.id


class TestReports:
    async def test_are_open_until_one_closes_them(self, store: Store):
        """Closed ones are forgotten after a time."""
        report = await store.write(lambda tx: tx.reports.add("place", "help", NOON))
        assert await store.read(lambda tx: tx.reports.open()) == [report]

        done = [
            await store.write(lambda tx: tx.reports.close(report.id, NOON))
            for _ in range(2)
        ]
        assert done == [True, False]
        assert await store.read(lambda tx: tx.reports.open()) == []

        await store.write(lambda tx: tx.reports.drop_closed(NOON + HOUR))
        again = await store.write(lambda tx: tx.reports.add("place", "again", NOON))
        assert again.id > report.id

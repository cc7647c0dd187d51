"""What waits for the team: the same on every store."""

import asyncio
from datetime import timedelta
from itertools import count

from bunniz_bbs.store.ports import Store
from tests.store.rows import ANN, GENERAL, HOUR, NOON, a_key, begin, join

NUMBERS = count(1)


async def hold(store: Store, title: str = "A question", author=ANN, **more):
    """Keep a post for the team."""
    given = {"id": next(NUMBERS), "thread": None, "at": NOON} | more
    return await store.write(
        lambda tx: tx.held.add(
            given["id"],
            GENERAL,
            given["thread"],
            title,
            author,
            "Ann",
            "body",
            given["at"],
        )
    )


class TestHeldPosts:
    async def test_come_back_the_oldest_first(self, store: Store):
        """As they were, whatever their numbers, and countable by author."""
        second = await hold(store, "two", author="", at=NOON + HOUR)
        first = await hold(store, "one")

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
        """Those that came since stay."""
        old, new = await hold(store, at=NOON - HOUR), await hold(store)

        assert await store.write(lambda tx: tx.held.drop_older(NOON)) == 1
        assert await store.read(lambda tx: tx.held.get(old.id)) is None
        assert await store.read(lambda tx: tx.held.all()) == [new]

    async def test_a_number_is_given_once(self, store: Store):
        """Nobody decides about another post than they read."""
        first = await hold(store, id=7)

        assert await hold(store, "another", id=7) is None
        assert await store.read(lambda tx: tx.held.all()) == [first]


class TestReports:
    async def test_are_open_until_one_closes_them(self, store: Store):
        """The oldest first, whatever their numbers; closed ones are forgotten."""
        later = await store.write(lambda tx: tx.reports.add(5, "p", "b", NOON + HOUR))
        report = await store.write(lambda tx: tx.reports.add(7, "place", "help", NOON))
        assert await store.read(lambda tx: tx.reports.open()) == [report, later]
        await store.write(lambda tx: tx.reports.close(later.id, NOON))

        done = [
            await store.write(lambda tx: tx.reports.close(report.id, NOON))
            for _ in range(2)
        ]
        assert done == [True, False]
        assert await store.read(lambda tx: tx.reports.open()) == []

        await store.write(lambda tx: tx.reports.drop_closed(NOON + HOUR))
        again = await store.write(lambda tx: tx.reports.add(7, "place", "again", NOON))
        assert again.id == report.id

    async def test_a_number_is_given_once(self, store: Store):
        """Whoever asks about it means one report; the other gets another number."""
        first = await store.write(lambda tx: tx.reports.add(7, "place", "help", NOON))
        assert await store.write(lambda tx: tx.reports.add(7, "p", "x", NOON)) is None
        assert await store.read(lambda tx: tx.reports.open()) == [first]


async def test_answers_stay_for_a_while(store: Store):
    """A later one replaces an earlier one; each goes on its day, or when dropped."""
    today, day = NOON.date(), timedelta(days=1)
    one, two = a_key(1), a_key(2)
    for reason in ("Why", "Because"):
        await store.write(
            lambda tx, why=reason: tx.declined.add([one, two], why, today + day)
        )

    for key, date, answer in (
        (one, today, "Because"),
        (two, today, "Because"),
        (one, today + day, None),
        (a_key(3), today, None),
    ):
        kept = await store.read(lambda tx, k=key, d=date: tx.declined.get(k, d))
        assert kept == answer

    await store.write(lambda tx: tx.declined.drop(one))
    assert await store.read(lambda tx: tx.declined.get(one, today)) is None
    await store.write(lambda tx: tx.declined.drop_ended(today))
    assert await store.read(lambda tx: tx.declined.get(two, today)) == "Because"
    await store.write(lambda tx: tx.declined.drop_ended(today + day))
    assert await store.read(lambda tx: tx.declined.get(two, today)) is None

"""What is one person's, counted, read and taken away: the same on every store."""

import pytest
from sqlalchemy import insert

from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.moderation import Act
from bunniz_bbs.domain.own import ReadMark, Vouch
from bunniz_bbs.store.board_ports import SealedDraft
from bunniz_bbs.store.ports import Store
from bunniz_bbs.store.tables import NOBODY, posts, threads
from tests.store.rows import ANN, BOB, GENERAL, NOON, OTHER, begin, join, say

MANY = 10_000
START = (ThreadId(0), 0)


@pytest.fixture(autouse=True)
async def people(store: Store) -> None:
    """Two are here."""
    await join(store, "Ann", "Bob")


async def test_it_is_counted_by_column(store: Store):
    """Each by itself, and nobody else's."""
    thread = await begin(store, author="ann", posts=2)
    await say(store, thread.id, author="bob")

    counts = await store.read(
        lambda tx: tx.own.counts(
            ANN, ["posts.author", "threads.author", "keys.account"]
        )
    )

    assert counts == {"posts.author": 2, "threads.author": 1, "keys.account": 0}


async def test_posts_come_in_the_order_of_threads(store: Store):
    """From a place on, at most so many, those that are there."""
    first, second = await begin(store, author="ann"), await begin(store, title="Salt")
    for thread in (second, first, second):
        await say(store, thread.id, author="ann")
    await say(store, first.id, author="bob")

    whole = await store.read(lambda tx: tx.own.posts(ANN, START, 10))
    rest = await store.read(lambda tx: tx.own.posts(ANN, (first.id, 1), 1))

    assert [(one.title, one.number) for one in whole] == [
        ("Bread", 1),
        ("Salt", 1),
        ("Salt", 2),
    ]
    assert [(one.title, one.number) for one in rest] == [("Salt", 1)]


async def test_drafts_marks_vouches_and_the_log_come_back(store: Store):
    """One's own alone."""
    thread = await begin(store, posts=3)
    draft = SealedDraft("board:general", b"B", NOON)

    async def work(tx):
        await tx.drafts.save(ANN, draft)
        await tx.drafts.save(BOB, draft)
        await tx.reads.advance(ANN, thread.id, 2)
        await tx.vouches.add(BOB, ANN, NOON.date())
        await tx.log.add(NOON, BOB, Act.MUTE, "", None, "Loud", ANN)
        await tx.log.add(NOON, ANN, Act.MUTE, "", None, "Loud", BOB)

    await store.write(work)

    assert await store.read(lambda tx: tx.drafts.of(ANN)) == [draft]
    assert await store.read(lambda tx: tx.own.reads(ANN)) == [ReadMark(thread.id, 2)]
    vouches = await store.read(lambda tx: tx.own.vouches(ANN))
    assert vouches == [Vouch("Bob", NOON.date())]
    [entry] = await store.read(lambda tx: tx.log.about(ANN))
    assert (entry.act, entry.person) == (Act.MUTE, ANN)


async def test_what_stays_bears_nobodys_name(store: Store):
    """Words and titles stay; posts that wait go; others' are as they were."""
    thread = await begin(store, author="ann", posts=1)
    await say(store, thread.id, author="bob")
    elsewhere = await begin(store, board=OTHER, author="bob")
    await say(store, elsewhere.id, author="ann")
    await store.write(
        lambda tx: tx.held.add(1, GENERAL, None, "T", ANN, "Ann", "Words", NOON)
    )

    boards = await store.write(lambda tx: tx.own.unname(ANN))

    assert boards == [GENERAL, OTHER]
    found = await store.read(lambda tx: tx.threads.get(thread.id))
    assert (found.author, found.author_name, found.title) == (NOBODY, "", "Bread")
    mine, theirs = await store.read(lambda tx: tx.posts.in_thread(thread.id))
    assert (mine.author, mine.author_name, mine.body) == (NOBODY, "", "Hello")
    assert (theirs.author, theirs.author_name) == (BOB, "Bob")
    assert not await store.read(lambda tx: tx.held.all())


async def test_what_goes_goes_as_if_its_author_had_removed_it(store: Store):
    """A thread goes with the last words in it; where others wrote the title stays."""
    alone = await begin(store, author="ann", posts=2)
    shared = await begin(store, author="ann", title="Salt", posts=1)
    await say(store, shared.id, author="bob")
    hollow = await begin(store, board=OTHER, author="bob", title="Oil", posts=1)
    last = await say(store, hollow.id, author="ann")
    await store.write(lambda tx: tx.posts.delete(last.id))

    boards = await store.write(lambda tx: tx.own.remove_posts(ANN))

    assert boards == [GENERAL]
    assert await store.read(lambda tx: tx.threads.get(alone.id)) is None
    found = await store.read(lambda tx: tx.threads.get(shared.id))
    assert (found.title, found.author, found.author_name) == ("Salt", NOBODY, "")
    gone, there = await store.read(lambda tx: tx.posts.in_thread(shared.id))
    assert (gone.deleted, gone.body, gone.author_name) == (True, "", "")
    assert (there.deleted, there.author_name) == (False, "Bob")
    assert await store.read(lambda tx: tx.threads.get(hollow.id))


@pytest.mark.parametrize("how", ["unname", "remove_posts"])
async def test_ten_thousand_posts_are_one_unit_of_work(store: Store, how: str):
    """In two thousand threads: within the time that any unit of work has."""
    each = MANY // 2_000
    async with store.writer.begin() as connection:
        await connection.execute(
            insert(threads),
            [
                {
                    "id": number,
                    "board": "general",
                    "title": "Bread",
                    "author": "ann",
                    "author_name": "Ann",
                    "created_at": NOON,
                    "last_at": NOON,
                    "last_number": each,
                    "pinned": False,
                    "locked": False,
                }
                for number in range(1, MANY // each + 1)
            ],
        )
        await connection.execute(
            insert(posts),
            [
                {
                    "thread": number // each + 1,
                    "number": number % each + 1,
                    "author": "ann",
                    "author_name": "Ann",
                    "body": "Words. " * 40,
                    "created_at": NOON,
                    "edited": False,
                    "deleted": False,
                }
                for number in range(MANY)
            ],
        )

    await store.write(lambda tx: getattr(tx.own, how)(ANN))

    assert not await store.read(lambda tx: tx.own.posts(ANN, START, 1))
    left = await store.read(lambda tx: tx.threads.get(ThreadId(1)))
    assert (left is None) == (how == "remove_posts")

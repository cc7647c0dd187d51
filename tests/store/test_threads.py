"""Threads, posts and read marks: the same on every store."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from bunniz_bbs.domain.errors import ThreadNotFound
from bunniz_bbs.domain.ids import AccountId, BoardSlug, PostId, ThreadId
from bunniz_bbs.domain.reactions import Kindness, Reaction
from bunniz_bbs.domain.team import ReportId
from bunniz_bbs.domain.threads import Thread
from bunniz_bbs.store.board_ports import SealedDraft, ThreadRow
from bunniz_bbs.store.ports import Store
from bunniz_bbs.store.sql import threads as sql_threads
from bunniz_bbs.store.sql.unread import _counts, _unread
from tests.store.rows import (
    ANN,
    BOB,
    GENERAL,
    HOUR,
    LONG_AGO,
    NOON,
    OTHER,
    begin,
    join,
    say,
)


async def board(store: Store, floor: date = LONG_AGO, limit: int = 500):
    """What Ann sees on the general board."""
    return await store.read(lambda tx: tx.threads.on_board(GENERAL, ANN, floor, limit))


async def unread(store: Store, *boards: BoardSlug, floor=LONG_AGO, limit=200):
    """What Ann has not read."""
    return await store.read(
        lambda tx: tx.threads.unread(boards or (GENERAL,), ANN, floor, limit)
    )


def ids(rows: list[ThreadRow]) -> list[ThreadId]:
    """The threads in the rows."""
    return [row.thread.id for row in rows]


class TestThreads:
    async def test_begins_without_a_post(self, store: Store):
        """A new thread comes back as it was begun."""
        thread = await begin(store)

        assert thread == Thread(
            thread.id, GENERAL, "Bread", BOB, "Bob", NOON, NOON, 0, False, False
        )
        assert await store.read(lambda tx: tx.threads.get(thread.id)) == thread
        assert await store.read(lambda tx: tx.threads.get(ThreadId(99))) is None

    async def test_pinned_first_then_newest(self, store: Store):
        """A pinned old thread stands above newer ones; other boards are elsewhere."""
        old = await begin(store, at=NOON)
        new = await begin(store, at=NOON + 2 * HOUR)
        middle = await begin(store, at=NOON + HOUR)
        await begin(store, board=OTHER)
        await store.write(lambda tx: tx.threads.set_pinned(old.id, True))

        assert ids(await board(store)) == [old.id, new.id, middle.id]
        assert ids(await board(store, limit=2)) == [old.id, new.id]

        await store.write(lambda tx: tx.threads.set_pinned(old.id, False))
        assert ids(await board(store)) == [new.id, middle.id, old.id]

    async def test_locks_and_unlocks(self, store: Store):
        """The lock is on the thread that was named."""
        thread = await begin(store)

        for locked in (True, False):
            await store.write(
                lambda tx, it=locked: tx.threads.set_locked(thread.id, it)
            )
            found = await store.read(lambda tx: tx.threads.get(thread.id))
            assert found is not None
            assert found.locked is locked

    async def test_removal_takes_everything_on_it(self, store: Store):
        """Posts, marks and drafts go; those of another thread stay."""
        await join(store, "Ann")
        gone, kept = [await begin(store, posts=1) for _ in range(2)]
        posts = [
            await store.read(lambda tx, t=thread: tx.posts.get(t.id, 1))
            for thread in (gone, kept)
        ]
        places = [f"thread:{t.id}" for t in (gone, kept)] + [
            f"post:{p.id}" for p in posts
        ]
        for place in places:
            draft = SealedDraft(place, b"", NOON)
            await store.write(lambda tx, d=draft: tx.drafts.save(ANN, d))
        for thread in (gone, kept):
            await store.write(lambda tx, t=thread: tx.reads.advance(ANN, t.id, 1))

        await store.write(lambda tx: tx.threads.remove(gone.id))

        async def left(place: str) -> bool:
            return bool(await store.read(lambda tx: tx.drafts.get(ANN, place)))

        assert [await left(place) for place in places] == [False, True, False, True]
        assert await store.read(lambda tx: tx.threads.get(gone.id)) is None
        assert await store.read(lambda tx: tx.posts.in_thread(gone.id)) == []
        assert await store.read(lambda tx: tx.reads.get(ANN, gone.id)) == 0
        assert await store.read(lambda tx: tx.reads.get(ANN, kept.id)) == 1
        assert len(await store.read(lambda tx: tx.posts.in_thread(kept.id))) == 1

    async def test_number_of_a_removed_one_never_returns(self, store: Store):
        """An open screen or a draft never finds another thread under an old id."""
        first = await begin(store)
        await store.write(lambda tx: tx.threads.remove(first.id))

        assert (await begin(store)).id > first.id

    async def test_the_same_again_is_found(self, store: Store):
        """By place, author, title, words and time, the newest; and so are posts."""
        old = await begin(store, at=NOON - HOUR, posts=1)
        thread = await begin(store, posts=1)
        await say(store, thread.id, at=NOON + HOUR)

        async def same(**other) -> Thread | None:
            given = {"board": GENERAL, "author": BOB, "title": "Bread", "body": "Hello"}
            given |= {"since": NOON} | other
            return await store.read(lambda tx: tx.threads.alike(**given))

        assert (await same()).id == thread.id
        assert (await same(since=NOON - HOUR)).id == thread.id
        others = {"board": OTHER, "author": ANN, "title": "Rye", "body": "hello"}
        for name, value in others.items():
            assert await same(**{name: value}) is None
        assert await same(since=NOON + HOUR) is None

        async def said(thread, author=BOB, body="Hello", since=NOON) -> int | None:
            given = thread.id, author, body, since
            post = await store.read(lambda tx: tx.posts.alike(*given))
            return post.number if post else None

        assert await said(thread) == 2
        assert await said(old) is None
        assert await said(thread, author=ANN) is None
        assert await said(thread, body="Hello.") is None
        written = await store.read(lambda tx: tx.posts.written(BOB, NOON - HOUR))
        assert sorted((one.at, one.begins) for one in written) == [
            (NOON, True),
            (NOON + HOUR, False),
        ]

    async def test_how_they_stand(self, store: Store):
        """Closed, kept for a reason, checked on a day: the one that was named."""
        thread, other = await begin(store), await begin(store)
        on = date(2026, 3, 2)

        async def work(tx) -> None:
            await tx.threads.set_closed(thread.id, True)
            await tx.threads.set_kept(thread.id, "Useful")
            await tx.threads.set_checked(thread.id, on)

        await store.write(work)

        found = await store.read(lambda tx: tx.threads.get(thread.id))
        assert (found.closed, found.kept_for, found.checked_on) == (True, "Useful", on)
        assert await store.read(lambda tx: tx.threads.get(other.id)) == other

    async def test_what_is_reported_in_them_moves_along(self, store: Store):
        """And nothing else, however alike its place looks."""
        thread = await begin(store)
        place = f"general/{thread.id}"
        targets = [place, f"{place}#3", f"{place}0#3", f"other/{thread.id}#3", ""]

        async def work(tx) -> list[str]:
            for number, target in enumerate(targets):
                await tx.reports.add(ReportId(number + 1), target, "Look.", NOON)
            await tx.threads.move(thread.id, OTHER)
            return [one.target for one in await tx.reports.open()]

        moved = f"other/{thread.id}"
        assert await store.write(work) == [moved, f"{moved}#3", *targets[2:]]

    async def test_silent_ones_go(self, store: Store):
        """Neither pinned nor kept, of this board, silent before then: exactly those."""
        silent = await begin(store, at=NOON - HOUR)
        answered = await begin(store, at=NOON - HOUR)
        await say(store, answered.id, at=NOON)
        pinned = await begin(store, at=NOON - HOUR)
        await store.write(lambda tx: tx.threads.set_pinned(pinned.id, True))
        kept = await begin(store, at=NOON - HOUR)
        await store.write(lambda tx: tx.threads.set_kept(kept.id, "Useful"))
        elsewhere = await begin(store, board=OTHER, at=NOON - HOUR)

        async def sweep():
            return await store.write(lambda tx: tx.threads.remove_older(GENERAL, NOON))

        assert await sweep() == [silent.id]
        assert await sweep() == []
        left = [answered.id, pinned.id, kept.id]
        assert sorted(ids(await board(store))) == left
        assert await store.read(lambda tx: tx.threads.get(elsewhere.id))

    async def test_many_silent_ones_go(self, store: Store):
        """More than one statement can name."""

        async def fill(tx) -> None:
            for _ in range(1100):
                await tx.threads.add(GENERAL, "t", BOB, "Bob", NOON - HOUR)

        await store.write(fill)
        gone = await store.write(lambda tx: tx.threads.remove_older(GENERAL, NOON))

        assert len(gone) == 1100
        assert await board(store) == []


class TestPosts:
    async def test_are_found_by_their_own_number(self, store: Store):
        """While they are there."""
        thread = await begin(store, posts=2)
        post = await store.read(lambda tx: tx.posts.get(thread.id, 2))

        assert await store.read(lambda tx: tx.posts.place_of(post.id)) == (thread.id, 2)
        await store.write(lambda tx: tx.posts.delete(post.id))
        assert await store.read(lambda tx: tx.posts.place_of(post.id)) is None

    async def test_tell_who_wrote_here(self, store: Store):
        """The latest in the thread first, then on the board; nobody who hides."""
        await join(store, "Ann", "Bob", "Cid", "Dan")
        thread = await begin(store, author="ann", posts=1)
        for author in ("bob", "ann", "dan", ""):
            await say(store, thread.id, author=author)
        await begin(store, author="cid")
        await store.write(lambda tx: tx.accounts.set_hidden(AccountId("dan"), True))

        async def writers(thread, limit=50):
            work = lambda tx: tx.posts.writers(GENERAL, thread, limit)  # noqa: E731
            return await store.read(work)

        assert await writers(thread.id) == [ANN, BOB, "cid"]
        assert await writers(None) == ["cid", ANN]
        assert await writers(thread.id, 3) == [ANN, "cid"]

    async def test_are_numbered_and_move_the_thread_on(self, store: Store):
        """The thread knows its newest post."""
        thread = await begin(store)
        await say(store, thread.id)
        second = await say(store, thread.id, "Two", at=NOON + HOUR)

        assert (second.number, second.body, second.created_at) == (
            2,
            "Two",
            NOON + HOUR,
        )
        assert (second.edited, second.deleted) == (False, False)
        found = await store.read(lambda tx: tx.threads.get(thread.id))
        assert found is not None
        assert (found.last_number, found.last_at) == (2, NOON + HOUR)
        assert await store.read(lambda tx: tx.posts.get(thread.id, 2)) == second
        assert await store.read(lambda tx: tx.posts.get(thread.id, 3)) is None
        posts = await store.read(lambda tx: tx.posts.in_thread(thread.id))
        assert [post.number for post in posts] == [1, 2]

    async def test_need_a_thread(self, store: Store):
        """A reply to a thread that is gone is refused."""
        with pytest.raises(ThreadNotFound):
            await say(store, ThreadId(5))

    async def test_are_in_order_of_time(self, store: Store):
        """A clock that stepped back puts no post before the one it follows."""
        thread = await begin(store)
        await say(store, thread.id, at=NOON + HOUR)

        back = await say(store, thread.id, at=NOON - HOUR)

        found = await store.read(lambda tx: tx.threads.get(thread.id))
        assert found is not None
        assert back.created_at == found.last_at == NOON + HOUR

    async def test_fifty_at_once_leave_no_gap(self, store: Store):
        """Each gets a number of its own, from 1 to 50."""
        thread = await begin(store)

        posts = await asyncio.gather(*(say(store, thread.id) for _ in range(50)))

        assert sorted(post.number for post in posts) == list(range(1, 51))

    async def test_edit_replaces_the_words(self, store: Store):
        """The rest stays as it was."""
        thread = await begin(store)
        post = await say(store, thread.id)

        await store.write(lambda tx: tx.posts.edit(post.id, "Better"))

        after = await store.read(lambda tx: tx.posts.get(thread.id, 1))
        assert after is not None
        assert (after.body, after.edited, after.author) == ("Better", True, BOB)

    async def test_delete_leaves_a_number(self, store: Store):
        """No words and nobody's name; editing does not bring it back."""
        thread = await begin(store)
        post = await say(store, thread.id)

        await store.write(lambda tx: tx.posts.delete(post.id))
        await store.write(lambda tx: tx.posts.edit(post.id, "Back"))
        await store.write(lambda tx: tx.posts.delete(PostId(99)))

        after = await store.read(lambda tx: tx.posts.get(thread.id, 1))
        assert after is not None
        assert (after.body, after.author_name, after.author) == ("", "", "")
        assert (after.deleted, after.created_at) == (True, NOON)
        assert (await say(store, thread.id)).number == 2

    async def test_text_comes_back_as_it_went(self, store: Store):
        """Signs, lines and letters of every kind survive."""
        body = "é 𝓗 👩‍👩‍👧 \u202e'\";-- %s :x\n\ttab"
        thread = await begin(store)

        await say(store, thread.id, body)

        post = await store.read(lambda tx: tx.posts.get(thread.id, 1))
        assert post is not None
        assert post.body == body

    async def test_moments_keep_their_microseconds(self, store: Store):
        """A moment in another zone comes back as the same moment in UTC."""
        at = NOON.replace(microsecond=123_456)
        thread = await begin(store, at=at)

        found = await store.read(lambda tx: tx.threads.get(thread.id))

        assert found is not None
        assert found.created_at == at
        assert found.created_at.utcoffset() == timedelta(0)


class TestParts:
    async def test_a_board_goes_on_where_it_was_left(self, store: Store):
        """Page by page one has every thread once, also those of one moment."""
        made = [await begin(store, at=NOON + n // 3 * HOUR) for n in range(12)]
        for one in made[2:5]:
            await store.write(lambda tx, t=one.id: tx.threads.set_pinned(t, True))
        whole = ids(await board(store))
        after: Thread | None = None
        pages: list[list[ThreadId]] = []

        while not pages or pages[-1]:
            rows = await store.read(
                lambda tx, a=after: tx.threads.on_board(GENERAL, ANN, LONG_AGO, 5, a)
            )
            pages.append(ids(rows))
            after = rows[-1].thread if rows else None

        assert [len(page) for page in pages] == [5, 5, 2, 0]
        assert [one for page in pages for one in page] == whole

    async def test_some_posts_of_a_thread(self, store: Store):
        """From a number on, at most so many; whatever number is asked for."""
        thread = await begin(store, posts=5)

        async def numbers(first: int, limit: int | None = None):
            found = await store.read(
                lambda tx: tx.posts.in_thread(thread.id, first, limit)
            )
            return [post.number for post in found]

        assert await numbers(2, 3) == [2, 3, 4]
        assert await numbers(4) == [4, 5]
        assert await numbers(-7, 2) == [1, 2]
        assert await numbers(2**40) == []

    async def test_gives_those_before_a_number(self, store: Store):
        """The last ones first found, in the order of their numbers, past any number."""
        thread = await begin(store, posts=5)

        async def numbers(before: int, limit: int) -> list[int]:
            found = await store.read(
                lambda tx: tx.posts.before(thread.id, before, limit)
            )
            return [post.number for post in found]

        assert await numbers(4, 2) == [2, 3]
        assert await numbers(2, 9) == [1]
        assert await numbers(1, 9) == await numbers(-7, 9) == []
        assert await numbers(2**40, 2) == [4, 5]

    async def test_knows_both_ends(self, store: Store):
        """The first and the last number that are there; none of what is empty."""
        thread, empty = await begin(store, posts=5), await begin(store)

        assert await store.read(lambda tx: tx.posts.ends(thread.id)) == (1, 5)
        assert await store.read(lambda tx: tx.posts.ends(empty.id)) == (0, 0)

    async def test_knows_when_nothing_is_left(self, store: Store):
        """A thread of removed posts has none left, and so has one without posts."""
        thread = await begin(store, posts=2)
        empty = await begin(store)

        left = []
        for number in (0, 1, 2):
            post = await store.read(lambda tx, n=number: tx.posts.get(thread.id, n))
            if post:
                await store.write(lambda tx, p=post: tx.posts.delete(p.id))
            left.append(await store.read(lambda tx: tx.posts.any_left(thread.id)))

        assert left == [True, True, False]
        assert not await store.read(lambda tx: tx.posts.any_left(empty.id))


class TestReads:
    async def test_mark_never_moves_back(self, store: Store):
        """The farther of two marks holds."""
        await join(store, "Ann")
        thread = await begin(store, posts=5)

        marks = []
        for number in (3, 2, 4):
            await store.write(lambda tx, n=number: tx.reads.advance(ANN, thread.id, n))
            marks.append(await store.read(lambda tx: tx.reads.get(ANN, thread.id)))

        assert marks == [3, 3, 4]

    async def test_needs_reader_and_thread(self, store: Store):
        """Nothing is kept for a guest or for a thread that is gone; nothing fails."""
        await join(store, "Ann")
        thread = await begin(store, posts=1)

        await store.write(lambda tx: tx.reads.advance(ANN, ThreadId(99), 1))
        await store.write(lambda tx: tx.reads.advance(AccountId(""), thread.id, 1))

        assert await store.read(lambda tx: tx.reads.get(ANN, ThreadId(99))) == 0
        assert await store.read(lambda tx: tx.reads.get(AccountId(""), thread.id)) == 0


class TestUnread:
    async def test_counts_what_others_wrote_since(self, store: Store):
        """Not one's own, not what was deleted, not what was read."""
        await join(store, "Ann")
        thread = await begin(store, posts=6)
        await say(store, thread.id, author="ann")
        for number in (2, 5):
            post = await store.read(lambda tx, n=number: tx.posts.get(thread.id, n))
            assert post is not None
            await store.write(lambda tx, p=post: tx.posts.delete(p.id))

        [row] = await board(store)
        assert (row.unread, row.followed) == (4, True)

        await store.write(lambda tx: tx.reads.advance(ANN, thread.id, 4))
        [row] = await board(store)
        assert row.unread == 1
        assert (await unread(store)) == [row]

        await store.write(lambda tx: tx.reads.advance(ANN, thread.id, 7))
        [row] = await board(store)
        assert row.unread == 0
        assert await unread(store) == []

    async def test_floor_begins_at_midnight(self, store: Store):
        """The last microsecond before it counts as read, midnight does not."""
        midnight = datetime(2026, 3, 2, tzinfo=UTC)
        thread = await begin(store, posts=2)
        await say(store, thread.id, at=midnight - timedelta(microseconds=1))
        await say(store, thread.id, at=midnight)

        [row] = await board(store, floor=date(2026, 3, 2))
        assert row.unread == 1
        [row] = await board(store, floor=date(2026, 3, 3))
        assert row.unread == 0
        assert ids(await unread(store, floor=date(2026, 3, 2))) == [thread.id]
        assert await unread(store, floor=date(2026, 3, 3)) == []

    async def test_newest_first_on_the_boards_named(self, store: Store):
        """Pins do not matter, other boards are left out, the limit keeps the newest."""
        old = await begin(store, posts=1)
        new = await begin(store, board=OTHER, at=NOON + HOUR, posts=1)
        await begin(store, board=BoardSlug("third"), posts=1)
        await begin(store)
        await store.write(lambda tx: tx.threads.set_pinned(old.id, True))

        assert ids(await unread(store, GENERAL, OTHER)) == [new.id, old.id]
        assert ids(await unread(store, GENERAL, OTHER, limit=1)) == [new.id]
        nothing = store.read(lambda tx: tx.threads.unread((), ANN, LONG_AGO))
        assert await nothing == []

    async def test_ones_own_come_first(self, store: Store):
        """A thread that Ann has written in comes before newer ones of others."""
        await join(store, "Ann")
        mine = await begin(store, author="ann", posts=1)
        await say(store, mine.id)
        new = await begin(store, at=NOON + HOUR, posts=1)

        assert ids(await unread(store)) == [mine.id, new.id]
        assert ids(await unread(store, limit=1)) == [mine.id]

    async def test_one_is_left_out(self, store: Store):
        """The thread that is open already is not the next one."""
        old = await begin(store, posts=1)
        new = await begin(store, at=NOON + HOUR, posts=1)

        rows = await store.read(
            lambda tx: tx.threads.unread([GENERAL], ANN, LONG_AGO, 1, besides=new.id)
        )

        assert ids(rows) == [old.id]

    async def test_counts_threads_on_each_board(self, store: Store):
        """A thread counts once; where nothing is new the board is not there."""
        await join(store, "Ann")
        read = await begin(store, posts=2)
        await begin(store, posts=2)
        await begin(store, posts=1)
        await begin(store, board=OTHER, author="ann", posts=1)
        await store.write(lambda tx: tx.reads.advance(ANN, read.id, 2))

        async def counts(*boards: BoardSlug, floor: date = LONG_AGO):
            return await store.read(
                lambda tx: tx.threads.unread_counts(boards, ANN, floor)
            )

        assert await counts(GENERAL, OTHER) == {GENERAL: 2}
        assert await counts(OTHER) == {}
        assert await counts() == {}
        assert await counts(GENERAL, floor=date(2026, 3, 2)) == {}

    async def test_is_looked_for_among_the_newest(self, store: Store, monkeypatch):
        """What lies deeper than the reach is not news; its board still shows it."""
        old = await begin(store, posts=1)
        new = await begin(store, at=NOON + HOUR, posts=1)
        monkeypatch.setattr(sql_threads, "UNREAD", _unread(reach=1))
        monkeypatch.setattr(sql_threads, "COUNTS", _counts(reach=1))

        assert ids(await unread(store)) == [new.id]
        assert await store.read(
            lambda tx: tx.threads.unread_counts([GENERAL], ANN, LONG_AGO)
        ) == {GENERAL: 1}
        assert [row.unread for row in await board(store)] == [1, 1]
        assert ids(await board(store)) == [new.id, old.id]

    async def test_mine_ends_with_the_last_word(self, store: Store):
        """Somebody whose only post was deleted has not written there."""
        await join(store, "Ann")
        thread = await begin(store, posts=1)
        post = await say(store, thread.id, author="ann")
        assert (await board(store))[0].followed

        await store.write(lambda tx: tx.posts.delete(post.id))

        assert not (await board(store))[0].followed


async def test_reactions_are_counted_for_the_author_alone(store: Store):
    """Between two numbers; for others only what they said themselves."""
    await join(store, "Ann", "Bob", "Cleo")
    thread = await begin(store, posts=3)
    cleo, heard, thanks = AccountId("cleo"), Reaction.HEARD, Reaction.THANKS

    async def work(tx) -> None:
        await tx.reactions.set(ANN, thread.id, 1, {heard})
        await tx.reactions.set(ANN, thread.id, 1, {heard, thanks})
        await tx.reactions.set(cleo, thread.id, 1, {heard})
        await tx.reactions.set(cleo, thread.id, 3, {thanks})
        await tx.reactions.set(ANN, thread.id, 2, {thanks})
        await tx.reactions.set(ANN, thread.id, 2, set())

    await store.write(work)

    async def at(reader, first=1, last=9):
        return await store.read(
            lambda tx: tx.reactions.at(reader, thread.id, first, last)
        )

    assert await at(BOB) == {1: Kindness(heard=2, thanks=1), 3: Kindness(thanks=1)}
    assert await at(ANN) == {1: Kindness(frozenset({heard, thanks}))}
    assert await at(BOB, 2, 3) == {3: Kindness(thanks=1)}
    assert await store.read(lambda tx: tx.reactions.of(cleo)) == [
        (thread.id, 1, {heard}),
        (thread.id, 3, {thanks}),
    ]

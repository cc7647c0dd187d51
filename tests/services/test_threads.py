import asyncio

import pytest

from bunniz_bbs.domain.errors import (
    Banned,
    BunnizError,
    Muted,
    NotAllowed,
    StoreDown,
    TextEmpty,
    TextTooLong,
    TextTooManyLines,
    ThreadNotFound,
    TooFast,
)
from bunniz_bbs.domain.events import ThreadChanged
from bunniz_bbs.domain.ids import ThreadId


class TestStart:
    async def test_keeps_a_thread_with_its_first_post(self, home, maple):
        """What was written is there, under its author's name."""
        thread = await home.services.threads.start(maple, "general", "Bread", "Rye?")

        view = await home.services.threads.open(maple, thread.id)
        assert view.thread.title == "Bread"
        assert [(post.number, post.body) for post in view.posts] == [(1, "Rye?")]
        assert view.posts[0].author_name == "maple"
        assert view.board.slug == "general"

    async def test_is_read_by_its_author(self, home, maple, clover):
        """One's own thread is read; to others it is new."""
        thread = await home.thread(maple)

        assert (await home.services.threads.open(maple, thread.id)).read == 1
        assert (await home.services.threads.open(clover, thread.id)).read == 0

    async def test_tells_whoever_looks_at_the_board(self, home, maple):
        """One event, on the board's topic, after it can be read."""
        async with home.ear() as ear:
            thread = await home.thread(maple)

            assert await ear.taken() == [ThreadChanged("general", thread.id)]

    async def test_sends_the_draft(self, home, maple):
        """What was begun is not offered again once it is sent."""
        await home.services.drafts.save(maple, "board:general", "Bread", "Ry")

        await home.services.threads.start(maple, "general", "Bread", "Rye?")

        assert await home.services.drafts.get(maple, "board:general") is None

    async def test_survives_a_restart(self, home, maple):
        """What was acknowledged is on disk."""
        thread = await home.thread(maple)

        await home.reopen()

        assert (await home.services.threads.open(maple, thread.id)).thread == (
            await home.services.threads.on_board(maple, "general")
        )[0].thread

    @pytest.mark.parametrize(
        ("title", "body", "refusal"),
        [
            ("", "Body", TextEmpty),
            ("\u200b\u202e ", "Body", TextEmpty),
            ("Title", " \n\t\n ", TextEmpty),
            ("T" * 81, "Body", TextTooLong),
            ("Title", "B" * 4001, TextTooLong),
            ("Title", "B" * 1_000_000, TextTooLong),
            ("Title", "B\n" * 81, TextTooManyLines),
        ],
    )
    async def test_words_that_do_not_fit_are_refused(
        self, home, maple, title, body, refusal
    ):
        """Nothing is kept, told, or counted against the limit."""
        before = await home.rows()

        async with home.ear() as ear:
            for _ in range(5):
                with pytest.raises(refusal):
                    await home.services.threads.start(maple, "general", title, body)
            assert await ear.taken() == []

        assert await home.rows() == before

    async def test_what_fits_exactly_is_kept(self, home, maple):
        """80 characters of title, 4000 of text, 80 lines."""
        body = "\n".join(["x" * 49] * 79 + ["x" * 50])

        thread = await home.services.threads.start(maple, "general", "T" * 80, body)

        assert len(body) == 4000
        view = await home.services.threads.open(maple, thread.id)
        assert view.posts[0].body == body

    async def test_a_title_is_one_clean_line(self, home, maple):
        """Breaks become spaces; what steers a terminal or hides is gone."""
        title = "Br\x1b[31mead\nand\u202e [bold]butter[/]\u200b"

        thread = await home.services.threads.start(maple, "general", title, "B")

        assert thread.title == "Br[31mead and [bold]butter[/]"

    async def test_three_at_once_and_then_one_in_ten_seconds(self, home, maple):
        """A fourth waits as long as it is told to."""
        for _ in range(3):
            await home.thread(maple)

        with pytest.raises(TooFast) as fast:
            await home.thread(maple)
        home.clock.move(seconds=fast.value.seconds)

        assert fast.value.seconds == 10
        await home.thread(maple)

    async def test_a_mute_and_a_ban_hold(self, home, maple, mossy):
        """Whoever may not write is told why and until when."""
        await home.services.moderation.mute(mossy, "maple", None, "Enough")
        with pytest.raises(Muted) as muted:
            await home.thread(maple)
        await home.services.moderation.ban(mossy, "maple", None, "Out")
        with pytest.raises(Banned) as banned:
            await home.thread(maple)

        assert muted.value == Muted("Enough", None)
        assert banned.value == Banned("Out", None)

    async def test_a_visit_that_outlives_its_account_writes_nothing(
        self, home, maple, sorrel
    ):
        """Words of nobody are not kept."""
        await home.services.people.remove(sorrel, "maple")

        with pytest.raises(NotAllowed):
            await home.thread(maple)

    async def test_is_published_though_its_author_went_away(self, home, maple):
        """A connection that drops in the middle leaves a whole thread that is told."""
        async with home.ear() as ear:
            sending = asyncio.create_task(home.thread(maple))
            await asyncio.sleep(0)
            sending.cancel()
            event = await ear.next()

        assert isinstance(event, ThreadChanged)
        rows = await home.services.threads.on_board(maple, "general")
        assert [row.thread.id for row in rows] == [event.thread]

    async def test_a_store_that_is_down_says_so(self, home, maple):
        """Nothing is told of what was not kept."""
        async with home.ear() as ear:
            await home.store.close()
            with pytest.raises(StoreDown):
                await home.thread(maple)

            assert await ear.taken() == []


class TestOnBoard:
    async def test_pinned_first_then_the_newest_post(self, home, maple, mossy):
        """A reply brings a thread up; a pinned one stays above."""
        old, middle, new = [
            await home.thread(maple, title=title) for title in ("Old", "Middle", "New")
        ]
        home.clock.move(hours=1)
        await home.services.posts.reply(maple, middle.id, "Again.")
        await home.services.order.pin(mossy, old.id, True, "Useful")

        rows = await home.services.threads.on_board(maple, "general")

        assert [row.thread.id for row in rows] == [old.id, middle.id, new.id]

    async def test_counts_what_is_new(self, home, maple, clover):
        """Posts after the mark that are not one's own."""
        thread = await home.thread(clover, posts=3)
        await home.services.threads.mark_read(maple, thread.id, 1)

        [row] = await home.services.threads.on_board(maple, "general")

        assert row.unread == 2
        assert not row.followed

    async def test_goes_on_after_a_thread(self, home, maple):
        """A long board is had part by part."""
        for title in ("One", "Two", "Three"):
            await home.thread(maple, title=title)
            home.clock.move(minutes=1)

        first = await home.services.threads.on_board(maple, "general", 2)
        rest = await home.services.threads.on_board(
            maple, "general", 2, first[-1].thread
        )

        assert [row.thread.title for row in first] == ["Three", "Two"]
        assert [row.thread.title for row in rest] == ["One"]


class TestMarkRead:
    async def test_never_moves_back(self, home, maple, clover):
        """Reading an old post again makes nothing unread."""
        thread = await home.thread(clover, posts=3)

        for number in (3, 1, -5):
            await home.services.threads.mark_read(maple, thread.id, number)

        assert (await home.services.threads.open(maple, thread.id)).read == 3

    async def test_never_runs_ahead(self, home, maple, clover):
        """A mark past the end does not hide what is written later."""
        thread = await home.thread(clover)

        await home.services.threads.mark_read(maple, thread.id, 999)

        assert (await home.services.threads.open(maple, thread.id)).read == 1

    async def test_is_each_readers_own(self, home, maple, clover, mossy):
        """Nobody reads for somebody else."""
        thread = await home.thread(clover)

        await home.services.threads.mark_read(maple, thread.id, 1)

        assert (await home.services.threads.open(mossy, thread.id)).read == 0


class TestOpen:
    @pytest.mark.parametrize(
        ("read", "shown"),
        [
            (0, [1, 2, 3, 4]),
            (7, [7, 8, 9, 10]),
            (9, [9, 10, 11, 12]),
            (12, [9, 10, 11, 12]),
        ],
    )
    async def test_where_reading_goes_on(self, home, maple, clover, read, shown):
        """A little before the first post that is not read, or at the end."""
        thread = await home.thread(clover, posts=12)
        await home.services.threads.mark_read(maple, thread.id, read)

        view = await home.services.threads.open(maple, thread.id, None, 4)

        assert [post.number for post in view.posts] == shown
        assert view.read == read
        assert (view.begins, view.ends) == (1 in shown, 12 in shown)

    async def test_from_a_post_on(self, home, maple):
        """Some posts that follow each other; past the end there are none."""
        thread = await home.thread(maple, posts=5)

        some = await home.services.threads.open(maple, thread.id, 4, 10)
        none = await home.services.threads.open(maple, thread.id, 6, 10)

        assert [post.number for post in some.posts] == [4, 5]
        assert (some.begins, some.ends) == (False, True)
        assert none.posts == ()

    @pytest.mark.parametrize("number", [0, -1, 999, 10**15 - 1])
    async def test_what_is_not_there_is_not_found(self, home, maple, number):
        """Any number that is no thread's is answered the same way."""
        with pytest.raises(ThreadNotFound):
            await home.services.threads.open(maple, ThreadId(number))

    async def test_a_board_that_was_taken_out_hides_its_threads(self, home, maple):
        """Words on a board that the house does not name any more are not shown."""
        thread = await home.thread(maple, "porch")
        boards = {
            slug: one for slug, one in home.house.boards.items() if slug != "porch"
        }
        object.__setattr__(home.house, "boards", boards)

        with pytest.raises(ThreadNotFound):
            await home.services.threads.open(maple, thread.id)
        with pytest.raises(BunnizError):
            await home.services.threads.on_board(maple, "porch")
        assert (await home.services.boards.overview(maple)).unread == ()

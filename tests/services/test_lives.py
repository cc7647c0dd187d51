"""Threads and posts to which their authors gave a shorter life."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest

from bunniz_bbs.domain.errors import EndFixed, LifeUnfit, ThreadNotFound
from bunniz_bbs.domain.events import ThreadChanged
from bunniz_bbs.domain.labels import Labels
from bunniz_bbs.services.janitor import EVERY, SOONEST

DAY = timedelta(days=1)
WEEK = 7 * DAY


async def brief(home, actor, lasts=DAY, board="general", body="Brief words."):
    """A thread with an end."""
    start = home.services.threads.start
    return await start(actor, board, "Brief bread", body, Labels(lasts=lasts))


async def round_after(home, **by):
    home.clock.move(**by)
    await home.wired.janitor.round()


class TestThreads:
    async def test_all_of_it_goes_at_its_end(self, home, maple, clover):
        """Whatever was said in it later; it is told, and no word is left."""
        thread = await brief(home, maple)
        home.clock.move(hours=23)
        await home.services.posts.reply(clover, thread.id, "Late words.")
        await home.services.drafts.save(clover, f"thread:{thread.id}", "", "Begun")
        async with home.ear() as ear:
            await round_after(home, minutes=59)
            assert await ear.taken() == []
            await round_after(home, minutes=1)
            assert await ear.taken() == [ThreadChanged("general", thread.id)]

        rows = await home.rows()
        for table in ("threads", "posts", "drafts", "reads"):
            assert rows[table] == []
        assert (home.folder / "house.db-wal").stat().st_size == 0

    async def test_is_gone_for_readers_at_the_moment_itself(self, home, maple, clover):
        """Also where the janitor comes late."""
        thread = await brief(home, maple)
        home.clock.move(days=1)
        for ask in (
            home.services.threads.open(clover, thread.id),
            home.services.posts.reply(clover, thread.id, "Too late."),
            home.services.threads.mark_read(clover, thread.id, 1),
        ):
            with pytest.raises(ThreadNotFound):
                await ask

    async def test_the_team_cannot_lengthen_it(self, home, maple, mossy):
        """Neither by keeping nor by pinning it."""
        thread = await brief(home, maple)
        with pytest.raises(EndFixed):
            await home.services.order.keep(mossy, thread.id, True, "Useful")
        await home.services.order.pin(mossy, thread.id, True, "Useful")

        await round_after(home, days=1)

        assert await home.services.threads.on_board(maple, "general") == []

    @pytest.mark.parametrize("lasts", [timedelta(hours=23), timedelta(days=366)])
    async def test_within_bounds(self, home, maple, lasts):
        """A day at the least, and no longer than the board keeps threads."""
        with pytest.raises(LifeUnfit):
            await brief(home, maple, lasts)
        assert await brief(home, maple, timedelta(days=365))


class TestPosts:
    async def test_one_goes_and_the_thread_stays(self, home, maple, clover):
        """Readers see that it went by itself, not what it was or whose."""
        thread = await home.thread(maple)
        reply = home.services.posts.reply
        await reply(clover, thread.id, "For a week", frozenset(), WEEK)
        home.clock.move(minutes=1)
        await reply(clover, thread.id, "For long")

        await round_after(home, days=7)

        posts = (await home.services.threads.open(maple, thread.id)).posts
        assert [one.expired for one in posts] == [False, True, False]
        assert (posts[1].author, posts[1].author_name, posts[1].body) == ("", "", "")
        assert "For a week" not in str(await home.rows())

    async def test_it_is_hidden_at_the_moment_itself(self, home, maple, clover):
        """The janitor may come a second later."""
        thread = await home.thread(maple)
        reply = home.services.posts.reply
        await reply(clover, thread.id, "For a day", frozenset(), DAY)
        home.clock.move(days=1)

        posts = (await home.services.threads.open(maple, thread.id)).posts

        assert posts[1].expired
        assert posts[1].body == ""

    async def test_removed_by_hand_it_did_not_expire(self, home, maple):
        """Nothing tells that it would have."""
        thread = await home.thread(maple)
        await home.services.posts.reply(maple, thread.id, "B", frozenset(), DAY)
        await home.services.posts.delete(maple, thread.id, 2)
        await round_after(home, days=2)

        posts = (await home.services.threads.open(maple, thread.id)).posts
        assert posts[1].deleted
        assert not posts[1].expired

    async def test_the_last_words_take_their_thread_along(self, home, maple):
        """An empty thread is none."""
        thread = await home.thread(maple)
        await home.services.posts.reply(maple, thread.id, "B", frozenset(), DAY)
        await home.services.posts.delete(maple, thread.id, 1)

        await round_after(home, days=1)

        with pytest.raises(ThreadNotFound):
            await home.services.threads.open(maple, thread.id)

    async def test_a_kept_thread_lets_them_go(self, home, maple, mossy):
        """What an author said holds."""
        thread = await home.thread(maple)
        await home.services.posts.reply(maple, thread.id, "B", frozenset(), DAY)
        await home.services.order.keep(mossy, thread.id, True, "Useful")

        await round_after(home, days=1)

        posts = (await home.services.threads.open(maple, thread.id)).posts
        assert [one.expired for one in posts] == [False, True]


class TestWaiting:
    async def test_the_end_counts_from_sending(self, home, maple, mossy):
        """However long the team takes; past it, there is nothing to read any more."""
        held = await brief(home, maple, 3 * DAY, "careful")
        late = await brief(home, maple, DAY, "careful", "Other words.")
        await round_after(home, days=2)

        assert [one.id for one in (await home.services.team.queue(mossy)).held] == [
            held.id
        ]
        assert late.id != held.id
        await home.services.team.publish(mossy, held.id)
        await round_after(home, days=1)
        assert await home.services.threads.on_board(mossy, "careful") == []


class TestRhythm:
    async def test_goes_round_a_moment_after_something_is_due(self, home, maple):
        """Not ten minutes later; and no oftener than needed."""
        thread = await home.thread(maple)
        await home.services.posts.reply(maple, thread.id, "B", frozenset(), DAY)
        janitor = home.wired.janitor
        home.clock.move(hours=23, minutes=58)

        assert await janitor._until_due() == timedelta(minutes=2) + SOONEST
        await round_after(home, minutes=2)
        assert await janitor._until_due() == EVERY

    async def test_what_is_due_goes_within_seconds(self, home, maple, clover):
        """While it runs."""
        thread = await brief(home, maple)
        home.clock.move(hours=23, minutes=59)
        running = asyncio.create_task(home.wired.janitor.run())
        try:
            async with home.ear() as ear:
                await home.clock.until_asleep()
                home.clock.move(minutes=1, seconds=2)
                assert await ear.next() == ThreadChanged("general", thread.id)
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

import asyncio

import pytest

from bunniz_bbs.domain.errors import (
    Muted,
    NotAllowed,
    PostNotFound,
    TextEmpty,
    TextTooLong,
    ThreadLocked,
    ThreadNotFound,
    TooFast,
)
from bunniz_bbs.domain.events import ThreadChanged


async def bodies(home, actor, thread) -> dict[int, str]:
    view = await home.services.threads.open(actor, thread.id)
    return {post.number: post.body for post in view.posts}


class TestReply:
    async def test_takes_the_next_number(self, home, maple, clover):
        """Posts are numbered in the order in which they were kept."""
        thread = await home.thread(maple)

        post = await home.services.posts.reply(clover, thread.id, "Wheat.")

        assert post.number == 2
        assert post.author_name == "clover"
        assert await bodies(home, maple, thread) == {1: "First words.", 2: "Wheat."}

    async def test_tells_whoever_looks_at_the_board(self, home, maple, clover):
        """One event, after it can be read."""
        thread = await home.thread(maple)

        async with home.ear() as ear:
            await home.services.posts.reply(clover, thread.id, "Wheat.")
            assert await ear.taken() == [ThreadChanged("general", thread.id)]

    async def test_sends_the_draft_of_that_thread_only(self, home, maple):
        """Other drafts stay."""
        thread, other = await home.thread(maple), await home.thread(maple)
        for one in (thread, other):
            await home.services.drafts.save(maple, f"thread:{one.id}", "", "Begun")

        await home.services.posts.reply(maple, thread.id, "Done.")

        assert await home.services.drafts.get(maple, f"thread:{thread.id}") is None
        assert await home.services.drafts.get(maple, f"thread:{other.id}")

    async def test_a_locked_thread_takes_moderators_only(self, home, maple, mossy):
        """Until it is unlocked."""
        thread = await home.thread(maple)
        await home.services.order.lock(mossy, thread.id, True, "Calm down")
        with pytest.raises(ThreadLocked):
            await home.services.posts.reply(maple, thread.id, "But")
        await home.services.posts.reply(mossy, thread.id, "Tomorrow again.")

        await home.services.order.lock(mossy, thread.id, False, "Tomorrow")

        assert (await home.services.posts.reply(maple, thread.id, "Well")).number == 3

    async def test_at_once_each_gets_a_number(self, home, maple, clover, mossy):
        """Three who reply in the same moment lose nothing."""
        thread = await home.thread(maple)

        posts = await asyncio.gather(
            *(
                home.services.posts.reply(one, thread.id, f"Words of {one.name}")
                for one in (maple, clover, mossy)
            )
        )

        assert sorted(post.number for post in posts) == [2, 3, 4]
        assert len(await bodies(home, maple, thread)) == 4

    async def test_words_that_do_not_fit_count_for_nothing(self, home, maple):
        """A slip does not use up the right to write."""
        thread = await home.thread(maple)

        for body in ("", " ", "x" * 4001) * 2:
            with pytest.raises((TextEmpty, TextTooLong)):
                await home.services.posts.reply(maple, thread.id, body)

        assert (await home.services.posts.reply(maple, thread.id, "Fits")).number == 2

    async def test_threads_and_replies_share_a_limit(self, home, maple):
        """Three in all at once; the refused one is not kept."""
        thread = await home.thread(maple)
        await home.services.posts.reply(maple, thread.id, "Two")
        await home.services.posts.reply(maple, thread.id, "Three")

        with pytest.raises(TooFast):
            await home.services.posts.reply(maple, thread.id, "Four")

        assert len(await bodies(home, maple, thread)) == 3

    async def test_a_thread_that_went_meanwhile_takes_nothing(
        self, home, maple, clover
    ):
        """Who answers what was just removed is told so."""
        thread = await home.thread(maple)
        await home.services.posts.delete(maple, thread.id, 1)

        with pytest.raises(ThreadNotFound):
            await home.services.posts.reply(clover, thread.id, "Late")


class TestEdit:
    async def test_replaces_the_words(self, home, maple):
        """The post says so; its number, author and time stay."""
        thread = await home.thread(maple)
        [before] = (await home.services.threads.open(maple, thread.id)).posts
        home.clock.move(hours=1)

        await home.services.posts.edit(maple, thread.id, 1, "Better words.")

        [after] = (await home.services.threads.open(maple, thread.id)).posts
        assert (after.body, after.edited) == ("Better words.", True)
        assert (after.number, after.created_at) == (before.number, before.created_at)

    async def test_leaves_no_copy_of_what_was_there(self, home, maple):
        """The former words are in no file, not even in the write-ahead log."""
        thread = await home.thread(maple)

        await home.services.posts.edit(maple, thread.id, 1, "Better words.")

        assert (home.folder / "house.db-wal").stat().st_size == 0

    async def test_tells_and_drops_its_draft(self, home, maple):
        """Whoever looks sees the new words; the draft was sent."""
        thread = await home.thread(maple)
        [post] = (await home.services.threads.open(maple, thread.id)).posts
        await home.services.drafts.save(maple, f"post:{post.id}", "", "Bett")

        async with home.ear() as ear:
            await home.services.posts.edit(maple, thread.id, 1, "Better words.")
            assert await ear.taken() == [ThreadChanged("general", thread.id)]

        assert await home.services.drafts.get(maple, f"post:{post.id}") is None

    async def test_is_for_the_author_alone(self, home, maple, sorrel):
        """Nobody puts words into somebody's mouth, not even a sysop."""
        thread = await home.thread(maple)

        with pytest.raises(NotAllowed):
            await home.services.posts.edit(sorrel, thread.id, 1, "Other words.")

        assert await bodies(home, maple, thread) == {1: "First words."}

    async def test_a_mute_holds(self, home, maple, mossy):
        """What was written before does not become a way to speak."""
        thread = await home.thread(maple)
        await home.services.moderation.mute(mossy, "maple", None, "Enough")

        with pytest.raises(Muted):
            await home.services.posts.edit(maple, thread.id, 1, "Shouting")

    async def test_has_a_limit(self, home, maple):
        """Five changes at once; more would make every reader load again and again."""
        thread = await home.thread(maple)
        for number in range(5):
            await home.services.posts.edit(maple, thread.id, 1, f"Version {number}")

        with pytest.raises(TooFast):
            await home.services.posts.edit(maple, thread.id, 1, "Version 6")

    @pytest.mark.parametrize("number", [0, 2, -1])
    async def test_what_is_not_there_is_not_found(self, home, maple, number):
        """A number that was never a post's."""
        thread = await home.thread(maple)

        with pytest.raises(PostNotFound):
            await home.services.posts.edit(maple, thread.id, number, "Words")


class TestDelete:
    async def test_leaves_a_number_without_words(self, home, maple, clover):
        """Numbers are never used again; nothing of the words or the name stays."""
        thread = await home.thread(maple)
        await home.services.posts.reply(clover, thread.id, "Wheat.")

        whole = await home.services.posts.delete(maple, thread.id, 1)

        view = await home.services.threads.open(clover, thread.id)
        gone, left = view.posts
        assert not whole
        assert (gone.deleted, gone.body, gone.author_name, gone.author) == (
            True,
            "",
            "",
            "",
        )
        assert left.body == "Wheat."
        assert (await home.services.posts.reply(clover, thread.id, "On")).number == 3

    async def test_the_thread_goes_with_its_last_words(self, home, maple, clover):
        """With everybody's read marks and drafts on it."""
        thread = await home.thread(maple)
        await home.services.posts.reply(clover, thread.id, "Wheat.")
        await home.services.drafts.save(clover, f"thread:{thread.id}", "", "And")
        assert not await home.services.posts.delete(maple, thread.id, 1)

        assert await home.services.posts.delete(clover, thread.id, 2)

        assert await home.services.threads.on_board(maple, "general") == []
        rows = await home.rows()
        assert [rows[name] for name in ("threads", "posts", "reads", "drafts")] == [
            []
        ] * 4

    async def test_leaves_no_copy(self, home, maple):
        """The words are overwritten at once, not at the next round of the janitor."""
        thread = await home.thread(maple)

        await home.services.posts.delete(maple, thread.id, 1)

        assert (home.folder / "house.db-wal").stat().st_size == 0

    async def test_is_told_once(self, home, maple):
        """Whoever looks at the board learns that something changed."""
        thread = await home.thread(maple)

        async with home.ear() as ear:
            await home.services.posts.delete(maple, thread.id, 1)
            assert await ear.taken() == [ThreadChanged("general", thread.id)]

    async def test_twice_is_not_found(self, home, maple, clover):
        """A post that is gone cannot be removed or changed again."""
        thread = await home.thread(maple)
        await home.services.posts.reply(clover, thread.id, "Wheat.")
        await home.services.posts.delete(maple, thread.id, 1)

        with pytest.raises(PostNotFound):
            await home.services.posts.delete(maple, thread.id, 1)
        with pytest.raises(PostNotFound):
            await home.services.posts.edit(maple, thread.id, 1, "Back")

    async def test_one_may_take_ones_words_back_while_muted(self, home, maple, mossy):
        """A mute keeps from writing, not from removing."""
        thread = await home.thread(maple)
        await home.services.moderation.mute(mossy, "maple", None, "Enough")

        assert await home.services.posts.delete(maple, thread.id, 1)

    async def test_a_post_of_a_removed_account_is_nobodys(
        self, home, maple, clover, sorrel
    ):
        """Its former author's visit cannot change it any more."""
        thread = await home.thread(maple)
        await home.services.people.remove(sorrel, "maple")

        with pytest.raises(NotAllowed):
            await home.services.posts.delete(maple, thread.id, 1)
        assert await bodies(home, clover, thread) == {1: "First words."}

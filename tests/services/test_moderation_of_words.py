"""Removing posts and lines, pinning and locking."""

import asyncio
from dataclasses import replace

import pytest

from bunniz_bbs.domain.errors import (
    AlreadyDone,
    LineNotFound,
    Outranked,
    PersonNotFound,
    PostNotFound,
    ReasonMissing,
    RoomNotFound,
    ThreadNotFound,
)
from bunniz_bbs.domain.events import (
    LinesGone,
    PostRemoved,
    ThreadChanged,
)
from bunniz_bbs.domain.ids import LineId
from bunniz_bbs.domain.people import CONSOLE


async def log(home, mossy):
    return [
        (one.act.value, one.moderator, one.target, one.reason)
        for one in await home.services.moderation.log(mossy)
    ]


class TestDeletePost:
    async def test_removes_the_words_and_tells_the_author(
        self, home, maple, clover, mossy
    ):
        """The log names the place, never what stood there."""
        thread = await home.thread(maple, title="Secret bread")
        await home.services.posts.reply(clover, thread.id, "Wheat.")

        async with home.ear(maple) as ear:
            whole = await home.services.moderation.delete_post(
                mossy, thread.id, 1, "Names a client"
            )
            assert await ear.taken() == [
                ThreadChanged("general", thread.id),
                PostRemoved(maple.id, "Secret bread", "Names a client"),
            ]

        assert (home.folder / "house.db-wal").stat().st_size == 0
        assert not whole
        view = await home.services.threads.open(maple, thread.id)
        assert [(post.body, post.deleted) for post in view.posts] == [
            ("", True),
            ("Wheat.", False),
        ]
        target = f"general/{thread.id}#1"
        assert await log(home, mossy) == [
            ("delete-post", "mossy", target, "Names a client")
        ]

    async def test_the_thread_goes_with_its_last_words(self, home, maple, mossy):
        """As when its author removes them."""
        thread = await home.thread(maple)

        assert await home.services.moderation.delete_post(mossy, thread.id, 1, "Why")

        with pytest.raises(ThreadNotFound):
            await home.services.threads.open(maple, thread.id)

    async def test_ones_own_and_nobodys_can_be_removed(
        self, home, maple, mossy, sorrel
    ):
        """Rank is asked of others only, and of accounts that exist."""
        own, other = await home.thread(mossy), await home.thread(maple)
        await home.services.people.remove(sorrel, "maple")

        for thread in (own, other):
            assert await home.services.moderation.delete_post(
                mossy, thread.id, 1, "Why"
            )

    async def test_what_is_gone_is_not_found(self, home, maple, clover, mossy):
        """A second moderator is told that it is done; it is noted once."""
        thread = await home.thread(maple)
        await home.services.posts.reply(clover, thread.id, "Wheat.")
        await home.services.moderation.delete_post(mossy, thread.id, 1, "Why")

        with pytest.raises(PostNotFound):
            await home.services.moderation.delete_post(mossy, thread.id, 1, "Why")
        with pytest.raises(PostNotFound):
            await home.services.moderation.delete_post(mossy, thread.id, 9, "Why")

        assert len(await log(home, mossy)) == 1

    async def test_a_sysops_words_are_not_a_moderators_to_remove(
        self, home, mossy, sorrel
    ):
        """Neither is anything noted."""
        thread = await home.thread(sorrel)

        with pytest.raises(Outranked):
            await home.services.moderation.delete_post(mossy, thread.id, 1, "Why")

        assert await log(home, mossy) == []


class TestDeleteLine:
    async def test_removes_the_newest_line_of_somebody(
        self, home, maple, clover, mossy
    ):
        """From all screens; the author is told, and the log holds no words."""
        say = home.services.rooms.say
        first = await say(maple, "lounge", "First")
        second = await say(maple, "lounge", "Second")
        await say(clover, "lounge", "Third")

        async with home.ear(maple) as ear:
            line = await home.services.moderation.delete_line(
                mossy, "lounge", "Maple", "Names a client"
            )
            assert await ear.taken() == [
                LinesGone("lounge", (second.id,)),
                PostRemoved(maple.id, "lounge", "Names a client"),
            ]

        assert line == second
        assert first.id in home.wired.held.of("lounge").lines
        assert await log(home, mossy) == [
            ("delete-line", "mossy", "maple", "Names a client")
        ]

    async def test_takes_out_the_line_that_was_looked_at(
        self, home, maple, mossy, monkeypatch
    ):
        """Not the one that its author says before the act is in the log."""
        rooms = home.services.rooms
        seen = await rooms.say(maple, "lounge", "Seen")
        later, look = replace(seen, id=LineId("later")), rooms.last_line

        def look_and_speak(*given):
            found = look(*given)
            home.wired.held.of("lounge").add(later)
            return found

        monkeypatch.setattr(rooms, "last_line", look_and_speak)

        line = await home.services.moderation.delete_line(
            mossy, "lounge", "maple", "Why"
        )

        assert line == seen
        assert list(home.wired.held.of("lounge").lines) == [later.id]

    async def test_a_line_that_went_meanwhile_is_no_fault(self, home, maple, mossy):
        """Two moderators at once remove one line, not two."""
        say = home.services.rooms.say
        kept = await say(maple, "lounge", "First")
        await say(maple, "lounge", "Second")
        delete = home.services.moderation.delete_line

        lines = await asyncio.gather(
            delete(mossy, "lounge", "maple", "Why"),
            delete(CONSOLE, "lounge", "maple", "Why"),
            return_exceptions=True,
        )

        left = home.wired.held.of("lounge").lines
        removed = {line.id for line in lines}
        assert len(left) + len(removed) == 2
        assert not removed & set(left)
        assert kept.id in {*left, *removed}

    async def test_of_a_removed_account_too(self, home, maple, mossy, sorrel):
        """Whoever was thrown out leaves no words that nobody can take away."""
        await home.services.rooms.say(maple, "lounge", "Slur")
        await home.services.people.remove(sorrel, "maple")

        await home.services.moderation.delete_line(mossy, "lounge", "maple", "Why")

        assert not home.wired.held.of("lounge").lines

    async def test_ones_own(self, home, mossy):
        """A moderator can take their own line back so."""
        await home.services.rooms.say(mossy, "lounge", "Oops")

        await home.services.moderation.delete_line(mossy, "lounge", "mossy", "Oops")

        assert not home.wired.held.of("lounge").lines

    @pytest.mark.parametrize(
        ("room", "name", "refusal"),
        [
            ("lounge", "clover", LineNotFound),
            ("lounge", "juniper", PersonNotFound),
            ("lounge", "sorrel", Outranked),
            ("den", "maple", LineNotFound),
            ("nowhere", "maple", RoomNotFound),
        ],
    )
    async def test_what_is_refused_leaves_no_trace(
        self, home, maple, clover, mossy, sorrel, room, name, refusal
    ):
        """Nothing is taken out, told or noted."""
        for one in (maple, sorrel):
            await home.services.rooms.say(one, "lounge", "Words")
        before = await home.everything()

        async with home.ear(maple, sorrel) as ear:
            with pytest.raises(refusal):
                await home.services.moderation.delete_line(mossy, room, name, "Why")
            assert await ear.taken() == []

        assert await home.everything() == before


class TestPinAndLock:
    @pytest.mark.parametrize("what", ["pin", "lock"])
    async def test_is_told_and_noted_both_ways(self, home, maple, mossy, what):
        """Whoever looks at the board sees it; the log names the thread by number."""
        thread = await home.thread(maple, title="Secret bread")
        change = getattr(home.services.order, what)

        async with home.ear() as ear:
            for on in (True, False):
                await change(mossy, thread.id, on, "Why")
            assert await ear.taken() == [ThreadChanged("general", thread.id)] * 2

        target = f"general/{thread.id}"
        assert await log(home, mossy) == [
            (f"un{what}", "mossy", target, "Why"),
            (what, "mossy", target, "Why"),
        ]

    @pytest.mark.parametrize("what", ["pin", "lock"])
    async def test_what_is_so_already_is_said(self, home, maple, mossy, what):
        """Nothing is noted twice."""
        thread = await home.thread(maple)
        change = getattr(home.services.order, what)

        with pytest.raises(AlreadyDone):
            await change(mossy, thread.id, False, "Why")
        await change(mossy, thread.id, True, "Why")
        with pytest.raises(AlreadyDone):
            await change(mossy, thread.id, True, "Why")

        assert len(await log(home, mossy)) == 1

    @pytest.mark.parametrize("what", ["pin", "lock"])
    async def test_needs_a_reason_and_a_thread(self, home, maple, mossy, what):
        """In this order."""
        thread = await home.thread(maple)
        change = getattr(home.services.order, what)

        with pytest.raises(ReasonMissing):
            await change(mossy, thread.id, True, " ")
        with pytest.raises(ThreadNotFound):
            await change(mossy, thread.id + 1, True, "Why")

        assert await log(home, mossy) == []

"""Slow posting in the first days, and the same words sent twice."""

import asyncio
from datetime import timedelta

import pytest

from bunniz_bbs.domain.errors import NewHere
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.domain.team import HeldPost
from bunniz_bbs.services.twice import AGAIN
from tests.services.living import key_of

LINKS = "https://a.example https://b.example https://c.example"


@pytest.fixture
async def fresh(home) -> Actor:
    """Somebody who has just come in with a code."""
    code = await home.services.invites.create(
        CONSOLE, 1, timedelta(days=7), Role.MEMBER
    )
    account = await home.services.people.join(key_of("fresh"), code, "fresh", "en")
    return Actor.of(account)


async def begin(home, actor, number: int, body: str = "Words"):
    return await home.services.threads.start(actor, "general", f"T{number}", body)


class TestFirstDays:
    async def test_threads_are_few_and_slow(self, home, fresh):
        """What was refused is not there, and its draft still is."""
        await begin(home, fresh, 1)
        await home.services.drafts.save(fresh, "board:general", "T2", "Words")
        with pytest.raises(NewHere) as refusal:
            await begin(home, fresh, 2)
        assert (refusal.value.rule, refusal.value.seconds) == ("pause", 30)
        assert await home.services.drafts.get(fresh, "board:general")
        for number in (2, 3):
            home.clock.move(minutes=2)
            await begin(home, fresh, number)
        home.clock.move(minutes=2)

        with pytest.raises(NewHere) as refusal:
            await begin(home, fresh, 4)

        assert (refusal.value.rule, refusal.value.limit) == ("threads", 3)
        assert len(await home.services.threads.on_board(fresh, "general")) == 3

    async def test_replies_are_few(self, home, fresh, maple):
        """Threads are counted apart from them."""
        thread = await home.thread(maple)
        for number in range(10):
            home.clock.move(minutes=1)
            await home.services.posts.reply(fresh, thread.id, f"Words {number}")
        home.clock.move(minutes=1)

        with pytest.raises(NewHere) as refusal:
            await home.services.posts.reply(fresh, thread.id, "More")

        assert refusal.value.rule == "replies"
        await begin(home, fresh, 1)

    async def test_what_waits_for_the_team_counts(self, home, fresh):
        """On a board where the team reads first, too."""
        start = home.services.threads.start
        for number in range(3):
            home.clock.move(minutes=2)
            await start(fresh, "careful", f"T{number}", "Words")
        home.clock.move(minutes=2)
        with pytest.raises(NewHere):
            await begin(home, fresh, 4)

    @pytest.mark.parametrize(
        ("body", "rule"),
        [(LINKS, "links"), ("@maple, @clover and @mossy!", "mentions")],
    )
    async def test_posts_point_to_few(
        self, home, fresh, maple, clover, mossy, body, rule
    ):
        """Those of guests too; a member writes what they like."""
        passer = await home.services.people.passing(None)
        for one, board in ((fresh, "general"), (passer, "porch")):
            with pytest.raises(Exception) as refusal:  # noqa: PT011 - both kinds
                await home.services.threads.start(one, board, "T", body)
            assert one.is_passing or refusal.value.rule == rule
        assert await begin(home, maple, 1, body)

    async def test_they_end_with_the_second_day(self, home, fresh):
        """Then nothing tells any more that somebody was new."""
        home.clock.move(days=1)
        await begin(home, fresh, 1)
        with pytest.raises(NewHere):
            await begin(home, fresh, 2)
        home.clock.move(days=1)
        await home.wired.janitor.round()

        await begin(home, fresh, 2)
        await begin(home, fresh, 3)

        account = await home.store.read(lambda tx: tx.accounts.get(fresh.id))
        assert account.new_until is None

    async def test_a_vouch_ends_them(self, home, fresh, maple):
        """Anybody's."""
        await begin(home, fresh, 1)
        await home.services.trust.vouch(maple, "fresh")
        await begin(home, fresh, 2)

    async def test_whom_the_team_lets_in_is_new_too(self, home, mossy):
        """From that day on; whom a sysop adds by hand is known."""
        robin = await home.waiter("robin")
        await home.services.team.approve(mossy, "robin")
        member = Actor.of(await home.store.read(lambda tx: tx.accounts.get(robin.id)))
        await begin(home, member, 1)
        with pytest.raises(NewHere):
            await begin(home, member, 2)
        known = await home.person("alder")
        await begin(home, known, 3)
        await begin(home, known, 4)


class TestTheSameAgain:
    async def test_a_reply_stands_where_it_stood(self, home, maple, clover):
        """Nothing is posted, told or counted twice; another person says it anew."""
        thread = await home.thread(maple)
        reply = home.services.posts.reply
        first = await reply(maple, thread.id, "Yes, @clover.")
        await home.services.drafts.save(maple, f"thread:{thread.id}", "", "Yes")

        async with home.ear() as ear:
            again = await reply(maple, thread.id, "Yes, @clover.\n")
            assert await ear.taken() == []

        assert (again.number, again.stood, again.body) == (2, True, "Yes, @clover.")
        assert not first.stood
        assert await home.services.drafts.get(maple, f"thread:{thread.id}") is None
        assert (await reply(clover, thread.id, "Yes, @clover.")).number == 3

    async def test_pressing_twice_at_once_posts_once(self, home, maple):
        """Whichever comes first."""
        thread = await home.thread(maple)
        sent = await asyncio.gather(
            *(home.services.posts.reply(maple, thread.id, "Yes.") for _ in range(3))
        )
        assert [one.number for one in sent] == [2, 2, 2]
        begun = await asyncio.gather(*(begin(home, maple, 1) for _ in range(3)))
        assert len({one.id for one in begun}) == 1

    async def test_a_thread_stands_where_it_stood(self, home, maple):
        """Elsewhere, under another title or with other words it is another one."""
        first = await begin(home, maple, 1)
        again = await begin(home, maple, 1)
        assert (again.id, again.stood) == (first.id, True)
        home.clock.move(minutes=5)
        assert (await begin(home, maple, 2)).id != first.id
        home.clock.move(minutes=5)
        assert (await begin(home, maple, 1, "Other words")).id != first.id

    async def test_later_or_after_it_was_removed_it_is_meant(self, home, maple):
        """An hour is enough for a line that broke."""
        thread = await home.thread(maple)
        first = await home.services.posts.reply(maple, thread.id, "Up.")
        home.clock.move(seconds=AGAIN.total_seconds() + 1)
        later = await home.services.posts.reply(maple, thread.id, "Up.")
        await home.services.posts.delete(maple, thread.id, later.number)
        after = await home.services.posts.reply(maple, thread.id, "Up.")
        assert [first.number, later.number, after.number] == [2, 3, 4]

    async def test_what_waits_already_waits_once(self, home, maple):
        """The team reads it once."""
        start = home.services.threads.start
        first = await start(maple, "careful", "T", "Words")
        again = await start(maple, "careful", "T", "Words")
        assert isinstance(again, HeldPost)
        assert again.id == first.id

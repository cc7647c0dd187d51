"""How threads stand: moved, kept, checked, closed by whoever began them."""

from datetime import timedelta

import pytest

from bunniz_bbs.domain.boards import Premod
from bunniz_bbs.domain.errors import (
    AlreadyDone,
    BoardNotFound,
    NotAllowed,
    ReasonMissing,
    ThreadLocked,
    ThreadNotFound,
)
from bunniz_bbs.domain.events import ThreadChanged
from bunniz_bbs.domain.people import Role
from tests.services.houses import a_board, a_house
from tests.services.living import living

DAY = timedelta(days=1)


@pytest.fixture
async def home(tmp_path):
    """A house with two boards for members, and one for those who are trusted."""
    boards = (
        a_board("money", lifetime=7 * DAY, premod=Premod.GUEST, read=Role.GUEST),
        a_board("health", lifetime=DAY),
        a_board("circle", read=Role.TRUSTED),
        a_board("team", read=Role.MODERATOR),
    )
    async with living(tmp_path, a_house(boards)) as made:
        yield made


async def log(home, mossy) -> list[tuple[str, str, str]]:
    """What stands in the log, newest first."""
    entries = await home.services.moderation.log(mossy)
    return [(one.act.value, one.target, one.reason) for one in entries]


class TestMove:
    async def test_is_told_on_both_boards_and_noted(self, home, maple, mossy):
        """The log names boards and a number; the reason stands beside them."""
        thread = await home.thread(maple, "money")

        async with home.ear() as ear:
            found, board = await home.services.order.move(
                mossy, thread.id, "health", "It is about health"
            )
            assert await ear.taken() == [
                ThreadChanged("money", thread.id),
                ThreadChanged("health", thread.id),
            ]

        assert (found.title, board.slug) == ("Bread", "health")
        target = f"money/{thread.id} > health"
        assert await log(home, mossy) == [("move", target, "It is about health")]
        [row] = await home.services.threads.on_board(maple, "health")
        assert row.thread.id == thread.id
        assert await home.services.threads.on_board(maple, "money") == []

    async def test_what_belongs_to_it_goes_along(self, home, maple, clover, mossy):
        """Read marks, drafts, what waits for the team, and what was reported."""
        thread = await home.thread(maple, "money", posts=2)
        other = await home.thread(maple, "money")
        place = f"thread:{thread.id}"
        await home.services.threads.mark_read(clover, thread.id, 1)
        await home.services.drafts.save(clover, place, "", "Begun")
        for target in (f"money/{thread.id}#2", f"money/{thread.id}", "money"):
            await home.services.team.report(clover, target, "Look.")
            home.clock.move(minutes=1)
        await home.services.team.report(clover, f"money/{other.id}#1", "Look.")

        await home.services.order.move(mossy, thread.id, "circle", "Private")

        assert await home.store.read(lambda tx: tx.reads.get(clover.id, thread.id)) == 1
        assert await home.services.drafts.get(clover, place)
        reports = (await home.services.team.queue(mossy)).reports
        assert [one.target for one in reports] == [
            f"circle/{thread.id}#2",
            f"circle/{thread.id}",
            "money",
            f"money/{other.id}#1",
        ]

    async def test_who_may_not_read_the_board_has_lost_it(self, home, maple, mossy):
        """At once: neither the thread, nor its list, nor what is new."""
        thread = await home.thread(maple, "money")
        clover = await home.person("clover")

        await home.services.order.move(mossy, thread.id, "circle", "Private")

        for ask in (home.services.threads.open, home.services.threads.mark_read):
            with pytest.raises(ThreadNotFound):
                await ask(clover, thread.id, 1)
        with pytest.raises(ThreadNotFound):
            await home.services.posts.reply(maple, thread.id, "But it is mine")
        assert (await home.services.boards.overview(clover)).unread == ()

    async def test_a_post_that_waits_comes_out_where_the_thread_is(
        self, home, maple, mossy
    ):
        """The log says so too."""
        boards = home.house.boards
        thread = await home.thread(maple, "money")
        held = await home.store.write(
            lambda tx: tx.held.add(
                *(7, "money", thread.id, "Bread", maple.id, "maple", "Held"),
                home.clock.now(),
            )
        )
        await home.services.order.move(mossy, thread.id, "health", "Fits")

        await home.services.team.publish(mossy, held.id)

        assert boards["health"]
        assert (await log(home, mossy))[0][:2] == ("publish", f"health/{thread.id}#2")

    @pytest.mark.parametrize(
        ("to", "why", "refusal"),
        [
            ("money", "Why", AlreadyDone),
            ("nowhere", "Why", BoardNotFound),
            ("health", " ", ReasonMissing),
        ],
    )
    async def test_what_cannot_be_is_not_done(
        self, home, maple, mossy, to, why, refusal
    ):
        """Nothing is noted."""
        thread = await home.thread(maple, "money")
        with pytest.raises(refusal):
            await home.services.order.move(mossy, thread.id, to, why)
        assert await log(home, mossy) == []


class TestKeep:
    async def test_a_kept_thread_stays_until_it_is_let_go(self, home, maple, mossy):
        """It says why; then its time is up at once."""
        thread = await home.thread(maple, "health")
        await home.services.order.keep(mossy, thread.id, True, "Asked every week")
        home.clock.move(days=300)
        await home.wired.janitor.round()

        view = await home.services.threads.open(maple, thread.id)
        assert view.thread.kept_for == "Asked every week"

        with pytest.raises(AlreadyDone):
            await home.services.order.keep(mossy, thread.id, True, "Again")
        await home.services.order.keep(mossy, thread.id, False, "Out of date")
        await home.wired.janitor.round()

        with pytest.raises(ThreadNotFound):
            await home.services.threads.open(maple, thread.id)
        acts = [act for act, _, _ in await log(home, mossy)]
        assert acts == ["unkeep", "keep"]


class TestCheck:
    async def test_notes_the_day_and_no_more(self, home, maple, mossy):
        """Once a day; the log says who."""
        thread = await home.thread(maple, "money")
        home.clock.move(days=3)

        await home.services.order.check(mossy, thread.id)

        view = await home.services.threads.open(maple, thread.id)
        assert view.thread.as_of == home.clock.now().date()
        with pytest.raises(AlreadyDone):
            await home.services.order.check(mossy, thread.id)
        home.clock.move(days=1)
        await home.services.order.check(mossy, thread.id)
        assert await log(home, mossy) == [("check", f"money/{thread.id}", "")] * 2


class TestClose:
    async def test_whoever_began_it_takes_no_more_replies(
        self, home, maple, clover, mossy
    ):
        """Moderators still reply; taken again, everybody does. Nothing is logged."""
        thread = await home.thread(maple, "money")
        reply, close = home.services.posts.reply, home.services.order.close

        async with home.ear() as ear:
            await close(maple, thread.id, True)
            assert await ear.taken() == [ThreadChanged("money", thread.id)]
        for one in (maple, clover):
            with pytest.raises(ThreadLocked):
                await reply(one, thread.id, "More")
        await reply(mossy, thread.id, "From the team")
        with pytest.raises(AlreadyDone):
            await close(maple, thread.id, True)
        await close(maple, thread.id, False)
        await reply(clover, thread.id, "More")

        assert await log(home, mossy) == []

    async def test_it_opens_no_lock_of_the_team(self, home, maple, mossy):
        """The two are apart."""
        thread = await home.thread(maple, "money")
        await home.services.order.lock(mossy, thread.id, True, "All is said")
        await home.services.order.close(maple, thread.id, True)
        await home.services.order.close(maple, thread.id, False)

        with pytest.raises(ThreadLocked):
            await home.services.posts.reply(maple, thread.id, "More")

    async def test_nobody_else_can(self, home, maple, clover, mossy):
        """Moderators lock instead, with a reason."""
        thread = await home.thread(maple, "money")
        for one in (clover, mossy):
            with pytest.raises(NotAllowed):
                await home.services.order.close(one, thread.id, True)

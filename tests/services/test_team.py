"""What waits for the team, and what becomes of it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bunniz_bbs.bus.ports import TEAM
from bunniz_bbs.domain.boards import Premod
from bunniz_bbs.domain.errors import (
    BoardNotFound,
    NotAllowed,
    NotHere,
    PersonNotFound,
    ReasonMissing,
    TextEmpty,
    TextTooLong,
    TooFast,
    TooManyWait,
    WaitsForTeam,
)
from bunniz_bbs.domain.events import (
    AccountRemoved,
    HeldDecided,
    RoleChanged,
    TeamStirred,
    ThreadChanged,
)
from bunniz_bbs.domain.moderation import Act
from bunniz_bbs.domain.people import NOBODY, Actor, Role
from bunniz_bbs.domain.team import HeldPost
from bunniz_bbs.services.holding import MOST, MOST_OF_ONE, MOST_PASSING
from tests.services.houses import BOARDS, a_board, a_house
from tests.services.living import Living, key_of, living

QUESTIONS = a_board(
    "questions",
    read=Role.GUEST,
    post=Role.GUEST,
    reply=Role.GUEST,
    premod=Premod.GUEST,
)


@pytest.fixture
async def home(tmp_path: Path):
    """A house with a board for guests' questions."""
    async with living(tmp_path, a_house((*BOARDS, QUESTIONS))) as made:
        yield made


async def asked(home: Living, actor: Actor, title: str = "Bread") -> HeldPost:
    """Somebody's post that waits."""
    home.clock.move(minutes=1)
    held = await home.services.threads.start(actor, "questions", title, "How?")
    assert isinstance(held, HeldPost)
    return held


async def again_and_again(use: Callable[[], Awaitable[object]]) -> None:
    """More often than any limit lets somebody."""
    for _ in range(20):
        await use()


async def acts(home: Living, mossy: Actor) -> list[tuple[Act, str, str]]:
    """The log, the oldest entry first."""
    entries = await home.services.moderation.log(mossy)
    return [(one.act, one.target, one.reason) for one in reversed(entries)]


class TestPeopleWhoWait:
    async def test_the_team_lets_somebody_in(self, home, mossy):
        """They are a member at once, are told so, and may become trusted one day."""
        robin = await home.waiter("robin")
        team = home.services.team
        assert [one.name for one in (await team.queue(mossy)).people] == ["robin"]

        async with home.ear(robin) as ear:
            await team.approve(mossy, "Robin")

            assert await ear.taken() == [RoleChanged(robin.id, Role.MEMBER)]
        account = await home.services.people.recognise(key_of("robin"))
        assert (account.role, account.waiting) == (Role.MEMBER, False)
        assert account.settles_on == (home.clock.now() + timedelta(days=30)).date()
        assert (await team.queue(mossy)).count == 0
        assert await acts(home, mossy) == [(Act.APPROVE, "robin", "")]

    async def test_whoever_is_turned_away_reads_why_and_nothing_is_left(
        self, home, mossy
    ):
        """The name and the key are free again; posts that waited go too."""
        robin = await home.waiter("robin")
        await asked(home, robin)

        async with home.ear(robin) as ear:
            await home.services.team.decline(mossy, "robin", "Come with a friend.")

            told = AccountRemoved(robin.id, "Come with a friend.")
            assert await ear.taken() == [told, told]
        assert await home.services.people.recognise(key_of("robin")) is None
        assert await home.services.people.fit("robin") == "robin"
        assert (await home.services.team.queue(mossy)).held == ()

    async def test_whoever_was_away_finds_the_answer_for_a_month(self, home, mossy):
        """By any of their keys; what is kept is a keyed hash of it, and the reason."""
        robin, phone = await home.waiter("robin"), key_of("robin's phone")
        code, _ = await home.services.keys.device_code(robin)
        await home.services.keys.open_with(phone, code)
        await home.services.team.decline(mossy, "robin", "Come with a friend.")
        answer = home.services.admission.answer

        home.clock.move(days=29)
        await home.wired.janitor.round()
        for key in (key_of("robin"), phone):
            assert await answer(key) == "Come with a friend."
        assert await answer(key_of("wren")) == await answer(None) == ""
        assert "robin" not in str((await home.rows())["declined_keys"])

        home.clock.move(days=1)
        assert await answer(phone) == ""
        await home.wired.janitor.round()
        assert (await home.rows())["declined_keys"] == []

    async def test_whoever_asks_again_has_read_the_answer(self, home, mossy):
        """It is forgotten as soon as the key has an account again."""
        await home.waiter("robin")
        await home.services.team.decline(mossy, "robin", "Come with a friend.")
        await home.waiter("robin")

        assert await home.services.admission.answer(key_of("robin")) == ""
        assert (await home.rows())["declined_keys"] == []

    async def test_it_is_decided_once(self, home, mossy):
        """Whoever comes second is told that it is done; nothing is undone."""
        await home.waiter("robin")
        team = home.services.team
        await team.approve(mossy, "robin")

        with pytest.raises(NotHere):
            await team.approve(mossy, "robin")
        with pytest.raises(NotHere):
            await team.decline(mossy, "robin", "Why")
        with pytest.raises(PersonNotFound):
            await team.approve(mossy, "wren")
        assert len(await acts(home, mossy)) == 1

    async def test_a_reason_is_needed(self, home, mossy):
        """And nobody goes without one."""
        robin = await home.waiter("robin")
        for reason in ("", "  "):
            with pytest.raises(ReasonMissing):
                await home.services.team.decline(mossy, "robin", reason)
        assert await home.services.people.refresh(robin) == robin


class TestPostsThatWait:
    @pytest.mark.parametrize("role", Role)
    async def test_on_a_board_for_guests_those_of_guests_wait(self, home, role):
        """Everybody else's stand on the board at once."""
        robin = await home.person("robin", role)

        sent = await home.services.threads.start(robin, "questions", "Bread", "How?")

        assert isinstance(sent, HeldPost) is (role is Role.GUEST)
        rows = await home.services.threads.on_board(robin, "questions")
        assert len(rows) == (role is not Role.GUEST)

    async def test_where_all_wait_members_do_too(self, home, maple, mossy):
        """The team itself never does."""
        held = await home.services.threads.start(maple, "careful", "Bread", "How?")
        thread = await home.services.threads.start(mossy, "careful", "Salt", "So.")
        reply = await home.services.posts.reply(maple, thread.id, "Thank you.")

        assert isinstance(held, HeldPost)
        assert isinstance(reply, HeldPost)
        assert (reply.thread, reply.title) == (thread.id, "Salt")

    async def test_a_published_thread_is_there_under_its_author(self, home, mossy):
        """The author is told; others see it as one of theirs."""
        gorse = await home.person("gorse", Role.GUEST)
        held = await asked(home, gorse)

        async with home.ear(gorse) as ear:
            await home.services.team.publish(mossy, held.id)

            changed, told = await ear.taken()
        assert isinstance(changed, ThreadChanged)
        assert told == HeldDecided(gorse.id, "Bread", True, "")
        ((row),) = await home.services.threads.on_board(mossy, "questions")
        view = await home.services.threads.open(gorse, row.thread.id)
        assert view.read == 1
        assert [(one.author, one.body) for one in view.posts] == [(gorse.id, "How?")]
        target = f"questions/{row.thread.id}#1"
        assert await acts(home, mossy) == [(Act.PUBLISH, target, "")]

    async def test_a_published_reply_comes_after_what_is_there(self, home, mossy):
        """Its number is that of the moment when it is published."""
        gorse = await home.person("gorse", Role.GUEST)
        thread = await home.thread(mossy, "questions")
        held = await home.services.posts.reply(gorse, thread.id, "And then?")
        await home.services.posts.reply(mossy, thread.id, "More.")

        await home.services.team.publish(mossy, held.id)

        view = await home.services.threads.open(gorse, thread.id)
        assert [one.body for one in view.posts] == [
            "First words.",
            "More.",
            "And then?",
        ]

    async def test_what_is_refused_is_read_by_nobody(self, home, mossy):
        """Its author reads why, and its words are nowhere, also not in the log."""
        gorse = await home.person("gorse", Role.GUEST)
        held = await asked(home, gorse)

        async with home.ear(gorse) as ear:
            await home.services.team.refuse(mossy, held.id, "It names somebody.")

            assert await ear.taken() == [
                HeldDecided(gorse.id, "Bread", False, "It names somebody.")
            ]
        assert await home.services.threads.on_board(mossy, "questions") == []
        logged = (Act.REFUSE, "questions", "It names somebody.")
        assert await acts(home, mossy) == [logged]
        assert "How?" not in str(await home.rows())

    async def test_it_is_decided_once(self, home, mossy):
        """Also where its thread is gone meanwhile."""
        gorse = await home.person("gorse", Role.GUEST)
        held, team = await asked(home, gorse), home.services.team
        await team.publish(mossy, held.id)
        thread = await home.thread(mossy, "questions", "Salt")
        home.clock.move(minutes=1)
        reply = await home.services.posts.reply(gorse, thread.id, "And then?")
        await home.services.posts.delete(mossy, thread.id, 1)

        for number in (held.id, reply.id):
            with pytest.raises(NotHere):
                await team.publish(mossy, number)
            with pytest.raises(NotHere):
                await team.refuse(mossy, number, "Why")

    async def test_where_its_board_is_closed_it_waits_on(self, home, mossy):
        """Until it opens again, or the post's time is up."""
        gorse = await home.person("gorse", Role.GUEST)
        held = await asked(home, gorse)
        home.house.become(a_house())

        with pytest.raises(BoardNotFound):
            await home.services.team.publish(mossy, held.id)
        assert (await home.services.team.queue(mossy)).held == (held,)

    async def test_what_the_team_has_read_is_not_changed_afterwards(self, home, mossy):
        """Its author can take it away, but not put other words in its place."""
        gorse = await home.person("gorse", Role.GUEST)
        held = await asked(home, gorse)
        await home.services.team.publish(mossy, held.id)
        ((row),) = await home.services.threads.on_board(gorse, "questions")
        posts = home.services.posts

        with pytest.raises(WaitsForTeam):
            await posts.edit(gorse, row.thread.id, 1, "Something else.")
        assert await posts.delete(gorse, row.thread.id, 1)

    async def test_a_draft_that_was_sent_is_gone(self, home, maple):
        """As where it is on its board at once."""
        drafts = home.services.drafts
        await drafts.save(maple, "board:careful", "Bread", "How?")
        await home.services.threads.start(maple, "careful", "Bread", "How?")
        assert await drafts.get(maple, "board:careful") is None

    async def test_only_so_many_of_one_person_wait(self, home, mossy):
        """Another person's do; and the next one once the team has decided."""
        gorse, robin = [await home.person(one, Role.GUEST) for one in ("gorse", "rob")]
        held = [await asked(home, gorse, f"Rye {n}") for n in range(MOST_OF_ONE)]
        with pytest.raises(TooManyWait):
            await asked(home, gorse)
        await asked(home, robin)

        await home.services.team.refuse(mossy, held[0].id, "Why")

        await asked(home, gorse)

    async def test_only_so_many_wait_in_all(self, home, maple):
        """Whoever's they are."""
        now, board = home.clock.now(), QUESTIONS.slug

        async def fill(tx) -> None:
            for number in range(MOST):
                author = f"{number}"
                await tx.held.add(number, board, None, "T", author, "n", "B", now)

        await home.store.write(fill)
        with pytest.raises(TooManyWait):
            await home.services.threads.start(maple, "careful", "Bread", "How?")

    async def test_after_a_month_they_go_unread(self, home, mossy):
        """The janitor lets them go, and reports three months after they are closed."""
        gorse = await home.person("gorse", Role.GUEST)
        await asked(home, gorse)
        report = await home.services.team.report(gorse, "", "Look.")
        await home.services.team.close(mossy, report.id)
        home.clock.move(days=29)
        await home.wired.janitor.round()
        assert len((await home.services.team.queue(mossy)).held) == 1

        home.clock.move(days=2)
        await home.wired.janitor.round()

        assert (await home.services.team.queue(mossy)).held == ()
        assert len((await home.rows())["reports"]) == 1
        home.clock.move(days=60)
        await home.wired.janitor.round()
        assert (await home.rows())["reports"] == []


class TestWithoutAnAccount:
    async def test_one_asks_and_nothing_tells_who_it_was(self, home, mossy):
        """The post stands under a name that was drawn for the visit."""
        passer = await home.services.people.passing(None)
        held = await asked(home, passer)
        assert (held.author, held.author_name) == (NOBODY, passer.name)
        assert passer.id not in str(await home.rows())

        await home.services.team.publish(mossy, held.id)

        ((row),) = await home.services.threads.on_board(passer, "questions")
        view = await home.services.threads.open(passer, row.thread.id)
        assert view.posts[0].author_name == passer.name
        with pytest.raises(NotAllowed):
            await home.services.posts.delete(passer, row.thread.id, 1)

    async def test_all_of_them_together_ask_seldom(self, home):
        """Many visits get no further than one that waits."""

        async def ask() -> None:
            passer = await home.services.people.passing(None)
            await home.services.threads.start(passer, "questions", "T", "B")

        with pytest.raises(TooFast):
            await again_and_again(ask)

    async def test_only_so_many_of_theirs_wait(self, home):
        """So that those who have an account are read too."""
        for _ in range(MOST_PASSING):
            await asked(home, await home.services.people.passing(None))
        with pytest.raises(TooManyWait):
            await asked(home, await home.services.people.passing(None))
        await asked(home, await home.person("gorse", Role.GUEST))

    async def test_each_visit_is_another_person_and_each_key_the_same(self, home):
        """Nobody can tell from it which key that is."""
        people = home.services.people
        first, second = [await people.passing(None) for _ in range(2)]
        assert first.id != second.id
        once, again = [await people.passing(key_of("a")) for _ in range(2)]
        assert once == again != await people.passing(key_of("b"))
        assert key_of("a").hex()[:8] not in once.id

    async def test_elsewhere_nothing_is_written(self, home, maple):
        """Neither where members write, nor where guests with an account do."""
        passer = await home.services.people.passing(None)
        thread = await home.thread(maple, "porch")
        with pytest.raises(NotAllowed):
            await home.services.threads.start(passer, "porch", "T", "B")
        with pytest.raises(NotAllowed):
            await home.services.posts.reply(passer, thread.id, "B")


class TestReports:
    async def test_their_numbers_do_not_count_them(self, home, maple, monkeypatch):
        """Six digits by lot, and drawn again where they are taken."""
        team = home.services.team
        lots = iter([bytes(8), bytes(8), b"\0" * 7 + b"\x2a"])
        monkeypatch.setattr(team, "_random", lambda count: next(lots))

        numbers = [(await team.report(maple, "", "Look.")).id for _ in range(2)]

        assert numbers == [100_000, 100_042]

    async def test_anybody_asks_the_team_to_look(self, home, maple, mossy):
        """Who did is kept nowhere; the team sees it at once."""
        passer = await home.services.people.passing(None)
        async with home.bus.subscribe([TEAM]) as heard:
            for actor in (maple, passer):
                await home.services.team.report(actor, " porch/1#2 ", "It names me.")
                assert await heard.next() == TeamStirred()

        reports = (await home.services.team.queue(mossy)).reports
        assert [(one.target, one.body) for one in reports] == [
            ("porch/1#2", "It names me.")
        ] * 2
        rows = str((await home.rows())["reports"])
        assert not any(one.id in rows or one.name in rows for one in (maple, passer))

    async def test_it_is_closed_once(self, home, maple, mossy):
        """And no longer in the queue."""
        team = home.services.team
        report = await team.report(maple, "", "Look.")
        await team.close(mossy, report.id)
        with pytest.raises(NotHere):
            await team.close(mossy, report.id)
        assert (await team.queue(mossy)).reports == ()

    async def test_words_are_needed_and_have_to_fit(self, home, maple):
        """The place may be left out."""
        team = home.services.team
        for body, refusal in (("", TextEmpty), ("x" * 1001, TextTooLong)):
            with pytest.raises(refusal):
                await team.report(maple, "", body)
        with pytest.raises(TextTooLong):
            await team.report(maple, "x" * 81, "Look.")

    async def test_nobody_floods_the_team(self, home, maple):
        """Nor do all together who have no account."""
        team, people = home.services.team, home.services.people
        with pytest.raises(TooFast):
            await again_and_again(lambda: team.report(maple, "", "Look."))

        async def report() -> None:
            await team.report(await people.passing(None), "", "Look.")

        with pytest.raises(TooFast):
            await again_and_again(report)

"""The porch: each guest talks with the team alone, and sees nobody else."""

import asyncio
import tempfile
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bunniz_bbs.bus.ports import TEAM
from bunniz_bbs.domain.errors import (
    BunnizError,
    NotAllowed,
    PorchFull,
    RoomNotFound,
    TooFast,
)
from bunniz_bbs.domain.events import TeamStirred
from bunniz_bbs.domain.ids import RoomSlug
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.domain.rooms import conversation_of, guest_of
from bunniz_bbs.services import rooms as rooms_module
from bunniz_bbs.services.memories import CONVERSATION_LINES
from bunniz_bbs.store.tables import metadata
from tests.services.houses import a_house
from tests.services.living import Living, key_of, living

STOOP = "stoop"


def talk_of(guest: Actor) -> RoomSlug:
    """Where a guest talks with the team."""
    return conversation_of(RoomSlug(STOOP), guest.id)


async def waiting(home: Living, name: str = "robin") -> Actor:
    """Somebody who asked to come in."""
    return await home.waiter(name)


class TestTalking:
    async def test_a_guest_and_the_team_hear_each_other(self, home, mossy):
        """Whoever of the team comes later sees what was said before."""
        robin, rooms = await waiting(home), home.services.rooms
        await rooms.enter(robin, STOOP, "phone")
        await rooms.say(robin, STOOP, "Is somebody there?")
        home.clock.move(minutes=20)
        (talk,) = rooms.conversations(mossy)
        assert (talk.name, talk.here, talk.waits) == ("robin", True, True)

        await rooms.enter(mossy, talk.room, "desk")
        await rooms.say(mossy, talk.room, "Yes.")

        for actor, visit in ((robin, "phone"), (mossy, "desk")):
            view = rooms.view(actor, talk.room, visit)
            said = [(one.name, one.text) for one in view.lines]
            assert said == [("robin", "Is somebody there?"), ("mossy", "Yes.")]
        assert rooms.names(robin, STOOP) == ["mossy", "robin"]
        assert not rooms.conversations(mossy)[0].waits

    async def test_the_team_hears_of_it_at_once(self, home, mossy):
        """On a topic that nobody else listens to."""
        robin = await waiting(home)
        async with home.bus.subscribe([TEAM]) as heard:
            await home.services.rooms.say(robin, STOOP, "Is somebody there?")
            assert await heard.next() == TeamStirred()

    async def test_whoever_was_let_in_is_there_no_more(self, home, mossy):
        """The room is not for members; the team still sees what was said."""
        robin, rooms = await waiting(home), home.services.rooms
        await rooms.say(robin, STOOP, "Is somebody there?")
        await home.services.team.approve(mossy, "robin")
        member = replace(robin, role=Role.MEMBER, waiting=False)

        for room in (STOOP, talk_of(robin)):
            with pytest.raises(RoomNotFound):
                await rooms.enter(member, room, "phone")
        assert [one.room.slug for one in rooms.all(member)] == ["lounge", "later"]
        assert rooms.view(mossy, talk_of(robin), await self.come(home, mossy, robin))

    async def come(self, home: Living, mossy: Actor, robin: Actor) -> object:
        """Somebody of the team comes in."""
        visit = object()
        await home.services.rooms.enter(mossy, talk_of(robin), visit)
        return visit

    async def test_a_visit_without_a_key_is_one_of_its_own(self, home, mossy):
        """Each under the name that was drawn for it."""
        rooms, people = home.services.rooms, home.services.people
        first, second = await people.passing(None), await people.passing(None)
        for passer in (first, second):
            await rooms.enter(passer, STOOP, passer)
            await rooms.say(passer, STOOP, f"I am {passer.id}.")

        for passer in (first, second):
            lines = rooms.view(passer, STOOP, passer).lines
            assert [one.text for one in lines] == [f"I am {passer.id}."]
            assert rooms.names(passer, STOOP) == [passer.name]
        assert {one.name for one in rooms.conversations(mossy)} == {
            first.name,
            second.name,
        }

    async def test_who_cannot_be_told_apart_does_not_talk(self, home):
        """Rather than hear what somebody else says."""
        with pytest.raises(RoomNotFound):
            await home.services.rooms.enter(Actor.passing(), STOOP, "visit")
        assert home.services.rooms.all(Actor.passing()) == []

    async def test_nothing_of_it_is_on_disk(self, home, mossy):
        """Not even where a moderator takes a line out of it."""
        rooms = home.services.rooms
        passer = await home.services.people.passing(key_of("a"))
        await rooms.enter(passer, STOOP, "visit")
        await rooms.say(passer, STOOP, "Something rude.")
        talk = talk_of(passer)
        with pytest.raises(NotAllowed):
            await rooms.set_topic(mossy, talk, "Rude")
        line = await home.services.moderation.delete_line(
            mossy, talk, passer.name, "Not here."
        )
        assert line.text == "Something rude."

        rows = await home.rows()
        filled = {name for name, found in rows.items() if found}
        assert filled == {"accounts", "consents", "keys", "moderation_log"}
        assert filled <= {table.name for table in metadata.sorted_tables}
        for told in (passer.name, passer.id, "rude"):
            assert told not in str(rows)


class TestMemory:
    async def test_a_talk_that_nobody_is_in_goes_with_its_last_line(self, home, mossy):
        """Nothing of it is left, also not an empty place."""
        robin, held = await waiting(home), home.wired.held
        rooms = home.services.rooms
        await rooms.enter(robin, STOOP, "phone")
        await rooms.say(robin, STOOP, "Is somebody there?")
        await rooms.leave(robin, STOOP, "phone")
        assert talk_of(robin) in held.rooms()

        home.clock.move(hours=1)
        home.wired.keeper._keep()

        assert rooms.conversations(mossy) == []
        assert talk_of(robin) not in held.rooms()

    async def test_looking_in_leaves_nothing(self, home, mossy):
        """A guest who says nothing, and the team at an empty place."""
        robin, rooms = await waiting(home), home.services.rooms
        before = home.wired.held.rooms()
        for actor in (robin, mossy):
            await rooms.enter(actor, talk_of(robin), "visit")
            await rooms.leave(actor, talk_of(robin), "visit")
        assert home.wired.held.rooms() == before

    async def test_it_holds_only_so_many_lines(self, home, mossy):
        """The oldest goes for one more."""
        robin, rooms = await waiting(home), home.services.rooms
        await rooms.enter(robin, STOOP, "phone")
        for number in range(CONVERSATION_LINES + 5):
            home.clock.move(seconds=2)
            await rooms.say(robin, STOOP, f"{number}")
        lines = rooms.view(robin, STOOP, "phone").lines
        assert [one.text for one in lines][0::50] == ["5", "55"]

    async def test_there_is_room_for_only_so_many(self, home, mossy, monkeypatch):
        """Those who are gone give way, first without an account; else one waits."""
        monkeypatch.setattr(rooms_module, "MOST_CONVERSATIONS", 3)
        rooms, people = home.services.rooms, home.services.people
        robin = await waiting(home)
        await rooms.say(robin, STOOP, "I come back.")
        gone, here = await people.passing(None), await people.passing(None)
        home.clock.move(minutes=1)
        await rooms.say(gone, STOOP, "And I do not.")
        await rooms.enter(here, STOOP, "visit")

        another = await people.passing(None)
        await rooms.enter(another, STOOP, "another visit")
        left = {guest_of(one) for one in home.wired.held.conversations()}
        assert left == {robin.id, here.id, another.id}

        await rooms.enter(robin, STOOP, "phone")
        with pytest.raises(PorchFull):
            await rooms.enter(await people.passing(None), STOOP, "one more")
        with pytest.raises(PorchFull):
            await rooms.say(await people.passing(None), STOOP, "Hello?")

    async def test_all_together_without_an_account_speak_only_so_much(self, home):
        """Many visits do not get further than a few."""
        rooms, people = home.services.rooms, home.services.people

        async def flood() -> None:
            for _ in range(100):
                await rooms.say(await people.passing(None), STOOP, "Hello?")

        with pytest.raises(TooFast):
            await flood()

    async def test_another_node_hears_it_too(self, home, mossy):
        """A line from there stands in the same talk, and is told to the team here."""
        robin, rooms = await waiting(home), home.services.rooms
        line = await rooms.say(robin, STOOP, "Is somebody there?")
        home.wired.held.take_gone(talk_of(robin), [line.id])
        other = replace(line, id=f"{line.id}b")

        async with home.bus.subscribe([TEAM]) as heard:
            home.wired.held.take_line(other)
            home.wired.held.take_presence(
                talk_of(robin), "elsewhere", ((robin.id, "robin"),)
            )
            assert await heard.next() == TeamStirred()

        (talk,) = rooms.conversations(mossy)
        assert (talk.name, talk.here, talk.waits) == ("robin", True, True)
        home.wired.held.take_line(replace(other, room=RoomSlug("lounge~x")))
        assert home.wired.held.rooms().count(RoomSlug("lounge~x")) == 0


GUESTS = ("gorse", "robin", "first passer", "second passer")
TEAM_OF = ("mossy", "sorrel")
MEMBERS = ("maple", "tansy")
EVERYBODY = (*GUESTS, *TEAM_OF, *MEMBERS)


class PorchMachine(RuleBasedStateMachine):
    """Whoever does what in whatever order: no guest ever sees another."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.count = 0
        self.runner.run(self._open())

    async def _open(self) -> None:
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        opened = living(Path(folder), a_house())
        self.home: Living = await self.stack.enter_async_context(opened)
        person, passing = self.home.person, self.home.services.people.passing
        self.people = {
            "gorse": await person("gorse", Role.GUEST),
            "robin": await self.home.waiter("robin"),
            "first passer": await passing(None),
            "second passer": await passing(key_of("a key")),
            "mossy": await person("mossy", Role.MODERATOR),
            "sorrel": await person("sorrel", Role.SYSOP),
            "maple": await person("maple"),
            "tansy": await person("tansy", Role.TRUSTED),
        }

    def teardown(self) -> None:
        """Leave no file and no thread behind."""
        self.runner.run(self.stack.aclose())
        self.runner.close()

    def room(self, name: str | None) -> str:
        """The porch, or somebody's place in it."""
        return STOOP if name is None else talk_of(self.people[name])

    def may(self, who: str, whose: str | None) -> bool:
        """Whether somebody is in a talk, as members would say it."""
        if who in TEAM_OF:
            return whose is not None
        return who in GUESTS and whose in (None, who)

    def ask(self, may: bool, call) -> object:
        """Ask the house, which refuses where one may not."""
        if may:
            return self.runner.run(call(self.home.services.rooms))
        with pytest.raises(BunnizError):
            self.runner.run(call(self.home.services.rooms))
        return None

    @rule(who=st.sampled_from(EVERYBODY), whose=st.sampled_from((None, *EVERYBODY)))
    def enter(self, who: str, whose: str | None) -> None:
        """Somebody comes into the porch, or tries to get into a talk."""
        room, actor = self.room(whose), self.people[who]
        self.ask(self.may(who, whose), lambda on: on.enter(actor, room, who))

    @rule(who=st.sampled_from(EVERYBODY), whose=st.sampled_from((None, *EVERYBODY)))
    def say(self, who: str, whose: str | None) -> None:
        """Somebody says something, slowly enough for any limit."""
        self.home.clock.move(seconds=2)
        self.count += 1
        room, actor = self.room(whose), self.people[who]
        self.ask(
            self.may(who, whose),
            lambda on: on.say(actor, room, f"{who} {self.count}"),
        )

    @rule(who=st.sampled_from(EVERYBODY), whose=st.sampled_from((None, *EVERYBODY)))
    def leave(self, who: str, whose: str | None) -> None:
        """Somebody leaves, or was not there."""
        room, actor = self.room(whose), self.people[who]
        self.runner.run(self.home.services.rooms.leave(actor, room, who))

    @rule(minutes=st.sampled_from((1, 59, 61)))
    def wait(self, minutes: int) -> None:
        """Time passes, and the keeper goes round."""
        self.home.clock.move(minutes=minutes)
        self.home.wired.keeper._keep()

    @invariant()
    def a_guest_sees_their_own_words_and_the_team(self) -> None:
        """In every way in which one can look, by every place that one can name."""
        if not hasattr(self, "people"):
            return
        rooms = self.home.services.rooms
        for name in (*GUESTS, *MEMBERS):
            actor = self.people[name]
            allowed = {self.people[one].name for one in (name, *TEAM_OF)}
            for whose in (None, *EVERYBODY):
                for look in (
                    lambda room, actor=actor, name=name: [
                        line.name for line in rooms.view(actor, room, name).lines
                    ],
                    lambda room, actor=actor, name=name: [
                        line.name
                        for line in rooms.hearing(actor, room, name).newest_first()
                    ],
                    lambda room, actor=actor: rooms.names(actor, room),
                    lambda room, actor=actor: [
                        rooms.last_line(actor, room, self.people[one].name).name
                        for one in GUESTS
                        if self.people[one] != actor
                    ],
                ):
                    try:
                        seen = set(look(self.room(whose)))
                    except BunnizError:
                        continue
                    assert seen <= allowed
            with pytest.raises(NotAllowed):
                rooms.conversations(actor)
            listed = {one.room.slug for one in rooms.all(actor)}
            own = {talk_of(actor)} if name in GUESTS else set()
            assert {one for one in listed if one.startswith(STOOP)} == own

    @invariant()
    def nothing_is_kept_beside_what_is_there(self) -> None:
        """A talk is in memory while somebody is in it, or words are."""
        if hasattr(self, "home"):
            held = self.home.wired.held
            for room in held.rooms():
                assert guest_of(room) is None or not held.of(room).empty


TestPorchModel = PorchMachine.TestCase
TestPorchModel.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None
)

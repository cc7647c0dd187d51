"""Whatever happens in whatever order, rooms and moderation are as a model says."""

import asyncio
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bunniz_bbs.domain.errors import (
    AlreadyDone,
    Banned,
    BunnizError,
    LineNotFound,
    Muted,
    NotAllowed,
    Outranked,
    RoomNotFound,
)
from bunniz_bbs.domain.people import Role
from tests.services.houses import a_house
from tests.services.living import Living, living
from tests.services.still import NOON

MEMBERS = ("maple", "clover")
PEOPLE = (*MEMBERS, "mossy", "sorrel")
ROLES = dict(zip(PEOPLE, (1, 2, 3, 4), strict=True))
ROOMS = {"lounge": 0, "den": 2, "office": 3}
"""Each room with the lowest role that may listen in it; members may speak."""
HISTORY = {"lounge": timedelta(minutes=30), "den": timedelta(0)}
DEFAULT_HISTORY = timedelta(minutes=30)

people = st.sampled_from(PEOPLE)
rooms = st.sampled_from(tuple(ROOMS))
visits = st.sampled_from(("phone", "laptop"))
durations = st.sampled_from((None, timedelta(minutes=2), timedelta(hours=2)))


@dataclass
class Model:
    """What holds, in plain dictionaries."""

    now: datetime = NOON
    lines: dict[str, list[tuple[str, str, datetime, datetime]]] = field(
        default_factory=lambda: {room: [] for room in ROOMS}
    )
    """Who said what, when, and when it goes."""
    present: dict[tuple[str, str, str], datetime] = field(default_factory=dict)
    """Since when which visit of whom is in which room."""
    held: dict[tuple[str, str], datetime | None] = field(default_factory=dict)
    """Until when somebody is muted or banned."""
    log: list[tuple[str, str, str]] = field(default_factory=list)

    def holds(self, kind: str, name: str) -> bool:
        """Whether somebody is muted or banned now."""
        if (kind, name) not in self.held:
            return False
        until = self.held[kind, name]
        return until is None or until > self.now


class RoomsMachine(RuleBasedStateMachine):
    """Does things to a house that runs and to the model, and compares the two."""

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.count = 0
        self.runner.run(self._open())

    async def _open(self) -> None:
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        opened = living(Path(folder), a_house())
        self.home: Living = await self.stack.enter_async_context(opened)
        self.people = {
            name: await self.home.person(name, Role(role))
            for name, role in ROLES.items()
        }

    def teardown(self) -> None:
        """Leave no file and no thread behind."""
        self.runner.run(self.stack.aclose())
        self.runner.close()

    def ask(self, call, *refusals: type[BunnizError] | None) -> bool:
        """Ask the house; it refuses by the first of these that is not None.

        Returns whether it did not refuse.
        """
        expected = next((one for one in refusals if one), None)

        async def answer():
            found = call(self.home.services)
            return await found if asyncio.iscoroutine(found) else found

        if expected is None:
            self.answer = self.runner.run(answer())
            return True
        with pytest.raises(expected):
            self.runner.run(answer())
        return False

    def hidden(self, name: str, room: str) -> type[BunnizError] | None:
        """The refusal of a room that is not for somebody."""
        return RoomNotFound if ROLES[name] < ROOMS[room] else None

    def silenced(self, name: str) -> type[BunnizError] | None:
        """The refusal of somebody's words."""
        if self.model.holds("ban", name):
            return Banned
        return Muted if self.model.holds("mute", name) else None

    # -- what happens

    @rule(seconds=st.sampled_from((1, 119, 1800, 3601)))
    def move(self, seconds: int) -> None:
        """Time passes, and the keeper goes round."""
        self.home.clock.move(seconds=seconds)
        self.model.now += timedelta(seconds=seconds)
        for room, lines in self.model.lines.items():
            self.home.wired.keeper.sweep(room)
            self.model.lines[room] = [one for one in lines if one[3] > self.model.now]

    @rule(name=people, room=rooms, timer=durations)
    def say(self, name: str, room: str, timer: timedelta | None) -> None:
        """Somebody speaks; slowly enough for any limit."""
        self.move(1)
        self.count += 1
        text = f"words {self.count}"
        said = self.ask(
            lambda on: on.rooms.say(self.people[name], room, text, timer=timer),
            self.hidden(name, room),
            self.silenced(name),
        )
        if said:
            goes = self.model.now + (timer or timedelta(hours=1))
            self.model.lines[room].append((name, text, self.model.now, goes))

    @rule(name=people, room=rooms, visit=visits)
    def enter(self, name: str, room: str, visit: str) -> None:
        """Somebody comes into a room."""
        refusal = Banned if self.model.holds("ban", name) else None
        came = self.ask(
            lambda on: on.rooms.enter(self.people[name], room, (name, visit)),
            self.hidden(name, room),
            refusal,
        )
        if came:
            self.model.present.setdefault((room, name, visit), self.model.now)

    @rule(name=people, room=rooms, visit=visits)
    def leave(self, name: str, room: str, visit: str) -> None:
        """Somebody leaves a room, or was not there."""
        self.ask(lambda on: on.rooms.leave(self.people[name], room, (name, visit)))
        self.model.present.pop((room, name, visit), None)

    @rule(name=people, room=rooms, visit=visits)
    def look(self, name: str, room: str, visit: str) -> None:
        """Somebody sees what was said since they came, and the room's history."""
        since = self.model.present.get((room, name, visit))
        looked = self.ask(
            lambda on: on.rooms.view(self.people[name], room, (name, visit)),
            self.hidden(name, room),
            None if since else RoomNotFound,
        )
        if looked and since:
            begin = since - HISTORY.get(room, DEFAULT_HISTORY)
            assert [line.text for line in self.answer.lines] == [
                text for _, text, at, _ in self.model.lines[room] if at >= begin
            ]

    @rule(by=people, name=people, what=st.sampled_from(("mute", "ban")), time=durations)
    def restrain(self, by: str, name: str, what: str, time: timedelta | None) -> None:
        """A moderator mutes or bans somebody."""
        done = self.ask(
            lambda on: getattr(on.moderation, what)(self.people[by], name, time, "Why"),
            *self.over(by, name),
        )
        if done:
            self.model.held[what, name] = time and self.model.now + time
            self.model.log.append((what, by, name))

    @rule(by=people, name=people, what=st.sampled_from(("mute", "ban")))
    def lift(self, by: str, name: str, what: str) -> None:
        """A moderator lifts it."""
        done = self.ask(
            lambda on: getattr(on.moderation, f"un{what}")(
                self.people[by], name, "Why"
            ),
            *self.over(by, name),
            None if self.model.holds(what, name) else AlreadyDone,
        )
        if done:
            del self.model.held[what, name]
            self.model.log.append((f"un{what}", by, name))

    @rule(by=people, name=people, room=rooms)
    def delete_line(self, by: str, name: str, room: str) -> None:
        """A moderator removes the newest line of somebody."""
        theirs = [one for one in self.model.lines[room] if one[0] == name]
        refused, outranked = self.over(by, name)
        done = self.ask(
            lambda on: on.moderation.delete_line(self.people[by], room, name, "Why"),
            refused,
            self.hidden(by, room),
            None if theirs else LineNotFound,
            None if by == name else outranked,
        )
        if done:
            self.model.lines[room].remove(theirs[-1])
            self.model.log.append(("delete-line", by, name))

    @rule()
    def restart(self) -> None:
        """The server stops and starts: rooms begin anew, the rest holds."""
        self.runner.run(self.home.reopen())
        self.model.present.clear()
        for lines in self.model.lines.values():
            lines.clear()

    def over(self, by: str, name: str) -> list[type[BunnizError] | None]:
        """The refusals of an act on a person."""
        return [
            NotAllowed if ROLES[by] < 3 else None,
            Outranked if ROLES[by] <= ROLES[name] else None,
        ]

    # -- what always holds

    @invariant()
    def rooms_are_as_the_model_says(self) -> None:
        """Every line, and who is there."""
        for room, lines in self.model.lines.items():
            memory = self.home.wired.held.of(room)
            assert [(one.name, one.text) for one in memory.lines.values()] == [
                (name, text) for name, text, _, _ in lines
            ]
            assert set(memory.present) == {
                (name, visit)
                for where, name, visit in self.model.present
                if where == room
            }

    @invariant()
    def the_log_is_as_the_model_says(self) -> None:
        """Every act once, in its order."""
        if not hasattr(self, "home"):
            return
        sorrel = self.people["sorrel"]
        entries = self.runner.run(self.home.services.moderation.log(sorrel))
        assert [(one.act.value, one.moderator, one.target) for one in entries] == [
            *reversed(self.model.log)
        ]


TestRoomsModel = RoomsMachine.TestCase
TestRoomsModel.settings = settings(
    max_examples=20, stateful_step_count=25, deadline=None
)

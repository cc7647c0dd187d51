"""What all rooms hold on this node, kept like what they hold on the others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bunniz_bbs.bus.ports import (
    TEAM,
    Bus,
    Told,
    crowd_topic,
    presence_topic,
    room_topic,
    stir_topic,
)
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.events import (
    LineSaid,
    LinesGone,
    PresenceTold,
    RoomStirred,
    TeamStirred,
    TopicSet,
)
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import AccountId, LineId, RoomSlug
from bunniz_bbs.domain.limits import EPHEMERAL_SECONDS
from bunniz_bbs.domain.people import is_passer
from bunniz_bbs.domain.rooms import Line, base_of, guest_of
from bunniz_bbs.services.lines import People, RoomMemory, first_change

LONGEST_STAY: Final = timedelta(seconds=EPHEMERAL_SECONDS[1])
"""No line stays longer, whatever its timer."""
MOST_RENAMED: Final = 10_000
"""People of whom it is remembered that they took another name, on this node."""
LEFT: Final = ""
"""What somebody is called who left for good."""
CONVERSATION_LINES: Final = 100
"""Lines that a guest's conversation with the team holds at most."""


def nothing(room: RoomSlug, moment: datetime | None) -> None:
    """Where nobody keeps rooms, nobody is told."""


class Crowd(StrEnum):
    """How many are in a room, never exactly: small counts tell who is there."""

    NOBODY = "nobody"
    FEW = "few"
    SEVERAL = "several"
    MANY = "many"

    @classmethod
    def of(cls, people: int) -> "Crowd":
        """The word for a number of people."""
        if people == 0:
            return cls.NOBODY
        return cls.FEW if people < 6 else cls.SEVERAL if people < 20 else cls.MANY


class RoomMemories:
    """Every room's memory, and what this node and the others tell each other of it.

    Each node holds every line and lets it go by its own clock, so that a line is gone
    everywhere at its time, whatever became of the node where it was said.
    """

    def __init__(self, bus: Bus, clock: Clock, house: House) -> None:
        self._bus = bus
        self._clock = clock
        self._house = house
        self._memories: dict[RoomSlug, RoomMemory] = {}
        self._called: dict[AccountId, str] = {}
        """Who took another name: a line under the former one may still come."""
        self.on_change: Callable[[RoomSlug, datetime | None], None] = nothing
        """Told of what must be seen to in a room, and when; None: look when."""
        self._untold: set[RoomSlug] = set()
        """Rooms where the other nodes do not know yet who is here."""
        self.switched = 0
        """How often somebody hid or showed themselves."""

    def of(self, room: RoomSlug) -> RoomMemory:
        """What a room holds; nothing at first."""
        memory = self._memories.get(room)
        if memory is None:
            memory = self._memories[room] = RoomMemory()
            if guest_of(room) is not None:
                memory.most = CONVERSATION_LINES
        return memory

    def look(self, room: RoomSlug) -> RoomMemory:
        """What a room holds, for whoever only looks."""
        return self._memories.get(room) or RoomMemory()

    def conversations(self) -> Sequence[RoomSlug]:
        """The guests' conversations with somebody in them, or with lines."""
        return [
            room
            for room, memory in self._memories.items()
            if guest_of(room) is not None and (memory.lines or memory.people())
        ]

    def guest_name(self, room: RoomSlug) -> str:
        """What the guest is called whose conversation it is; empty: nothing tells."""
        guest, memory = guest_of(room), self._memories.get(room)
        if guest is None or memory is None:
            return ""
        if name := memory.people().get(guest):
            return name
        names = (one.name for one in memory.lines.values() if one.author == guest)
        return next(names, "")

    def make_room(self, most: int) -> bool:
        """See to it that one more conversation fits; whether it does.

        The oldest one that nobody is in gives way, first of those of people who have
        no account.
        """
        there = self.conversations()
        if len(there) < most:
            return True
        left = [one for one in there if not self._memories[one].people()]
        if not left:
            return False

        def worth(room: RoomSlug) -> tuple[bool, float]:
            last = self._memories[room].last_at
            passer = is_passer(guest_of(room) or AccountId(""))
            return not passer, last.timestamp() if last else 0.0

        del self._memories[min(left, key=worth)]
        return True

    def forget_empty(self, room: RoomSlug) -> None:
        """Let a conversation go from memory once there is nothing of it."""
        memory = self._memories.get(room)
        if memory is not None and memory.empty and guest_of(room) is not None:
            del self._memories[room]

    def holds(self, room: RoomSlug) -> bool:
        """Whether a room holds something, or did once."""
        return room in self._memories

    def last_at(self, room: RoomSlug) -> datetime | None:
        """When somebody last spoke in a room."""
        memory = self._memories.get(room)
        return memory.last_at if memory else None

    def leave(self, room: RoomSlug, visit: object) -> bool:
        """Somebody leaves; whether others saw that they were there."""
        memory = self._memories.get(room)
        gone = memory.present.pop(visit, None) if memory else None
        return gone is not None and gone.seen

    def rooms(self) -> Sequence[RoomSlug]:
        """The rooms that hold something, or held it once."""
        return list(self._memories)

    def crowd(self, room: RoomSlug) -> Crowd:
        """How many are in a room, in a word."""
        memory = self._memories.get(room)
        return Crowd.of(len(memory.people()) if memory else 0)

    # -- what people are called

    def called(self, account: AccountId, name: str) -> str:
        """What somebody is called by now who was called so lately."""
        return self._called.get(account, name)

    def people(self) -> Mapping[AccountId, str]:
        """Whoever is in a room, seen or not, or has a line in one, as called there."""
        found: dict[AccountId, str] = {}
        for memory in self._memories.values():
            found |= {line.author: line.name for line in memory.lines.values()}
            found |= {one.account: one.name for one in memory.present.values()}
            found |= memory.people()
        return found

    def rename(self, account: AccountId, was: str, name: str) -> None:
        """Call somebody otherwise in every room of this node."""
        self._call(account, name)
        for memory in self._memories.values():
            memory.rename(account, was, name)

    def lines_of(self, account: AccountId) -> Sequence[Line]:
        """All that somebody said and that is still there."""
        held = [list(one.lines.values()) for one in self._memories.values()]
        return [line for lines in held for line in lines if line.author == account]

    def forget(self, account: AccountId) -> None:
        """Let go of all that somebody said who left for good, on this node.

        With a guest goes what the team answered them in the porch.
        """
        self._call(account, LEFT)
        for room, memory in list(self._memories.items()):
            theirs = guest_of(room) == account
            gone = [
                one.id
                for one in memory.lines.values()
                if theirs or one.author == account
            ]
            for line in gone:
                self._take_out(room, line)
            if gone:
                self._bus.tell(room_topic(room), LinesGone(room, tuple(gone)))
                self._livened(room)

    def _call(self, account: AccountId, name: str) -> None:
        self._called.pop(account, None)
        self._called[account] = name
        if len(self._called) > MOST_RENAMED:
            del self._called[next(iter(self._called))]

    def _has_left(self, line: Line) -> bool:
        return self.called(line.author, line.name) == LEFT

    def _under_present_name(self, line: Line) -> Line:
        name = self.called(line.author, line.name)
        return line if name == line.name else replace(line, name=name)

    # -- what happens here

    async def add(self, line: Line) -> None:
        """Keep a line, and let everybody hear it."""
        if self._has_left(line):
            return
        line = self._under_present_name(line)
        gone = self.of(line.room).add(line)
        self.on_change(line.room, first_change(line, line.sent_at))
        await self._bus.publish(room_topic(line.room), LineSaid(line))
        self._overflowed(line.room, gone)
        self._livened(line.room)
        if self.of(line.room).heard(line.author):
            await self.stir(line.room)

    async def hide(self, account: AccountId, hidden: bool) -> None:
        """Somebody wants to be seen in rooms, or not: so it is at once."""
        for room in self._hide(account, hidden):
            await self.stir(room)

    async def tell_who_is_here(self) -> None:
        """Tell the others where they changed who is seen here."""
        while self._untold:
            await self.stir(self._untold.pop())

    def here(self) -> Mapping[AccountId, bool | None]:
        """Who is in rooms through this node, and whether they are hidden."""
        return {
            one.account: one.hidden
            for room, memory in self._memories.items()
            if guest_of(room) is None
            for one in memory.present.values()
        }

    def _hide(self, account: AccountId, hidden: bool) -> Sequence[RoomSlug]:
        """The rooms where others see a difference; none in the porch."""
        self.switched += 1
        return [
            room
            for room, memory in self._memories.items()
            if guest_of(room) is None and memory.hide(account, hidden)
        ]

    async def stir(self, room: RoomSlug) -> None:
        """Somebody came or went: tell the other nodes who is here now, and screens."""
        await self._bus.publish(presence_topic(room), self._presence(room))
        self._stirred(room)
        self.forget_empty(room)

    async def set_topic(self, room: RoomSlug, topic: str) -> None:
        """Set what a room is about, and let everybody know."""
        memory = self.of(room)
        memory.topic, memory.topic_turn = topic, memory.topic_turn + 1
        told = TopicSet(room, topic, memory.topic_turn)
        await self._bus.publish(room_topic(room), told)

    async def take_out(self, line: Line) -> None:
        """Take a line out of its room, on every node."""
        if self._take_out(line.room, line.id):
            gone = LinesGone(line.room, (line.id,))
            await self._bus.publish(room_topic(line.room), gone)

    def _take_out(self, room: RoomSlug, line: LineId) -> bool:
        memory = self.of(room)
        held = memory.lines.get(line)
        until = held.expires_at if held else self._clock.now() + LONGEST_STAY
        self.on_change(room, None)
        return memory.take_out(line, until)

    # -- what happens on other nodes

    def take_line(self, line: Line) -> None:
        """Keep a line that was said on another node."""
        there = self._house.has_room(line.room) and not self._has_left(line)
        if there and line.expires_at > self._clock.now():
            line = self._under_present_name(line)
            self._overflowed(line.room, self.of(line.room).take(line))
            self.on_change(line.room, first_change(line, self._clock.now()))
            self._livened(line.room)
            if self.of(line.room).heard(line.author):
                self._tell_soon(line.room)

    def take_hidden(self, account: AccountId, hidden: bool) -> None:
        """Somebody said on another node whether they want to be seen."""
        for room in self._hide(account, hidden):
            self._tell_soon(room)

    def _tell_soon(self, room: RoomSlug) -> None:
        self._untold.add(room)
        self.on_change(room, None)

    def take_gone(self, room: RoomSlug, lines: Sequence[LineId]) -> None:
        """Let lines go that were removed on another node."""
        for line in lines:
            self._take_out(room, line)

    def take_topic(self, told: TopicSet) -> None:
        """Keep a topic that was set on another node, unless it is an older one."""
        memory = self.of(told.room)
        if (told.turn, told.topic) > (memory.topic_turn, memory.topic):
            memory.topic, memory.topic_turn = told.topic, told.turn

    def take_presence(self, room: RoomSlug, node: str, people: People) -> None:
        """Keep who is in a room through another node."""
        named = tuple((one, self.called(one, name)) for one, name in people)
        self.of(room).elsewhere[node] = named
        self._stirred(room)
        self.forget_empty(room)

    def account(self) -> Sequence[Told]:
        """All that this node holds, for another one."""
        told: list[Told] = []
        for room, memory in self._memories.items():
            topic = room_topic(room)
            if memory.topic_turn:
                set_to = TopicSet(room, memory.topic, memory.topic_turn)
                told.append((topic, set_to))
            if memory.removed:
                told.append((topic, LinesGone(room, tuple(memory.removed))))
            told += [(topic, LineSaid(line)) for line in memory.lines.values()]
            told.append((presence_topic(room), self._presence(room)))
        return told

    def lose(self, node: str) -> None:
        """A node is gone, and with it all who were here through it."""
        for room, memory in list(self._memories.items()):
            if memory.elsewhere.pop(node, None):
                self._stirred(room)
                self.forget_empty(room)

    def _stirred(self, room: RoomSlug) -> None:
        """Somebody came or went."""
        self._bus.tell(crowd_topic(room), RoomStirred(room))
        self._livened(room)

    def _livened(self, room: RoomSlug) -> None:
        """Something happened in a room, for whoever lists rooms."""
        self._bus.tell(stir_topic(room), RoomStirred(room))
        if guest_of(room) is not None:
            self._bus.tell(stir_topic(base_of(room)), RoomStirred(base_of(room)))
            self._bus.tell(TEAM, TeamStirred())

    def _presence(self, room: RoomSlug) -> PresenceTold:
        return PresenceTold(room, self._bus.node, self.of(room).people_here())

    def _overflowed(self, room: RoomSlug, gone: Sequence[LineId]) -> None:
        """Lines that had to go for a new one go from screens; each node sees to it."""
        if gone:
            self._bus.tell(room_topic(room), LinesGone(room, tuple(gone)))

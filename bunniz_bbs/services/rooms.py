"""Rooms: talking live. What is said lives in memory and goes."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bunniz_bbs.bus.ports import Bus
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import (
    HouseDivided,
    LineNotFound,
    PorchFull,
    RoomNotFound,
    Unseen,
)
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import LineId, RoomSlug
from bunniz_bbs.domain.limits import (
    EPHEMERAL_SECONDS,
    LINE_CHARACTERS,
    TOPIC_CHARACTERS,
)
from bunniz_bbs.domain.moderation import Act
from bunniz_bbs.domain.people import PASSER, Actor, Role
from bunniz_bbs.domain.policy import (
    Action,
    allows,
    require,
    require_own,
    require_room,
    sees_room,
)
from bunniz_bbs.domain.rooms import (
    Line,
    LineKind,
    Room,
    conversation_of,
    guest_of,
)
from bunniz_bbs.domain.text import clean_line
from bunniz_bbs.services.arriving import come_in
from bunniz_bbs.services.limits import LINES, PASSING_LINES, Limits
from bunniz_bbs.services.lines import Presence, RoomMemory
from bunniz_bbs.services.memories import Crowd, RoomMemories
from bunniz_bbs.services.names import shape
from bunniz_bbs.services.porch import (
    MOST_CONVERSATIONS,
    Conversation,
    conversations,
    liveliness,
)
from bunniz_bbs.services.voices import Voices
from bunniz_bbs.services.whole import whole
from bunniz_bbs.store.ports import Store


@dataclass(frozen=True, slots=True)
class RoomActivity:
    """A room as it stands in the list of rooms."""

    room: Room
    crowd: Crowd
    last_at: datetime | None
    """When somebody last spoke; None: not since the house opened."""


@dataclass(frozen=True, slots=True)
class RoomView:
    """A room as somebody in it sees it."""

    room: Room
    topic: str
    crowd: Crowd
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Hearing:
    """What one visit may see of a room's lines, as they are at each moment.

    Nothing is copied: what goes from the room goes from here.
    """

    _memory: RoomMemory
    _visit: object
    _back: timedelta

    def newest_first(self) -> Iterator[Line]:
        """The lines as far back as one looks; none once the visit has left."""
        there = self._memory.present.get(self._visit)
        if there is None:
            return iter(())
        return self._memory.newest_first(there.since - self._back)


class RoomService:
    """Holds every room's memory and lets people talk."""

    def __init__(
        self,
        store: Store,
        bus: Bus,
        clock: Clock,
        house: House,
        held: RoomMemories,
        voices: Voices,
        limits: Limits,
        random: Callable[[int], bytes],
    ) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._house = house
        self._voices = voices
        self._limits = limits
        self._random = random
        self._held = held

    def all(self, actor: Actor) -> Sequence[RoomActivity]:
        """The rooms that the actor may see, in the order of the house."""
        require(actor, Action.LOOK_AROUND)
        return [
            self._activity(self._find(actor, slug))
            for slug in self._house.rooms
            if self.is_for(actor, slug)
        ]

    def is_for(self, actor: Actor, slug: str) -> bool:
        """Whether the actor may see a room; it may not be open."""
        try:
            room = self._find(actor, slug)
        except RoomNotFound:
            return False
        only = actor.is_passing and not room.one_to_one
        return sees_room(actor, room) and allows(actor, Action.ENTER_ROOM) and not only

    def _activity(self, room: Room) -> RoomActivity:
        slug = room.slug
        if room.one_to_one and guest_of(slug) is None:
            here, last_at = liveliness(self._held, slug)
            return RoomActivity(room, here, last_at)
        return RoomActivity(room, self._held.crowd(slug), self._held.last_at(slug))

    def conversations(self, actor: Actor) -> Sequence[Conversation]:
        """The guests' conversations with the team that there are, the oldest first.

        Raises:
            NotAllowed: The actor is not of the team.
        """
        require(actor, Action.READ_QUEUE)
        return conversations(self._held, self._house)

    def _find(self, actor: Actor, slug: str) -> Room:
        """The room that somebody means: a guest's own conversation, for instance.

        Raises:
            RoomNotFound: None is called so.
        """
        room = self._house.room(slug)
        if not room.one_to_one:
            return room
        if actor.id == PASSER:  # nothing tells this visit apart from others
            raise RoomNotFound(slug)
        if guest_of(slug) is None:
            own = actor.role is Role.GUEST
            mine = conversation_of(room.slug, actor.id)
            return replace(room, slug=mine) if own else room
        if actor.role >= Role.MODERATOR and (name := self._held.guest_name(room.slug)):
            title = {one: f"{name} - {told}" for one, told in room.title.items()}
            return replace(room, title=title)
        return room

    def get(self, actor: Actor, slug: str) -> Room:
        """The open room that is called so.

        Raises:
            RoomNotFound: None is, or it is not for this person.
            RoomClosed: It is not open.
        """
        room = self._find(actor, slug)
        require_room(actor, Action.ENTER_ROOM, room)
        return room

    async def enter(self, actor: Actor, slug: str, visit: object) -> RoomView:
        """Come into a room and stay until `leave`; `visit` tells sessions apart.

        Coming in again with the same visit changes nothing.

        Raises:
            RoomNotFound: No room is called so, or it is not for this person.
            RoomClosed: It is not open.
            Banned: A moderator said so.
            PorchFull: The team talks with too many guests already.
        """
        room = self.get(actor, slug)
        await self._voices.require_welcome(actor)
        self._require_space(room)
        memory = self._held.of(room.slug)
        if visit not in memory.present:
            name = self._held.called(actor.id, actor.name)
            here = Presence(actor.id, name, self._clock.now(), hidden=None)
            await come_in(self._store, memory, visit, here, room)
            if here.seen:
                await self._held.stir(room.slug)
        return self.view(actor, slug, visit)

    def view(self, actor: Actor, slug: str, visit: object) -> RoomView:
        """What somebody in the room sees now.

        Raises:
            RoomNotFound: No room is called so, it is not for this person, or this
                visit is not in it: nobody listens at the door.
            RoomClosed: It is not open.
        """
        room = self.get(actor, slug)
        memory = self._held.look(room.slug)
        if visit not in memory.present:
            raise RoomNotFound("")
        lines = memory.since(memory.present[visit].since - room.history)
        return RoomView(room, memory.topic, self._held.crowd(room.slug), tuple(lines))

    def hearing(self, actor: Actor, slug: str, visit: object) -> Hearing:
        """The lines that somebody in the room may see, as they come and go.

        Raises:
            RoomNotFound: No room is called so, or it is not for this person.
            RoomClosed: It is not open.
        """
        room = self.get(actor, slug)
        return Hearing(self._held.look(room.slug), visit, room.history)

    def crowd(self, actor: Actor, slug: str) -> Crowd:
        """How many are in a room, in a word.

        Raises:
            RoomNotFound: No room is called so, or it is not for this person.
            RoomClosed: It is not open.
        """
        return self._held.crowd(self.get(actor, slug).slug)

    async def leave(self, actor: Actor, slug: str, visit: object) -> None:
        """Leave a room; nothing happens when one is not in it."""
        require(actor, Action.LOOK_AROUND)
        room = RoomSlug(slug)
        with suppress(RoomNotFound):
            room = self._find(actor, slug).slug
        if self._held.leave(room, visit):
            await self._held.stir(room)

    def names(self, actor: Actor, slug: str) -> Sequence[str]:
        """The pseudonyms of those who are seen in a room now, by name.

        Raises:
            RoomNotFound: No room is called so, it is not for this person, or they are
                not in it.
            Unseen: They are hidden: only those who are seen themselves see the others.
            RoomClosed: It is not open.
        """
        room = self.get(actor, slug)
        memory = self._held.look(room.slug)
        people = memory.people()
        if actor.id not in people:
            if any(one.account == actor.id for one in memory.present.values()):
                raise Unseen
            raise RoomNotFound("")
        return sorted(set(people.values()), key=str.casefold)

    async def say(
        self,
        actor: Actor,
        slug: str,
        text: str,
        *,
        kind: LineKind = LineKind.SAY,
        timer: timedelta | None = None,
    ) -> Line:
        """Say a line; it goes after its timer, or when the room's time is up.

        Raises:
            RoomNotFound: No room is called so, or it is not for this person.
            RoomClosed: It is not open.
            NotAllowed: The person may listen but not speak.
            Banned, Muted: A moderator said so.
            TextEmpty, TextTooLong: The words do not fit.
            TooFast: Too many lines in a short time.
            HouseDivided: Not everybody in the room would hear it.
            PorchFull: The team talks with too many guests already.
        """
        room = self._find(actor, slug)
        require_room(actor, Action.SPEAK, room)
        words = clean_line(text, characters=LINE_CHARACTERS)
        await self._voices.require_heard(actor)
        self._require_whole()
        self._require_space(room)
        self._limits.take(LINES, actor.id)
        if actor.is_passing:
            self._limits.take(PASSING_LINES, PASSER)
        now = self._clock.now()
        line = Line(
            id=self._line_id(room.slug, now),
            room=room.slug,
            author=actor.id,
            name=self._held.called(actor.id, actor.name),
            kind=kind,
            text=words,
            sent_at=now,
            expires_at=now + (room.stay if timer is None else hold_timer(timer)),
            timed=timer is not None,
        )
        await self._held.add(line)
        return line

    @whole
    async def set_topic(self, actor: Actor, slug: str, topic: str) -> str:
        """Set what a room is about, or clear it with nothing; returns it cleaned.

        Raises:
            RoomNotFound: No room is called so, or it is not for this person.
            RoomClosed: It is not open.
            NotAllowed: Moderators do that.
            Banned, Muted: A moderator said so.
            TextEmpty, TextTooLong: It does not fit.
            HouseDivided: Not everybody in the room would hear of it.
        """
        room = self._find(actor, slug)
        require_room(actor, Action.SET_TOPIC, room)
        words = clean_line(topic, characters=TOPIC_CHARACTERS) if topic.strip() else ""
        await self._voices.require_heard(actor)
        self._require_whole()
        now = self._clock.now()
        await self._store.write(
            lambda tx: tx.log.add(now, actor.id, Act.TOPIC, room.slug, None, "")
        )
        await self._held.set_topic(room.slug, words)
        return words

    async def remove(self, actor: Actor, slug: str, line: LineId) -> None:
        """Take one's own line out of a room; moderators remove others' by their means.

        Raises:
            RoomNotFound: No room is called so, or it is not for this person.
            RoomClosed: It is not open.
            LineNotFound: It has gone already.
            NotAllowed: It is somebody else's.
        """
        room = self.get(actor, slug)
        found = self._held.look(room.slug).lines.get(line)
        if found is None:
            raise LineNotFound
        require_own(actor, Action.SPEAK, found.author)
        await self.take_out(found)

    def last_line(self, actor: Actor, slug: str, name: str) -> Line:
        """The newest line in a room under a name, or one that looks the same.

        Raises:
            RoomNotFound: No room is called so, or it is not for this person.
            RoomClosed: It is not open.
            LineNotFound: There is none.
        """
        room, wanted = self.get(actor, slug), shape(name)
        for line in reversed(self._held.look(room.slug).lines.values()):
            if shape(line.name) == wanted:
                return line
        raise LineNotFound

    async def take_out(self, line: Line) -> None:
        """Take a line out of its room, for whoever has asked the policy already."""
        await self._held.take_out(line)

    def _require_whole(self) -> None:
        if not self._bus.whole:
            raise HouseDivided

    def _require_space(self, room: Room) -> None:
        """Let one more guest talk with the team or say why not."""
        if guest_of(room.slug) is None or self._held.holds(room.slug):
            return
        if not self._held.make_room(MOST_CONVERSATIONS):
            raise PorchFull

    def _line_id(self, room: RoomSlug, now: datetime) -> LineId:
        """An id after that of every line that is there, whatever the clock does."""
        micros = int(now.timestamp() * 1_000_000)
        if newest := next(reversed(self._held.of(room).lines), None):
            micros = max(micros, int(newest[:16], 16) + 1)
        return LineId(f"{micros:016x}{self._random(4).hex()}")


def hold_timer(timer: timedelta) -> timedelta:
    """The nearest timer that is offered: not so short that nobody can read it."""
    shortest, longest = (timedelta(seconds=seconds) for seconds in EPHEMERAL_SECONDS)
    return min(max(timer, shortest), longest)

"""Rooms and the lines said in them. Lines live in memory only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bunniz_bbs.domain.ids import AccountId, LineId, RoomSlug
from bunniz_bbs.domain.people import Role
from bunniz_bbs.domain.words import Told

SHORTEST_STAY: Final = timedelta(hours=1)
"""A line without its own timer stays on screens at least this long."""
BETWEEN: Final = "~"
"""Stands between a room's short name and whose conversation with the team it is."""


def conversation_of(room: RoomSlug, guest: AccountId) -> RoomSlug:
    """Where a guest talks with the team."""
    return RoomSlug(f"{room}{BETWEEN}{guest}")


def guest_of(room: str) -> AccountId | None:
    """Whose conversation with the team a room is; None: it is a room for all."""
    _, between, guest = room.partition(BETWEEN)
    return AccountId(guest) if between else None


def base_of(room: str) -> RoomSlug:
    """The room as boards.yaml names it."""
    return RoomSlug(room.partition(BETWEEN)[0])


@dataclass(frozen=True, slots=True)
class Room:
    """A place to talk live."""

    slug: RoomSlug
    title: Told
    about: Told
    read: Role
    post: Role
    history: timedelta
    """What somebody who comes in later is shown. Zero: you had to be there."""
    open: bool
    """Whether this kind of room can be entered in this version of the program."""
    help_line: bool = False
    one_to_one: bool = False
    """Whether each guest is in a conversation of their own there, with the team."""

    @property
    def stay(self) -> timedelta:
        """How long a line stays, from sending, when it has no timer of its own."""
        return max(self.history, SHORTEST_STAY)


class LineKind(StrEnum):
    """How a line is shown."""

    SAY = "say"
    ME = "me"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Line:
    """One line said in a room."""

    id: LineId
    room: RoomSlug
    author: AccountId
    name: str
    kind: LineKind
    text: str
    sent_at: datetime
    expires_at: datetime
    timed: bool
    """Whether the author gave it a timer; its remaining time is then shown."""

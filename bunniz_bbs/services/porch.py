"""The guests who talk with the team, as the team sees them in a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import RoomSlug
from bunniz_bbs.domain.rooms import base_of, guest_of
from bunniz_bbs.services.memories import Crowd, RoomMemories

MOST_CONVERSATIONS: Final = 200
"""Guests with whom the team talks at a time, at most."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A guest's conversation with the team."""

    room: RoomSlug
    name: str
    """What the guest is called; empty: they said nothing and are gone."""
    here: bool
    """Whether the guest is there now."""
    waits: bool
    """Whether nobody of the team has answered."""
    last_at: datetime | None


def conversations(held: RoomMemories, house: House) -> Sequence[Conversation]:
    """All that have somebody in them or words, the oldest first."""
    found = []
    for room in held.conversations():
        if not house.has_room(room):
            continue
        guest, memory = guest_of(room), held.look(room)
        last = next(reversed(memory.lines.values()), None)
        found.append(
            Conversation(
                room,
                held.guest_name(room),
                guest in memory.people(),
                last is not None and last.author == guest,
                memory.last_at,
            )
        )
    return found


def liveliness(held: RoomMemories, room: RoomSlug) -> tuple[Crowd, datetime | None]:
    """How many guests are in a room's conversations, and when somebody last spoke."""
    talks = [one for one in held.conversations() if base_of(one) == room]
    here = sum(guest_of(one) in held.look(one).people() for one in talks)
    moments = [moment for one in talks if (moment := held.last_at(one))]
    return Crowd.of(here), max(moments, default=None)

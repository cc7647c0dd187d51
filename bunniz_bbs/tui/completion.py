"""What Tab offers for what was typed."""

from collections.abc import Sequence
from contextlib import suppress

from bunniz_bbs.commands.registry import Front, Kind
from bunniz_bbs.domain.errors import BunnizError, Unseen
from bunniz_bbs.domain.ids import RoomSlug
from bunniz_bbs.domain.words import LANGUAGES
from bunniz_bbs.tui.places import places_like
from bunniz_bbs.tui.session import Session


def complete(session: Session, typed: str, room: RoomSlug | None) -> Sequence[str]:
    """Full texts that `typed` can become, the likeliest first.

    Commands complete at the beginning, arguments by their kind, names anywhere; at
    the beginning of a line a name gets a colon.
    """
    if session.someone is None:
        return []
    if room is None and not typed.startswith("/"):
        places = _places(session, typed)
        if places or " " not in typed:
            commands = _commands(session, typed, room)
            return [*places, *(one.removeprefix("/") for one in commands)]
    head, _, last = typed.rpartition(" ")
    prefix = head + " " if head else ""
    if not head and typed.startswith("/"):
        return _commands(session, typed, room)
    if typed.startswith("/") or room is None:
        options = _arguments(session, head.removeprefix("/").split(" "), room)
    else:
        options = _names(session, room)
    wanted = last.lstrip("@").casefold()
    found = [one for one in options if one.casefold().startswith(wanted)]
    tail = ": " if not head and not typed.startswith("/") else " "
    return [prefix + one + tail for one in found]


def _places(session: Session, typed: str) -> Sequence[str]:
    """The titles of places that may be meant, first those that begin so."""
    if not typed:
        return []
    titles = [title for _, title in places_like(session, typed)]
    wanted = typed.casefold()
    return sorted(titles, key=lambda one: not one.casefold().startswith(wanted))


def _commands(session: Session, typed: str, room: RoomSlug | None) -> Sequence[str]:
    wanted = typed.removeprefix("/").lower()
    offered = session.registry.offered(Front.SLASH, session.actor)
    return [
        f"/{one.name} "
        for one in offered
        if one.name.startswith(wanted) and (room or not one.in_room)
    ]


def _arguments(
    session: Session, given: Sequence[str], room: RoomSlug | None
) -> Sequence[str]:
    try:
        command = session.registry.find(given[0], Front.SLASH, session.actor)
    except BunnizError:
        return []
    placed = [one for one in command.parameters if not one.flag]
    if len(given) - 1 >= len(placed):
        return []
    match placed[len(given) - 1].kind:
        case Kind.PERSON:
            return _names(session, room)
        case Kind.PLACE if command.name == "report":
            return _names(session, room)
        case Kind.ROOM:
            rooms = session.services.rooms.all(session.actor)
            return [one.room.slug for one in rooms if one.room.open]
        case Kind.LANGUAGE:
            return LANGUAGES
        case Kind.COMMAND:
            offered = session.registry.offered(Front.SLASH, session.actor)
            return [one.name for one in offered]
        case Kind.DURATION:
            return ["5m", "10m", "1h", "8h", "1d", "7d", "off"]
        case _:
            return []


def _names(session: Session, room: RoomSlug | None) -> Sequence[str]:
    """Who is in the room, the most recent speaker first."""
    if room is None:
        return []
    rooms = session.services.rooms
    present: Sequence[str] = ()
    try:
        spoke = [line.name for line in rooms.view(session.actor, room, session).lines]
        with suppress(Unseen):  # who hides knows of those who speak
            present = rooms.names(session.actor, room)
    except BunnizError:
        return []
    order = [*reversed(spoke), *present]
    return [one for one in dict.fromkeys(order) if one != session.actor.name]

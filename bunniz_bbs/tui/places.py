"""Finding a place by what somebody typed."""

from collections.abc import Sequence

from bunniz_bbs.domain.ids import BoardSlug, RoomSlug, ThreadId, post_place
from bunniz_bbs.tui.session import Place, Session

LONGEST_NUMBER = 15
"""Digits of a thread's number that are looked at."""


def place_called(session: Session, name: str) -> Place | None:
    """The thread, post, room or board of exactly this number or short name."""
    house = session.services.house
    if post := post_place(name):
        return post
    wanted = name.strip().lstrip("#").lower()
    if wanted.isascii() and wanted.isdigit() and len(wanted) <= LONGEST_NUMBER:
        return ThreadId(int(wanted))
    if house.has_room(wanted):
        return RoomSlug(wanted)
    return BoardSlug(wanted) if wanted in house.boards else None


def places_like(session: Session, text: str) -> Sequence[tuple[str, str]]:
    """Places that may be meant: short name and title, for those whom one can see.

    An exact match comes alone; else all whose name or title has the text in it.
    """
    wanted, language = text.casefold(), session.words.language
    found: dict[str, str] = {
        board.slug: board.title[language]
        for board in session.services.boards.readable(session.actor)
    }
    for one in session.services.rooms.all(session.actor):
        found[one.room.slug] = one.room.title[language]
    exact = [one for one in found.items() if wanted in (one[0], one[1].casefold())]
    return exact or [
        (slug, title)
        for slug, title in found.items()
        if wanted in slug or wanted in title.casefold()
    ]

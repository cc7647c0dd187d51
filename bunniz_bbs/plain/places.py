"""Finding a place by its number or short name."""

from typing import Final

from bunniz_bbs.domain.errors import BoardNotFound
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import BoardSlug, RoomSlug, ThreadId, post_place
from bunniz_bbs.plain.talk import Place

LONGEST_NUMBER: Final = 15
"""Digits of a thread's number that are looked at."""


def number_in(text: str) -> int | None:
    """The number that was typed; a leading `#` is fine. None: it is none."""
    digits = text.strip().removeprefix("#")
    if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER:
        return int(digits)
    return None


def place_called(house: House, name: str) -> Place:
    """The thread, post, room or board that is called so.

    Raises:
        BoardNotFound: None is.
    """
    if post := post_place(name):
        return post
    number, wanted = number_in(name), name.strip().lstrip("#").lower()
    if number is not None:
        return ThreadId(number)
    if house.has_room(wanted):
        return RoomSlug(wanted)
    if wanted in house.boards:
        return BoardSlug(wanted)
    raise BoardNotFound(name.strip())

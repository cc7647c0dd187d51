"""Names for the values that tell things apart."""

import re
from typing import Final, NamedTuple, NewType

AccountId = NewType("AccountId", str)
"""Random, so that it tells nothing about when or in which order people came."""

BoardSlug = NewType("BoardSlug", str)
"""A board's short name in boards.yaml."""

RoomSlug = NewType("RoomSlug", str)
"""A room's short name in boards.yaml; rooms with instances are `slug-instance`."""

ThreadId = NewType("ThreadId", int)
PostId = NewType("PostId", int)


class PostPlace(NamedTuple):
    """A post in a thread, as a place that one can go to."""

    thread: ThreadId
    number: int


_POST_PLACE: Final = re.compile(r"([0-9]{1,15})#([0-9]{1,9})")


def post_place(text: str) -> PostPlace | None:
    """The post that is called so: `12#3`, the third one of thread 12."""
    found = _POST_PLACE.fullmatch(text.strip())
    return PostPlace(ThreadId(int(found[1])), int(found[2])) if found else None


LineId = NewType("LineId", str)
"""A line in a room; sorts by the time it was sent."""

KeyDigest = NewType("KeyDigest", bytes)
"""HMAC-SHA-256(pepper, key blob): 32 bytes, all that is kept of an SSH key."""

CodeDigest = NewType("CodeDigest", bytes)
"""HMAC-SHA-256(pepper, code): 32 bytes, all that is kept of an invite code."""

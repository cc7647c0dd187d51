"""Names for the values that tell things apart."""

from typing import NewType

AccountId = NewType("AccountId", str)
"""Random, so that it tells nothing about when or in which order people came."""

BoardSlug = NewType("BoardSlug", str)
"""A board's short name in boards.yaml."""

RoomSlug = NewType("RoomSlug", str)
"""A room's short name in boards.yaml; rooms with instances are `slug-instance`."""

ThreadId = NewType("ThreadId", int)
PostId = NewType("PostId", int)

LineId = NewType("LineId", str)
"""A line in a room; sorts by the time it was sent."""

KeyDigest = NewType("KeyDigest", bytes)
"""HMAC-SHA-256(pepper, key blob): 32 bytes, all that is kept of an SSH key."""

CodeDigest = NewType("CodeDigest", bytes)
"""HMAC-SHA-256(pepper, code): 32 bytes, all that is kept of an invite code."""

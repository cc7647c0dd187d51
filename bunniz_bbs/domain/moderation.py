"""What moderators do, and the log of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.people import NOBODY


class Act(StrEnum):
    """What a moderator did."""

    KICK = "kick"
    MUTE = "mute"
    UNMUTE = "unmute"
    BAN = "ban"
    UNBAN = "unban"
    DELETE_POST = "delete-post"
    DELETE_LINE = "delete-line"
    PIN = "pin"
    UNPIN = "unpin"
    LOCK = "lock"
    UNLOCK = "unlock"
    WARN = "warn"
    MOVE = "move"
    KEEP = "keep"
    UNKEEP = "unkeep"
    CHECK = "check"
    ROLE = "role"
    REMOVE = "remove"
    TOPIC = "topic"
    APPROVE = "approve"
    DECLINE = "decline"
    PUBLISH = "publish"
    REFUSE = "refuse"
    BADGE_PROPOSED = "badge-proposed"
    BADGE = "badge"
    UNBADGE = "unbadge"
    RESET = "reset"


class Restraint(StrEnum):
    """What somebody is kept from."""

    BAN = "ban"
    MUTE = "mute"


@dataclass(frozen=True, slots=True)
class Restriction:
    """A ban or a mute that holds now."""

    account: AccountId
    kind: Restraint
    reason: str
    until: datetime | None
    """None: until a moderator lifts it."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One act of a moderator. Entries are added, never changed."""

    number: int
    at: datetime
    moderator: str
    """Their account as it is kept, their present name as it is read."""
    act: Act
    target: str
    """`board/thread`, `board/thread#post`, `board/thread > board` or a room: never a
    title or words, which would outlive their time here. Where it was a person: their
    present name."""
    until: datetime | None
    reason: str
    person: AccountId = NOBODY
    """On whom it was done; empty: on no person."""

"""The keys that open an account, and the codes that let another key open it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bunniz_bbs.domain.ids import AccountId, CodeDigest, KeyDigest


@dataclass(frozen=True, slots=True)
class Key:
    """What is kept of a key: nothing that could be matched with a list of keys."""

    digest: KeyDigest
    label: str
    """What its owner calls it; may be empty."""
    added_in: date | None
    """The first day of the month; None: before this was kept."""
    used_in: date | None
    """The Monday of the week when it last opened the account."""


class CodeKind(StrEnum):
    """What a code for an account that is there already is for."""

    DEVICE = "device"
    """Lets a second key in, within minutes."""
    RECOVERY = "recovery"
    """Lets a new key in when all others are lost; eight are written down."""
    RESET = "reset"
    """Given by a sysop, good only after a waiting period."""


@dataclass(frozen=True, slots=True)
class AccountCode:
    """A code that lets a key open an account."""

    digest: CodeDigest
    account: AccountId
    kind: CodeKind
    good_from: datetime | None
    expires_at: datetime | None


def month(moment: datetime | date) -> date:
    """The first day of a moment's month: all that is kept of it."""
    return date(moment.year, moment.month, 1)


def week(moment: datetime | date) -> date:
    """The Monday of a moment's week: all that is kept of it."""
    day = date(moment.year, moment.month, moment.day)
    return day - timedelta(days=day.weekday())

"""How slowly somebody posts in their first days, unless somebody vouches for them.

The numbers are those that Discourse begins people with: safe where nobody of the team
looks at the moment, and seldom felt by those who mean well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Final

from bunniz_bbs.domain.errors import NewHere

FIRST_DAYS: Final = timedelta(days=1)
"""The day on which somebody comes, and the one after it."""
DAY: Final = timedelta(days=1)

LINKS: Final = 2
MENTIONS: Final = 2
THREADS: Final = 3
REPLIES: Final = 10
THREAD_PAUSE: Final = timedelta(minutes=2)
POST_PAUSE: Final = timedelta(seconds=30)


class Rule(StrEnum):
    """What somebody has come to the end of."""

    LINKS = "links"
    MENTIONS = "mentions"
    THREADS = "threads"
    REPLIES = "replies"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Written:
    """That somebody wrote a post, whether others read it yet or not."""

    at: datetime
    begins: bool
    """Whether it began a thread."""


def require_few(links: int, mentions: int) -> None:
    """Let a post of somebody new pass that points to few places and people.

    Raises:
        NewHere: It points to too many.
    """
    if links > LINKS:
        raise NewHere(Rule.LINKS, LINKS)
    if mentions > MENTIONS:
        raise NewHere(Rule.MENTIONS, MENTIONS)


def require_slow(lately: Sequence[Written], begins: bool, now: datetime) -> None:
    """Let somebody new go on who wrote this in the last day.

    Args:
        lately: What they wrote.
        begins: Whether they begin a thread now.
        now: The moment.

    Raises:
        NewHere: They wrote enough for now; says how long to wait.
    """
    same = sorted(one.at for one in lately if one.begins == begins)
    most = THREADS if begins else REPLIES
    if len(same) >= most:
        rule = Rule.THREADS if begins else Rule.REPLIES
        _require_past(same[-most] + DAY, now, rule, most)
    if lately:
        last = max(one.at for one in lately)
        _require_past(last + POST_PAUSE, now, Rule.PAUSE, 0)
    if begins and same:
        _require_past(same[-1] + THREAD_PAUSE, now, Rule.PAUSE, 0)


def _require_past(moment: datetime, now: datetime, rule: Rule, limit: int) -> None:
    if now < moment:
        raise NewHere(rule, limit, ceil((moment - now).total_seconds()))

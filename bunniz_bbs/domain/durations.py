"""Durations and days as people type them: 30s, 10m, 2h, 7d, 1h30m, 2026-03-01."""

import re
from datetime import date, timedelta
from typing import Final

from bunniz_bbs.domain.errors import DayUnclear, DurationUnclear

LONGEST: Final = timedelta(days=366)
_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_PART: Final = re.compile(r"(\d{1,6})([smhdw])", re.ASCII)
_WHOLE: Final = re.compile(r"(?:\d{1,6}[smhdw])+", re.ASCII)


def parse_duration(text: str) -> timedelta:
    """The duration that `text` means.

    Raises:
        DurationUnclear: It is not a duration, or zero, or longer than a year.
    """
    wanted = text.strip().lower()
    if not _WHOLE.fullmatch(wanted):
        raise DurationUnclear(text[:40])
    parts = _PART.findall(wanted)
    duration = timedelta(seconds=sum(int(n) * _UNITS[unit] for n, unit in parts))
    if not timedelta(0) < duration <= LONGEST:
        raise DurationUnclear(text[:40])
    return duration


def parse_day(text: str, today: date) -> date:
    """The day that `text` means: `today`, so long ago, or as it is written in ISO.

    Raises:
        DayUnclear: It is none of these, or lies ahead.
    """
    wanted = text.strip().lower()
    if wanted == "today":
        return today
    try:
        if looks_like_duration(wanted):
            return today - parse_duration(wanted)
        day = date.fromisoformat(wanted)
    except (ValueError, DurationUnclear):
        raise DayUnclear(text[:40]) from None
    if day > today:
        raise DayUnclear(text[:40])
    return day


def looks_like_duration(text: str) -> bool:
    """Whether `text` reads as a duration, so that it is not the first word of one."""
    return bool(_WHOLE.fullmatch(text.strip().lower()))

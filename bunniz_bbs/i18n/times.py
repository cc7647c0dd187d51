"""Moments and durations as people say them."""

from datetime import date, datetime, timedelta

from babel.dates import format_date, format_skeleton

from bunniz_bbs.i18n.words import Words

_MINUTE, _HOUR, _DAY, _YEAR = 60, 3600, 86400, 365 * 86400


def ago(words: Words, then: datetime, now: datetime) -> str:
    """How long ago something was: “now”, “3 min”, “yesterday”, “in March”."""
    seconds = (now - then).total_seconds()
    if seconds < _MINUTE:
        return words("now")
    if seconds < _HOUR:
        return words("{n} min", n=int(seconds // _MINUTE))
    if seconds < _DAY:
        return words("{n} h", n=int(seconds // _HOUR))
    days = (now.date() - then.date()).days
    if days <= 1:
        return words("yesterday")
    if days < 14:
        return words.many("{n} day", "{n} days", days)
    if days < 60:
        return words.many("{n} week", "{n} weeks", days // 7)
    pattern = "MMMM" if days < 300 else "MMMM y"
    month = format_date(then, pattern, locale=words.language)
    return words("in {month}", month=month)


def day(words: Words, when: date) -> str:
    """A day in full."""
    return format_date(when, "long", locale=words.language)


def short_day(words: Words, when: date) -> str:
    """A day of this year or the next, without the year."""
    locale = "en_GB" if words.language == "en" else words.language
    return str(format_skeleton("MMMMd", when, locale=locale))


def month(words: Words, when: date) -> str:
    """A month as one says it, with its year."""
    return str(format_date(when, "MMMM y", locale=words.language))


def left(words: Words, seconds: float) -> str:
    """How long something still is there: “3 d”, “2 h”, “9 min”, “50 s”.

    Counted up to whole units, so that nothing goes before its label says so; the last
    minute goes in tens of seconds, since a label that ticks each second would keep
    every screen awake.
    """
    if seconds > 2 * _DAY:
        return words("{n} d", n=_up(seconds, _DAY))
    if seconds > 1.5 * _HOUR:
        return words("{n} h", n=_up(seconds, _HOUR))
    if seconds > _MINUTE:
        return words("{n} min", n=_up(seconds, _MINUTE))
    return words("{n} s", n=_up(seconds, 10) * 10)


def _up(seconds: float, unit: int) -> int:
    return max(1, -int(-seconds // unit))


def spell_duration(words: Words, duration: timedelta) -> str:
    """A duration in full, in its two largest units: “10 minutes”, “1 hour 30 minutes”.

    Stands where a language says how long something takes or stays, never after a word
    that would bend it.
    """
    seconds = max(0, int(duration.total_seconds()))
    years, rest = divmod(seconds, _YEAR)
    days, rest = divmod(rest, _DAY)
    hours, rest = divmod(rest, _HOUR)
    minutes, rest = divmod(rest, _MINUTE)
    parts = [
        years and words.many("{n} year", "{n} years", years),
        days and words.many("{n} day", "{n} days", days),
        hours and words.many("{n} hour", "{n} hours", hours),
        minutes and words.many("{n} minute", "{n} minutes", minutes),
        rest and words.many("{n} second", "{n} seconds", rest),
    ]
    said = [one for one in parts if one]
    return " ".join(said[:2]) or words.many("{n} second", "{n} seconds", 0)


def lifetime(words: Words, duration: timedelta | None) -> str:
    """How long a board keeps its threads: “kept 1 year”, “kept until removed”."""
    if duration is None:
        return words("kept until removed")
    return words("kept {duration}", duration=spell_duration(words, duration))


def stay(words: Words, duration: timedelta) -> str:
    """How long a room keeps a line: “gone after 1 hour”."""
    return words("gone after {duration}", duration=spell_duration(words, duration))


def until(words: Words, moment: datetime | None) -> str:
    """When something ends that a moderator began; None: nobody knows yet."""
    if moment is None:
        return words("until a moderator lifts it")
    locale = "en_GB" if words.language == "en" else words.language
    shown = f"{format_date(moment, 'long', locale=locale)}, {moment:%H:%M}"
    return words("until {moment} (UTC)", moment=shown)

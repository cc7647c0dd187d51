"""What is said of keys, and of the codes that let another key in."""

from collections.abc import Sequence
from datetime import date, datetime

from babel.dates import format_date

from bunniz_bbs.domain.keys import Key, week
from bunniz_bbs.i18n.words import Words


def revoked(words: Words) -> str:
    """What somebody reads whose key opens the account no more."""
    return words(
        "The key of this visit was revoked and opens this account no more. If it was "
        "not you: come in with a recovery code, or ask a person of the team whom you "
        "know."
    )


def added_key(words: Words) -> str:
    """What an account's visits are told when there is another key."""
    return words(
        "Another key opens your account now. If it was not you, revoke it: keys"
    )


def reset_pending(words: Words, good_from: datetime) -> str:
    """What an account's visits are told while somebody may get in by a reset."""
    return words(
        "A sysop gave a code that lets a new key into your account from {moment} on, "
        "and all other keys out. If you did not ask for it, stop it: keys stop",
        moment=_moment(words, good_from),
    )


def came_back(words: Words, name: str, *, device: bool, left: int) -> str:
    """What somebody reads whose key has just been let in by a code."""
    if device:
        return words("Welcome, {name}. This key opens your account now.", name=name)
    return words(
        "Welcome back, {name}. This key opens your account now, and no other does: "
        "visits with the others have ended. Recovery codes left: {left}.",
        name=name,
        left=left,
    )


def called(words: Words, key: Key) -> str:
    """What a key is called."""
    return key.label or words("no label")


def added(words: Words, key: Key) -> str:
    """When a key was added; to the month."""
    if key.added_in is None:
        return words("added long ago")
    month = format_date(key.added_in, "MMMM y", locale=words.language)
    return words("added in {month}", month=month)


def used(words: Words, key: Key, now: datetime) -> str:
    """When a key was used last; to the week."""
    if key.used_in is None:
        return words("not used yet")
    weeks = (week(now) - key.used_in).days // 7
    if weeks < 1:
        return words("used this week")
    return words.many("used {n} week ago", "used {n} weeks ago", weeks)


def about_recovery(words: Words) -> Sequence[str]:
    """What recovery codes are for."""
    return [
        words(
            "Nobody here knows your e-mail or your phone. If you lose your device, "
            "eight recovery codes are the way back: each lets one new key in, once, "
            "and revokes all others."
        ),
        words(
            "Write them on paper and keep it where nobody else looks. They say "
            "nothing of this place, so write nothing beside them."
        ),
    ]


def shown_once(words: Words) -> str:
    """What stands over new recovery codes."""
    return words("Write these down now; they are shown this once.")


def recovery_left(words: Words, left: int) -> str:
    """How many recovery codes there are."""
    if left:
        return words.many(
            "{n} recovery code can still be used.",
            "{n} recovery codes can still be used.",
            left,
        )
    return words(
        "You have no recovery codes: without your keys you could not come back."
    )


def about_device_code(words: Words) -> str:
    """How a second device comes in."""
    return words(
        "On the other device, connect with a key of its own and type this code at the "
        "door. It works once, for 10 minutes."
    )


def _moment(words: Words, moment: datetime | date) -> str:
    locale = "en_GB" if words.language == "en" else words.language
    shown = format_date(moment, "long", locale=locale)
    return f"{shown}, {moment:%H:%M} (UTC)"

"""What somebody looks for: `tax "own words" -rent board:money by:maple since:7d`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from bunniz_bbs.domain.durations import parse_duration
from bunniz_bbs.domain.errors import DurationUnclear, SearchUnclear
from bunniz_bbs.domain.words import LANGUAGES, Language

MOST_CHARACTERS: Final = 200
MOST_WORDS: Final = 12
"""Words, phrases and words that are left out, together."""

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "board": ("board", "forum"),
    "by": ("by", "par", "van", "von"),
    "lang": ("lang", "langue", "taal", "sprache"),
    "since": ("since", "depuis", "sinds", "seit"),
}
"""What each condition is called, so that nobody needs English for it."""
_CALLED: Final = {name: of for of, names in _NAMES.items() for name in names}
_PART: Final = re.compile(r'(-?)(?:(\w+):)?(?:["“”„«»]\s*([^"“”„«»]*)["“”„«»]?|(\S+))')
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for."""

    words: tuple[str, ...] = ()
    """All of them are there, in whatever form."""
    phrases: tuple[tuple[str, ...], ...] = ()
    """Words that follow each other as they are."""
    without: tuple[str, ...] = ()
    """None of them is there."""
    boards: tuple[str, ...] = ()
    """On one of these; none: wherever one may read."""
    by: str = ""
    """Whose; empty: anybody's."""
    languages: tuple[Language, ...] = ()
    """In threads of one of these; none: of any."""
    since: date | timedelta | None = None
    """Not before that day, or longer ago than that."""


@dataclass(slots=True)
class _Found:
    """What was read so far."""

    words: list[str] = field(default_factory=list)
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    boards: list[str] = field(default_factory=list)
    by: str = ""
    languages: list[Language] = field(default_factory=list)
    since: date | timedelta | None = None


def parse(text: str) -> Sought:
    """What a line asks for.

    Raises:
        SearchUnclear: It asks for nothing, for too much, or in a way that cannot be
            understood; says which.
    """
    if len(text) > MOST_CHARACTERS:
        raise SearchUnclear("long", str(MOST_CHARACTERS))
    found = _Found()
    for minus, name, phrase, bare in _PART.findall(text):
        of = _CALLED.get(name.lower())
        value = (phrase or bare).strip()
        # Nothing after it; or a shell moved the quotes of a name: `"by:two words"`.
        inner, colon, rest = (phrase or bare).partition(":")
        if not name and colon and (of := _CALLED.get(inner.strip().lower())):
            value = rest.strip()
        if of:
            _read(found, of, value.lstrip("@"))
        else:
            words = tuple(_WORD.findall(f"{name} {value}"))
            _take(found, words, minus=bool(minus), phrase=bool(phrase))
    parts = len(found.words) + len(found.phrases) + len(found.without)
    if parts > MOST_WORDS:
        raise SearchUnclear("many", str(MOST_WORDS))
    if not (found.words or found.phrases or found.by):
        raise SearchUnclear("without" if found.without else "nothing")
    return Sought(
        tuple(found.words),
        tuple(found.phrases),
        tuple(found.without),
        tuple(found.boards),
        found.by,
        tuple(found.languages),
        found.since,
    )


def _take(found: _Found, words: tuple[str, ...], *, minus: bool, phrase: bool) -> None:
    """Words that stand for themselves."""
    if minus:
        found.without += words
    elif phrase and len(words) > 1:
        found.phrases.append(words)
    else:
        found.words += words


def _read(found: _Found, of: str, value: str) -> None:
    """A condition.

    Raises:
        SearchUnclear: It is not one.
    """
    if not value:
        raise SearchUnclear("empty", of)
    match of:
        case "board":
            found.boards += [one.lower() for one in value.split(",") if one]
        case "by":
            found.by = value
        case "lang":
            found.languages += _languages(value)
        case "since":
            found.since = _since(value)


def _languages(value: str) -> list[Language]:
    wanted = [one.strip().lower() for one in value.split(",")]
    if not set(wanted) <= set(LANGUAGES):
        raise SearchUnclear("lang", value)
    return [one for one in LANGUAGES if one in wanted]


def _since(value: str) -> date | timedelta:
    try:
        return date.fromisoformat(value)
    except ValueError:
        pass
    try:
        return parse_duration(value)
    except DurationUnclear:
        raise SearchUnclear("since", value) from None

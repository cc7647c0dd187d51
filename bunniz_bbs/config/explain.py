"""What pydantic finds wrong, in plain sentences for whoever edits the file."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bunniz_bbs.config.found import Found
from bunniz_bbs.config.parts import SLUG
from bunniz_bbs.config.problems import Mistake, Steps, closest, near, shown
from bunniz_bbs.config.schema import MOST_KEYS, Wanted, listed, wanted_at

_YES: Final = ("yes", "y", "on", "oui", "ja", "wahr", "vrai", "waar", "1")
_NO: Final = ("no", "n", "off", "non", "nee", "nein", "falsch", "faux", "onwaar", "0")
_NUMBER: Final = r"[0-9]+"
_DAY: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_NOTHING: Final = ("none", "never", "nothing", "nil", "null", "~", "")


def explain(error: ValidationError, found: Found) -> Iterator[Mistake]:
    """Each mistake, where it is and in words.

    A value that an alias repeats is one mistake, told where it is first used; a
    mistyped key is one too, and not also a missing one.
    """
    told: set[tuple[object, ...]] = set()
    errors = error.errors(include_url=False, include_input=False)
    meant = _meant_keys(errors, found)
    mistyped = {(*steps[:-1], key) for steps, key in meant.items()}
    for one in errors:
        steps = one["loc"]
        way = found.way(steps)
        if any(here.broken for here in way) or _follows(one, mistyped, found):
            continue
        text = _in_words(one, steps, found.at(steps), meant.get(steps))
        rest = steps[len(way) - 1 :]
        same = (id(way[-1]), rest, text)
        if same not in told:
            told.add(same)
            yield steps, text


def _meant_keys(errors: Sequence[ErrorDetails], found: Found) -> dict[Steps, str]:
    """For each key that is not known, the one that was meant, where it is close."""
    meant: dict[Steps, str] = {}
    for one in errors:
        if one["type"] == "extra_forbidden":
            *above, key = one["loc"]
            holder = found.at(above)
            there = holder.inner if holder else {}
            keys = wanted_at(above).keys
            # A key that is not there yet is likelier than one that is.
            absent = [known for known in keys if known not in there]
            guess = closest(str(key), absent) or closest(str(key), keys, 0.8)
            if guess:
                meant[one["loc"]] = guess
    return meant


def _follows(error: ErrorDetails, mistyped: Collection[Steps], found: Found) -> bool:
    """Whether a mistake only follows from another one."""
    steps = error["loc"]
    if error["type"] == "too_short":
        # Items with mistakes of their own are not counted.
        here = found.at(steps)
        return here is not None and bool(here.inner)
    # A missing key may be there, only mistyped.
    return error["type"] == "missing" and steps in mistyped


def _in_words(
    error: ErrorDetails, steps: Steps, found: Found | None, meant: str | None
) -> str:
    value = found.value if found else None
    context: Mapping[str, Any] = error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            if meant:
                return f"there is no such key here; did you mean `{meant}`?"
            keys = [f"`{key}`" for key in wanted_at(steps[:-1]).keys]
            known = f"; there can be {listed(keys)}" if len(keys) <= MOST_KEYS else ""
            return f"there is no such key here{known}"
        case "missing":
            return f"is missing; it {wanted_at(steps).sentence()}"
        case "value_error":
            return str(context["error"])
        case "string_unicode":
            return "holds half a character"
        case "string_pattern_mismatch":
            return (
                "must be small letters a to z, digits and `-`, first a letter, 24 at "
                f"most, not {_there(value)}{_as_slug(str(value))}"
            )
        case "too_short":
            return "needs at least one entry"
        case "too_long":
            number = len(value) if isinstance(value, Sequence) else "too many"
            return f"holds {number} entries; at most {context['max_length']} can be"
    wanted = wanted_at(steps)
    return f"{wanted.sentence()}, not {_there(value)}{_hint(wanted, value)}"


def _there(value: object) -> str:
    """What stands there instead."""
    match value:
        case None:
            return "empty"
        case bool():
            return f"`{str(value).lower()}`"
        case int() | float():
            return f"the number {shown(value)}"
        case str():
            return f"the text {shown(value)}" if value else "an empty text"
        case datetime():
            return "a time"
        case date():
            return f"the day {shown(value)}"
        case Mapping():
            return "keys with values"
        case _:
            return "a list"


def _hint(wanted: Wanted, value: object) -> str:
    """How to make it right, where that can be guessed."""
    if wanted.words and isinstance(value, str):
        words = [one for one in wanted.words if isinstance(one, str)]
        return near(value, words)
    if wanted.words and value is None and "none" in wanted.words:
        return "; did you mean `none`?"
    if wanted.nullable and str(value).strip().lower() in _NOTHING:
        return "; did you mean `null`?"
    match wanted.kind:
        case "string" if isinstance(value, int | float | date):
            return "; put it between quotes"
        case "integer" if isinstance(value, str) and re.fullmatch(_NUMBER, value):
            return "; leave out the quotes"
        case "date" if isinstance(value, str) and re.fullmatch(_DAY, value):
            return "; leave out the quotes"
        case "boolean" if str(value).lower() in _YES:
            return "; did you mean `true`?"
        case "boolean" if str(value).lower() in _NO:
            return "; did you mean `false`?"
        case "array" if value is not None:
            return "; put each entry on a line of its own, after a `-`"
        case _:
            return ""


def _as_slug(text: str) -> str:
    """A text as a short name, where only case, accents or spaces stand in the way."""
    plain = unicodedata.normalize("NFKD", text[:60].lower())
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    slug = re.sub(r"[\s_]+", "-", plain.strip())
    return f"; did you mean `{slug}`?" if re.fullmatch(SLUG, slug) else ""

"""The one sanitiser where text comes in, and the last filter where it goes out."""

import re
import unicodedata
from typing import Final

from bunniz_bbs.domain.errors import TextEmpty, TextTooLong, TextTooManyLines

MOST_MARKS: Final = 3
"""Combining marks on one letter; more is only used to deface a screen."""
LONGEST_NAME: Final = 200
"""Characters of a name that are looked at; what may be one is decided elsewhere."""

_BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_WIDTHLESS: Final = (
    "\u034f\u180b-\u180f\u200b\u200c\u2060-\u2065\u206a-\u206f\ufe00-\ufe0d\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff"
)
"""What takes no column and shows nothing: text can hide in it. The selectors that
choose a pictograph's look are not among it."""
_CONTROLS: Final = re.compile(
    f"[\x00-\x1f\x7f-\x9f{_BIDI}\u2028\u2029\ud800-\udfff{_WIDTHLESS}]"
    # A joiner after something that is no pictograph.
    "|(?<![\u2190-\ud7ff\ufe0e\ufe0f\U00010000-\U000dffff])\u200d"
)
_BREAKS: Final = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_DROPPED: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_INVISIBLE: Final = re.compile(
    # Letters, marks and one symbol that show nothing: fillers, grapheme joiner, blank
    # Braille, and selectors that can carry hidden text.
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0d\uffa0"
    "\U0001d159\U000e0000-\U000e0fff]"
)
_JOINER: Final = "\u200d"
_SELECTORS: Final = "\ufe0e\ufe0f"
_SKIN: Final = range(0x1F3FB, 0x1F400)
_SELECTABLE: Final = frozenset("#*0123456789©®‼⁉™〰〽")


def printable(text: str) -> str:
    """The text without control, direction, hidden and line-breaking characters.

    The cheap last filter for anything that goes to a terminal.
    """
    if text.isascii() and text.isprintable():
        return text
    return _CONTROLS.sub("", text)


def clean(text: str, *, characters: int, lines: int) -> str:
    """A text of several lines as it may be kept and shown to others.

    Raises:
        TextEmpty: Nothing is left.
        TextTooLong: It has more characters than `characters`.
        TextTooManyLines: It has more lines than `lines`.
    """
    _hold(text, characters)
    text = _BREAKS.sub("\n", text).replace("\t", "    ")
    rows = [_clean_row(row).rstrip() for row in text.split("\n")]
    while rows and not rows[0]:
        rows.pop(0)
    while rows and not rows[-1]:
        rows.pop()
    done = "\n".join(rows)
    if not done:
        raise TextEmpty
    if len(done) > characters:
        raise TextTooLong(len(done), characters)
    if len(rows) > lines:
        raise TextTooManyLines(len(rows), lines)
    return done


def clean_line(text: str, *, characters: int) -> str:
    """A text of one line as it may be kept and shown to others.

    Raises:
        TextEmpty: Nothing is left.
        TextTooLong: It has more characters than `characters`.
    """
    _hold(text, characters)
    flat = re.sub(r"[\n\t]+", " ", _BREAKS.sub("\n", text))
    done = _clean_row(flat).strip()
    if not done:
        raise TextEmpty
    if len(done) > characters:
        raise TextTooLong(len(done), characters)
    return done


def clean_name(text: str) -> str:
    """A name less what cannot be seen in it, with single spaces.

    Raises:
        TextEmpty: Nothing is left.
        TextTooLong: It is far longer than any name.
    """
    return " ".join(clean_line(text, characters=LONGEST_NAME).split())


def _hold(text: str, characters: int) -> None:
    """Refuse far too long texts before anything costly is done with them.

    What comes in may be longer than what is kept: an accent that is typed as a
    character of its own joins its letter.
    """
    if len(text) > characters * 4 + 64:
        raise TextTooLong(len(text), characters)


def _clean_row(row: str) -> str:
    if row.isascii() and row.isprintable():
        return row
    row = unicodedata.normalize("NFC", row.encode("utf-8", "replace").decode())
    row = _INVISIBLE.sub("", row)
    # What goes can bring two characters together that now compose or no longer join.
    while (done := unicodedata.normalize("NFC", _keep(row))) != row:
        row = done
    return row


def _keep(row: str) -> str:
    """The characters of a row that may stay."""
    kept: list[str] = []
    marks = 0
    for index, one in enumerate(row):
        if one == _JOINER:
            if _joins(kept, row[index + 1 : index + 2]):
                kept.append(one)
            continue
        if one in _SELECTORS:
            if kept and (kept[-1] in _SELECTABLE or _is_pictograph(kept[-1])):
                kept.append(one)
            continue
        category = unicodedata.category(one)
        if category in _DROPPED:
            continue
        if category[0] == "M":
            marks += 1
            if marks > MOST_MARKS or not kept or kept[-1].isspace():
                continue
        else:
            marks = 0
        kept.append(one)
    return "".join(kept)


def _joins(kept: list[str], after: str) -> bool:
    """Whether a joiner stands between two pictographs, as in a family emoji."""
    before = kept[-1] if kept else ""
    if before and before in _SELECTORS and len(kept) > 1:
        before = kept[-2]
    return bool(before and after) and _is_pictograph(before) and _is_pictograph(after)


def _is_pictograph(one: str) -> bool:
    if ord(one) < 0x2190:
        return False
    return unicodedata.category(one) in ("So", "Sm") or ord(one) in _SKIN

"""What a client was sent: our own sequences, letters, and what is neither."""

import re
import unicodedata
from typing import Final

from bunniz_bbs.domain.text import MOST_MARKS
from bunniz_bbs.ssh.terminal import ENTER, LEAVE, VANISH

_BASIC: Final = "[0-47]|2[2-9]|[39][0-79]|10[0-79]|4[0-79]"
_WIDER: Final = r"[34]8;5;\d{1,3}|[34]8;2(?:;\d{1,3}){3}"
_STYLE: Final = rf"\x1b\[(?:(?:{_WIDER}|{_BASIC})(?:;(?:{_WIDER}|{_BASIC}))*)?m"
"""Colours, bold, dim, italic, underlined, reversed: never blinking, never hidden."""
_PLACE: Final = r"\x1b\[(?P<row>\d{1,3});(?P<column>\d{1,3})H"
_SCROLL: Final = r"\x1b7\x1b\[\d{1,3};\d{1,3}r\x1b\[\d{1,3};1H\n+|\x1b\[m\x1b\[r\x1b8"
"""How rows are scrolled in from below, and how that ends; no part stands alone."""
_FRAME: Final = re.compile(rf"{_SCROLL}|{_STYLE}|\n?{_PLACE}|\x1b\[\?25[hl]")
_FORM: Final = re.compile(r"\x1b(?:[78]|\[(?:[0-9;]*[mHKr]|\?25[hl]))|\n")
"""All that the driver's filter can tell: what has the form of a sequence of ours."""
_WHOLE: Final = re.compile("|".join(map(re.escape, (VANISH, ENTER, LEAVE))))
_FOREIGN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029"
    "\u034f\u180b-\u180f\u200b\u200c\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\ufe00-\ufe0d\U000e0000-\U000e0fff]"
)
_LEFT_JOINS: Final = "\ufe0e\ufe0f"


def foreign(
    raw: bytes, size: tuple[int, int], *, strict: bool = True, by_form: bool = False
) -> list[str]:
    """What does not come from us in all that was written to one terminal.

    Args:
        raw: Every byte.
        size: The terminal's columns and rows.
        strict: Whether joiners and marks are looked at too, which only what passed
            the sanitiser keeps to.
        by_form: Whether what only looks like our sequences passes for one.
    """
    found: list[str] = []

    def place(match: re.Match[str]) -> str:
        if match["row"] and (
            int(match["row"]) > size[1] or int(match["column"]) > size[0]
        ):
            found.append(match[0])
        return "\x00"

    for part in _WHOLE.split(raw.decode("utf-8")):
        # What is said after a visit stands on lines of the terminal's own.
        part = part.replace("\r\n", "\x00")
        if by_form:
            part = _FORM.sub("\x00", part)
        text = _FRAME.sub(place, part)
        found += _odd(text.replace("\x00", "\n").split("\n"), strict=strict)
    return found


def foreign_lines(raw: bytes, *, strict: bool = True) -> list[str]:
    """The same for a client without a screen: nothing but lines of letters."""
    return _odd(raw.decode("utf-8").replace("\r\n", "\n").split("\n"), strict=strict)


def _odd(rows: list[str], *, strict: bool) -> list[str]:
    found = []
    for row in rows:
        if row.isascii() and row.isprintable():
            continue
        if _FOREIGN.search(row) or (strict and _joined_oddly(row)):
            found.append(row)
    return found


def _joined_oddly(row: str) -> bool:
    """Whether a joiner is in no pictograph, or too many marks are on a letter."""
    marks = 0
    for index, one in enumerate(row):
        if one == "\u200d" and not (index and ord(row[index - 1]) >= 0x2190):
            return True
        if one not in _LEFT_JOINS and one != "\u200d":
            marks = marks + 1 if unicodedata.category(one)[0] == "M" else 0
        if marks > MOST_MARKS:
            return True
    return False

"""Letters for terminals without UTF-8: as near as ASCII gets, and exactly as wide."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from bunniz_bbs.tui.ink import cells, letters

_TWINS: Final = {
    "“": '"',
    "”": '"',
    "„": '"',
    "«": "<",
    "»": ">",
    "’": "'",
    "‘": "'",
    "–": "-",
    "…": "~",
    "·": "-",
    "€": "E",
    "ß": "s",
    "œ": "o",
    "æ": "a",
    "ø": "o",
    "Œ": "O",
    "Æ": "A",
    "Ø": "O",
}


class AsciiOnly(LineFilter):
    """Writes all that leaves for such a terminal in ASCII."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same line in ASCII, exactly as wide."""
        return [
            Segment(in_ascii(text), style, control) for text, style, control in segments
        ]


def in_ascii(text: str) -> str:
    """The text in ASCII, as wide as it was; what has no twin is a question mark."""
    return text if text.isascii() else "".join(_told(letters(text)))


def _told(text: Iterable[str]) -> Iterable[str]:
    return (one if one.isascii() else _twin(one) for one in text)


@lru_cache(4096)
def _twin(one: str) -> str:
    wide = cells(one)
    if one in _TWINS:
        return _TWINS[one]
    bare = unicodedata.normalize("NFKD", one)[:1]
    if bare.isascii() and bare.isprintable() and wide == 1:
        return bare
    return "?" * wide

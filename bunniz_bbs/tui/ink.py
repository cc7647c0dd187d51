"""Lines of styled text, before colours: what presenters make and widgets draw."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from wcwidth import iter_graphemes, wcswidth, wcwidth

ELLIPSIS = "…"


class Ink(Enum):
    """What a piece of text is; a palette says how that looks."""

    PLAIN = auto()
    TITLE = auto()
    STRONG = auto()
    QUIET = auto()
    ACCENT = auto()
    EMPHASIS = auto()
    CODE = auto()
    QUOTE = auto()
    ALERT = auto()
    CHOSEN = auto()
    BAR = auto()
    FIELD = auto()
    HINT = auto()


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one ink; `item` tags what can be chosen in a row."""

    text: str
    ink: Ink = Ink.PLAIN
    item: int | None = None


Line: TypeAlias = tuple[Span, ...]
"""One line on a screen."""


def line(*spans: Span | str) -> Line:
    """A line from pieces; bare strings are plain."""
    return tuple(Span(one) if isinstance(one, str) else one for one in spans)


def cells(text: str) -> int:
    """How many columns a text takes in a terminal."""
    if text.isascii():
        return len(text)
    wide = wcswidth(text)
    return wide if wide >= 0 else sum(max(0, wcwidth(one)) for one in text)


def letters(text: str) -> Iterator[str]:
    """What one sees as characters: a letter with its marks, a whole pictograph."""
    return iter(text) if text.isascii() else iter_graphemes(text)


def width_of(spans: Iterable[Span]) -> int:
    """How many columns a line takes."""
    return sum(cells(span.text) for span in spans)


def pad(text: str, width: int) -> str:
    """The text filled up to a column: at its end, or before it when negative."""
    gap = " " * (abs(width) - cells(text))
    return text + gap if width > 0 else gap + text


def aligned(texts: Sequence[str], *, right: bool = False) -> list[str]:
    """Texts filled up to the widest of them, at the left or at the right."""
    widest = max(map(cells, texts), default=0)
    return [pad(text, -widest if right else widest) for text in texts]


def cut(text: str, width: int) -> str:
    """The text in at most `width` columns, with an ellipsis where it was cut."""
    if cells(text) <= width:
        return text
    if width < 1:
        return ""
    kept, used = [], 0
    for one in letters(text):
        wide = cells(one)
        if used + wide > width - 1:
            break
        kept.append(one)
        used += wide
    return "".join(kept).rstrip() + ELLIPSIS


def cut_line(spans: Sequence[Span], width: int) -> Line:
    """The line in at most `width` columns."""
    kept: list[Span] = []
    left = width
    for span in spans:
        wide = cells(span.text)
        if wide <= left:
            kept.append(span)
            left -= wide
            continue
        kept.append(Span(cut(span.text, left), span.ink, span.item))
        break
    return tuple(kept)


def spread(left: Sequence[Span], right: Sequence[Span], width: int) -> Line:
    """Left and right at the two ends of a line; the left is cut where both meet.

    The right goes away where it would take more than half of the line.
    """
    wide = width_of(right)
    if not wide or wide > width // 2 + 4 or wide + 2 > width:
        return cut_line(left, width)
    kept = cut_line(left, width - wide - 2)
    gap = width - width_of(kept) - wide
    return (*kept, Span(" " * gap), *right)


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns, broken between words.

    A word that is longer than a line is broken where it must be.
    """
    width = max(1, width)
    return [piece for one in text.split("\n") for piece in _wrap_one(one, width)]


def _wrap_one(text: str, width: int) -> list[str]:
    if cells(text) <= width:
        return [text]
    done: list[str] = []
    now, used = "", 0
    for word in text.split(" "):
        wide = cells(word)
        if now and used + 1 + wide <= width:
            now, used = f"{now} {word}", used + 1 + wide
            continue
        if now:
            done.append(now)
        while wide > width:
            head = _head(word, width)
            done.append(head)
            word = word[len(head) :]
            wide = cells(word)
        now, used = word, wide
    return [*done, now]


def letter_wrap(text: str, width: int) -> list[str]:
    """The text in lines that are filled to their end, wherever that breaks it."""
    pieces: list[str] = []
    while text:
        pieces.append(_head(text, max(1, width)))
        text = text[len(pieces[-1]) :]
    return pieces


def _head(word: str, width: int) -> str:
    """The longest beginning of a word that fits; at least one character."""
    head, used = "", 0
    for one in letters(word):
        used += cells(one)
        if head and used > width:
            return head
        head += one
    return word


def wrap_spans(spans: Sequence[Span], width: int, *, used: int = 0) -> list[Line]:
    """Styled pieces in lines of at most `width` columns, broken between words.

    Args:
        spans: The pieces.
        width: Columns.
        used: Columns of the first line that something else takes.
    """
    width = max(1, width)
    lines: list[list[Span]] = [[]]
    for span in spans:
        for index, part in enumerate(span.text.split("\n")):
            if index:
                lines.append([])
                used = 0
            for word in _words(part):
                wide = cells(word.rstrip())
                if used and used + wide > width:
                    lines.append([])
                    used = 0
                    word = word.lstrip()
                for piece in _wrap_one(word, width) if wide > width else [word]:
                    if used and used + cells(piece.rstrip()) > width:
                        lines.append([])
                        used = 0
                    lines[-1].append(Span(piece, span.ink, span.item))
                    used += cells(piece)
    return [tuple(one) for one in lines]


def _words(text: str) -> list[str]:
    """The words of a text, each with the spaces that follow it."""
    found: list[str] = []
    start = 0
    for index in range(1, len(text)):
        if text[index - 1] == " " and text[index] != " ":
            found.append(text[start:index])
            start = index
    if text[start:]:
        found.append(text[start:])
    return found

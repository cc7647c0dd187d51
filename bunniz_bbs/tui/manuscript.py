"""A text of several lines that is being written: cursor, choice, what can be undone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bunniz_bbs.domain.text import printable
from bunniz_bbs.services.mentions import renamed
from bunniz_bbs.tui.ink import cells, letters

MOST_EDITS: Final = 300
"""Changes that can be undone."""
MOST_REMEMBERED: Final = 64_000
"""Characters that they may hold together; the oldest changes are forgotten first."""

_AHEAD: Final = re.compile(r" *[^ \n]+| +")


def plain(text: str, before: str = "") -> str:
    """The text less what no text has in it; tabs become spaces, breaks line feeds.

    Args:
        text: What comes in.
        before: What stands before it: a pictograph there can be joined to one here.
    """
    head = before[-1:]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = printable(head + lines[0].replace("\t", "    "))
    first = first.removeprefix(head) if printable(head) else first
    rest = [printable(one.replace("\t", "    ")) for one in lines[1:]]
    return "\n".join([first, *rest])


@dataclass(slots=True)
class Edit:
    """One thing that can be undone: at a place, words went and others came."""

    place: int
    gone: str
    come: str
    was_at: int
    """Where the cursor was before."""


@dataclass(slots=True)
class Manuscript:
    """A text, and a cursor that moves over what one sees as characters."""

    text: str = ""
    at: int = 0
    anchor: int | None = None
    """Where what is chosen begins; the cursor is its other end."""
    _done: list[Edit] = field(default_factory=list)
    _undone: list[Edit] = field(default_factory=list)
    _typing: bool = False
    """Whether the next letter belongs to the same change as the last one."""

    # -- places

    @property
    def chosen(self) -> tuple[int, int]:
        """Where what is chosen begins and ends; the same twice: nothing is."""
        other = self.at if self.anchor is None else self.anchor
        return min(self.at, other), max(self.at, other)

    def line_start(self, place: int) -> int:
        """Where the line begins that a place is in."""
        return self.text.rfind("\n", 0, place) + 1

    def line_end(self, place: int) -> int:
        """Where that line ends."""
        end = self.text.find("\n", place)
        return len(self.text) if end < 0 else end

    def step(self, way: int) -> int:
        """The place one character on, or back."""
        if way > 0:
            ahead = self.text[self.at : self.line_end(self.at)]
            return min(len(self.text), self.at + len(next(letters(ahead), "\n")))
        before = list(letters(self.text[self.line_start(self.at) : self.at]))
        return max(0, self.at - len(before[-1] if before else "\n"))

    def word(self, way: int) -> int:
        """The place where the next word ends, or the one before begins.

        At the edge of a line, the next line.
        """
        if way > 0:
            found = _AHEAD.match(self.text, self.at)
            return found.end() if found else self.step(1)
        start = self.line_start(self.at)
        if start == self.at:
            return self.step(-1)
        return start + self.text[start : self.at].rstrip(" ").rfind(" ") + 1

    def edge(self, way: int) -> int:
        """The place where the line ends, or begins."""
        return self.line_end(self.at) if way > 0 else self.line_start(self.at)

    def limit(self, way: int) -> int:
        """The place where the text ends, or begins."""
        return len(self.text) if way > 0 else 0

    def whole(self, place: int) -> int:
        """The place, or the next one that is not inside of a character."""
        start = self.line_start(max(0, min(place, len(self.text))))
        for one in letters(self.text[start : self.line_end(start)]):
            if start >= place:
                break
            start += len(one)
        return start

    # -- moving

    def go(self, place: int, *, choosing: bool = False) -> None:
        """Put the cursor somewhere; what lies between is chosen, if asked for."""
        if not choosing:
            self.anchor = None
        elif self.anchor is None:
            self.anchor = self.at
        self.at = self.whole(place)
        self._typing = False

    # -- changing

    def type(self, text: str) -> None:
        """Put something where the cursor is, in place of what is chosen.

        Letters that follow each other to the end of a word are undone together.
        """
        start, end = self.chosen
        come = plain(text, self.text[:start])
        last = self._done[-1] if self._typing and self._done else None
        follows = last is not None and start == end == last.place + len(last.come)
        self._change(start, end, come, joins=follows and len(come) == 1)
        self._typing = len(come) == 1 and come not in " \n"

    def paste(self, text: str) -> None:
        """Put a text there as one change."""
        self.replace(*self.chosen, text)

    def replace(self, start: int, end: int, text: str) -> None:
        """Put a text in place of another, as one change."""
        self._change(start, end, plain(text, self.text[:start]))

    def cut(self, place: int) -> None:
        """Take away what is chosen, or else all from the cursor to a place."""
        start, end = self.chosen
        if start == end:
            start, end = sorted((self.at, place))
        self._change(start, end, "")

    def undo(self) -> None:
        """Take back the last change."""
        if self._done:
            edit = self._done.pop()
            self._undone.append(edit)
            self._put(edit.place, edit.place + len(edit.come), edit.gone)
            self.go(edit.was_at)

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        if self._undone:
            edit = self._undone.pop()
            self._done.append(edit)
            self._put(edit.place, edit.place + len(edit.gone), edit.come)

    def rename(self, was: str, name: str) -> bool:
        """Call whoever `@` and a name mean otherwise; whether anything named them.

        What could be undone is forgotten: it would bring the former name back.
        """
        held = [self.text]
        held += [one.gone + one.come for one in (*self._done, *self._undone)]
        if all(renamed(one, was, name) == one for one in held):
            return False
        at = len(renamed(self.text[: self.at], was, name))
        self.text = renamed(self.text, was, name)
        self._done.clear()
        self._undone.clear()
        self.go(at)
        return True

    def _change(self, start: int, end: int, come: str, *, joins: bool = False) -> None:
        gone, was_at = self.text[start:end], self.at
        if not gone and not come:
            self.anchor = None
            return
        if joins:
            self._done[-1].come += come
        else:
            self._done.append(Edit(start, gone, come, was_at))
        self._undone.clear()
        self._forget()
        self._put(start, end, come)

    def _put(self, start: int, end: int, come: str) -> None:
        self.text = self.text[:start] + come + self.text[end:]
        self.go(start + len(come))

    def _forget(self) -> None:
        held = sum(len(one.gone) + len(one.come) for one in self._done)
        while len(self._done) > MOST_EDITS or held > MOST_REMEMBERED:
            first = self._done.pop(0)
            held -= len(first.gone) + len(first.come)


# -- how it is laid out


def broken(line: str, width: int) -> list[int]:
    """Where the rows of a line begin that is broken between words.

    A word that is longer than a row is broken where it must be. Spaces at the end of a
    row hang over its edge.
    """
    starts, used = [0], 0
    begin = 0
    for chunk in _words(line):
        word = chunk.rstrip(" ")
        wide = cells(word)
        if used and used + wide > width:
            starts.append(begin)
            used = 0
        place = begin
        for one in letters(word) if wide > width else [word]:
            if used and used + cells(one) > width:
                starts.append(place)
                used = 0
            used += cells(one)
            place += len(one)
        used += len(chunk) - len(word)
        begin += len(chunk)
    return starts


def _words(line: str) -> Iterator[str]:
    """The words of a line, each with the spaces that follow it."""
    word = ""
    for one in letters(line):
        if word.endswith(" ") and one != " ":
            yield word
            word = ""
        word += one
    yield word


@dataclass(frozen=True, slots=True)
class Layout:
    """A text as rows of a width."""

    text: str
    width: int
    rows: tuple[tuple[int, int], ...]
    """Where each row begins and ends in the text."""
    lines: Mapping[str, list[int]]
    """How each line is broken: what is not changed is not broken anew."""

    @classmethod
    def of(cls, text: str, width: int, last: "Layout | None" = None) -> "Layout":
        """Lay a text out; the last layout of the same text spares work."""
        known = last.lines if last and last.width == width else {}
        lines: dict[str, list[int]] = {}
        rows: list[tuple[int, int]] = []
        at = 0
        for line in text.split("\n"):
            if line not in lines:
                lines[line] = known.get(line) or broken(line, width)
            starts = lines[line]
            ends = (*starts[1:], len(line))
            rows += [
                (at + start, at + end) for start, end in zip(starts, ends, strict=True)
            ]
            at += len(line) + 1
        return cls(text, width, tuple(rows), lines)

    def row_of(self, place: int) -> int:
        """The row that a place is in; between two of them, the second."""
        low, high = 0, len(self.rows) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.rows[middle][0] <= place:
                low = middle
            else:
                high = middle - 1
        return low

    def column_of(self, place: int) -> int:
        """In which column of its row a place is."""
        start, _ = self.rows[self.row_of(place)]
        return min(self.width, cells(self.text[start:place]))

    def place_at(self, row: int, column: int) -> int:
        """The place that is in a column of a row, or the nearest before it."""
        start, end = self.rows[row]
        goes_on = row + 1 < len(self.rows) and self.rows[row + 1][0] == end
        at, used = start, 0
        for one in letters(self.text[start:end]):
            used += cells(one)
            if used > column or (goes_on and at + len(one) >= end):
                break
            at += len(one)
        return at

"""A line that is being typed: its text, and where the cursor is in it."""

from dataclasses import dataclass

from bunniz_bbs.domain.text import printable
from bunniz_bbs.tui.ink import ELLIPSIS, cells, cut, letters

JOINER = "\u200d"
"""Joins pictographs to one. It cannot be printed, and is typed as a key of its own."""

LONGEST = 4000
"""Characters that are taken at all; how many fit is said when it is sent."""


def is_typed(character: str | None) -> bool:
    """Whether a key's character is text."""
    return character is not None and (character == JOINER or character.isprintable())


@dataclass(slots=True)
class Typed:
    """A text and a cursor, which moves over what one sees as characters."""

    text: str = ""
    at: int = 0
    first: int = 0
    """Where what is in view begins."""

    @property
    def before(self) -> str:
        """What stands before the cursor."""
        return self.text[: self.at]

    @property
    def after(self) -> str:
        """What stands after the cursor."""
        return self.text[self.at :]

    def put(self, text: str, at: int | None = None) -> None:
        """Have another text; the cursor goes to its end, or to a place."""
        self.text = text
        self.at = len(text) if at is None else max(0, min(at, len(text)))

    def insert(self, text: str) -> None:
        """Type something, as far as it fits."""
        text = printable(text)[: max(0, LONGEST - len(self.text))]
        self.put(self.before + text + self.after, self.at + len(text))

    def cut(self, start: int, end: int) -> None:
        """Rub out from one place to another."""
        self.put(self.text[:start] + self.text[end:], start)

    def step(self, way: int) -> int:
        """The place one character on, or back."""
        if way > 0:
            return self.at + len(next(letters(self.after), ""))
        before = list(letters(self.before))
        return self.at - len(before[-1] if before else "")

    def word(self, way: int) -> int:
        """The place where the next word ends, or the one before begins."""
        if way < 0:
            return self.before.rstrip(" ").rfind(" ") + 1
        ahead = self.after.lstrip(" ")
        spaces = len(self.after) - len(ahead)
        return self.at + spaces + len(ahead.partition(" ")[0])

    def edge(self, way: int) -> int:
        """The place at the end, or at the beginning."""
        return len(self.text) if way > 0 else 0

    # -- the part in view

    def reveal(self, room: int) -> None:
        """Let the cursor be in view, and as much before it as fits."""
        self.first = min(self.first, self.at)
        if cells(self.before) < room:
            self.first = 0
            return
        # The first column says that there is more before.
        while cells(self.text[self.first : self.at]) > room - 1:
            self.first += len(next(letters(self.text[self.first :])))

    def shown(self, room: int) -> str:
        """What is in view of the text."""
        more = ELLIPSIS if self.first else ""
        return cut(more + self.text[self.first :], room)

    def column(self) -> int:
        """In which column of the view the cursor is."""
        return bool(self.first) + cells(self.text[self.first : self.at])

    def place(self, column: int) -> int:
        """The place in the text that is in a column of the view."""
        at, left = self.first, column - bool(self.first)
        for one in letters(self.text[self.first :]):
            left -= cells(one)
            if left < 0:
                break
            at += len(one)
        return at

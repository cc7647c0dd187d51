"""A line that is being typed: its text, and where the cursor is in it."""

from dataclasses import dataclass

from bunniz_bbs.domain.text import printable
from bunniz_bbs.tui.ink import letters

LONGEST = 4000
"""Characters that are taken at all; how many fit is said when it is sent."""


@dataclass(slots=True)
class Typed:
    """A text and a cursor, which moves over what one sees as characters."""

    text: str = ""
    at: int = 0

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

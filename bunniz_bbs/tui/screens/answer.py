"""What a command answered, where it is too long for the line above the keys."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.binding import BindingType

from bunniz_bbs.i18n import N_
from bunniz_bbs.tui.ink import Ink, Line, Span, line, wrap
from bunniz_bbs.tui.keys import ON_EVERY_PAGE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows


class AnswerPage(Page):
    """An answer to read, and to scroll."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("scroll"), "move"),
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session, asked: str, lines: Sequence[str]) -> None:
        super().__init__(session)
        self._asked = asked
        self._lines = lines

    def where(self) -> Line:
        """What was asked."""
        return line(Span("/" + self._asked, Ink.TITLE))

    def explain(self) -> Sequence[str]:
        """What an answer is."""
        return [self.words("This is what the house answers, to you alone.")]

    def redraw(self) -> None:
        """The answer for the present width."""
        rows = [Row(tuple(self._laid(one))) for one in self._lines]
        self.query_one(Rows).show(rows)

    def forget_name(self, was: str, name: str) -> None:
        """Take back the lines that name somebody so."""
        super().forget_name(was, name)
        self._lines = [one for one in self._lines if was not in one]
        if self.composed:
            self.redraw()

    def _laid(self, text: str) -> Iterator[Line]:
        """A line of the answer; what wraps hangs under a dash at its beginning."""
        hang = "  " if text.startswith("- ") else ""
        text = text.removeprefix("- ") if hang else text
        for index, one in enumerate(wrap(text, self.columns - 2 - len(hang))):
            yield line(" ", "- " if hang and index == 0 else hang, one)

"""What this place knows about oneself: every kind of thing, and how much of it."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.binding import BindingType

from bunniz_bbs.domain.own import Holding, Where
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n import known as said
from bunniz_bbs.tui.ink import Ink, Line, Span, line, spread, wrap
from bunniz_bbs.tui.keys import ON_EVERY_PAGE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.screens.leaving import LeavingPage
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows

WIDEST: Final = 74
"""Columns of running text; longer lines are hard to read."""


class KnownPage(Page):
    """A list to read, and to scroll."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("scroll"), "move"),
        Key("x", "leave_for_good", N_("leave for good"), "x"),
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._found: Sequence[Holding] = ()

    def where(self) -> Line:
        """What the page is about."""
        return line(Span(self.words("What this place knows about you"), Ink.TITLE))

    def explain(self) -> Sequence[str]:
        """Where the list comes from."""
        return [
            self.words(
                "The list is made anew each time, from everything that the data file "
                "can hold: nothing about you is kept that is not in it."
            ),
            *said.beside(self.words),
        ]

    async def load(self) -> None:
        """Look what there is."""
        self._found = await self.session.services.own.known(self.session.actor)

    def redraw(self) -> None:
        """The list for the present width."""
        words = self.words
        rows = [self._told(one) for one in said.beside(words)]
        for where in Where:
            head = Span(said.heading(words, where), Ink.TITLE)
            rows.append(Row(((), line(" ", head))))
            rows += [self._row(one) for one in self._found if one.where is where]
        listed = self.query_one(Rows)
        listed.from_top = True
        listed.show(rows, at=words.language)

    def _told(self, text: str) -> Row:
        laid = wrap(text, min(WIDEST, self.columns - 2))
        return Row(tuple(line(" ", Span(one, Ink.QUIET)) for one in laid))

    def _row(self, one: Holding) -> Row:
        width = min(WIDEST + 4, self.columns)
        ink = Ink.STRONG if one.count else Ink.QUIET
        much = line(Span(said.amount(self.words, one), ink), " ")
        name = line("   ", Span(said.title(self.words, one), ink))
        laid = wrap(said.about(self.words, one), width - 6)
        about = (line("     ", Span(text, Ink.QUIET)) for text in laid)
        return Row((spread(name, much, width), *about), (one.kind,), barred=True)

    async def action_leave_for_good(self) -> None:
        """Read what leaving means, and choose."""
        await self.house.push_screen(LeavingPage(self.session))

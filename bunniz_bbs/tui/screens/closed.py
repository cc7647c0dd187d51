"""A page that says one thing and lets one go."""

from typing import ClassVar

from textual.binding import BindingType

from bunniz_bbs.domain.errors import Banned
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.refusals import refusal
from bunniz_bbs.tui.ink import Ink, Line, Span, line, wrap
from bunniz_bbs.tui.keys import HELP, LANGUAGE, LEAVE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows

MEASURE = 72
"""Columns of running text."""


class ClosedPage(Page):
    """Tells somebody who is banned why, and until when."""

    KEYS: ClassVar = (
        Key("enter,escape,q", "leave", N_("leave"), "enter"),
        LANGUAGE,
        HELP,
        LEAVE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session, ban: Banned) -> None:
        super().__init__(session)
        self._ban = ban

    def where(self) -> Line:
        """The name of the house."""
        return line(Span(self.session.services.house.name, Ink.TITLE))

    def redraw(self) -> None:
        """The reason, in the reader's language."""
        text = refusal(self.words, self._ban)
        lines = wrap(text, min(self.columns - 3, MEASURE))
        self.query_one(Rows).show([Row(tuple(line(" ", one) for one in lines))])

    def action_leave(self) -> None:
        """End the visit."""
        self.house.leave()

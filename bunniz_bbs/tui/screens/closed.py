"""A page that says one thing and lets one go."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from bunniz_bbs.domain.errors import Banned
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.refusals import refusal
from bunniz_bbs.tui.ink import Ink, Line, Span, line, wrap
from bunniz_bbs.tui.keys import HELP, LANGUAGE, LEAVE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows


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

    def body(self) -> ComposeResult:
        """One text."""
        yield Rows(self.session.palette, self.session.glyphs.bar, id="rows")

    def home_focus(self) -> Widget | None:
        """The text."""
        return self.query_one(Rows)

    def where(self) -> Line:
        """The name of the house."""
        return line(Span(self.session.services.house.name, Ink.TITLE))

    def redraw(self) -> None:
        """The reason, in the reader's language."""
        width = min(max(20, self.size.width), 78)
        text = refusal(self.words, self._ban)
        rows = [Row(((),))]
        rows += [Row((line("  ", one),)) for one in wrap(text, width - 4)]
        self.query_one(Rows).show(rows)

    def on_resize(self) -> None:
        """Lay out for the new width."""
        self.redraw()

    def action_leave(self) -> None:
        """End the visit."""
        self.house.leave()

"""Choosing a language, from any screen."""

from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from bunniz_bbs.domain.words import LANGUAGES, Language
from bunniz_bbs.i18n import N_
from bunniz_bbs.tui.ink import Ink, Line, Span, line
from bunniz_bbs.tui.keys import LEAVE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.widgets.rows import Row, Rows

NAMES: dict[Language, str] = {
    "fr": "Français",
    "nl": "Nederlands",
    "en": "English",
    "de": "Deutsch",
}


class LanguagePage(Page):
    """Four languages, each by its own name."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        Key("enter", "noop", N_("choose"), "enter"),
        Key("escape,q", "back", N_("back"), "Esc"),
        LEAVE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(
        [key for key in KEYS if key.action != "noop"]
    )

    def body(self) -> ComposeResult:
        """One list."""
        yield Rows(self.session.palette, self.session.glyphs.bar, id="rows")

    def home_focus(self) -> Widget | None:
        """The list."""
        return self.query_one(Rows)

    def where(self) -> Line:
        """The question, in all four languages."""
        return line(Span("Langue · Taal · Language · Sprache", Ink.TITLE))

    def redraw(self) -> None:
        """The languages."""
        rows = [Row(((),))]
        rows += [Row((line("   ", NAMES[one]),), (one,)) for one in LANGUAGES]
        self.query_one(Rows).show(rows, at=self.words.language)

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Speak the chosen language from now on."""
        event.stop()
        self.house.back()
        await self.house.speak(cast(Language, event.item))

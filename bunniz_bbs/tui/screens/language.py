"""Choosing a language and colours, from any screen."""

from collections.abc import Sequence
from typing import ClassVar, Final, cast

from textual.binding import BindingType

from bunniz_bbs.domain.words import LANGUAGES, Language
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.door import NAMES
from bunniz_bbs.tui.ink import Ink, Line, Span, line
from bunniz_bbs.tui.keys import BACK, HELP, LEAVE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.widgets.rows import Row, Rows

COLOURS: Final = {True: N_("light colours"), False: N_("dark colours")}
"""By whether they are light."""


class LanguagePage(Page):
    """Four languages, each by its own name; and light or dark."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        Key("enter", "noop", N_("choose"), "enter"),
        HELP,
        BACK,
        LEAVE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def where(self) -> Line:
        """The question, in all four languages."""
        return line(Span("Langue · Taal · Language · Sprache", Ink.TITLE))

    def explain(self) -> Sequence[str]:
        """What can be chosen."""
        return [
            self.words(
                "The language is kept for you. Light or dark colours are for this "
                "visit only."
            )
        ]

    def redraw(self) -> None:
        """The languages, and the other colours where the terminal has any."""
        rows = [Row((line("   ", NAMES[one]),), (one,)) for one in LANGUAGES]
        if self.session.capabilities.colour in ("256", "truecolor"):
            other = not self.session.light
            title = line("   ", self.words(COLOURS[other]))
            rows += [Row(((),)), Row((title,), (other,))]
        listed = self.query_one(Rows)
        listed.show(rows, at=self.words.language if listed.chosen is None else None)

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Speak the chosen language, or show the chosen colours, from now on."""
        event.stop()
        self.house.back()
        if isinstance(event.item, bool):
            self.house.paint(light=event.item)
        else:
            await self.house.speak(cast(Language, event.item))

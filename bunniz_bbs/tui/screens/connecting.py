"""How to connect with each client, and the host key to compare."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.connecting import (
    about_fingerprint,
    about_picture,
    recipes,
    too_low,
)
from bunniz_bbs.services.squares import square
from bunniz_bbs.tui.ink import Ink, Line, Span, line, wrap
from bunniz_bbs.tui.keys import ON_EVERY_PAGE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows

FRAME = 4
"""Lines of a window that are not the body's."""


class ConnectPage(Page):
    """Recipes to read and copy, then the fingerprint and its square."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("scroll"), "move"),
        Key("f", "fingerprint", N_("fingerprint"), "f"),
        Key("a", "plain_signs", N_("other signs"), "a"),
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._unicode = session.capabilities.unicode
        self._at_fingerprint = False

    def where(self) -> Line:
        """The name of the page."""
        return line(Span(self.words("How to connect"), Ink.TITLE))

    def explain(self) -> Sequence[str]:
        """What the page is for."""
        return [
            self.words(
                "Steps for each client, and what your client must show as the host "
                "key. a draws the QR code with other signs, where it looks broken."
            )
        ]

    def offers(self, key: Key) -> bool:
        """Signs can be changed where there are some."""
        return key.action != "plain_signs" or self._at_fingerprint

    def redraw(self) -> None:
        """The recipes, or the fingerprint."""
        rows = self._fingerprint() if self._at_fingerprint else self._recipes()
        self.query_one(Rows).show(rows)

    def _recipes(self) -> list[Row]:
        rows = []
        address = self.session.services.whereabouts.address
        for title, steps in recipes(self.words, address):
            lines = [line(" ", Span(title, Ink.ACCENT))]
            for step in steps:
                if step.startswith("  "):
                    lines += [line(" ", one) for one in self._copied(step)]
                else:
                    laid = wrap(step, min(72, self.columns - 3))
                    lines += [line(" ", one) for one in laid]
            rows.append(Row((*lines, ())))
        return rows

    def _copied(self, command: str) -> Sequence[str]:
        """A command in lines that can be copied whole; what else fits stays."""
        if len(command) < self.columns:
            return [command]
        goes_on = "`" if "$HOME" in command else "\\"
        return command.replace(" -f", f" {goes_on}\n    -f").split("\n")

    def _fingerprint(self) -> list[Row]:
        """The square alone, where it leaves room for nothing else."""
        words, text = self.words, self.session.services.keys.fingerprint
        drawn = square(text, unicode=self._unicode, on_light=self.session.light)
        fits = len(drawn) <= self.outer_size.height - FRAME
        fits = fits and len(drawn[0]) <= self.columns
        told = about_picture(words) if fits else too_low(words, len(drawn) + FRAME)
        rows = [Row((*(line(one) for one in drawn), ()))] if fits else []
        laid = [about_fingerprint(words), text, told]
        for at, one in enumerate(laid):
            ink = Ink.STRONG if at == 1 else Ink.PLAIN
            lines = [line(" ", Span(part, ink)) for part in self._cut(one)]
            rows.append(Row((*lines, ())))
        return rows

    def _cut(self, text: str) -> Sequence[str]:
        return wrap(text, min(72, self.columns - 3))

    def action_fingerprint(self) -> None:
        """Show the fingerprint, or the recipes again."""
        self._at_fingerprint = not self._at_fingerprint
        self.refresh_words()

    def action_plain_signs(self) -> None:
        """Draw with other signs."""
        self._unicode = not self._unicode
        self.redraw()

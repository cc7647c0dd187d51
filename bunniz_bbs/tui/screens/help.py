"""`?`: this screen's keys, what happens to words here, commands, help lines."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.binding import BindingType

from bunniz_bbs.commands.registry import Front
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.help_lines import help_text
from bunniz_bbs.tui.ink import Ink, Line, Span, line, pad, wrap, wrap_spans
from bunniz_bbs.tui.keys import BACK, LANGUAGE, LEAVE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows

KEY_COLUMN = 9
WIDEST = 82
"""Columns of running text."""


class HelpPage(Page):
    """Explains the page it was opened from."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("scroll"), "move"),
        BACK,
        LEAVE,
        LANGUAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session, about: Page) -> None:
        super().__init__(session)
        self._about = about

    def where(self) -> Line:
        """What is explained."""
        title = line(Span(self.words("Help"), Ink.TITLE))
        about = self._about.where()
        if not about:
            return title
        dot = Span(f" {self.session.glyphs.dot} ", Ink.QUIET)
        return (*title, dot, Span(about[0].text, Ink.QUIET))

    def redraw(self) -> None:
        """The text for the present width."""
        width = min(self.columns, WIDEST)
        rows = [Row((one,)) for one in self._lines(width)]
        self.query_one(Rows).show(rows)

    def _lines(self, width: int) -> Iterator[Line]:
        for paragraph in self._about.explain():
            yield from self._text(paragraph, width)
            yield ()
        yield from self._keys_of(width)
        yield from self._help_lines(width)
        yield from self._leaving(width)
        yield from self._commands(width)

    def _heading(self, text: str) -> Line:
        return line(" ", Span(text, Ink.ACCENT))

    def _text(self, text: str, width: int, indent: str = " ") -> Iterator[Line]:
        for one in wrap(text, width - len(indent) - 2):
            yield line(indent, one)

    def _keys_of(self, width: int) -> Iterator[Line]:
        yield self._heading(self.words("Keys"))
        for key in self._about.offered():
            name = self.session.glyphs.of_key(key.shown or key.name)
            shown = Span(pad(name, KEY_COLUMN), Ink.STRONG)
            yield line("   ", shown, self.words(key.label))
        yield ()

    def _leaving(self, width: int) -> Iterator[Line]:
        words = self.words
        yield self._heading(words("Leaving at once"))
        told = words(
            "Ctrl+X clears the terminal and drops the connection, with no word from "
            "us. OpenSSH itself then writes that the connection was closed, and the "
            "name of the host: it stays quiet with LogLevel ERROR in ~/.ssh/config."
        )
        yield from self._text(told, width, "   ")
        yield ()

    def _help_lines(self, width: int) -> Iterator[Line]:
        words = self.words
        lines = self.session.services.house.help_lines
        language = words.language
        order = sorted(
            lines, key=lambda one: (not one.urgent, one.language != language)
        )
        yield self._heading(words("Help by phone"))
        notice = words("We are not an emergency service. Nobody here may be online.")
        yield from self._text(notice, width, "   ")
        for one in order:
            number, _, rest = help_text(self.words, one).partition("  ")
            spans = [Span(number + "  ", Ink.STRONG), Span(rest)]
            for index, laid in enumerate(wrap_spans(spans, width - 5)):
                yield line("   " if index == 0 else "     ", *laid)
        sources = {one.checked_on for one in lines}
        if sources:
            oldest = min(sources).isoformat()
            read = words("Sources read on {date}. Numbers can change.", date=oldest)
            for laid_text in wrap(read, width - 5):
                yield line("   ", Span(laid_text, Ink.QUIET))
        yield ()

    def _commands(self, width: int) -> Iterator[Line]:
        if self.session.someone is None:
            return
        words = self.words
        yield self._heading(words("Commands"))
        hint = words("Type them in a room, or after / on any other screen.")
        yield from self._text(hint, width, "   ")
        for one in self.session.registry.offered(Front.SLASH, self.session.actor):
            yield line("   ", Span(one.usage(words, Front.SLASH), Ink.STRONG))
            yield from self._text(words(one.summary), width, "       ")
        yield ()

    def explain(self) -> Sequence[str]:
        """Help needs none."""
        return ()

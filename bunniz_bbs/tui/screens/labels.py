"""Choosing labels: what a text warns of, what it asks for, its language."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar, TypeAlias

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from bunniz_bbs.domain.labels import Ask, Labels, Tag
from bunniz_bbs.domain.words import LANGUAGES, Language
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.door import NAMES
from bunniz_bbs.i18n.labels import TAGS, WANTS
from bunniz_bbs.i18n.times import stay
from bunniz_bbs.tui.ink import Ink, Line, Span, line
from bunniz_bbs.tui.keys import BACK, HELP, LEAVE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows

Label: TypeAlias = Tag | Ask | Language | timedelta


class _Ticks(Rows):
    """Rows that Space ticks."""

    BINDINGS = [Binding("space", "choose", show=False)]  # noqa: RUF012 - Textual's own


class LabelsPage(Page):
    """A list to tick; each change holds at once, and Esc goes back to the text."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        Key("enter", "noop", N_("set or take away"), "enter"),
        HELP,
        BACK,
        LEAVE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(
        self,
        session: Session,
        labels: Labels,
        asks: Sequence[Ask] | None,
        lives: Sequence[timedelta],
        changed: Callable[[Labels], None],
    ) -> None:
        """Show labels to choose among.

        Args:
            session: Who writes.
            labels: Those that are set.
            asks: What can be asked for there; None: it is no thread, so that there
                are warnings alone.
            lives: How long it can stay, beside as long as the board keeps threads.
            changed: Called with the labels after each change.
        """
        super().__init__(session)
        self._labels = labels
        self._asks = asks
        self._lives = lives
        self._changed = changed

    def where(self) -> Line:
        """What the page is about."""
        return line(Span(self.words("Labels"), Ink.TITLE))

    def explain(self) -> Sequence[str]:
        """What labels are good for."""
        return [
            self.words(
                "A text with a warning is folded at first: one sees what it is about, "
                "and opens it or leaves it. Each reader can choose otherwise."
            ),
            self.words(
                "What you give an end goes from every screen and from the disk then. "
                "Nobody can lengthen it; who has read it may have copied it."
            ),
            self.words(
                "Enter or Space sets a label or takes it away. Esc goes back to your "
                "text."
            ),
        ]

    def body(self) -> ComposeResult:
        """One list."""
        yield _Ticks(self.session.palette, self.session.glyphs, id="rows")

    def redraw(self) -> None:
        """All labels, with a mark before those that are set."""
        words, labels = self.words, self._labels
        rows = [
            *self._head(words("What does it warn of?")),
            *(self._row(one, words(TAGS[one]), one in labels.warnings) for one in Tag),
        ]
        if self._asks is not None:
            if self._asks:
                rows += [Row(((),)), *self._head(words("What do you ask for?"))]
            rows += [
                self._row(one, words(WANTS[one]), one == labels.ask)
                for one in self._asks
            ]
            rows += [Row(((),)), *self._head(words("In which language is it?"))]
            rows += [
                self._row(one, NAMES[one], one == labels.language) for one in LANGUAGES
            ]
        if self._lives:
            rows += [Row(((),)), *self._head(words("When does it go, for everybody?"))]
            rows += [
                self._row(one, stay(words, one), one == labels.lasts)
                for one in self._lives
            ]
        self.query_one(Rows).show(rows)

    def _head(self, text: str) -> list[Row]:
        return [Row((line(" ", Span(text, Ink.QUIET)),))]

    def _row(self, label: Label, text: str, chosen: bool) -> Row:
        mark = Span("[x] " if chosen else "[ ] ", Ink.ACCENT if chosen else Ink.QUIET)
        ink = Ink.STRONG if chosen else Ink.PLAIN
        return Row((line("   ", mark, Span(text, ink)),), (label,))

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Set the label, or take it away."""
        event.stop()
        chosen = event.item
        labels = self._labels
        if isinstance(chosen, Tag):
            labels = replace(labels, warnings=labels.warnings ^ {chosen})
        elif isinstance(chosen, Ask):
            labels = replace(labels, ask=None if labels.ask == chosen else chosen)
        elif isinstance(chosen, timedelta):
            labels = replace(labels, lasts=None if labels.lasts == chosen else chosen)
        else:
            spoken = next(one for one in LANGUAGES if one == chosen)
            again = labels.language == spoken
            labels = replace(labels, language=None if again else spoken)
        self._labels = labels
        self._changed(labels)
        self.redraw()

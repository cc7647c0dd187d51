"""What one wants to read: warnings by subject, and languages."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.binding import BindingType

from bunniz_bbs.commands.choices import reading_text
from bunniz_bbs.domain.choices import Choices, Show
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.labels import Tag
from bunniz_bbs.domain.words import LANGUAGES
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.door import NAMES
from bunniz_bbs.i18n.labels import SHOWS, TAGS, about_choosing
from bunniz_bbs.tui.ink import Ink, Line, Span, line, spread, wrap
from bunniz_bbs.tui.keys import ON_EVERY_PAGE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows

AFTER: Final = {
    Show.ASK: Show.OPEN,
    Show.OPEN: Show.FOLD,
    Show.FOLD: Show.HIDE,
    Show.HIDE: Show.ASK,
}
"""What Enter makes of a choice."""


class ChoicesPage(Page):
    """A list of subjects and of languages; Enter goes to the next choice."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        Key("enter", "noop", N_("change"), "enter"),
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._choices = Choices()

    def where(self) -> Line:
        """The name of the page."""
        return line(Span(self.words("What you want to read"), Ink.TITLE))

    def what_happens(self) -> Sequence[Span]:
        """Who sees it."""
        return [Span(self.words("for you alone"), Ink.QUIET)]

    def explain(self) -> Sequence[str]:
        """What each choice does."""
        words = self.words
        return [*about_choosing(words), reading_text(words, self._choices.languages)]

    async def load(self) -> None:
        """Fetch what was chosen."""
        self._choices = (await self.session.look()).choices

    def redraw(self) -> None:
        """The list for the present width."""
        words, chosen = self.words, self._choices
        rows = [self._head(words("When a text warns of:"))]
        rows += [
            self._row(one, words(TAGS[one]), words(SHOWS[chosen.of(one)]))
            for one in Tag
        ]
        rows += [Row(((),)), self._head(words("Threads in:"))]
        for one in LANGUAGES:
            shown = not chosen.languages or one in chosen.languages
            state = words("shown") if shown else words("left out")
            rows.append(self._row(one, NAMES[one], state))
        told = reading_text(words, chosen.languages)
        laid = wrap(told, self.columns - 4)
        rows.append(Row(((), *(line("   ", Span(one, Ink.QUIET)) for one in laid))))
        self.query_one(Rows).show(rows)

    def _head(self, text: str) -> Row:
        return Row((line(" ", Span(text, Ink.QUIET)),))

    def _row(self, item: str, text: str, state: str) -> Row:
        """What it is about, and what was chosen; below each other on a phone."""
        told = Span(state + " ", Ink.QUIET)
        if self.narrow:
            return Row((line("   ", text), line("     ", told)), (item,))
        return Row(
            (spread(line("   ", text), (told,), min(72, self.columns)),), (item,)
        )

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Change what was chosen."""
        event.stop()
        choices, actor = self.session.services.choices, self.session.actor
        try:
            if isinstance(event.item, Tag):
                show = AFTER[self._choices.of(event.item)]
                await choices.choose(actor, [event.item], show)
            else:
                before = self._choices.languages or LANGUAGES
                wanted = [
                    one for one in LANGUAGES if (one == event.item) != (one in before)
                ]
                await choices.read_in(actor, wanted)
        except BunnizError as error:
            self.refuse(error)
        await self.reload()

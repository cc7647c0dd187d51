"""One's own notes on people."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from bunniz_bbs.i18n import N_
from bunniz_bbs.services.notes import Note
from bunniz_bbs.tui.ink import Ink, Line, Span, line, wrap
from bunniz_bbs.tui.keys import ON_EVERY_PAGE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows

MEASURE = 72

CHANGE = Key("enter", "noop", N_("change"), "enter")


class NotesPage(Page):
    """A list, by the names of today; Enter changes a note."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        Key("c", "compose", N_("write"), "c"),
        CHANGE,
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._notes: Sequence[Note] = ()

    def where(self) -> Line:
        """The name of the page."""
        words = self.words
        title = words("Your notes") if self.narrow else words("Your notes on people")
        return line(Span(title, Ink.TITLE))

    def what_happens(self) -> Sequence[Span]:
        """Who reads them."""
        return [Span(self.words("for you alone"), Ink.QUIET)]

    def offers(self, key: Key) -> bool:
        """Only where there is one can one be changed."""
        return key is not CHANGE or bool(self._notes)

    def explain(self) -> Sequence[str]:
        """How they are kept."""
        return [
            self.words(
                "Here nobody but you reads your notes, whatever their role, and those "
                "whom they are about do not learn of them. They are kept sealed; "
                "whoever holds the server's secrets could open them. A note goes when "
                "you leave it empty, and with your account or theirs."
            )
        ]

    async def load(self) -> None:
        """Fetch them."""
        self._notes = await self.session.services.notes.all(self.session.actor)

    def redraw(self) -> None:
        """The list for the present width."""
        rows, words = [], self.words
        for one in self._notes:
            laid = wrap(one.text, min(MEASURE, self.columns - 4))
            lines = [line("   ", Span(one.name, Ink.STRONG))]
            lines += [line("   ", part) for part in laid]
            rows.append(Row((*lines, ()), (one.name,), barred=True))
        if not rows:
            told = words("You have no notes. Press c to write the first one.")
            laid = wrap(told, self.columns - 3)
            rows = [Row(tuple(line(" ", Span(one, Ink.QUIET)) for one in laid))]
        self.query_one(Rows).show(rows)

    # -- doing

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Change a note."""
        event.stop()
        name = str(event.item)
        text = next((one.text for one in self._notes if one.name == name), "")
        self._ask_text(name, text)

    def action_compose(self) -> None:
        """Ask for a name, then for a note."""

        async def on(name: str) -> str:
            services, actor = self.session.services, self.session.actor
            text = await services.notes.read(actor, name)
            self.call_later(self._ask_text, name, text)  # once this line is closed
            return ""

        self.ask_for(self.words("on whom: their name"), on)

    def _ask_text(self, name: str, text: str) -> None:
        async def write(typed: str) -> str:
            services, actor = self.session.services, self.session.actor
            account = await services.notes.write(actor, name, typed)
            await self.reload()
            if typed:
                return self.words("Noted, for you alone.")
            return self.words("You have no note on {name} any more.", name=account.name)

        hint = self.words("nothing, and Enter: there is no note any more")
        about = self.words("Your note on {name}:", name=name)
        self.ask_for(hint, write, about=about, text=text, empty=True)

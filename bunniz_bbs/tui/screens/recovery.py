"""Recovery codes: offered, then shown once."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n import keys as said
from bunniz_bbs.tui.ink import Ink, Line, Span, line, wrap
from bunniz_bbs.tui.keys import HELP, LANGUAGE, LEAVE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows

MAKE = Key("enter", "make", N_("make them"), "enter")
LATER = Key("escape,q", "back", N_("later"), "Esc")
WRITTEN = Key("escape,q", "back", N_("written down"), "Esc")


class RecoveryPage(Page):
    """A calm step: make eight codes and write them down, or do it another day."""

    KEYS: ClassVar = (MAKE, LATER, WRITTEN, HELP, LEAVE, LANGUAGE)
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session, *, welcome: bool = False) -> None:
        """The step.

        Args:
            session: Whose codes.
            welcome: They have just come in for the first time.
        """
        super().__init__(session)
        self._welcome = welcome
        self._codes: Sequence[str] = ()
        self._left = 0

    def where(self) -> Line:
        """The name of the page."""
        return line(Span(self.words("Recovery codes"), Ink.TITLE))

    def what_happens(self) -> Sequence[Span]:
        """That they are shown once."""
        told = self.words("shown once") if self._codes else ""
        return [Span(told, Ink.ACCENT)] if told else []

    def offers(self, key: Key) -> bool:
        """Before and after."""
        if key in (MAKE, LATER):
            return not self._codes
        return key is not WRITTEN or bool(self._codes)

    def explain(self) -> Sequence[str]:
        """What they are for."""
        return said.about_recovery(self.words)

    async def load(self) -> None:
        """See whether there are some already."""
        if not self._codes:
            services, actor = self.session.services.keys, self.session.actor
            self._left = await services.recovery_left(actor)

    def redraw(self) -> None:
        """What they are for, or the codes."""
        words, told = self.words, said.about_recovery(self.words)
        if self._codes:
            codes = [
                line("   ", Span(f"{at}  ", Ink.QUIET), Span(one, Ink.STRONG))
                for at, one in enumerate(self._codes, 1)
            ]
            rows = [self._told(said.shown_once(words)), Row((*codes, ()))]
            rows.append(self._told(told[1], Ink.QUIET))
        else:
            rows = []
            if self._welcome:
                welcome = words(
                    "Welcome, {name}. One thing before you go on.",
                    name=self.session.actor.name,
                )
                rows.append(self._told(welcome))
            rows += [self._told(one, Ink.PLAIN) for one in told]
            if self._left:
                renew = words("You have some: new ones make those useless.")
                rows.append(self._told(renew))
            where = words("You find them later under: keys")
            rows.append(self._told(where, Ink.QUIET))
        self.query_one(Rows).show(rows)

    def _told(self, text: str, ink: Ink = Ink.STRONG) -> Row:
        laid = wrap(text, min(72, self.columns - 3))
        return Row((*(line(" ", Span(one, ink)) for one in laid), ()))

    async def action_make(self) -> None:
        """Make eight codes; a second Enter makes no others."""
        if self._codes:
            return
        try:
            self._codes = await self.session.services.keys.recovery_codes(
                self.session.actor
            )
        except BunnizError as error:
            self.refuse(error)
            return
        self.refresh_words()

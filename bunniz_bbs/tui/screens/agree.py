"""What somebody has to agree to before they go on, one thing a screen."""

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from bunniz_bbs.domain.admission import ConsentKind
from bunniz_bbs.domain.errors import AlreadyDone, BunnizError
from bunniz_bbs.i18n import N_
from bunniz_bbs.tui.door_text import consent
from bunniz_bbs.tui.ink import Ink, Line, Span, line
from bunniz_bbs.tui.keys import HELP, LANGUAGE, LEAVE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.screens.leaving import LeavingPage
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Rows


class AgreePage(Page):
    """Stands before home: terms that are new, or what was never asked."""

    KEYS: ClassVar = (
        Key("enter", "onward", N_("agree"), "enter"),
        Key("escape,q", "leave", N_("not now, leave"), "Esc"),
        LANGUAGE,
        HELP,
        LEAVE,
        Key("x", "leave_for_good", N_("leave for good"), name="x"),
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(
        self,
        session: Session,
        missing: Sequence[ConsentKind],
        had: int,
        then: Callable[[], Awaitable[None]],
    ) -> None:
        """The page.

        Args:
            session: Who is asked.
            missing: What they have to agree to.
            had: The version of the terms that they agreed to; 0: to none.
            then: Where they go when they have agreed to all of it.
        """
        super().__init__(session)
        self._missing = list(missing)
        self._had = had
        self._onward = then
        self._busy = False

    def where(self) -> Line:
        """The name of the house."""
        return line(Span(self.session.services.house.name, Ink.TITLE))

    def explain(self) -> Sequence[str]:
        """Why this is here."""
        return [
            self.words(
                "Everybody here agrees to a few things, each by itself. This one is "
                "new, or was never asked. If you do not agree now you can leave and "
                "come back; nothing is taken away from you."
            )
        ]

    def redraw(self) -> None:
        """What is agreed to, in the reader's language."""
        house = self.session.services.house
        rows = consent(self._missing[0], self.words, house, self.columns, self._had)
        self.query_one(Rows).show(rows, at=(self.words.language, self._missing[0]))

    async def action_onward(self) -> None:
        """Read on; at the end, agree."""
        listed = self.query_one(Rows)
        if self._busy:
            return
        if listed.more:
            listed.action_page(1)
            return
        self._busy = True
        try:
            await self._agree(self._missing[0])
        except BunnizError as error:
            self.refuse(error)
        finally:
            self._busy = False

    async def _agree(self, kind: ConsentKind) -> None:
        services, actor = self.session.services, self.session.actor
        agreed = {kind: services.admission.rules.present(kind)}
        try:
            self._missing = list(await services.admission.agree(actor, agreed))
        except AlreadyDone:  # in another visit, meanwhile
            self._missing = list(await services.admission.missing(actor))
        if self._missing:
            self.refresh_words()
        else:
            # In the app's own turn: a page cannot wait for its own end.
            self.house.call_later(self._onward)

    async def action_leave_for_good(self) -> None:
        """Read what leaving for good means, and choose."""
        await self.house.push_screen(LeavingPage(self.session))

    def action_leave(self) -> None:
        """End the visit; what is kept of them stays."""
        self.house.leave()

"""What one began to write and did not send."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.events import Event, NameChanged
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.drafts import first_words, meant_for
from bunniz_bbs.i18n.times import left
from bunniz_bbs.services.drafts import Begun
from bunniz_bbs.tui.ink import Ink, Line, Span, line, spread, wrap
from bunniz_bbs.tui.keys import ON_EVERY_PAGE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows

GO_ON = Key("enter", "noop", N_("go on writing"), "enter")
DROP = Key("d", "drop", N_("throw away"), "d")


class DraftsPage(Page):
    """A list, what was written last first; Enter goes on with one."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        GO_ON,
        DROP,
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._drafts: Sequence[Begun] = ()
        self._sure = ""
        """The draft that `d` was pressed on once."""

    def where(self) -> Line:
        """The name of the page."""
        return line(Span(self.words("Your drafts"), Ink.TITLE))

    def what_happens(self) -> Sequence[Span]:
        """Who reads them, and for how long."""
        return [
            Span(self.words("for you alone"), Ink.QUIET),
            Span(self.words("24 hours"), Ink.QUIET),
        ]

    def offers(self, key: Key) -> bool:
        """Only where there is one."""
        return key not in (GO_ON, DROP) or bool(self._drafts)

    def explain(self) -> Sequence[str]:
        """How they are kept."""
        return [
            self.words(
                "What you write is saved a second after a key, and when the connection "
                "drops. It is kept for 24 hours, sealed, for you alone; it goes when "
                "you send it or throw it away, and with the thread it is for."
            )
        ]

    async def load(self) -> None:
        """Fetch them."""
        self._drafts = await self.session.services.drafts.all(self.session.actor)

    async def hear(self, event: Event) -> None:
        """Somebody whom a draft names is called otherwise now."""
        if isinstance(event, NameChanged):
            await self.reload()

    def redraw(self) -> None:
        """The list for the present width."""
        rows, words, width = [], self.words, self.columns
        now, lens = self.session.services.clock.now(), self.session.lens
        for one in self._drafts:
            place = meant_for(words, lens, one.board, one.thread, one.number)
            stays = left(words, (one.until - now).total_seconds())
            told = words("gone in {time}", time=stays)
            head = spread(
                line(" ", Span(place, Ink.STRONG)),
                line(Span(told + " ", Ink.QUIET)),
                width,
            )
            begins = wrap(first_words(one.draft), width - 4)[:1]
            lines = [head, *(line("   ", part) for part in begins)]
            rows.append(Row((*lines, ()), (one.draft.place,), barred=True))
        if not rows:
            told = words("You have no drafts.")
            rows = [Row((line(" ", Span(told, Ink.QUIET)),))]
        self.query_one(Rows).show(rows)

    # -- doing

    def _chosen(self) -> Begun | None:
        chosen = self.query_one(Rows).chosen
        return next((one for one in self._drafts if one.draft.place == chosen), None)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Another one is meant now."""
        self._sure = ""
        super().on_rows_moved(event)

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Go on with a draft."""
        event.stop()
        if chosen := self._chosen():
            try:
                await self.house.write_on(chosen)
            except BunnizError as error:
                self.refuse(error)

    async def action_drop(self) -> None:
        """Throw a draft away; asks once."""
        chosen = self._chosen()
        if chosen is None:
            return
        if self._sure != chosen.draft.place:
            self._sure = chosen.draft.place
            self.say(self.words("Press d again to throw this draft away."))
            return
        self.say("")
        try:
            drafts, actor = self.session.services.drafts, self.session.actor
            await drafts.drop(actor, chosen.draft.place)
        except BunnizError as error:
            self.refuse(error)
        await self.reload()

"""What one agreed to here: when, read again, taken back."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from bunniz_bbs.domain.admission import Consent, ConsentKind
from bunniz_bbs.i18n import N_, door
from bunniz_bbs.i18n.times import month
from bunniz_bbs.tui.door_text import consent
from bunniz_bbs.tui.ink import Ink, Line, Span, line, wrap
from bunniz_bbs.tui.keys import ON_EVERY_PAGE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.screens.leaving import LeavingPage
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows


class AgreementsPage(Page):
    """A list; Enter shows what was agreed to, and Esc goes back to the list."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        Key("enter", "read", N_("read again"), "enter"),
        Key("w", "withdraw", N_("take back and leave"), "w"),
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._given: Sequence[Consent] = ()
        self._open: ConsentKind | None = None

    def where(self) -> Line:
        """What the page is about."""
        return line(Span(self.words("What you agreed to"), Ink.TITLE))

    def offers(self, key: Key) -> bool:
        """While one reads there is nothing to choose."""
        return self._open is None or key.action not in ("noop", "read", "withdraw")

    def explain(self) -> Sequence[str]:
        """What taking back means."""
        return [door.about_withdrawing(self.words)]

    async def load(self) -> None:
        """Fetch what was agreed to."""
        services = self.session.services
        self._given = await services.admission.consents(self.session.actor)

    def redraw(self) -> None:
        """The list, or what was agreed to, as it reads now."""
        words = self.words
        if self._open is not None:
            house = self.session.services.house
            told = consent(self._open, words, house, self.columns)[:-1]
            self.query_one(Rows).show(told, at=(words.language, self._open))
            return
        rows = []
        for one in self._given:
            lines = [line("   ", door.consent_title(words, one.kind))]
            when = words(
                "version {n}, {month}", n=one.version, month=month(words, one.given_in)
            )
            lines.append(line("   ", Span(when, Ink.QUIET)))
            rows.append(Row(tuple(lines), (one.kind,), barred=True))
        told_last = wrap(door.about_withdrawing(words), min(72, self.columns - 3))
        foot = [line(" ", Span(one, Ink.QUIET)) for one in told_last]
        self.query_one(Rows).show([*rows, Row(((), *foot))], at=words.language)

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Read one of them again."""
        event.stop()
        if self._open is None and isinstance(event.item, ConsentKind):
            self._open = event.item
            self.refresh_words()

    def action_read(self) -> None:
        """The list takes Enter by itself; while one reads it turns the page."""
        listed = self.query_one(Rows)
        if self._open is not None and listed.more:
            listed.action_page(1)

    async def action_back(self) -> None:
        """Back to the list, then to where one came from."""
        if self._open is None:
            await super().action_back()
            return
        self._open = None
        self.refresh_words()

    async def action_withdraw(self) -> None:
        """Read what leaving means, and choose."""
        if self._open is None:
            await self.house.push_screen(LeavingPage(self.session))

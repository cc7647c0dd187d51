"""One's own invite codes: how many there may be, a new one, and withdrawing all."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from textual.binding import BindingType

from bunniz_bbs.commands.trust import allowance_text, lifetimes, withdrawn
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.people import Role
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.times import spell_duration
from bunniz_bbs.services.invites import Allowance
from bunniz_bbs.tui.ink import Ink, Line, Span, line, wrap
from bunniz_bbs.tui.keys import ON_EVERY_PAGE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows


class InvitesPage(Page):
    """Makes codes; each is shown once, and only to whoever made it."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        Key("enter", "noop", N_("make a code"), "enter"),
        Key("w", "withdraw", N_("withdraw all"), "w"),
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._allowed: Allowance | None = None
        self._code = ""
        self._lasts = timedelta()
        self._sure = False

    def where(self) -> Line:
        """What the page is about."""
        return line(Span(self.words("Invites"), Ink.TITLE))

    def explain(self) -> Sequence[str]:
        """Who learns what of an invite."""
        return [
            self.words(
                "A code lets somebody in whom you know. Give it in person or over a "
                "channel that you trust. For 90 days moderators can see through whom "
                "somebody came; members never can. Only a keyed hash of a code is "
                "kept, so it cannot be shown again."
            )
        ]

    async def load(self) -> None:
        """Fetch how many there are."""
        invites = self.session.services.invites
        self._allowed = await invites.allowance(self.session.actor)

    def redraw(self) -> None:
        """How many, the new code, and how long another could last."""
        allowed, words = self._allowed, self.words
        if allowed is None:
            return
        rows = [self._told(allowance_text(words, allowed)), Row(((),))]
        if self._code:
            rows.append(Row((line("   ", Span(self._code, Ink.TITLE)), ())))
            lasts = spell_duration(words, self._lasts)
            once = words(
                "It is shown this once and works for {duration}. "
                "Give it in person or over a channel that you trust.",
                duration=lasts,
            )
            rows += [self._told(once), Row(((),))]
        for days in lifetimes(self.session.actor, allowed):
            lasts = spell_duration(words, timedelta(days=days))
            text = words("Make a code that works once, for {duration}", duration=lasts)
            lines = [line("   ", one) for one in wrap(text, self.columns - 4)]
            rows.append(Row(tuple(lines), (days,), barred=True))
        self.query_one(Rows).show(rows)

    def _told(self, text: str) -> Row:
        lines = wrap(text, self.columns - 2)
        return Row(tuple(line(" ", Span(one, Ink.QUIET)) for one in lines))

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Make a code that lasts so long."""
        event.stop()
        if not isinstance(event.item, int):
            return
        session, self._sure = self.session, False
        self._lasts = timedelta(days=event.item)
        try:
            self._code = await session.services.invites.create(
                session.actor, 1, self._lasts, Role.MEMBER
            )
        except BunnizError as error:
            self.refuse(error)
            return
        self.say("")
        await self.reload()

    async def action_withdraw(self) -> None:
        """Make all of one's codes useless; asks once."""
        if not self._sure:
            self._sure = True
            self.say(self.words("Press w again to make all your codes useless."))
            return
        self._sure, session = False, self.session
        try:
            count = await session.services.invites.withdraw_all(session.actor)
        except BunnizError as error:
            self.refuse(error)
            return
        self._code = ""
        await self.reload()
        self.say(withdrawn(self.words, count))

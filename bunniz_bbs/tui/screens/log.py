"""The moderators' log."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from bunniz_bbs.commands.moderation import ACTS
from bunniz_bbs.domain.events import Event, NameChanged
from bunniz_bbs.domain.moderation import Act, LogEntry
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.times import until
from bunniz_bbs.tui.ink import Ink, Line, Span, line, spread, wrap
from bunniz_bbs.tui.keys import ASK, ON_EVERY_PAGE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.times import when
from bunniz_bbs.tui.widgets.rows import Row, Rows


class LogPage(Page):
    """What moderators did, newest first."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        ASK,
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._entries: Sequence[LogEntry] = ()

    def where(self) -> Line:
        """The name of the log."""
        return line(Span(self.words("Moderators' log"), Ink.TITLE))

    def what_happens(self) -> Sequence[Span]:
        """Nobody can change it."""
        return [Span(self.words("entries are never changed"), Ink.QUIET)]

    def explain(self) -> Sequence[str]:
        """What the log is."""
        return [
            self.words(
                "Every act of the team is here with its reason, readable for all "
                "moderators. The words that were removed are not in it."
            ),
            self.words(
                "It keeps accounts and shows the names of today. A sign such as "
                "~3f9a12 stands for somebody whose account is gone."
            ),
        ]

    async def load(self) -> None:
        """Fetch the newest entries."""
        self._entries = await self.session.services.moderation.log(self.session.actor)

    async def hear(self, event: Event) -> None:
        """Somebody in it may be called otherwise now."""
        if isinstance(event, NameChanged) and self.is_current:
            await self.reload()

    def redraw(self) -> None:
        """The list for the present width."""
        width = self.columns
        rows = [
            Row(self._lines(one, width), (one.number,), barred=True)
            for one in self._entries
        ]
        if not self._entries:
            empty = self.words("The log is empty.")
            rows.append(Row((line(" ", Span(empty, Ink.QUIET)),)))
        self.query_one(Rows).show(rows)

    def _lines(self, one: LogEntry, width: int) -> tuple[Line, ...]:
        words = self.words
        left = line(
            " ",
            Span(one.moderator, Ink.STRONG),
            Span(f"  {words(ACTS[one.act])}  ", Ink.QUIET),
            Span(one.target, Ink.STRONG),
        )
        age = Span(when(self.session, one.at) + " ", Ink.QUIET)
        lines = [spread(left, line(age), width)]
        lines += [line("   ", text) for text in wrap(one.reason, width - 4)]
        if one.act in (Act.MUTE, Act.BAN):
            end = wrap(until(words, one.until), width - 4)
            lines += [line("   ", Span(text, Ink.QUIET)) for text in end]
        return (*lines, ())

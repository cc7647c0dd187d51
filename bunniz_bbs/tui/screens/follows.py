"""The threads that one chose to follow, on one page."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from bunniz_bbs.domain.threads import Thread
from bunniz_bbs.i18n import N_
from bunniz_bbs.tui.ink import Ink, Line, Span, line, spread, wrap
from bunniz_bbs.tui.keys import ASK, FOLLOW, ON_EVERY_PAGE, Key, as_bindings
from bunniz_bbs.tui.labels import titled
from bunniz_bbs.tui.news_rows import GAP
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.times import when
from bunniz_bbs.tui.widgets.rows import Row, Rows


class FollowsPage(Page):
    """A list, the newest post first; Enter reads on, `f` ends it."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        Key("enter", "noop", N_("read"), "enter"),
        FOLLOW,
        ASK,
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._threads: Sequence[Thread] = ()

    def where(self) -> Line:
        """The name of the page."""
        return line(Span(self.words("What you follow"), Ink.TITLE))

    def what_happens(self) -> Sequence[Span]:
        """Who sees it."""
        return [Span(self.words("for you alone"), Ink.QUIET)]

    def offers(self, key: Key) -> bool:
        """Only what is there can be left."""
        return key is not FOLLOW or bool(self._threads)

    def explain(self) -> Sequence[str]:
        """What else one follows."""
        return [
            self.words(
                "These are the threads that you chose. You also follow those in which "
                "you wrote, until you say otherwise with f."
            )
        ]

    async def load(self) -> None:
        """Fetch them."""
        services, actor = self.session.services, self.session.actor
        await self.session.look()
        self._threads = await services.follows.all(actor)

    def redraw(self) -> None:
        """The list for the present width."""
        words, width, house = self.words, self.columns, self.session.services.house
        rows = []
        for one in self._threads:
            right = [Span(when(self.session, one.last_at) + " ", Ink.QUIET)]
            if not self.narrow:
                board = house.boards[one.board].title[words.language]
                right.insert(0, Span(board + " " * GAP, Ink.QUIET))
            left = line("   ", *titled(self.session, one, Ink.PLAIN))
            rows.append(Row((spread(left, right, width),), (one.id,)))
        if not rows:
            told = words(
                "You chose no thread to follow. In a thread or on a board, f follows "
                "it."
            )
            laid = wrap(told, width - 2)
            rows = [Row(tuple(line(" ", Span(one, Ink.QUIET)) for one in laid))]
        self.query_one(Rows).show(rows)

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Read a thread."""
        event.stop()
        await self.house.go(event.item, self)

    async def action_follow(self) -> None:
        """Do not follow the one that the cursor is on any more."""
        chosen = self.query_one(Rows).chosen
        for one in self._threads:
            if one.id == chosen:
                await self.house.follow_or_not(one.id, self)

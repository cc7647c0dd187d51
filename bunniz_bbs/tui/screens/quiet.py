"""Which boards are quiet for one, on one page."""

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.binding import BindingType

from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n import news as said
from bunniz_bbs.tui.ink import Ink, Line, Span, line, spread
from bunniz_bbs.tui.keys import ASK, ON_EVERY_PAGE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows


class QuietPage(Page):
    """All boards; Enter lets one be quiet, or be heard of again."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        Key("enter", "noop", N_("change"), "enter"),
        ASK,
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._quiet: Collection[str] = ()

    def where(self) -> Line:
        """The name of the page."""
        return line(Span(self.words("Quiet boards"), Ink.TITLE))

    def what_happens(self) -> Sequence[Span]:
        """Who sees it."""
        return [Span(self.words("for you alone"), Ink.QUIET)]

    def explain(self) -> Sequence[str]:
        """What a quiet board is."""
        return [
            self.words(
                "What is new on a quiet board is not counted and not shown to you, "
                "unless somebody means you or you chose to follow the thread. You can "
                "read and write there as before."
            )
        ]

    async def load(self) -> None:
        """Fetch which are quiet."""
        services, actor = self.session.services, self.session.actor
        self._quiet = {board.slug for board in await services.follows.quiet(actor)}

    def redraw(self) -> None:
        """The list for the present width."""
        session, words = self.session, self.words
        rows = []
        for board in session.services.boards.readable(session.actor):
            quiet = board.slug in self._quiet
            title = board.title[words.language]
            left = line("   ", Span(title, Ink.QUIET if quiet else Ink.PLAIN))
            right = [Span(words("quiet") + " " if quiet else "", Ink.ACCENT)]
            rows.append(Row((spread(left, right, self.columns),), (board.slug,)))
        self.query_one(Rows).show(rows)

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Change what was chosen."""
        event.stop()
        slug, words = str(event.item), self.words
        quiet = slug not in self._quiet
        follows, actor = self.session.services.follows, self.session.actor
        try:
            board = await follows.set_quiet(actor, slug, quiet)
        except BunnizError as error:
            self.refuse(error)
            return
        await self.reload()
        self.say(said.hushed(words, board.title[words.language], quiet=quiet))

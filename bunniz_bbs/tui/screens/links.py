"""The links of a post: where each leads, and its address to copy by hand."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from bunniz_bbs.bus.ports import board_topic
from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.errors import PostNotFound
from bunniz_bbs.domain.events import Event, ThreadChanged
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.markup import Link
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.links import imitates, link_warning
from bunniz_bbs.services.links import links_in, looks_like
from bunniz_bbs.tui.ink import Ink, Line, Span, letter_wrap, line, wrap
from bunniz_bbs.tui.keys import ON_EVERY_PAGE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows

SHOW = Key("enter", "noop", N_("show the address"), "enter")


class LinksPage(Page):
    """Hosts first; Enter shows one address, alone on its lines."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        SHOW,
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(
        self, session: Session, board: Board, thread: ThreadId, number: int
    ) -> None:
        super().__init__(session)
        self._board = board
        self._thread = thread
        self._number = number
        self._links: Sequence[Link] = ()
        self._shown = ""
        """The address that is shown."""

    def where(self) -> Line:
        """The name of the page."""
        title = self.words("Links of #{number}", number=self._number)
        return line(Span(title, Ink.TITLE))

    def what_happens(self) -> Sequence[Span]:
        """That nothing does."""
        return [Span(self.words("nothing is fetched"), Ink.QUIET)]

    def topics(self) -> Sequence[str]:
        """The board."""
        return [board_topic(self._board.slug)]

    def offers(self, key: Key) -> bool:
        """Only where there is a link can it be shown."""
        warned = self.session.services.house.warns_of_links
        return key is not SHOW or (warned and bool(self._links))

    def explain(self) -> Sequence[str]:
        """How one takes a link along."""
        return [
            link_warning(self.words),
            self.words(
                "Mark the address on your screen with your own terminal to copy it. "
                "Nothing is put on your clipboard from here."
            ),
        ]

    async def load(self) -> None:
        """Fetch the post; where it has gone, its links are gone too."""
        posts, actor = self.session.services.posts, self.session.actor
        try:
            post = await posts.one(actor, self._thread, self._number)
            self._links = links_in(post.body)
        except PostNotFound:
            self._links = ()

    async def hear(self, event: Event) -> None:
        """The thread changed."""
        ours = isinstance(event, ThreadChanged) and event.thread == self._thread
        if ours and self.is_current:
            await self.reload()

    def redraw(self) -> None:
        """The warning, then host by host."""
        words, warned = self.words, self.session.services.house.warns_of_links
        told = link_warning(words) if warned else ""
        if not self._links:
            told = words("There is no link in this post.")
        lines = [line(" ", Span(one, Ink.QUIET)) for one in self._wrapped(told)]
        rows = [Row((*lines, ()))] if told else []
        for link in self._links:
            rows += self._rows(link, not warned or link.url == self._shown)
        self.query_one(Rows).show(rows)

    def _wrapped(self, text: str) -> Sequence[str]:
        return wrap(text, min(self.columns - 2, 76))

    def _rows(self, link: Link, shown: bool) -> list[Row]:
        """A host, and under it the address where it is to be shown."""
        lines = [line(" ", Span(link.host, Ink.STRONG))]
        if imitated := looks_like(link.host):
            told = self._wrapped(imitates(self.words, imitated))
            lines += [line(" ", Span(one, Ink.ALERT)) for one in told]
        # From the first column to the last: so it is copied in few pieces.
        pieces = letter_wrap(link.url, self.columns) if shown else []
        address = [line(Span(one, Ink.ACCENT)) for one in pieces]
        return [
            Row(tuple(lines), (link.url,), barred=True),
            Row((*address, ())),
        ]

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Show an address, or no more."""
        event.stop()
        self._shown = "" if event.item == self._shown else str(event.item)
        self.redraw()

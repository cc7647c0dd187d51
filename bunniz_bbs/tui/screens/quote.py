"""The posts of a thread, to quote from while one writes a reply."""

from collections.abc import Callable, Sequence
from typing import ClassVar, cast

from textual import on
from textual.binding import BindingType

from bunniz_bbs.domain.choices import Show
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.events import AccountRemoved, Event, NameChanged
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.threads import Post, Thread
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.labels import about
from bunniz_bbs.services.quotes import parts
from bunniz_bbs.tui.body_text import body_lines
from bunniz_bbs.tui.ink import Ink, Line, Span, line
from bunniz_bbs.tui.keys import BACK, HELP, LANGUAGE, LEAVE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.posts import AROUND, head_line
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.thread_window import ThreadWindow
from bunniz_bbs.tui.widgets.rows import Row, Rows

WHOLE = -1
"""Chosen in place of one part: the post from its beginning."""


class QuotePage(Page):
    """Posts with their paragraphs; Enter on a name quotes the post, else the part."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        Key("enter", "noop", N_("quote this"), "enter"),
        HELP,
        BACK,
        LEAVE,
        LANGUAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(
        self, session: Session, thread: ThreadId, put: Callable[[Post, str], None]
    ) -> None:
        """Posts to choose from.

        Args:
            session: Who writes.
            thread: In which thread.
            put: Takes the post that was chosen, and the words of it.
        """
        super().__init__(session)
        self._window = ThreadWindow(session, thread)
        self._put = put

    def where(self) -> Line:
        """What one does here."""
        view = self._window.view
        heading = self.words("Quote")
        if view:
            title = view.thread.title
            heading = self.words("{heading}: {title}", heading=heading, title=title)
        return line(Span(heading, Ink.TITLE))

    def explain(self) -> Sequence[str]:
        """What Enter does."""
        return [
            self.words(
                "Enter on a name quotes that post from its beginning, Enter on a "
                "paragraph quotes that alone. The quote bears the number of the post, "
                "so that readers can go there."
            )
        ]

    # -- loading

    async def load(self) -> None:
        """Fetch the last posts first."""
        fresh, window = self._window.view is None, self._window
        await window.load(self.columns, None)
        if fresh:
            await window.edge(self.columns, 1)

    async def hear(self, event: Event) -> None:
        """Somebody is called otherwise now, or left."""
        if isinstance(event, NameChanged | AccountRemoved):
            await self.reload()

    def redraw(self) -> None:
        """The posts that are there, for the present width."""
        view = self._window.view
        if view is None:
            return
        rows = self.query_one(Rows)
        fresh = rows.chosen is None
        posts = [one for one in view.posts if not one.deleted]
        rows.show([row for post in posts for row in self._rows(view.thread, post)])
        if fresh:
            rows.action_edge(1)

    def _rows(self, thread: Thread, post: Post) -> Sequence[Row]:
        """A post: its head, and each part by itself, unless it is folded."""
        show = self.session.lens.post(thread, post)
        if show is Show.HIDE:
            return []
        head = head_line(self._window.bodies, post, self.columns)
        made = [Row((head,), ((post.number, WHOLE),), barred=True)]
        if post.warnings:
            told = self.words("warns of: {tags}", tags=about(self.words, post.warnings))
            made.append(Row((line("   ", Span(told, Ink.QUIET)), ())))
        if show is not Show.OPEN:
            return made
        for index, part in enumerate(parts(post.body)):
            body = body_lines(self.session, part, self.columns - AROUND)
            lines = (*(line("   ", *one) for one in body), ())
            made.append(Row(lines, ((post.number, index),), barred=True))
        return made

    @on(Rows.Moved)
    async def fetch_on(self, event: Rows.Moved) -> None:
        """Fetch more before one comes to the first or the last post that is there."""
        rows, window, width = self.query_one(Rows), self._window, self.columns
        height = rows.size.height
        try:
            if event.edge and await window.edge(width, event.edge):
                self.redraw()
            for way in (-1, 1):
                if rows.is_near(way) and await window.more(width, way, height):
                    rows.bring_along()
                    self.redraw()
        except BunnizError as error:
            self.refuse(error)

    # -- choosing

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Bring the words along."""
        event.stop()
        number, index = cast(tuple[int, int], event.item)
        posts = self._window.view.posts if self._window.view else ()
        post = next((one for one in posts if one.number == number), None)
        if post is not None:
            words = post.body if index == WHOLE else parts(post.body)[index]
            self.house.back()
            self._put(post, words)

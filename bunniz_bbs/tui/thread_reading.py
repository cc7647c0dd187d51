"""A thread as it is read: where one is in it, and what counts as read."""

from typing import Final

from textual import on
from textual.timer import Timer

from bunniz_bbs.bus.ports import board_topic
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.events import (
    AccountRemoved,
    BadgesChanged,
    Event,
    NameChanged,
    ThreadChanged,
)
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.threads import Post
from bunniz_bbs.services.threads import ThreadView
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.posts import thread_rows
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.thread_window import ThreadWindow
from bunniz_bbs.tui.widgets.rows import Rows

SOON: Final = 0.4
"""Seconds after which what was seen counts as read."""


class ThreadReading(Page):
    """The posts of one thread, from the first unread on."""

    def __init__(
        self, session: Session, thread: ThreadId, at: int | None = None
    ) -> None:
        """A thread to read.

        Args:
            session: Who reads.
            thread: Which.
            at: The number of the post to begin with; None: where reading goes on.
        """
        super().__init__(session)
        self.thread = thread
        self.window = ThreadWindow(session, thread)
        self._at = at
        self._came_at = 0
        """How far had been read when the page was opened: the divider's place."""
        self._read = 0
        self._noting: Timer | None = None

    @property
    def view(self) -> ThreadView | None:
        """The thread with the posts that are there; None: nothing yet."""
        return self.window.view

    def post(self) -> Post | None:
        """The post that the cursor is on."""
        chosen = self.query_one(Rows).chosen
        posts = self.view.posts if self.view else ()
        return next((one for one in posts if one.number == chosen), None)

    def topics(self) -> list[str]:
        """The board."""
        return [board_topic(self.view.board.slug)] if self.view else []

    # -- loading

    @property
    def _width(self) -> int:
        return self.size.width or self.house.size.width

    async def load(self) -> None:
        """Fetch the thread: where reading goes on, or the posts that were there."""
        fresh = self.view is None
        await self.window.load(self._width, self._at)
        if fresh and self.view:
            self._came_at = self._read = self.view.read
            self.house.listen()

    async def hear(self, event: Event) -> None:
        """The thread changed."""
        ours = isinstance(event, ThreadChanged) and event.thread == self.thread
        names = isinstance(event, BadgesChanged | NameChanged) or self._left(event)
        if (ours or names) and self.is_current:
            await self.reload()

    def _left(self, event: Event) -> bool:
        """Whether somebody left for good who wrote here."""
        if not isinstance(event, AccountRemoved) or self.view is None:
            return False
        return any(post.author == event.account for post in self.view.posts)

    def redraw(self) -> None:
        """The posts for the present width."""
        if self.view is None:
            return
        rows = self.query_one(Rows)
        fresh = rows.chosen is None
        shown, first_new = thread_rows(
            self.window.bodies, self.view, self._came_at, self.columns
        )
        rows.show(shown)
        if fresh and self.view.posts:
            start = self._at or first_new or self.view.posts[-1].number
            if start > 1:
                rows.put_at_top(start, above=2)
        self._note_soon()
        if rows.size.height and rows.is_near(1) and not self.view.ends:
            self.call_later(self.fetch_on, Rows.Moved())

    # -- moving

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """The cursor or the view moved."""
        self.refresh_keys()
        self._note_soon()

    @on(Rows.Moved)
    async def fetch_on(self, event: Rows.Moved) -> None:
        """Fetch more before one comes to the first or the last post that is there."""
        rows, window = self.query_one(Rows), self.window
        try:
            if event.edge and await window.edge(self._width, event.edge):
                self.redraw()
                rows.action_edge(event.edge)
            for way in (-1, 1):
                height = rows.size.height
                if rows.is_near(way) and await window.more(self._width, way, height):
                    rows.bring_along()
                    self.redraw()
        except BunnizError as error:
            self.refuse(error)

    def refresh_keys(self) -> None:
        """The keys depend on the post that the cursor is on."""
        self.query_one("#keys").redo()  # type: ignore[attr-defined]

    # -- what counts as read

    def _note_soon(self) -> None:
        """Note what was seen, once for a burst of keys."""
        if self._seen() > self._read and self._noting is None:
            self._noting = self.set_timer(SOON, self.note)

    def _seen(self) -> int:
        items = self.query_one(Rows).visible_items
        return max((one for one in items if isinstance(one, int)), default=0)

    async def note(self) -> None:
        """Note what was seen as read."""
        self._noting = None
        seen = self._seen()
        if seen > self._read:
            self._read = seen
            try:
                await self.session.services.threads.mark_read(
                    self.session.actor, self.thread, seen
                )
            except BunnizError as error:
                self.refuse(error)

"""A thread as it is read: where one is in it, and what counts as read."""

from typing import Final

from textual import on
from textual.timer import Timer

from bunniz_bbs.bus.ports import board_topic
from bunniz_bbs.domain.choices import Show
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
from bunniz_bbs.tui.posts import gate_rows, thread_rows
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.thread_window import ThreadWindow
from bunniz_bbs.tui.widgets.rows import Rows

SOON: Final = 0.4
"""Seconds after which what was seen counts as read."""

ABOVE: Final = 2
"""Lines that are shown before a post that one has jumped to."""


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
        self._reached = self._read = 0
        """How far it has been seen, and how far that was noted."""
        self._noting: Timer | None = None
        self._jumped = at is not None
        """Whether there may be posts before those that are there, all unseen."""

    @property
    def view(self) -> ThreadView | None:
        """The thread with the posts that are there; None: nothing yet."""
        return self.window.view

    def post(self) -> Post | None:
        """The post that the cursor is on; None also where it is hidden."""
        chosen = self.query_one(Rows).chosen
        posts = self.view.posts if self.view else ()
        found = next((one for one in posts if one.number == chosen), None)
        hidden = found is not None and self._show(found) is Show.HIDE
        return None if hidden else found

    def _show(self, post: Post) -> Show:
        """What happens to a post, by what it warns of."""
        assert self.view is not None
        return self.session.lens.post(self.view.thread, post)

    @property
    def gated(self) -> bool:
        """Whether the whole thread is folded, by what it warns of."""
        lens, view = self.session.lens, self.view
        return view is not None and lens.thread(view.thread) is not Show.OPEN

    def is_folded(self) -> bool:
        """Whether what the cursor is on waits to be opened."""
        if self.gated:
            return True
        post = self.post()
        return post is not None and self._show(post) is not Show.OPEN

    def topics(self) -> list[str]:
        """The board."""
        return [board_topic(self.view.board.slug)] if self.view else []

    # -- loading

    @property
    def _width(self) -> int:
        return self.size.width or self.house.size.width

    async def load(self) -> None:
        """Fetch the thread: where reading goes on, or the posts that were there."""
        fresh, heard = self.view is None, self.topics()
        await self.session.look()
        await self.window.load(self._width, self._at)
        if fresh and self.view:
            self._came_at = self._reached = self._read = self.view.read
        if self.topics() != heard:
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
        fresh = not isinstance(rows.chosen, int)
        first_new = self._draw()
        if fresh and self.view.posts and not self.gated:
            start = self._at or first_new or self.view.posts[-1].number
            if start > 1:
                rows.put_at_top(self._nearest(start), above=ABOVE)
        self._note_soon()
        if rows.size.height and rows.is_near(1) and not self.view.ends:
            self.call_later(self.fetch_on, Rows.Moved())

    def _draw(self) -> int | None:
        """Show the posts, wherever in them one is; the first of them that is new."""
        if self.view is None:
            return None
        bodies = self.window.bodies
        if self.gated:
            self.query_one(Rows).show(gate_rows(self.session, self.view, self.columns))
            return None
        shown, first_new = thread_rows(bodies, self.view, self._came_at, self.columns)
        self.query_one(Rows).show(shown)
        return first_new

    def _nearest(self, number: int) -> int:
        """The post that is there with this number, or with one that is near."""
        assert self.view is not None
        return min(
            (post.number for post in self.view.posts),
            key=lambda one: abs(one - number),
            default=number,
        )

    # -- moving

    async def go_to(self, number: int, above: int = ABOVE) -> None:
        """Put the cursor on a post, wherever in the thread it is.

        Args:
            number: Which.
            above: How many lines are shown before it.

        Raises:
            BunnizError: It could not be fetched.
        """
        there = self.window.has(number)
        if not there:
            await self.window.around(self._width, number)
        self._jumped = True  # not before: meanwhile the former posts were drawn
        if not there:
            self._draw()
        self.query_one(Rows).put_at_top(self._nearest(number), above=above)
        self.refresh_keys()
        self._note_soon()
        self.call_later(self.fetch_on, Rows.Moved())

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """The cursor or the view moved."""
        self.refresh_keys()
        if not event.edge:  # the edge of all may not be here yet
            self._note_soon()

    @on(Rows.Moved)
    async def fetch_on(self, event: Rows.Moved) -> None:
        """Fetch more before one comes to the first or the last post that is there."""
        rows, window = self.query_one(Rows), self.window
        try:
            if event.edge and await window.edge(self._width, event.edge):
                self._jumped = True
                self._draw()
                rows.action_edge(event.edge)
            elif event.edge:
                self._note_soon()
            for way in (-1, 1):
                height = rows.size.height
                if rows.is_near(way) and await window.more(self._width, way, height):
                    rows.bring_along()
                    self.redraw()
        except BunnizError as error:
            self.refuse(error)

    # -- folding

    def open_folded(self) -> None:
        """Open what the cursor is on, for this visit; what is hidden stays so."""
        lens, post = self.session.lens, self.post()
        if self.view is None:
            return
        if self.gated:
            lens.open(self.thread)
        elif post is not None:
            lens.open(self.thread, post.number)
        self.refresh_words()

    def action_fold(self) -> None:
        """Open what is folded; else show the long quotes of the post, or fold them."""
        if self.is_folded():
            self.open_folded()
        elif post := self.post():
            self.window.bodies.folds.turn(post.number)
            self.redraw()

    def action_fold_all(self) -> None:
        """Show the long quotes of all posts, or fold them."""
        self.window.bodies.folds.turn_all()
        self.redraw()

    def refresh_keys(self) -> None:
        """The keys depend on the post that the cursor is on."""
        self.query_one("#keys").redo()  # type: ignore[attr-defined]

    # -- what counts as read

    def _note_soon(self) -> None:
        """Note what was seen, once for a burst of keys."""
        self._reached = max(self._reached, self._seen())
        if self._reached > self._read and self._noting is None:
            self._noting = self.set_timer(SOON, self.note)

    def _seen(self) -> int:
        """The last post up to which all have been seen, as far as that is here."""
        view = self.view
        if view is None or not view.posts or self.gated:
            return 0
        rows = self.query_one(Rows)
        if self._jumped:
            # What lies between was not on the screen: it stays unread.
            unread = [one.number for one in view.posts if one.number > self._reached]
            near = view.begins or view.posts[0].number <= self._reached + 1
            first = rows.first_in_view
            seen = not unread or (isinstance(first, int) and first <= unread[0])
            self._jumped = not (near and seen)
        if self._jumped:
            return 0
        items = rows.visible_items
        return max((one for one in items if isinstance(one, int)), default=0)

    async def note(self) -> None:
        """Note what was seen as read."""
        self._noting = None
        if self._reached > self._read:
            self._read = self._reached
            try:
                await self.session.services.threads.mark_read(
                    self.session.actor, self.thread, self._read
                )
            except BunnizError as error:
                self.refuse(error)

"""A thread: reading it, and acting on its posts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Final

from textual import on
from textual.binding import BindingType
from textual.timer import Timer

from bunniz_bbs.bus.ports import board_topic
from bunniz_bbs.commands.team import receipt
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.events import (
    AccountRemoved,
    BadgesChanged,
    Event,
    NameChanged,
    ThreadChanged,
)
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.people import Role
from bunniz_bbs.domain.policy import Action, allows_board
from bunniz_bbs.domain.threads import Post
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.times import lifetime
from bunniz_bbs.services.threads import ThreadView
from bunniz_bbs.tui.board_text import readers
from bunniz_bbs.tui.ink import Ink, Line, Span, line
from bunniz_bbs.tui.keys import ASK, NEXT, ON_EVERY_PAGE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.posts import Bodies, thread_rows
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Rows

SHOWN: Final = 20
"""Posts that are fetched at once; others when one comes near the first or the last."""

SOON = 0.4
"""Seconds after which what was seen counts as read."""


class ThreadPage(Page):
    """The posts of one thread, from the first unread on."""

    KEYS: ClassVar = (
        Key("r", "reply", N_("reply"), "r"),
        Key("Q", "quote", N_("reply with a quote"), name="Q"),
        NEXT,
        Key("e", "edit", N_("edit"), "e"),
        Key("d", "delete", N_("remove"), "d"),
        Key("R", "report", N_("report to the team"), name="R"),
        ASK,
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session, thread: ThreadId) -> None:
        super().__init__(session)
        self.thread = thread
        self.view: ThreadView | None = None
        self._came_at = 0
        """How far had been read when the page was opened: the divider's place."""
        self._read = 0
        self._noting: Timer | None = None
        self._bodies = Bodies(session)
        self._sure = 0
        """The post that `d` was pressed on once."""

    def where(self) -> Line:
        """The thread's title."""
        return line(Span(self.view.thread.title if self.view else "", Ink.TITLE))

    def what_happens(self) -> Sequence[Span]:
        """How long the thread stays, and where it is."""
        if self.view is None:
            return ()
        board = self.view.board
        return [
            Span(lifetime(self.words, board.lifetime), Ink.QUIET),
            Span(board.title[self.words.language], Ink.QUIET),
        ]

    def topics(self) -> list[str]:
        """The board."""
        return [board_topic(self.view.board.slug)] if self.view else []

    def offers(self, key: Key) -> bool:
        """What this person may do with the post that the cursor is on."""
        if self.view is None:
            return key.action not in ("reply", "quote", "edit", "delete")
        actor = self.session.actor
        if key.action in ("reply", "quote"):
            open_for = not self.view.thread.locked or actor.role >= Role.MODERATOR
            return open_for and allows_board(actor, Action.REPLY, self.view.board)
        if key.action in ("edit", "delete"):
            post = self._post()
            return post is not None and post.author == actor.id and not post.deleted
        return True

    def explain(self) -> list[str]:
        """What happens to words here."""
        words = self.words
        told = [
            words(
                "Arrows go from post to post. What you have seen counts as read when "
                "it was on your screen to its end."
            )
        ]
        if self.view:
            board = self.view.board
            told += [lifetime(words, board.lifetime) + ".", readers(words, board)]
        if self.session.actor.role >= Role.MODERATOR:
            told.append(
                words(
                    "The team can press / and type: delete 3 REASON, pin REASON, "
                    "lock REASON, mute NAME 1d REASON, ban NAME 7d REASON."
                )
            )
        return told

    # -- loading

    async def load(self) -> None:
        """Fetch the thread: where reading goes on, or the posts that were there."""
        known, session = self.view, self.session
        self._bodies.badges = await session.services.badges.given(session.actor)
        if known is None or not known.posts:
            self.view = await self._fetch(None, SHOWN)
        else:
            first, count = known.posts[0].number, len(known.posts)
            self.view = await self._fetch(first, count + SHOWN * known.ends)
        if known is None:
            self._came_at = self._read = self.view.read
            self.house.listen()

    async def _fetch(self, first: int | None, count: int) -> ThreadView:
        services, actor = self.session.services, self.session.actor
        view = await services.threads.open(actor, self.thread, first, count)
        width = self.size.width or self.house.size.width
        await self._bodies.prepare(view.posts, width)
        return view

    async def _fetch_more(self, way: int) -> None:
        """Fetch the posts before the first that is there, or after the last.

        Raises:
            BunnizError: They could not be fetched.
        """
        known = self.view
        if known is None or (known.begins if way < 0 else known.ends):
            return
        at = known.posts[0].number
        first = max(1, at - SHOWN) if way < 0 else known.posts[-1].number + 1
        more = await self._fetch(first, min(SHOWN, at - first) if way < 0 else SHOWN)
        if self.view is known:
            rows = self.query_one(Rows)
            # Two screens of posts, which take two lines at least, and no more than
            # that: what lies further is fetched again when somebody goes back.
            kept = max(SHOWN, rows.size.height)
            posts = more.posts + known.posts[:kept]
            if way > 0:
                posts = known.posts[-kept:] + more.posts
            self.view = replace(more, posts=posts)
            rows.bring_along()
            self.redraw()

    async def _go_to_edge(self, way: int) -> None:
        """Fetch the first posts of all or the last, and go there."""
        known = self.view
        if known is None or (known.begins if way < 0 else known.ends):
            return
        last = known.thread.last_number
        self.view = await self._fetch(1 if way < 0 else max(1, last + 1 - SHOWN), SHOWN)
        self.redraw()
        self.query_one(Rows).action_edge(way)

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
            self._bodies, self.view, self._came_at, self.columns
        )
        rows.show(shown)
        if fresh:
            numbers = [post.number for post in self.view.posts]
            start = first_new or (numbers[-1] if numbers else None)
            if start is not None and start > 1:
                rows.put_at_top(start, above=2)
        self._note_soon()
        if rows.size.height and rows.is_near(1) and not self.view.ends:
            self.call_later(self.fetch_on, Rows.Moved())

    # -- reading

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """The cursor or the view moved."""
        self._sure = 0
        self.refresh_keys()
        self._note_soon()

    @on(Rows.Moved)
    async def fetch_on(self, event: Rows.Moved) -> None:
        """Fetch more before one comes to the first or the last post that is there."""
        rows = self.query_one(Rows)
        try:
            if event.edge:
                await self._go_to_edge(event.edge)
            for way in (-1, 1):
                if rows.is_near(way):
                    await self._fetch_more(way)
        except BunnizError as error:
            self.refuse(error)

    def refresh_keys(self) -> None:
        """The keys depend on the post that the cursor is on."""
        self.query_one("#keys").redo()  # type: ignore[attr-defined]

    def _note_soon(self) -> None:
        """Note what was seen, once for a burst of keys."""
        if self._seen() > self._read and self._noting is None:
            self._noting = self.set_timer(SOON, self._note)

    def _seen(self) -> int:
        items = self.query_one(Rows).visible_items
        return max((one for one in items if isinstance(one, int)), default=0)

    async def _note(self) -> None:
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

    # -- acting

    def _post(self) -> Post | None:
        """The post that the cursor is on."""
        chosen = self.query_one(Rows).chosen
        posts = self.view.posts if self.view else ()
        return next((one for one in posts if one.number == chosen), None)

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Enter on a post begins a reply."""
        event.stop()
        await self.action_reply()

    async def action_reply(self) -> None:
        """Answer in the thread."""
        await self._reply_to(None)

    async def action_quote(self) -> None:
        """Answer with the words of the post that the cursor is on."""
        await self._reply_to(self._post())

    async def _reply_to(self, quoted: Post | None) -> None:
        if self.view is None:
            return
        await self._note()
        try:
            await self.house.write_reply(self.view, quoted)
        except BunnizError as error:
            self.refuse(error)

    async def action_edit(self) -> None:
        """Change one's own post."""
        post = self._post()
        if self.view is None or post is None or post.deleted:
            return
        if post.author != self.session.actor.id:
            self.say(self.words("You can change only what you wrote yourself."))
            return
        await self.house.write_edit(self.view, post)

    def action_report(self) -> None:
        """Ask the team to look at the post that the cursor is on."""
        post = self._post()
        if self.view is None or post is None:
            return
        place = f"{self.view.board.slug}/{self.thread}#{post.number}"

        async def send(text: str) -> str:
            team, actor = self.session.services.team, self.session.actor
            return receipt(self.words, await team.report(actor, place, text))

        self.ask_for(self.words("what is the matter with this post"), send)

    async def action_delete(self) -> None:
        """Remove one's own post; asks once."""
        post = self._post()
        if self.view is None or post is None or post.deleted:
            return
        if post.author != self.session.actor.id:
            self.say(self.words("You can remove only what you wrote yourself."))
            return
        if self._sure != post.number:
            self._sure = post.number
            self.say(self.words("Press d again to remove this post for good."))
            return
        self._sure = 0
        self.say("")
        try:
            await self.session.services.posts.delete(
                self.session.actor, self.thread, post.number
            )
        except BunnizError as error:
            self.refuse(error)
            return
        await self.reload()

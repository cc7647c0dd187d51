"""A board: its threads, pinned first."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from textual import on
from textual.binding import BindingType

from bunniz_bbs.bus.ports import board_topic
from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.choices import LeftOut
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.events import (
    AccountRemoved,
    Event,
    HeldDecided,
    NameChanged,
    ThreadChanged,
)
from bunniz_bbs.domain.policy import Action, allows_board, waits
from bunniz_bbs.domain.team import HeldPost
from bunniz_bbs.domain.threads import Thread
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.labels import beside, hidden_threads
from bunniz_bbs.i18n.news import hushed
from bunniz_bbs.i18n.notices import waits_for_team
from bunniz_bbs.i18n.people import author
from bunniz_bbs.i18n.threads import standing
from bunniz_bbs.i18n.times import lifetime
from bunniz_bbs.store.board_ports import ThreadRow
from bunniz_bbs.tui.board_text import readers, under_a_name
from bunniz_bbs.tui.ink import Ink, Line, Span, aligned, cut, line, spread, wrap
from bunniz_bbs.tui.keys import (
    ASK,
    FOLLOW,
    MARK,
    MARK_BOARD,
    NEWS,
    NEXT,
    ON_EVERY_PAGE,
    SEARCH,
    Key,
    as_bindings,
)
from bunniz_bbs.tui.labels import titled
from bunniz_bbs.tui.marking import Marking
from bunniz_bbs.tui.news_rows import GAP
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.times import when
from bunniz_bbs.tui.widgets.rows import Row, Rows

LISTED: Final = 100
"""Threads that are fetched at once; the next ones when one comes near the last."""

ROOMY: Final = 90
"""Columns from which on there is room for who began a thread."""

NAME_COLUMNS: Final = 16
"""Columns of a name in the list; a longer one is cut."""


class BoardPage(Marking):
    """The threads of one board."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        Key("enter", "noop", N_("read"), "enter"),
        Key("c,p", "compose", N_("write"), "c"),
        NEXT,
        NEWS,
        FOLLOW,
        MARK,
        MARK_BOARD,
        Key("Q", "quiet", N_("quiet or not"), name="Q"),
        Key("L", "foreign", N_("every language"), "L"),
        ASK,
        SEARCH,
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session, board: Board) -> None:
        super().__init__(session)
        self.board = board
        self._threads: Sequence[ThreadRow] = ()
        self._quiet = False
        """Whether one wants to hear nothing of it."""
        self._whole = False
        """Whether the board's last thread is among them."""
        self._left_out = LeftOut()
        self._foreign = False
        """Whether threads in other languages are shown all the same."""
        self._held: Sequence[HeldPost] = ()
        """One's own posts here that the team has not read."""

    def where(self) -> Line:
        """The board's title."""
        return line(Span(self.board.title[self.words.language], Ink.TITLE))

    def what_happens(self) -> Sequence[Span]:
        """How long threads stay, and under which name one writes."""
        quiet = [Span(self.words("quiet"), Ink.ACCENT)] if self._quiet else ()
        return [
            *quiet,
            Span(lifetime(self.words, self.board.lifetime), Ink.QUIET),
            Span(self.words("under your name here"), Ink.QUIET),
        ]

    def topics(self) -> Sequence[str]:
        """This board."""
        return [board_topic(self.board.slug)]

    def offers(self, key: Key) -> bool:
        """Writing is offered to those who may, languages where some are left out."""
        if key.action == "foreign":
            return bool(self._left_out.foreign)
        if key.action == "compose":
            return self._may_write()
        return super().offers(key)

    def _may_write(self) -> bool:
        return allows_board(self.session.actor, Action.START_THREAD, self.board)

    def explain(self) -> Sequence[str]:
        """What happens to words here."""
        words, board = self.words, self.board
        return [
            board.about[words.language],
            lifetime(words, board.lifetime) + ".",
            readers(words, board),
            *under_a_name(words, board),
        ]

    async def load(self) -> None:
        """Fetch the threads, as many as there were, and what came after the last."""
        services, actor = self.session.services, self.session.actor
        await self.session.look()
        # A sysop may have changed what the board is.
        self.board = services.boards.get(actor, self.board.slug)
        wanted = max(LISTED, len(self._threads) + LISTED * self._whole)
        slug, foreign = self.board.slug, self._foreign
        listed = services.threads.on_board(actor, slug, wanted, foreign=foreign)
        self._threads = await listed
        self._left_out = await services.threads.left_out(actor, slug)
        self._whole = len(self._threads) < wanted
        if not actor.is_passing:
            quiet = await services.follows.quiet(actor)
            self._quiet = any(one.slug == slug for one in quiet)
        held = await services.held.own(actor) if waits(actor, self.board) else ()
        self._held = [one for one in held if one.board == self.board.slug]

    async def _load_more(self) -> None:
        """Fetch the threads that come after those that are there."""
        services, known = self.session.services, self._threads
        further = await services.threads.on_board(
            *(self.session.actor, self.board.slug, LISTED, known[-1].thread),
            foreign=self._foreign,
        )
        if self._threads is known:
            self._threads = [*known, *further]
            self._whole = len(further) < LISTED
            self.query_one(Rows).bring_along()
            self.redraw()

    async def hear(self, event: Event) -> None:
        """A thread changed, or the team decided about a post of one's own."""
        ours = isinstance(event, ThreadChanged) and event.board == self.board.slug
        ours |= isinstance(event, HeldDecided) and bool(self._held)
        ours |= isinstance(event, NameChanged) or self._left(event)
        if ours and self.is_current:
            await self.reload()

    def _left(self, event: Event) -> bool:
        """Whether somebody left for good who began a thread here."""
        if not isinstance(event, AccountRemoved):
            return False
        return any(row.thread.author == event.account for row in self._threads)

    # -- drawing

    def redraw(self) -> None:
        """The list for the present width."""
        width = self.columns
        about = self.board.about[self.words.language]
        lines = [line(" ", Span(one, Ink.QUIET)) for one in wrap(about, width - 2)]
        told = [*self._other_languages(), *hidden_threads(self.words, self._left_out)]
        lines += [line(" ", one) for text in told for one in wrap(text, width - 2)]
        rows = [Row((*lines, ())), *self._waiting(width)]
        counts = aligned([self._count(row) for row in self._threads], right=True)
        ages = aligned(
            [when(self.session, row.thread.last_at) for row in self._threads],
            right=True,
        )
        names = self._names() if width >= ROOMY else [""] * len(self._threads)
        columns = zip(self._threads, names, counts, ages, strict=True)
        for row, name, count, age in columns:
            ink = Ink.ACCENT if row.unread else Ink.QUIET
            right = [
                *([Span(name + " " * GAP, Ink.QUIET)] if name else []),
                Span(count + " " * (1 if self.narrow else GAP), ink),
                Span(age + " ", Ink.QUIET),
            ]
            laid = spread(self._title(row), right, width)
            rows.append(Row((laid,), (row.thread.id,)))
        if not self._threads:
            rows.append(Row(self._empty(width)))
        self.query_one(Rows).show(rows)

    def _other_languages(self) -> list[str]:
        """That threads are left out, or shown all the same, and the key for that."""
        words, left = self.words, self._left_out.foreign
        if not left:
            return []
        if self._foreign:
            return [words("Threads in every language are shown: press L for yours.")]
        return [
            words.many(
                "{n} thread in another language is not shown: press L.",
                "{n} threads in other languages are not shown: press L.",
                left,
            )
        ]

    def _waiting(self, width: int) -> list[Row]:
        """What of one's own waits for the team, and how to take it back."""
        rows = []
        for one in self._held:
            told = f"{waits_for_team(self.words, one)} /withdraw {one.id}"
            laid = wrap(told, width - 2)
            rows.append(Row(tuple(line(" ", Span(part, Ink.QUIET)) for part in laid)))
        return [*rows, Row(((),))] if rows else []

    def _empty(self, width: int) -> tuple[Line, ...]:
        words = self.words
        text = words("No threads yet.")
        if self._may_write():
            text += " " + words("Press c to begin the first one.")
        return tuple(line(" ", one) for one in wrap(text, width - 2))

    def _names(self) -> list[str]:
        """Who began each thread, in a column."""
        given = [author(self.words, row.thread.author_name) for row in self._threads]
        return aligned([cut(one, NAME_COLUMNS) for one in given])

    def _count(self, row: ThreadRow) -> str:
        """How much is in a thread, or new in it, and how it stands."""
        words, thread = self.words, row.thread
        if self.narrow:
            return f"+{row.unread}" if row.unread else ""
        if row.unread:
            count = words.many("{n} new", "{n} new", row.unread)
        else:
            count = words.many("{n} post", "{n} posts", thread.last_number)
        today = self.session.services.clock.now().date()
        stands = standing(words, thread, self.board, today)
        parts = [*beside(words, thread.labels), *stands[:1], count]
        return f" {self.session.glyphs.dot} ".join(parts)

    def _title(self, row: ThreadRow) -> Line:
        """The mark of what is unread, how the thread stands, and its title."""
        glyphs, thread = self.session.glyphs, row.thread
        mark = Span(glyphs.unread if row.unread else " ", Ink.ACCENT)
        shut = not thread.takes_replies
        sign = glyphs.locked if shut else glyphs.pinned
        kind = Span(sign + " " if thread.pinned or shut else "", Ink.QUIET)
        ink = Ink.STRONG if row.unread else Ink.PLAIN
        return line(" ", mark, " ", kind, *titled(self.session, thread, ink))

    # -- doing

    def listed(self) -> Iterable[Thread]:
        """The board's threads."""
        return (row.thread for row in self._threads)

    async def action_mark_board(self) -> None:
        """Let all threads here count as read."""
        await self.mark_board(self.board.slug)

    async def action_quiet(self) -> None:
        """Hear nothing of this board from now on, or hear of it again."""
        follows, actor = self.session.services.follows, self.session.actor
        slug, title = self.board.slug, self.board.title[self.words.language]
        quiet = not self._quiet
        try:
            await follows.set_quiet(actor, slug, quiet)
        except BunnizError as error:
            self.refuse(error)
            return
        await self.reload()
        self.say(hushed(self.words, title, quiet=quiet))

    @on(Rows.Moved)
    async def fetch_on(self) -> None:
        """Fetch more before one comes to the end of what is there."""
        if self._threads and not self._whole and self.query_one(Rows).is_near(1):
            try:
                await self._load_more()
            except BunnizError as error:
                self.refuse(error)

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Read a thread."""
        event.stop()
        self.say("")
        await self.house.go(event.item, self)

    async def action_foreign(self) -> None:
        """Show threads in other languages too, or leave them out again."""
        self._foreign = not self._foreign
        await self.reload()

    async def action_compose(self) -> None:
        """Begin a thread."""
        try:
            await self.house.write_thread(self.board)
        except BunnizError as error:
            self.refuse(error)

"""A board: its threads, pinned first."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from bunniz_bbs.bus.ports import board_topic
from bunniz_bbs.commands.people import role_word
from bunniz_bbs.domain.boards import Board, Identity
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.events import Event, ThreadChanged
from bunniz_bbs.domain.policy import Action, allows_board
from bunniz_bbs.i18n import N_, Words
from bunniz_bbs.i18n.times import lifetime
from bunniz_bbs.store.ports import ThreadRow
from bunniz_bbs.tui.ink import Ink, Line, Span, line, spread, wrap
from bunniz_bbs.tui.keys import (
    ASK,
    BACK,
    HELP,
    LANGUAGE,
    LEAVE,
    NEXT,
    Key,
    as_bindings,
)
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.times import when
from bunniz_bbs.tui.widgets.rows import Row, Rows


class BoardPage(Page):
    """The threads of one board."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        Key("enter", "noop", N_("read"), "enter"),
        Key("c,p", "compose", N_("write"), "c"),
        NEXT,
        ASK,
        HELP,
        BACK,
        LEAVE,
        LANGUAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(
        [key for key in KEYS if key.action != "noop"]
    )

    def __init__(self, session: Session, board: Board) -> None:
        super().__init__(session)
        self.board = board
        self._threads: Sequence[ThreadRow] = ()

    def body(self) -> ComposeResult:
        """One list."""
        yield Rows(self.session.palette, self.session.glyphs.bar, id="rows")

    def home_focus(self) -> Widget | None:
        """The list."""
        return self.query_one(Rows)

    def where(self) -> Line:
        """The board's title."""
        return line(Span(self.board.title[self.words.language], Ink.TITLE))

    def what_happens(self) -> Line:
        """How long threads stay, and under which name one writes."""
        kept = lifetime(self.words, self.board.lifetime)
        if self.size.width < 60:
            return line(Span(kept, Ink.QUIET))
        name = self.words("under your name here")
        return line(Span(f"{kept} {self.session.glyphs.dot} {name}", Ink.QUIET))

    def topics(self) -> Sequence[str]:
        """This board."""
        return [board_topic(self.board.slug)]

    def offers(self, key: Key) -> bool:
        """Writing is offered to those who may."""
        return key.action != "compose" or self._may_write()

    def _may_write(self) -> bool:
        return allows_board(self.session.actor, Action.START_THREAD, self.board)

    def explain(self) -> Sequence[str]:
        """What happens to words here."""
        words, board = self.words, self.board
        told = [board.about[words.language], lifetime(words, board.lifetime) + "."]
        told.append(readers(words, board))
        if board.identity in (Identity.ANON_ALLOWED, Identity.ANON_DEFAULT):
            told.append(
                words(
                    "Writing without a name is planned for this board and not there "
                    "yet: what you write carries your pseudonym."
                )
            )
        return told

    async def load(self) -> None:
        """Fetch the threads."""
        self._threads = await self.session.services.threads.on_board(
            self.session.actor, self.board.slug
        )

    async def hear(self, event: Event) -> None:
        """A thread changed."""
        if (
            isinstance(event, ThreadChanged)
            and event.board == self.board.slug
            and self.is_current
        ):
            await self.reload()

    def redraw(self) -> None:
        """The list for the present width."""
        width = max(20, self.size.width)
        about = self.board.about[self.words.language]
        lines = [line(" ", Span(one, Ink.QUIET)) for one in wrap(about, width - 2)]
        rows = [Row(((), *lines, ()))]
        rows += [
            Row((self._line(row, width),), (row.thread.id,)) for row in self._threads
        ]
        if not self._threads:
            rows.append(Row(self._empty(width)))
        self.query_one(Rows).show(rows)

    def on_resize(self) -> None:
        """Lay out for the new width."""
        self.redraw()

    def _empty(self, width: int) -> tuple[Line, ...]:
        words = self.words
        text = words("No threads yet.")
        if self._may_write():
            text += " " + words("Press c to begin the first one.")
        return tuple(line(" ", one) for one in wrap(text, width - 2))

    def _line(self, row: ThreadRow, width: int) -> Line:
        words, glyphs, thread = self.words, self.session.glyphs, row.thread
        mark = Span(glyphs.unread if row.unread else " ", Ink.ACCENT)
        kind = glyphs.pinned if thread.pinned else " "
        kind = glyphs.locked if thread.locked else kind
        title = Span(thread.title, Ink.STRONG if row.unread else Ink.PLAIN)
        left = line(" ", mark, " ", Span(kind, Ink.QUIET), " ", title)
        age = when(self.session, thread.last_at)
        if width < 60:
            return spread(left, line(Span(f"{age} ", Ink.QUIET)), width)
        if row.unread:
            count = words.many("{n} new", "{n} new", row.unread)
        else:
            count = words.many("{n} post", "{n} posts", thread.last_number)
        if thread.locked:
            count = words("locked") + f" {glyphs.dot} " + count
        elif thread.pinned:
            count = words("pinned") + f" {glyphs.dot} " + count
        ink = Ink.ACCENT if row.unread else Ink.QUIET
        right = line(Span(count, ink), Span(age.rjust(12) + " ", Ink.QUIET))
        return spread(left, right, width)

    # -- doing

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Read a thread."""
        event.stop()
        self.say("")
        await self.house.go(event.item, self)

    async def action_compose(self) -> None:
        """Begin a thread."""
        try:
            await self.house.write_thread(self.board)
        except BunnizError as error:
            self.refuse(error)


def readers(words: Words, board: Board) -> str:
    """Who can read a board, in one sentence."""
    role = role_word(words, board.read)
    return words("It can be read by everybody from the role “{role}” on.", role=role)

"""Home: what is new, where people talk, and all boards."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer
from textual.widget import Widget

from bunniz_bbs.bus.ports import board_topic, stir_topic
from bunniz_bbs.commands.rooms import CROWDS
from bunniz_bbs.domain.events import Event, LineSaid, RoomStirred, ThreadChanged
from bunniz_bbs.i18n import N_
from bunniz_bbs.services.boards import Overview, SectionView
from bunniz_bbs.services.rooms import RoomActivity
from bunniz_bbs.store.ports import ThreadRow
from bunniz_bbs.tui.ink import (
    Ink,
    Line,
    Span,
    cells,
    line,
    spread,
    width_of,
    wrap,
    wrap_spans,
)
from bunniz_bbs.tui.keys import ASK, HELP, LANGUAGE, LEAVE, NEXT, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.times import when
from bunniz_bbs.tui.widgets.rows import Row, Rows

SHOWN_NEW = 5
"""Threads that are named at the top; the rest is counted at the boards."""

CALM = 1.0
"""Seconds that changes are gathered before the page is drawn again."""


class HomePage(Page):
    """Where a visit begins and ends."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        Key("enter", "noop", N_("open"), "enter"),
        NEXT,
        ASK,
        HELP,
        LEAVE,
        LANGUAGE,
        Key("q", "ask_to_leave", N_("end the visit"), name="q"),
        Key("escape", "say_where", N_("stay"), name="Esc"),
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(
        [key for key in KEYS if key.action != "noop"]
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._overview = Overview((), ())
        self._rooms: Sequence[RoomActivity] = ()
        self._gathering: Timer | None = None

    def body(self) -> ComposeResult:
        """One list."""
        yield Rows(self.session.palette, self.session.glyphs.bar, id="rows")

    def home_focus(self) -> Widget | None:
        """The list."""
        return self.query_one(Rows)

    def where(self) -> Line:
        """The name of the house."""
        return line(Span(self.session.services.house.name, Ink.TITLE))

    def what_happens(self) -> Line:
        """How much is new."""
        count = len(self._overview.unread)
        if not count:
            return line(Span(self.words("nothing new"), Ink.QUIET))
        new = self.words.many("{n} new for you", "{n} new for you", count)
        return line(Span(new, Ink.ACCENT))

    def topics(self) -> Sequence[str]:
        """All boards and rooms that one can see."""
        boards = self.session.services.boards.readable(self.session.actor)
        return [
            *(board_topic(board.slug) for board in boards),
            *(stir_topic(one.room.slug) for one in self._rooms),
        ]

    def explain(self) -> Sequence[str]:
        """What home shows."""
        return [
            self.words(
                "Home shows what is new since you last looked, the rooms where people "
                "talk live, and all boards. Arrows move, also left and right within "
                "a line; Enter opens."
            ),
            self.words(
                "How many people are in a room is never counted exactly, and nobody "
                "sees which boards you read."
            ),
        ]

    async def load(self) -> None:
        """Fetch what is new and how lively the rooms are."""
        services, actor = self.session.services, self.session.actor
        self._overview = await services.boards.overview(actor)
        self._rooms = services.rooms.all(actor)

    async def hear(self, event: Event) -> None:
        """Gather changes for a moment, then draw once."""
        concerns = isinstance(event, ThreadChanged | RoomStirred | LineSaid)
        if concerns and self.is_current and self._gathering is None:
            self._gathering = self.set_timer(CALM, self._gathered)

    async def _gathered(self) -> None:
        self._gathering = None
        await self.reload()

    # -- drawing

    def redraw(self) -> None:
        """The list for the present width."""
        if not self.is_mounted:
            return
        rows = self.query_one(Rows)
        width = max(20, self.size.width)
        shown: list[Row] = [Row(((),))]
        shown += self._new_rows(width)
        shown += self._room_rows(width)
        shown += self._board_rows(width)
        rows.show(shown)

    def on_resize(self) -> None:
        """Lay out for the new width."""
        self.redraw()

    def _heading(self, text: str) -> Row:
        return Row((line(" ", Span(text, Ink.ACCENT)),))

    def _new_rows(self, width: int) -> list[Row]:
        words = self.words
        if not self._overview.unread:
            calm = words("Nothing new since you last looked.")
            lines = [line(" ", Span(one, Ink.QUIET)) for one in wrap(calm, width - 2)]
            return [Row((*lines, ()))]
        rows = [self._heading(words("New for you"))]
        rows += [
            Row((self._new_line(row, width),), (row.thread.id,))
            for row in self._overview.unread[:SHOWN_NEW]
        ]
        more = len(self._overview.unread) - SHOWN_NEW
        if more > 0:
            text = words.many(
                "and {n} more: n goes through all",
                "and {n} more: n goes through all",
                more,
            )
            rows.append(Row((line("   ", Span(text, Ink.QUIET)),)))
        return [*rows, Row(((),))]

    def _new_line(self, row: ThreadRow, width: int) -> Line:
        words, glyphs = self.words, self.session.glyphs
        kind = words("reply") if row.mine else words("new")
        board = self.session.services.house.boards[row.thread.board]
        left = line(
            " ",
            Span(glyphs.unread, Ink.ACCENT),
            " ",
            Span(kind.ljust(7), Ink.QUIET),
            " ",
            Span(row.thread.title, Ink.STRONG),
        )
        age = when(self.session, row.thread.last_at)
        title = board.title[words.language]
        if width < 60:
            return spread(left, line(Span(f"{age} ", Ink.QUIET)), width)
        right = line(Span(title, Ink.QUIET), Span(age.rjust(11) + " ", Ink.QUIET))
        return spread(left, right, width)

    def _room_rows(self, width: int) -> list[Row]:
        rows = [self._heading(self.words("Talking now"))]
        rows += [
            Row(
                (self._room_line(one, width),),
                (one.room.slug,) if one.room.open else (),
            )
            for one in self._rooms
        ]
        return [*rows, Row(((),))] if self._rooms else []

    def _room_line(self, one: RoomActivity, width: int) -> Line:
        words = self.words
        came = self.session.rooms.get(one.room.slug)
        mark = Span(self.session.glyphs.unread if came else " ", Ink.ACCENT)
        title = one.room.title[words.language]
        ink = Ink.STRONG if one.room.open else Ink.QUIET
        left = line(" ", mark, " ", Span(title, ink))
        if not one.room.open:
            about = words("not open yet")
        else:
            about = words(CROWDS[one.crowd])
            if came is not None:
                here = words("you are in")
                new = words.many("{n} new line", "{n} new lines", came)
                new = new if came else here
                about = new if width < 60 else f"{about}, {new}"
            if one.last_at and width >= 60:
                age = when(self.session, one.last_at)
                about += " " + self.session.glyphs.dot + " " + age
        if width < 60:
            return spread(left, line(Span(about + " ", Ink.QUIET)), width)
        pad = max(1, 26 - width_of(left))
        return (*left, Span(" " * pad), Span(about, Ink.QUIET))

    def _board_rows(self, width: int) -> list[Row]:
        rows = [self._heading(self.words("Boards"))]
        language = self.words.language
        titles = [view.section.title[language] for view in self._overview.sections]
        column = max((cells(title) for title in titles), default=0) + 4
        for view in self._overview.sections:
            rows.append(self._section_row(view, column, width))
        return rows

    def _section_row(self, view: SectionView, column: int, width: int) -> Row:
        """A section and its boards, side by side as far as they fit."""
        language, glyphs = self.words.language, self.session.glyphs
        spans: list[Span] = []
        for index, one in enumerate(view.boards):
            if index:
                spans.append(Span(f" {glyphs.dot} ", Ink.QUIET))
            title = one.board.title[language].replace(" ", "\N{NO-BREAK SPACE}")
            spans.append(Span(title, Ink.PLAIN, index))
            if one.unread:
                mark = f"\N{NO-BREAK SPACE}{glyphs.unread}{one.unread}"
                spans.append(Span(mark, Ink.ACCENT, index))
        heading = view.section.title[language]
        items = tuple(one.board.slug for one in view.boards)
        if width < 60:
            lines = wrap_spans(spans, width - 4)
            head = line("   ", Span(heading, Ink.QUIET))
            return Row((head, *(line("    ", *one) for one in lines)), items)
        lines = wrap_spans(spans, width - column - 4)
        first = Span(heading.ljust(column), Ink.QUIET)
        rest = Span(" " * column)
        return Row(
            tuple(
                line("   ", first if index == 0 else rest, *one)
                for index, one in enumerate(lines)
            ),
            items,
        )

    # -- doing

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Open what was chosen."""
        event.stop()
        self.say("")
        await self.house.go(event.item, self)

    def action_say_where(self) -> None:
        """Escape at home: there is nowhere further back."""
        self.say(
            self.words(
                "This is home. Press q to end the visit, Ctrl+X to leave at once."
            )
        )

    def action_ask_to_leave(self) -> None:
        """End the visit in peace."""
        self.house.leave()

"""What is new on all boards, on one page."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.timer import Timer

from bunniz_bbs.bus.ports import board_topic
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.events import Event, NameChanged, ThreadChanged
from bunniz_bbs.domain.threads import Thread
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n import news as said
from bunniz_bbs.i18n.times import day
from bunniz_bbs.services.news import News, NewsItem
from bunniz_bbs.tui.ink import Ink, Line, Span, line, wrap
from bunniz_bbs.tui.keys import (
    ASK,
    FOLLOW,
    MARK,
    MARK_BOARD,
    NEXT,
    ON_EVERY_PAGE,
    Key,
    as_bindings,
)
from bunniz_bbs.tui.marking import Marking
from bunniz_bbs.tui.news_rows import heading, news_rows
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows

CALM: Final = 1.0
"""Seconds that changes are gathered before the page is drawn again."""


class NewsPage(Marking):
    """A list by what it is: to oneself, followed, on the boards, unanswered."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        Key("enter", "noop", N_("read"), "enter"),
        NEXT,
        replace(MARK, shown="m"),
        Key("A", "mark_all", N_("all read"), "A"),
        MARK_BOARD,
        FOLLOW,
        Key("s", "since", N_("new since when"), name="s"),
        Key("w", "unanswered", N_("what waits for an answer"), name="w"),
        ASK,
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._news = News((), None, False)
        self._gathering: Timer | None = None

    def where(self) -> Line:
        """The name of the page."""
        return line(Span(self.words("New for you"), Ink.TITLE))

    def what_happens(self) -> Sequence[Span]:
        """Since when posts count as new."""
        if self._news.floor is None:
            return ()
        told = self.words("since {day}", day=day(self.words, self._news.floor))
        return [Span(told, Ink.QUIET)]

    def offers(self, key: Key) -> bool:
        """Where nothing is new, nothing can count as read."""
        if key.action in ("mark", "mark_all", "mark_board", "follow"):
            return bool(self._news.items)
        return super().offers(key)

    def explain(self) -> Sequence[str]:
        """What comes here, and in which order."""
        return said.about_news(self.words)

    def topics(self) -> Sequence[str]:
        """All boards that one may read."""
        boards = self.session.services.boards.readable(self.session.actor)
        return [board_topic(board.slug) for board in boards]

    async def load(self) -> None:
        """Fetch what is new."""
        await self.session.look()
        self._news = await self.session.services.news.of(self.session.actor)

    async def hear(self, event: Event) -> None:
        """Gather changes for a moment, then draw once."""
        concerns = isinstance(event, ThreadChanged | NameChanged)
        if concerns and self.is_current and self._gathering is None:
            self._gathering = self.set_timer(CALM, self._gathered)

    async def _gathered(self) -> None:
        self._gathering = None
        await self.reload()

    # -- drawing

    def redraw(self) -> None:
        """The list for the present width."""
        words, width, rows = self.words, self.columns, list[Row]()
        items = self._news.items
        made = news_rows(self.session, items, width, slim=self.narrow)
        for above, some in groupby(items, self._heading):
            these = [made.pop(0) for _ in some]
            rows += [heading(above), *these, Row(((),))]
        if not items:
            told = words("You have read everything.")
            if self._news.floor is not None:
                told += " " + words("Press s to see what is older, Esc to go back.")
            laid = wrap(told, width - 2)
            rows = [Row(tuple(line(" ", Span(one, Ink.QUIET)) for one in laid))]
        self.query_one(Rows).show(rows)

    def _heading(self, item: NewsItem) -> str:
        return self.words(said.HEADINGS[item.kind])

    # -- doing

    def listed(self) -> Iterable[Thread]:
        """The threads with something new."""
        return (one.thread for one in self._news.items)

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Read a thread from its first unread post on."""
        event.stop()
        self.say("")
        await self.house.go(event.item, self)

    async def action_mark_board(self) -> None:
        """Let the board of the thread that the cursor is on count as read."""
        if thread := self.thread_chosen():
            await self.mark_board(thread.board)

    async def action_mark_all(self) -> None:
        """Let everything count as read."""
        if self._news.items:
            told = self.words("Press A again: everything counts as read then.")
            await self.mark_once_sure(None, told)

    def action_since(self) -> None:
        """Ask from which day on posts count as new."""
        if self._news.floor is None:
            return

        async def choose(text: str) -> str:
            news, actor = self.session.services.news, self.session.actor
            floor = await news.set_floor(actor, text)
            await self.reload()
            return said.since(self.words, floor)

        about = said.since(self.words, self._news.floor)
        self.ask_for(self.words("today, 7d, or 2026-03-01"), choose, about=about)

    async def action_unanswered(self) -> None:
        """Show what waits for a first answer, or hide it."""
        if self._news.floor is None:
            return
        answers = not self._news.answers
        try:
            await self.session.services.news.set_answers(self.session.actor, answers)
        except BunnizError as error:
            self.refuse(error)
            return
        await self.reload()
        self.say(said.answering(self.words, answers=answers))

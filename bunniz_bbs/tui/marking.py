"""Pages that list threads, where many can count as read at once and be followed."""

from collections.abc import Iterable

from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.ids import BoardSlug, ThreadId
from bunniz_bbs.domain.threads import Thread
from bunniz_bbs.i18n.news import read_at_once
from bunniz_bbs.tui.keys import Key
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.widgets.rows import Rows

OWN = ("mark", "mark_all", "mark_board", "follow", "quiet", "since", "unanswered")
"""Actions for those who have an account."""


class Marking(Page):
    """A list of threads, chosen by their ids."""

    _sure = ""
    """What was asked for once, and is done when it is asked for again."""

    def offers(self, key: Key) -> bool:
        """Nothing is noted of whoever has no account."""
        return key.action not in OWN or not self.session.actor.is_passing

    def listed(self) -> Iterable[Thread]:
        """The threads that are in the list; none before they are loaded."""
        return ()

    def thread_chosen(self) -> Thread | None:
        """The thread that the cursor is on."""
        chosen = self.query_one(Rows).chosen
        return next((one for one in self.listed() if one.id == chosen), None)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """What was begun with another row is not meant any more."""
        super().on_rows_moved(event)
        self._sure = ""

    async def action_mark(self) -> None:
        """Let the thread that the cursor is on count as read."""
        if thread := self.thread_chosen():
            await self._mark(thread.id, thread.last_number)

    async def _mark(self, thread: ThreadId, last: int) -> None:
        threads, actor = self.session.services.threads, self.session.actor
        try:
            await threads.mark_read(actor, thread, last)
        except BunnizError as error:
            self.refuse(error)
            return
        await self.reload()

    async def mark_board(self, slug: BoardSlug) -> None:
        """Let a board count as read; asks once."""
        board = self.session.services.house.boards[slug]
        title = board.title[self.words.language]
        told = self.words(
            "Press B again: all of “{board}” counts as read then.", board=title
        )
        await self.mark_once_sure(slug, told)

    async def mark_once_sure(self, slug: BoardSlug | None, told: str) -> None:
        """Let a board, or all of them, count as read where it was asked for twice."""
        if self._sure != told:
            self._sure = told
            self.say(told)
            return
        self._sure = ""
        try:
            news, actor = self.session.services.news, self.session.actor
            count = await news.mark_all(actor, slug)
        except BunnizError as error:
            self.refuse(error)
            return
        await self.reload()
        self.say(read_at_once(self.words, count))

    async def action_follow(self) -> None:
        """Follow the thread that the cursor is on, or do not any more."""
        if thread := self.thread_chosen():
            await self.house.follow_or_not(thread.id, self)

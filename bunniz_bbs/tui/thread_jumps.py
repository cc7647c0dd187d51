"""From one post of a thread to another that is not beside it, and back."""

import re
from collections import deque
from typing import Final

from bunniz_bbs.domain.errors import BunnizError, PostNotFound
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.tui.keys import Key
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.thread_reading import ThreadReading
from bunniz_bbs.tui.widgets.rows import Rows

MOST_BACK: Final = 30
"""Jumps that can be taken back."""

_NUMBER: Final = re.compile(r"#?([0-9]{1,9})")
_GO: Final = re.compile(r"(?:/?go #?|#)([0-9]{1,9})")
"""How the number of a post is typed where it is asked for, and elsewhere."""


class ThreadJumps(ThreadReading):
    """Jumps to a number, to what is new, to the quoted post; and back."""

    def __init__(
        self, session: Session, thread: ThreadId, at: int | None = None
    ) -> None:
        super().__init__(session, thread, at)
        self._from: deque[tuple[int, int]] = deque(maxlen=MOST_BACK)
        """The posts that were left, and how many lines were shown before each."""
        self._followed = (0, 0)
        """The post whose quote was followed last, and which one of its quotes."""

    @property
    def has_unread(self) -> bool:
        """Whether something is unread in the thread."""
        return self.view is not None and self._reached < self.view.last

    def offers(self, key: Key) -> bool:
        """Jumps and folds are offered where they lead somewhere."""
        post = self.post() if self.view else None
        match key.action:
            case "unread":
                return self._jumped and self.has_unread
            case "jump_back":
                return bool(self._from)
            case "quoted":
                if post is None or self.is_folded():
                    return False
                return bool(self.window.bodies.leads(post).quoted)
            case "fold" if self.is_folded():
                return True
            case "fold":
                bodies = self.window.bodies
                return post is not None and bodies.can_fold(post, self.columns)
            case _:
                return super().offers(key)

    async def jump(self, number: int) -> None:
        """Go to a post, and remember where one was.

        Raises:
            PostNotFound: The thread has no such number.
            BunnizError: It could not be fetched.
        """
        view, rows = self.view, self.query_one(Rows)
        if view is None or not view.first <= number <= view.last:
            raise PostNotFound
        if isinstance(rows.chosen, int):
            self._from.append((rows.chosen, rows.above))
        await self.go_to(number)

    async def show_own(self, number: int) -> None:
        """Go to what one has just written; what lies between stays unread."""
        await self.reload()
        if not self.gated:
            await self._try(number)

    async def _try(self, number: int) -> None:
        try:
            await self.jump(number)
        except BunnizError as error:
            self.refuse(error)

    async def asked(self, text: str) -> None:
        """A number is that of a post here; all else is what it is elsewhere."""
        if found := _GO.fullmatch(text):
            await self._try(int(found[1]))
        else:
            await super().asked(text)

    async def action_jump_back(self) -> None:
        """Go back to where one jumped from."""
        if self._from:
            try:
                await self.go_to(*self._from.pop())
            except BunnizError as error:
                self.refuse(error)

    async def action_unread(self) -> None:
        """Go to the first post that is not read."""
        if self.view and self.has_unread:
            await self._try(max(self._reached + 1, self.view.first))
        else:
            self.say(self.words("You have read everything in this thread."))

    async def action_quoted(self) -> None:
        """Go to the post that this one quotes; once more: to the next one it quotes."""
        post = self.post()
        numbers = self.window.bodies.leads(post).quoted if post else ()
        if post is None or not numbers:
            self.say(self.words("This post quotes no other post of this thread."))
            return
        before, which = self._followed
        which = (which + 1) % len(numbers) if before == post.number else 0
        self._followed = (post.number, which)
        await self._try(numbers[which])

    def action_number(self, typed: str = "") -> None:
        """Ask for the number of a post, and go there."""

        async def go(text: str) -> str:
            found = _NUMBER.fullmatch(text)
            if found is None:
                raise PostNotFound
            await self.jump(int(found[1]))
            return ""

        last = self.view.last if self.view else 0
        hint = self.words("the number of a post, up to {last}", last=last)
        self.ask_for(hint, go, text=typed)

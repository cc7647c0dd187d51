"""What is being written, and the draft of it that survives."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.labels import NONE, Labels
from bunniz_bbs.domain.limits import BODY_CHARACTERS, BODY_LINES, TITLE_CHARACTERS
from bunniz_bbs.i18n import Words
from bunniz_bbs.tui.ink import Ink
from bunniz_bbs.tui.session import Session

NEAR: Final = 400
"""Characters before the limit from which on it is said how many are left."""

Written: TypeAlias = tuple[str, str, Labels]
"""A title, a text and labels, as they stand."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What is being written, and what sending it does."""

    place: str
    """Under which name its draft is kept."""
    heading: str
    """A message id: what it is."""
    about: str
    """What it belongs to, as a member wrote it; may be empty."""
    board: Board
    titled: bool
    title: str
    body: str
    begun: bool
    """Whether it goes on with a draft."""
    send: Callable[[str, str, Labels], Awaitable[None]]
    """Takes the title, the body and labels; raises when it was not sent."""
    labels: Labels = NONE
    """Those that it begins with."""
    thread: ThreadId | None = None
    """The thread that it is in; None: it begins one."""
    reminder: str = ""
    """What whoever replies is reminded of; may be empty."""


class Draft:
    """Keeps what is written, for its writer alone, until it is sent or dropped."""

    def __init__(self, session: Session, work: Writing) -> None:
        self._session = session
        self._place = work.place
        self._saved: Written = (work.title, work.body, work.labels)
        self.kept = work.begun
        """Whether there is anything to come back to."""
        self.closed = False
        """Whether it was sent or dropped: from then on nothing is kept."""
        # A save that is under way would bring back what is dropped meanwhile.
        self._turn = asyncio.Lock()

    def differs(self, written: Written) -> bool:
        """Whether something was changed since it was last kept."""
        return not self.closed and written != self._saved

    async def keep(self, written: Written) -> None:
        """Save title, text and labels, unless they are unchanged.

        Raises:
            BunnizError: It could not be kept.
        """
        async with self._turn:
            if not self.differs(written) or self._session.actor.is_passing:
                return
            drafts, actor = self._session.services.drafts, self._session.actor
            await drafts.save(actor, self._place, *written)
            self._saved = written
            self.kept = any(part.strip() for part in written[:2])

    async def close(self) -> None:
        """Keep nothing from now on; what is being kept is so when this returns."""
        self.closed = True
        async with self._turn:
            pass

    async def drop(self) -> None:
        """Forget it.

        Raises:
            BunnizError: It could not be forgotten.
        """
        drafts, actor = self._session.services.drafts, self._session.actor
        async with self._turn:
            if not actor.is_passing:
                await drafts.drop(actor, self._place)
            self.closed = True


def counted(words: Words, title: str, body: str) -> tuple[str, Ink]:
    """How much is written of how much fits, and how loudly that is said."""
    if len(title) > TITLE_CHARACTERS:
        told = words(
            "title: {n} of {limit} characters", n=len(title), limit=TITLE_CHARACTERS
        )
        return told, Ink.ALERT
    if (lines := body.count("\n") + 1) > BODY_LINES:
        told = words("{n} of {limit} lines", n=lines, limit=BODY_LINES)
        return told, Ink.ALERT
    left = BODY_CHARACTERS - len(body)
    if left < 0:
        return (
            words.many("{n} character too many", "{n} characters too many", -left),
            Ink.ALERT,
        )
    if left <= NEAR:
        return (
            words.many("{n} character left", "{n} characters left", left),
            Ink.STRONG,
        )
    told = words("{n} of {limit} characters", n=len(body), limit=BODY_CHARACTERS)
    return told, Ink.QUIET

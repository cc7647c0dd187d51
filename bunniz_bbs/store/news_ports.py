"""What services may ask of a store about what is new for somebody, and what they keep.

The same rules hold as in `ports`.
"""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bunniz_bbs.domain.ids import AccountId, BoardSlug, ThreadId
from bunniz_bbs.domain.people import Role
from bunniz_bbs.domain.reactions import Kindness, Reaction
from bunniz_bbs.domain.threads import Post, Thread
from bunniz_bbs.store.board_ports import ThreadRow


@dataclass(frozen=True, slots=True)
class Call:
    """A thread in which somebody means the reader."""

    row: ThreadRow
    answer: bool
    """Whether it answers what they wrote, rather than naming them."""
    by: str
    """Who did last, under the name of today; empty: nobody any more."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A post that somebody wants to find again, and its thread."""

    thread: Thread
    post: Post


class News(Protocol):
    """What is new for one reader, beside what is unread on boards."""

    async def called(
        self,
        boards: Sequence[BoardSlug],
        reader: AccountId,
        floor: date,
        limit: int,
        besides: ThreadId | None = None,
    ) -> Sequence[Call]:
        """Threads in which somebody means the reader, who has not read it.

        Those that were meant last come first.

        Args:
            boards: Where to look.
            reader: For whom.
            floor: What was written before it counts as read.
            limit: How many at most.
            besides: One that is left out.
        """

    async def followed(
        self,
        boards: Sequence[BoardSlug],
        reader: AccountId,
        floor: date,
        limit: int,
        besides: ThreadId | None = None,
    ) -> Sequence[ThreadRow]:
        """Threads that the reader chose to follow, with something unread.

        The newest post first; however many threads there are, none is missed.
        """

    async def unanswered(
        self, boards: Sequence[BoardSlug], reader: AccountId, floor: date, limit: int
    ) -> Sequence[ThreadRow]:
        """Threads of others in which nobody else has written, the newest first.

        Among thousands of threads in the house, only the newest are looked through.
        """


class Mentions(Protocol):
    """Who is meant in posts and has not read them."""

    async def put(
        self,
        thread: ThreadId,
        number: int,
        meant: Mapping[AccountId, bool],
        lowest: Role,
    ) -> None:
        """Note whom a post means, in place of what was noted of it.

        Args:
            thread: Where the post is.
            number: Its number.
            meant: The accounts, and whether it answers them rather than names them.
            lowest: Who may read it; of others nothing is noted.
        """

    async def of(self, account: AccountId) -> Sequence[tuple[ThreadId, int]]:
        """The posts that mean somebody and that they have not read."""


class Follows(Protocol):
    """What somebody said about threads; else they follow what they wrote in."""

    async def set(self, account: AccountId, thread: ThreadId, wanted: bool) -> None:
        """Note what somebody said about a thread, in place of what they said before."""

    async def get(self, account: AccountId, thread: ThreadId) -> bool:
        """Whether somebody follows a thread: as they said, else if they wrote in it."""

    async def count(self, account: AccountId) -> int:
        """About how many threads somebody said something."""

    async def threads(self, account: AccountId) -> Sequence[Thread]:
        """The threads that somebody chose to follow, the newest post first."""

    async def of(self, account: AccountId) -> Mapping[ThreadId, bool]:
        """All that somebody said about threads."""


class QuietBoards(Protocol):
    """Boards of which somebody wants to hear nothing."""

    async def add(self, account: AccountId, board: BoardSlug) -> None:
        """Let a board be quiet."""

    async def drop(self, account: AccountId, board: BoardSlug) -> None:
        """Hear of a board again."""

    async def of(self, account: AccountId) -> Collection[BoardSlug]:
        """The boards that are quiet for somebody."""


class Bookmarks(Protocol):
    """Posts that somebody wants to find again."""

    async def add(self, account: AccountId, thread: ThreadId, number: int) -> None:
        """Keep one; the post must be there."""

    async def drop(self, account: AccountId, thread: ThreadId, number: int) -> bool:
        """Forget one; whether it was there."""

    async def count(self, account: AccountId) -> int:
        """How many somebody keeps."""

    async def of(self, account: AccountId) -> Sequence[Marked]:
        """All of somebody's, the newest post first."""


class Reactions(Protocol):
    """What readers say to authors; it goes with the post and with the account."""

    async def given(
        self, account: AccountId, thread: ThreadId, number: int
    ) -> Set[Reaction]:
        """What somebody said to the author of a post."""

    async def set(
        self, account: AccountId, thread: ThreadId, number: int, said: Set[Reaction]
    ) -> None:
        """Keep what somebody says to a post's author, in place of what they did."""

    async def at(
        self, reader: AccountId, thread: ThreadId, first: int, last: int
    ) -> Mapping[int, Kindness]:
        """What stands at the posts between two numbers, for one reader.

        What was said is counted at the reader's own posts alone, and nobody is named.
        """

    async def of(
        self, account: AccountId
    ) -> Sequence[tuple[ThreadId, int, Set[Reaction]]]:
        """All that somebody said, by thread and number."""

"""What services may ask of a store about boards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bunniz_bbs.domain.choices import Choices, LeftOut
from bunniz_bbs.domain.ids import AccountId, BoardSlug, PostId, ThreadId
from bunniz_bbs.domain.labels import NONE, Labels, Tag
from bunniz_bbs.domain.newcomers import Written
from bunniz_bbs.domain.search import Sought
from bunniz_bbs.domain.threads import Post, Thread


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread as one reader sees it in a list."""

    thread: Thread
    unread: int
    """How many posts that are not this reader's own come after what they have read."""
    followed: bool
    """Whether the reader follows it: as they said, else where they wrote in it."""


@dataclass(frozen=True, slots=True)
class SealedDraft:
    """Something begun and not sent, which cannot be read here."""

    place: str
    """`board:SLUG` for a new thread, `thread:ID` for a reply, `post:ID` for an edit."""
    sealed: bytes
    saved_at: datetime


class Threads(Protocol):
    """Conversations on boards."""

    async def add(
        self,
        board: BoardSlug,
        title: str,
        author: AccountId,
        author_name: str,
        at: datetime,
        labels: Labels = NONE,
        goes_at: datetime | None = None,
    ) -> Thread:
        """Begin a thread that has no post yet."""

    async def get(self, thread: ThreadId) -> Thread | None:
        """The thread, if it is there."""

    async def alike(
        self,
        board: BoardSlug,
        author: AccountId,
        title: str,
        body: str,
        since: datetime,
    ) -> Thread | None:
        """The newest thread that somebody began since then with just these words."""

    async def some(self, which: Sequence[ThreadId]) -> Sequence[Thread]:
        """Those of these threads that are there."""

    async def on_board(
        self,
        board: BoardSlug,
        reader: AccountId,
        floor: date,
        limit: int = 500,
        after: Thread | None = None,
        *,
        foreign: bool = False,
    ) -> Sequence[ThreadRow]:
        """A board's threads for one reader: pinned first, then by the newest post.

        Args:
            board: Which.
            reader: For whom.
            floor: What was written before it counts as read.
            limit: How many at most.
            after: Only those that come after this one in the list.
            foreign: Also those in languages in which they chose not to read.
        """

    async def left_out(self, board: BoardSlug, reader: AccountId) -> LeftOut:
        """How many of a board's newest 2,000 threads a reader chose not to see."""

    async def unread(
        self,
        boards: Sequence[BoardSlug],
        reader: AccountId,
        floor: date,
        limit: int = 200,
        besides: ThreadId | None = None,
    ) -> Sequence[ThreadRow]:
        """The first threads with something unread on these boards.

        Of the 200 with the newest posts, those that the reader follows come first,
        then the others; the newest post first. Among thousands of threads in
        the house, only the newest are looked through.

        Args:
            boards: Where to look.
            reader: For whom.
            floor: What was written before it counts as read.
            limit: How many at most.
            besides: One that is left out.
        """

    async def unread_counts(
        self, boards: Sequence[BoardSlug], reader: AccountId, floor: date
    ) -> Mapping[BoardSlug, int]:
        """How many threads have something unread, for each board that has any.

        Counted among the same as those that `unread` looks through.
        """

    async def set_pinned(self, thread: ThreadId, pinned: bool) -> None:
        """Hold a thread at the top of its board, or let it go."""

    async def set_locked(self, thread: ThreadId, locked: bool) -> None:
        """Stop replies to a thread, or allow them again."""

    async def label(self, thread: ThreadId, labels: Labels) -> None:
        """Put other labels on a thread."""

    async def set_closed(self, thread: ThreadId, closed: bool) -> None:
        """Note that whoever began a thread takes no more replies, or does."""

    async def set_kept(self, thread: ThreadId, reason: str) -> None:
        """Let a thread stay after its time for a reason; for none, let it go then."""

    async def set_checked(self, thread: ThreadId, on: date) -> None:
        """Note when somebody checked what a thread says."""

    async def move(self, thread: ThreadId, board: BoardSlug) -> None:
        """Put a thread on another board, with what waits there and what is reported."""

    async def remove(self, thread: ThreadId) -> None:
        """Remove a thread with its posts, everybody's read marks and its drafts."""

    async def remove_older(
        self, board: BoardSlug, before: datetime
    ) -> Sequence[ThreadId]:
        """Remove those of the board whose last post is older; say which.

        Those that are pinned stay, and those that the team keeps.
        """

    async def remove_ended(self, now: datetime) -> Sequence[tuple[BoardSlug, ThreadId]]:
        """Remove the threads whose own end has come; say which, and from where."""

    async def next_end(self) -> datetime | None:
        """When the next thread goes that has an end of its own."""

    async def oldest(self, board: BoardSlug) -> datetime | None:
        """The last post's moment of the thread that `remove_older` takes first."""


class Posts(Protocol):
    """What is written in threads."""

    async def add(
        self,
        thread: ThreadId,
        author: AccountId,
        author_name: str,
        body: str,
        at: datetime,
        warnings: frozenset[Tag] = frozenset(),
        goes_at: datetime | None = None,
    ) -> Post:
        """Add a post under the thread's next number and move `last_at` on.

        Raises:
            ThreadNotFound: The thread is gone.
        """

    async def get(self, thread: ThreadId, number: int) -> Post | None:
        """The post with this number in the thread."""

    async def in_thread(
        self, thread: ThreadId, first: int = 1, limit: int | None = None
    ) -> Sequence[Post]:
        """The thread's posts by number, from one on, at most so many."""

    async def before(self, thread: ThreadId, number: int, limit: int) -> Sequence[Post]:
        """The last posts that come before a number, at most so many, by number."""

    async def ends(self, thread: ThreadId) -> tuple[int, int]:
        """The numbers of the first and the last post that are there; 0: none is."""

    async def place_of(self, post: PostId) -> tuple[ThreadId, int] | None:
        """The thread of a post that was not deleted, and its number there."""

    async def alike(
        self, thread: ThreadId, author: AccountId, body: str, since: datetime
    ) -> Post | None:
        """The newest post in a thread in which somebody said just this since then."""

    async def written(self, author: AccountId, since: datetime) -> Sequence[Written]:
        """When somebody posted since then, and where that began a thread."""

    async def writers(
        self, board: BoardSlug, thread: ThreadId | None, limit: int
    ) -> Sequence[AccountId]:
        """Who wrote in a thread and began threads on its board, the latest first.

        Only those who do not hide and have been let in, each once; as far as the last
        so many posts and threads tell.
        """

    async def some(self, which: Sequence[PostId]) -> Sequence[Post]:
        """Those of these posts that are there, the newest first."""

    async def last_before(self, thread: ThreadId, day: date) -> int:
        """The number of the last post that was written before a day; 0: none was."""

    async def any_left(self, thread: ThreadId) -> bool:
        """Whether the thread has a post that was not deleted."""

    async def edit(self, post: PostId, body: str) -> None:
        """Replace the words; the former ones are overwritten, not kept."""

    async def warn(self, post: PostId, warnings: frozenset[Tag]) -> None:
        """Put other warnings on a post."""

    async def ended(self, now: datetime) -> Sequence[Post]:
        """Posts whose own end has come."""

    async def next_end(self, now: datetime) -> datetime | None:
        """When the next post goes by itself."""

    async def delete(self, post: PostId, *, ended: bool = False) -> None:
        """Overwrite the words and the author's name; the number stays taken.

        That its time was up is kept where it was, so that readers can be told.
        """


class Entries(Protocol):
    """What posts are found by: kept with each post as it is written, and its thread."""

    async def move(self, thread: ThreadId, board: BoardSlug) -> None:
        """Let a thread's posts be found on another board, once it is there."""

    async def find(
        self,
        sought: Sought,
        boards: Sequence[BoardSlug],
        others: Sequence[BoardSlug],
        author: AccountId | None = None,
        before: PostId | None = None,
        limit: int = 50,
    ) -> Sequence[PostId]:
        """The newest posts that may have what is sought, the newest first.

        Only its words and phrases are looked at. A few may not have them after all,
        or be on a board that is not open: whoever asks looks again.

        Args:
            sought: The words and phrases.
            boards: Where.
            others: All other boards that are open.
            author: Whose; None: anybody's.
            before: Only older ones than this.
            limit: How many at most.
        """


class Reads(Protocol):
    """How far somebody has read each thread."""

    async def get(self, reader: AccountId, thread: ThreadId) -> int:
        """The number of the last post read; 0 when none was."""

    async def advance(self, reader: AccountId, thread: ThreadId, number: int) -> None:
        """Move the mark on; it never moves back."""

    async def advance_all(
        self, reader: AccountId, boards: Sequence[BoardSlug], floor: date
    ) -> int:
        """Move the marks of all threads on boards to their ends; says of how many.

        Args:
            reader: Whose.
            boards: Which.
            floor: Threads without a post since then count as read anyway.
        """


class KeptChoices(Protocol):
    """What readers chose."""

    async def get(self, account: AccountId) -> Choices:
        """What somebody chose."""

    async def set(self, account: AccountId, chosen: Choices) -> None:
        """Keep it; where nothing was chosen, nothing is kept."""


class Drafts(Protocol):
    """What was begun and not sent."""

    async def get(self, writer: AccountId, place: str) -> SealedDraft | None:
        """The draft for a place."""

    async def save(self, writer: AccountId, draft: SealedDraft) -> None:
        """Keep it, in place of the one that was there."""

    async def of(self, writer: AccountId) -> Sequence[SealedDraft]:
        """All drafts of somebody."""

    async def drop(self, writer: AccountId, place: str) -> None:
        """Forget it; nothing happens when there is none."""

    async def drop_older(self, before: datetime) -> None:
        """Forget what was last saved before then."""

    async def oldest(self) -> datetime | None:
        """When the draft was last saved that goes first."""

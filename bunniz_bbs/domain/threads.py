"""Threads and the posts in them."""

from dataclasses import dataclass
from datetime import date, datetime

from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.ids import AccountId, BoardSlug, PostId, ThreadId
from bunniz_bbs.domain.labels import NONE, Labels, Tag


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation on a board."""

    id: ThreadId
    board: BoardSlug
    title: str
    author: AccountId
    author_name: str
    created_at: datetime
    last_at: datetime
    """When the newest post was written."""
    last_number: int
    """The number of the newest post. Numbers begin at 1 and are never reused."""
    pinned: bool
    locked: bool
    """Moderators let nobody else reply."""
    labels: Labels = NONE
    """Its warnings are about the title and about each post."""
    closed: bool = False
    """Whoever began it takes no more replies."""
    kept_for: str = ""
    """Why the team lets it stay after its time; empty: it goes then."""
    checked_on: date | None = None
    """When the team last said that what it says is right."""
    goes_at: datetime | None = None
    """When all of it goes, as was said when it was begun; None: with its board's time.
    Neither the team nor a later post can lengthen it."""
    stood: bool = False
    """Whether it was there already when the same words were sent again."""

    @property
    def takes_replies(self) -> bool:
        """Whether those may reply who are not of the team."""
        return not (self.locked or self.closed)

    @property
    def as_of(self) -> date:
        """The day on which what it says was right."""
        return self.checked_on or self.created_at.date()

    def is_stale(self, board: Board, today: date) -> bool:
        """Whether what it says may be out of date, on a board that says so."""
        after = board.stale_after
        return after is not None and today - self.as_of > after


@dataclass(frozen=True, slots=True)
class Post:
    """One post in a thread."""

    id: PostId
    thread: ThreadId
    number: int
    author: AccountId
    author_name: str
    body: str
    """Markdown subset; empty when the post was deleted."""
    created_at: datetime
    edited: bool
    deleted: bool
    warnings: frozenset[Tag] = frozenset()
    """Beside those of its thread."""
    goes_at: datetime | None = None
    """When it goes, as was said when it was sent; None: with its thread. Where it is
    gone: when it went, unless somebody removed it."""

    @property
    def expired(self) -> bool:
        """Whether it went by itself."""
        return self.deleted and self.goes_at is not None

    stood: bool = False
    """Whether it was there already when the same words were sent again."""

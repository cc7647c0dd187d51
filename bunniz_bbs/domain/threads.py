"""Threads and the posts in them."""

from dataclasses import dataclass
from datetime import datetime

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
    labels: Labels = NONE
    """Its warnings are about the title and about each post."""


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

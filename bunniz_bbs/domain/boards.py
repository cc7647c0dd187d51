"""Boards and the sections they stand in, as boards.yaml describes them."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bunniz_bbs.domain.ids import BoardSlug
from bunniz_bbs.domain.labels import Ask
from bunniz_bbs.domain.people import Role
from bunniz_bbs.domain.reactions import Reaction
from bunniz_bbs.domain.words import Told


class Identity(StrEnum):
    """Under which name people write on a board."""

    PSEUDONYM = "pseudonym"
    ANON_ALLOWED = "anon_allowed"
    ANON_DEFAULT = "anon_default"
    STAFF = "staff"


class Premod(StrEnum):
    """Whose posts wait for the team before others see them."""

    NONE = "none"
    GUEST = "guest"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading under which boards stand."""

    id: str
    title: Told


@dataclass(frozen=True, slots=True)
class Board:
    """A place for threads."""

    slug: BoardSlug
    section: str
    title: Told
    about: Told
    read: Role
    """The lowest role that may read."""
    post: Role
    """The lowest role that may begin a thread."""
    reply: Role | None
    """The lowest role that may reply; None: nobody."""
    identity: Identity
    premod: Premod
    lifetime: timedelta | None
    """A thread goes this long after its last post; None: it stays."""
    stale_after: timedelta | None
    help_line: bool
    """Whether help lines are shown at the foot of its threads."""
    asks: tuple[Ask, ...] = ()
    """What people can ask of those who reply to a thread; empty: nothing is asked."""
    reactions: tuple[Reaction, ...] = tuple(Reaction)
    """What readers can say to the author of a post without a word."""

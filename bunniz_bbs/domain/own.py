"""What this place keeps of one account, and what becomes of posts when it goes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bunniz_bbs.domain.ids import BoardSlug, ThreadId
from bunniz_bbs.domain.labels import Tag


class Kept(StrEnum):
    """Every kind of thing that there is about somebody, and what there is not."""

    ACCOUNT = "account"
    PROFILE = "profile"
    KEYS = "keys"
    CODES = "codes"
    CONSENTS = "consents"
    POSTS = "posts"
    THREADS = "threads"
    MENTIONS = "mentions"
    HELD = "held"
    DRAFTS = "drafts"
    READS = "reads"
    MEANT = "meant"
    FOLLOWS = "follows"
    QUIET = "quiet"
    BOOKMARKS = "bookmarks"
    REACTIONS = "reactions"
    CHOICES = "choices"
    NOTES = "notes"
    NOTED = "noted"
    VOUCHES = "vouches"
    VOUCHED = "vouched"
    INVITES = "invites"
    BROUGHT = "brought"
    INVITED = "invited"
    BADGE = "badge"
    BADGES_GIVEN = "badges-given"
    RESTRICTIONS = "restrictions"
    BARRED = "barred"
    NAMES = "names"
    LOG = "log"
    LOG_BY = "log-by"
    REPORTS = "reports"
    DECLINED = "declined"
    LINES = "lines"
    PRESENCE = "presence"
    LIMITS = "limits"
    ADDRESS = "address"
    TIMES = "times"
    IDENTITY = "identity"


class Where(StrEnum):
    """Where it is."""

    DISK = "disk"
    """In the data file or the database."""
    MEMORY = "memory"
    """In the memory of the running server alone."""
    NOWHERE = "nowhere"
    """It is not kept."""


class Seen(StrEnum):
    """Who can see it in this place; whoever runs the server is another matter."""

    NOBODY = "nobody"
    YOU = "you"
    OTHER = "other"
    """One other person alone, who wrote it."""
    TEAM = "team"
    """Moderators; of what concerns oneself also one oneself."""
    MEMBERS = "members"
    READERS = "readers"
    """Whoever may read the board or be in the room."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of thing, and how much of it there is of one account."""

    kind: Kept
    where: Where
    seen: Seen
    count: int | None = None
    """How many there are now; None: that is not counted for one person, or not told."""
    stays: timedelta | None = None
    """How long it stays at most; None: it ends with something else, or not at all."""


class Posts(StrEnum):
    """What becomes of somebody's posts when they leave for good."""

    KEEP = "keep"
    """They stay, and nobody's name is on them."""
    REMOVE = "remove"
    """They go, as if their author had removed each of them."""


@dataclass(frozen=True, slots=True)
class WrittenPost:
    """A post of one's own, with where it is."""

    board: BoardSlug
    thread: ThreadId
    title: str
    number: int
    body: str
    created_at: datetime
    edited: bool
    warnings: frozenset[Tag] = frozenset()
    goes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Vouch:
    """That somebody vouches for another account."""

    name: str
    given_on: date


@dataclass(frozen=True, slots=True)
class ReadMark:
    """How far somebody has read a thread."""

    thread: ThreadId
    number: int

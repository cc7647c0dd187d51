"""What happened, in the past tense, for everybody whom it concerns."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bunniz_bbs.domain.ids import AccountId, BoardSlug, LineId, RoomSlug, ThreadId
from bunniz_bbs.domain.people import Role
from bunniz_bbs.domain.rooms import Line


@dataclass(frozen=True, slots=True)
class LineSaid:
    """A line was said in a room."""

    line: Line


@dataclass(frozen=True, slots=True)
class LinesGone:
    """Lines left a room: their time was up, or a moderator removed them."""

    room: RoomSlug
    lines: tuple[LineId, ...]


@dataclass(frozen=True, slots=True)
class TimersTicked:
    """The remaining time of a room's timed lines reads differently now."""

    room: RoomSlug


@dataclass(frozen=True, slots=True)
class RoomStirred:
    """Somebody came into a room or left it; who is nobody's business."""

    room: RoomSlug


@dataclass(frozen=True, slots=True)
class TopicSet:
    """A room's topic changed."""

    room: RoomSlug
    topic: str
    turn: int = 1
    """How often the topic was set; of two, the later turn holds."""


@dataclass(frozen=True, slots=True)
class ThreadChanged:
    """A thread was begun, answered, edited, pinned, locked or removed."""

    board: BoardSlug
    thread: ThreadId


@dataclass(frozen=True, slots=True)
class Kicked:
    """A moderator ended somebody's sessions."""

    account: AccountId
    reason: str


@dataclass(frozen=True, slots=True)
class BanSet:
    """A moderator closed the door to somebody."""

    account: AccountId
    reason: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class MuteSet:
    """Somebody may not write for a while."""

    account: AccountId
    reason: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class MuteLifted:
    """Somebody may write again."""

    account: AccountId


@dataclass(frozen=True, slots=True)
class RoleChanged:
    """Somebody's role changed."""

    account: AccountId
    role: Role


@dataclass(frozen=True, slots=True)
class AccountRemoved:
    """An account is gone."""

    account: AccountId
    reason: str = ""
    """Why the team did not let them in, where that is so."""
    left: bool = False
    """Whether they left for good: what they said in rooms goes too."""


@dataclass(frozen=True, slots=True)
class NameChanged:
    """Somebody is called otherwise from now on; no screen keeps the former name."""

    account: AccountId
    was: str
    name: str


@dataclass(frozen=True, slots=True)
class PostRemoved:
    """A moderator removed somebody's post; the author is told why."""

    account: AccountId
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class KeyRevoked:
    """A key opens its account no more: visits that came in with it end."""

    account: AccountId
    key: str
    """The key's digest in hexadecimal."""


@dataclass(frozen=True, slots=True)
class KeyAdded:
    """Another key opens the account from now on."""

    account: AccountId
    label: str


@dataclass(frozen=True, slots=True)
class ResetAsked:
    """A sysop gave a code that lets a new key in after a waiting period."""

    account: AccountId
    good_from: datetime


@dataclass(frozen=True, slots=True)
class HeldDecided:
    """The team read a post that waited: it is on its board now, or it is gone."""

    account: AccountId
    title: str
    published: bool
    reason: str


@dataclass(frozen=True, slots=True)
class TeamStirred:
    """Something came into the team's queue, or left it."""


@dataclass(frozen=True, slots=True)
class BadgesChanged:
    """An organisation's badge was given or taken away."""


@dataclass(frozen=True, slots=True)
class PresenceTold:
    """Who is in a room through one node of the house: all of them, by name."""

    room: RoomSlug
    node: str
    people: tuple[tuple[AccountId, str], ...]


@dataclass(frozen=True, slots=True)
class HiddenSet:
    """Somebody wants to be seen in rooms from now on, or not."""

    account: AccountId
    hidden: bool


@dataclass(frozen=True, slots=True)
class HouseClosing:
    """The server stops in a moment. Told on its own node only."""


@dataclass(frozen=True, slots=True)
class HouseParted:
    """This node is cut off from the others. Told on its own node only."""


@dataclass(frozen=True, slots=True)
class HouseJoined:
    """This node hears the others again. Told on its own node only."""


@dataclass(frozen=True, slots=True)
class HouseDescribed:
    """A sysop had boards.yaml read anew, and it has no mistakes."""

    text: str
    """The file, for nodes that do not have the same one."""


@dataclass(frozen=True, slots=True)
class HouseChanged:
    """Boards and rooms are others now. Told on each node once it is so there."""


@dataclass(frozen=True, slots=True)
class DescriptionRefused:
    """boards.yaml was to be read anew and has mistakes; nothing was changed."""

    problems: tuple[str, ...]


Event: TypeAlias = (
    LineSaid
    | LinesGone
    | TimersTicked
    | RoomStirred
    | TopicSet
    | ThreadChanged
    | Kicked
    | BanSet
    | MuteSet
    | MuteLifted
    | RoleChanged
    | AccountRemoved
    | NameChanged
    | PostRemoved
    | KeyRevoked
    | KeyAdded
    | ResetAsked
    | HeldDecided
    | TeamStirred
    | BadgesChanged
    | PresenceTold
    | HiddenSet
    | HouseClosing
    | HouseParted
    | HouseJoined
    | HouseDescribed
    | HouseChanged
    | DescriptionRefused
)

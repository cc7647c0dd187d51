"""The ways in which a request can end other than well.

    BunnizError
    ├── NotFound            exit 3
    │   ├── BoardNotFound · ThreadNotFound · PostNotFound · LineNotFound
    │   ├── RoomNotFound · PersonNotFound · CommandNotFound
    │   └── KeyNotFound · NotHere
    ├── Forbidden           exit 4
    │   ├── NotAllowed · Banned · Muted · ThreadLocked · RoomClosed · Outranked
    │   ├── WaitsForTeam · DoorClosed · NotAgreed · Unseen
    │   └── NothingKept
    ├── Usage               exit 2
    │   ├── UsageUnclear · DurationUnclear · DayUnclear · LabelUnclear
    │   └── TerminalNeeded · ConversationUnclear · SearchUnclear
    └── Refused             exit 1
        ├── TextEmpty · TextTooLong · TextTooManyLines · TooLongToKeep · ReasonMissing
        ├── NameTaken · NameUnfit · CodeRefused · KeyTaken · KeyUnfit · LastKey
        ├── TooMany · TooManyWait · PorchFull · OnlySysop · NotConfirmed · NewHere
        ├── LifeUnfit · EndFixed
        ├── NotAskedHere
        └── TooFast · AlreadyDone · StoreDown · HouseDivided

Each leaf says what is so; what to do about it is said in the reader's language
where it is shown. Fields are what the sentence needs.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


class BunnizError(Exception):
    """Something that was asked for was not done, and nothing was changed."""

    exit_code: ClassVar[int] = 1
    """The exit status of a one-shot verb that ends so."""


class NotFound(BunnizError):
    """There is no such thing, or it is not for this reader: the two look the same."""

    exit_code = 3


@dataclass
class BoardNotFound(NotFound):
    """No board is called that."""

    name: str


@dataclass
class ThreadNotFound(NotFound):
    """There is no such thread, or it has expired."""


@dataclass
class PostNotFound(NotFound):
    """There is no such post in that thread."""


@dataclass
class DraftNotFound(NotFound):
    """Nothing that was begun is called so."""

    name: str


@dataclass
class LineNotFound(NotFound):
    """The line has gone from the room."""


@dataclass
class RoomNotFound(NotFound):
    """No room is called that."""

    name: str


@dataclass
class PersonNotFound(NotFound):
    """Nobody here is called that."""

    name: str


@dataclass
class CommandNotFound(NotFound):
    """No command is called that."""

    exit_code = 2

    name: str
    suggestion: str = ""


class Forbidden(BunnizError):
    """The house rules do not let this person do this."""

    exit_code = 4


@dataclass
class NotAllowed(Forbidden):
    """The person's role does not reach."""


@dataclass
class Outranked(Forbidden):
    """The person acted on has the same role or a higher one."""

    name: str


@dataclass
class Banned(Forbidden):
    """The account may not come in."""

    reason: str
    until: datetime | None
    """None: without an end."""


@dataclass
class Muted(Forbidden):
    """The person may read but not write."""

    reason: str
    until: datetime | None


@dataclass
class ThreadLocked(Forbidden):
    """The thread takes no more replies."""


@dataclass
class RoomClosed(Forbidden):
    """The room is not open."""


@dataclass
class Unseen(Forbidden):
    """Only those who are seen in a room see the others, and the person is hidden."""


@dataclass
class WaitsForTeam(Forbidden):
    """The team reads posts here before others do, so they stay as it read them."""


class Usage(BunnizError):
    """The words of the command are off."""

    exit_code = 2


@dataclass
class UsageUnclear(Usage):
    """An argument is missing or one too many."""

    usage: str


@dataclass
class DurationUnclear(Usage):
    """A duration was not understood; they read like 30s, 10m, 2h, 7d, 1h30m."""

    text: str


@dataclass
class DayUnclear(Usage):
    """A day was not understood, or lies ahead; they read like today, 7d, 2026-03-01."""

    text: str


@dataclass
class TerminalNeeded(Usage):
    """A full screen was asked for without a terminal to show it on."""


class Refused(BunnizError):
    """It cannot be done as it stands."""


@dataclass
class TextEmpty(Refused):
    """There is nothing in it to send."""


@dataclass
class TextTooLong(Refused):
    """The text has more characters than fit."""

    length: int
    limit: int


@dataclass
class TextTooManyLines(Refused):
    """The text has more lines than fit."""

    lines: int
    limit: int


@dataclass
class TooLongToKeep(Refused):
    """Something that is kept of or for one person has more characters than fit."""

    length: int
    limit: int


@dataclass
class ReasonMissing(Refused):
    """A moderator's act needs a reason."""


@dataclass
class NameTaken(Refused):
    """Somebody has this name or one that looks the same."""

    name: str


@dataclass
class NameUnfit(Refused):
    """The name cannot be used; `rule` names which rule it breaks."""

    rule: str
    """One of: length, letters, scripts, edges, reserved."""


@dataclass
class CodeRefused(Refused):
    """The code is unknown, used or expired: the three look the same."""


@dataclass
class KeyTaken(Refused):
    """The key belongs to an account already."""


@dataclass
class LastKey(Refused):
    """It is the only key, and there are no recovery codes to come back with."""


@dataclass
class KeyNotFound(NotFound):
    """No key of this account is called that."""

    label: str


@dataclass
class TooMany(Refused):
    """There are as many of them as fit: keys, codes, posts that wait."""

    limit: int


@dataclass
class TooManyWait(Refused):
    """The team has so much to read that nothing more can wait for it."""


@dataclass
class PorchFull(Refused):
    """So many guests talk with the team that there is room for no other."""


@dataclass
class ConversationUnclear(Usage):
    """The team talks with one guest at a time, and it was not said with whom."""


@dataclass
class LabelUnclear(Usage):
    """No label is called so."""

    text: str
    known: str
    """Those that there are, with commas between them."""


@dataclass
class NotAskedHere(Refused):
    """On this board one does not ask that of those who reply."""


@dataclass
class SearchUnclear(Usage):
    """What is looked for cannot be understood; `kind` says why."""

    kind: str
    """`nothing`, `without`, `empty`, `long`, `many`, `lang` or `since`."""
    text: str = ""
    """What it is about."""


@dataclass
class NotAgreed(Forbidden):
    """There is something that everybody agrees to first, at the door or anew."""


@dataclass
class DoorClosed(Forbidden):
    """Nobody new is let in at the moment."""


@dataclass
class NotHere(NotFound):
    """It is not in the queue any more: somebody else decided."""


@dataclass
class NothingKept(Forbidden):
    """Nothing is kept of somebody without an account, so nothing is known as theirs."""


@dataclass
class KeyUnfit(Refused):
    """The key file holds no key that is accepted here; `why` is for the sysop."""

    why: str


@dataclass
class TooFast(Refused):
    """A limit on how often was reached."""

    seconds: int
    """How long to wait before the next try."""


@dataclass
class NewHere(Refused):
    """Somebody posts slowly in their first days; `rule` names what is enough."""

    rule: str
    """One of: links, mentions, threads, replies, pause."""
    limit: int
    seconds: int = 0
    """How long to wait before the next try, where waiting helps."""


@dataclass
class LifeUnfit(Refused):
    """Nothing there goes as soon as that, or stays as long."""

    shortest: int
    """In seconds."""
    longest: int


@dataclass
class EndFixed(Refused):
    """Whoever began the thread said when it goes, and nobody can lengthen that."""


@dataclass
class OnlySysop(Refused):
    """Somebody else has to be sysop before the only one leaves."""


@dataclass
class NotConfirmed(Refused):
    """What was typed to confirm is not what was asked for."""


@dataclass
class AlreadyDone(Refused):
    """It is so already."""


@dataclass
class HouseDivided(Refused):
    """Other nodes of the house cannot be reached, so nobody there would hear it."""


@dataclass
class StoreDown(Refused):
    """The data file cannot be written at the moment; nothing was kept."""

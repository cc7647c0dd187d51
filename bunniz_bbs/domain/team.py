"""What waits for the team."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from bunniz_bbs.domain.ids import AccountId, BoardSlug, ThreadId
from bunniz_bbs.domain.labels import NONE, Labels

HeldId = NewType("HeldId", int)
ReportId = NewType("ReportId", int)


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post that somebody of the team reads before others do."""

    id: HeldId
    board: BoardSlug
    thread: ThreadId | None
    """None: it begins a thread."""
    title: str
    author: AccountId
    """Empty: somebody without an account."""
    author_name: str
    body: str
    sent_at: datetime
    labels: Labels = NONE
    goes_at: datetime | None = None
    """When it goes, whether it was read or not; None: with its board's time."""


@dataclass(frozen=True, slots=True)
class Report:
    """Something that somebody asks the team to look at; who did is not kept."""

    id: ReportId
    target: str
    """A place such as `board/thread#post` or `room/name`; may be empty."""
    body: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Badge:
    """That an account speaks for an organisation: two of the team said so."""

    account: AccountId
    organisation: str
    proposed_by: AccountId
    confirmed_by: AccountId | None
    given_on: date | None
    """When the second one confirmed it; None: it is not given yet."""

    @property
    def mark(self) -> str:
        """How it stands beside a name."""
        day = f" {self.given_on.isoformat()}" if self.given_on else ""
        return f"{self.organisation}{day}"

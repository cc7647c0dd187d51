"""What services may ask of a store about what waits for the team.

The same rules hold as in `ports`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bunniz_bbs.domain.ids import AccountId, BoardSlug, KeyDigest, ThreadId
from bunniz_bbs.domain.labels import NONE, Labels
from bunniz_bbs.domain.team import HeldId, HeldPost, Report, ReportId


class HeldPosts(Protocol):
    """Posts that wait for the team."""

    async def add(
        self,
        held: HeldId,
        board: BoardSlug,
        thread: ThreadId | None,
        title: str,
        author: AccountId,
        author_name: str,
        body: str,
        at: datetime,
        labels: Labels = NONE,
        goes_at: datetime | None = None,
    ) -> HeldPost | None:
        """Keep a post until the team has read it. None: its number is taken."""

    async def get(self, held: HeldId) -> HeldPost | None:
        """One of them."""

    async def all(self, limit: int = 200) -> Sequence[HeldPost]:
        """The oldest first."""

    async def by(self, author: AccountId) -> Sequence[HeldPost]:
        """Those of one author, the oldest first."""

    async def remove(self, held: HeldId) -> bool:
        """Take it out; whether it was there."""

    async def drop_older(self, before: datetime) -> int:
        """Forget those that were sent before then; says how many."""

    async def drop_ended(self, now: datetime) -> None:
        """Forget those whose own end has come."""

    async def next_end(self) -> datetime | None:
        """When the next one goes that has an end of its own."""

    async def count(self, author: AccountId | None = None) -> int:
        """How many wait, of one author or in all."""


class Reports(Protocol):
    """What people asked the team to look at."""

    async def add(
        self, report: ReportId, target: str, body: str, at: datetime
    ) -> Report | None:
        """Keep a report; who sent it is not kept. None: its number is taken."""

    async def open(self, limit: int = 200) -> Sequence[Report]:
        """Those that are not closed, the oldest first."""

    async def close(self, report: ReportId, at: datetime) -> bool:
        """Close one; whether it was open."""

    async def drop_closed(self, before: datetime) -> None:
        """Forget those that were closed before then."""


class DeclinedKeys(Protocol):
    """What the team answered to people whom it did not let in, by their keys."""

    async def add(self, digests: Sequence[KeyDigest], reason: str, until: date) -> None:
        """Keep an answer for keys until a day, in place of an earlier one."""

    async def get(self, digest: KeyDigest, today: date) -> str | None:
        """The answer that is kept for a key today."""

    async def drop(self, digest: KeyDigest) -> None:
        """Forget the answer for a key."""

    async def drop_ended(self, today: date) -> None:
        """Forget the answers whose time is over."""

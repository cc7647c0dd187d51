"""What services may ask of a store, one small interface per noun.

All times are aware and in UTC. Rows that are not there are None or an empty list;
adapters raise `StoreDown` where the database cannot be reached or written.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.moderation import Act, LogEntry, Restraint, Restriction
from bunniz_bbs.domain.people import NOBODY
from bunniz_bbs.store.board_ports import (
    Drafts,
    Entries,
    KeptChoices,
    Posts,
    Reads,
    Threads,
)
from bunniz_bbs.store.news_ports import (
    Bookmarks,
    Follows,
    Mentions,
    News,
    QuietBoards,
    Reactions,
)
from bunniz_bbs.store.own_ports import Own
from bunniz_bbs.store.people_ports import (
    Accounts,
    Badges,
    BarredKeys,
    Codes,
    Consents,
    Invited,
    Invites,
    Keys,
    Notes,
    ReservedNames,
    Vouches,
)
from bunniz_bbs.store.team_ports import DeclinedKeys, HeldPosts, Reports

T = TypeVar("T")


class Restrictions(Protocol):
    """Bans and mutes."""

    async def set(self, restriction: Restriction) -> None:
        """Begin one, in place of the one of its kind that was there."""

    async def lift(self, account: AccountId, kind: Restraint) -> bool:
        """End one; whether there was one."""

    async def get(
        self, account: AccountId, kind: Restraint, now: datetime
    ) -> Restriction | None:
        """The one that holds at `now`."""

    async def on(
        self, account: AccountId, now: datetime
    ) -> tuple[str, Sequence[Restriction]] | None:
        """What somebody is called, and all that hold on them at `now`, in one look.

        None: there is no such account.
        """

    async def bans_of(
        self, people: Sequence[AccountId], now: datetime
    ) -> Sequence[Restriction]:
        """The bans that hold at `now` on any of these."""


class Log(Protocol):
    """The moderators' log: entries are added, never changed or removed."""

    async def add(
        self,
        at: datetime,
        moderator: AccountId,
        act: Act,
        target: str,
        until: datetime | None,
        reason: str,
        person: AccountId = NOBODY,
    ) -> LogEntry:
        """Add an entry under the next number.

        Args:
            at: When.
            moderator: Who acted.
            act: What they did.
            target: On what, where it was no person.
            until: How long it holds, where it ends.
            reason: Why.
            person: On whom, where it was a person.
        """

    async def newest(self, limit: int = 200) -> Sequence[LogEntry]:
        """The newest entries, newest first."""

    async def about(self, person: AccountId) -> Sequence[LogEntry]:
        """What was done about somebody, the oldest first."""


class Transaction(Protocol):
    """One unit of work: all of it happens or none."""

    @property
    def accounts(self) -> Accounts:
        """People."""

    @property
    def keys(self) -> Keys:
        """Keys."""

    @property
    def invites(self) -> Invites:
        """Codes."""

    @property
    def codes(self) -> Codes:
        """Codes for accounts."""

    @property
    def barred(self) -> BarredKeys:
        """Barred keys."""

    @property
    def declined(self) -> DeclinedKeys:
        """What the team answered to people whom it did not let in."""

    @property
    def reserved(self) -> ReservedNames:
        """Former names."""

    @property
    def consents(self) -> Consents:
        """Consents."""

    @property
    def badges(self) -> Badges:
        """Badges."""

    @property
    def vouches(self) -> Vouches:
        """Vouches."""

    @property
    def invited(self) -> Invited:
        """Who came through whom."""

    @property
    def notes(self) -> Notes:
        """Private notes."""

    @property
    def held(self) -> HeldPosts:
        """Posts that wait."""

    @property
    def reports(self) -> Reports:
        """Reports."""

    @property
    def threads(self) -> Threads:
        """Threads."""

    @property
    def posts(self) -> Posts:
        """Posts."""

    @property
    def entries(self) -> Entries:
        """What posts are found by."""

    @property
    def reads(self) -> Reads:
        """Read marks."""

    @property
    def news(self) -> News:
        """What is new for somebody."""

    @property
    def mentions(self) -> Mentions:
        """Who is meant in posts."""

    @property
    def follows(self) -> Follows:
        """Followed threads."""

    @property
    def quiet_boards(self) -> QuietBoards:
        """Boards of which somebody wants to hear nothing."""

    @property
    def bookmarks(self) -> Bookmarks:
        """Bookmarks."""

    @property
    def reactions(self) -> Reactions:
        """What readers said to authors."""

    @property
    def choices(self) -> KeptChoices:
        """What readers chose."""

    @property
    def drafts(self) -> Drafts:
        """Drafts."""

    @property
    def restrictions(self) -> Restrictions:
        """Bans and mutes."""

    @property
    def log(self) -> Log:
        """The moderators' log."""

    @property
    def own(self) -> Own:
        """All that is one person's."""


class Store(Protocol):
    """A database."""

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run a unit of work and commit it; it is durable when this returns.

        A caller that goes away in the middle does not stop it: the whole of it is
        committed, or, when it raises, none of it.
        """

    async def read(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run a unit of work that changes nothing, on one consistent view."""

    async def shred(self) -> None:
        """Make what was deleted unrecoverable from the files, as far as they allow."""

    async def close(self) -> None:
        """Finish what is running and let go of the files."""

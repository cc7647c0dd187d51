"""What services may ask of a store about people: accounts, keys, codes, consents.

The same rules hold as in `ports`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bunniz_bbs.domain.admission import Consent, ConsentKind
from bunniz_bbs.domain.ids import AccountId, CodeDigest, KeyDigest
from bunniz_bbs.domain.keys import AccountCode, CodeKind, Key
from bunniz_bbs.domain.moderation import Restriction
from bunniz_bbs.domain.people import Account, Role
from bunniz_bbs.domain.team import Badge
from bunniz_bbs.domain.words import Language


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invite code gives."""

    role: Role
    inviter: AccountId | None
    """Who made it; None: the command line did."""


class Accounts(Protocol):
    """People."""

    async def add(self, account: Account, shape: str) -> None:
        """Keep a new account.

        Raises:
            NameTaken: An account or a reserved name has this shape.
        """

    async def get(self, account: AccountId) -> Account | None:
        """The account, if it is there."""

    async def by_shape(self, shape: str) -> Account | None:
        """The account whose name has this shape."""

    async def by_key(self, digest: KeyDigest) -> Account | None:
        """The account that this key opens."""

    async def all(self) -> Sequence[Account]:
        """Every account, by name."""

    async def set_role(self, account: AccountId, role: Role) -> None:
        """Change what somebody may do."""

    async def set_language(self, account: AccountId, language: Language) -> None:
        """Change the language in which the house speaks to somebody."""

    async def set_read_floor(self, account: AccountId, day: date) -> None:
        """Let what was written before a day count as read for somebody."""

    async def set_answers(self, account: AccountId, answers: bool) -> None:
        """Show somebody what waits for a first answer, or not."""

    async def remove(self, account: AccountId) -> None:
        """Remove the account with its keys, read marks, drafts and restrictions.

        Its posts stay, under the name they were written with.
        """

    async def any_with_role(self, role: Role) -> bool:
        """Whether anybody has exactly this role."""

    async def with_role(self, role: Role) -> Sequence[Account]:
        """Those who have exactly this role, by name."""

    async def waiting(self) -> Sequence[Account]:
        """Those who asked to come in and wait for the team, by name."""

    async def named(self, accounts: Sequence[AccountId]) -> Mapping[AccountId, str]:
        """The names that accounts have now; those that are gone are left out."""

    async def shaped(self, shapes: Sequence[str]) -> Mapping[str, AccountId]:
        """The accounts whose names have these shapes, as far as there are any."""

    async def rename(self, account: AccountId, name: str, shape: str) -> None:
        """Give an account another name, also on all that it wrote.

        Raises:
            NameTaken: Another account has this shape.
        """

    async def set_profile(
        self, account: AccountId, pronouns: str, speaks: Sequence[Language]
    ) -> None:
        """Change what others may know of somebody."""

    async def set_hidden(self, account: AccountId, hidden: bool) -> None:
        """Show somebody in rooms, or not."""

    async def hidden(self, accounts: Sequence[AccountId]) -> Collection[AccountId]:
        """Those of some accounts that are not shown in rooms."""

    async def set_waiting(self, account: AccountId, waiting: bool) -> None:
        """Note whether somebody waits for the team."""

    async def set_settles_on(self, account: AccountId, day: date | None) -> None:
        """Note when somebody may become trusted."""

    async def set_new_until(self, account: AccountId, day: date | None) -> None:
        """Note until when somebody posts slowly."""

    async def forget_new(self, today: date) -> None:
        """Forget until when those posted slowly who do so no more."""

    async def settled(self, today: date) -> Sequence[Account]:
        """Members whose day to become trusted has come."""


class Keys(Protocol):
    """Which key opens which account."""

    async def add(
        self,
        digest: KeyDigest,
        account: AccountId,
        label: str = "",
        added_in: date | None = None,
    ) -> None:
        """Let a key open an account.

        Raises:
            KeyTaken: It opens one already.
        """

    async def of(self, account: AccountId) -> Sequence[Key]:
        """The keys that open an account, in the order of labels."""

    async def set_label(
        self, account: AccountId, digest: KeyDigest, label: str
    ) -> bool:
        """Call a key so; whether it opens this account."""

    async def set_used(self, digest: KeyDigest, used_in: date) -> None:
        """Note in which week a key was used."""

    async def remove(self, account: AccountId, digest: KeyDigest) -> bool:
        """Let a key open the account no more; whether it did."""

    async def remove_others(
        self, account: AccountId, kept: KeyDigest
    ) -> Sequence[KeyDigest]:
        """Let no key but this one open the account; says which did."""


class Codes(Protocol):
    """Codes that let another key open an account."""

    async def add(self, code: AccountCode) -> None:
        """Keep one."""

    async def redeem(self, digest: CodeDigest, now: datetime) -> AccountCode | None:
        """Use a code up; None when it is no good.

        Two who redeem it at once: exactly one gets it.
        """

    async def get(self, digest: CodeDigest, now: datetime) -> AccountCode | None:
        """What `redeem` would give; uses nothing."""

    async def of(
        self, account: AccountId, kind: CodeKind, now: datetime
    ) -> Sequence[AccountCode]:
        """An account's codes of one kind that have not expired, good yet or not."""

    async def drop(self, account: AccountId, kind: CodeKind) -> int:
        """Make an account's codes of one kind useless; says how many there were."""

    async def drop_expired(self, now: datetime) -> None:
        """Forget those whose time is over."""


class BarredKeys(Protocol):
    """Keys of people who are banned; they outlive the account."""

    async def add(
        self,
        digests: Sequence[KeyDigest],
        account: AccountId,
        reason: str,
        until: datetime | None,
    ) -> None:
        """Bar keys, in place of what held for them before."""

    async def get(self, digest: KeyDigest, now: datetime) -> Restriction | None:
        """The ban that holds on a key at `now`."""

    async def accounts(self, beginning: str, now: datetime) -> Sequence[AccountId]:
        """The accounts whose id begins so and that have a key barred at `now`."""

    async def lift(self, account: AccountId) -> None:
        """Bar an account's keys no more."""

    async def drop_ended(self, now: datetime) -> None:
        """Forget those whose time is over."""


class ReservedNames(Protocol):
    """Keyed hashes of the shapes of former names, so that nobody takes them."""

    async def add(self, digest: bytes, account: AccountId) -> None:
        """Reserve a name; its former bearer alone may take it again."""

    async def is_free(self, digest: bytes, account: AccountId | None) -> bool:
        """Whether this account, or somebody new, may take it."""

    async def drop(self, digest: bytes) -> None:
        """Reserve it no more: its bearer has taken it again."""


class Consents(Protocol):
    """What people agreed to."""

    async def of(self, account: AccountId) -> Sequence[Consent]:
        """All that somebody agreed to."""

    async def give(self, account: AccountId, consent: Consent) -> None:
        """Keep that somebody agreed, in place of an earlier version."""

    async def withdraw(self, account: AccountId, kind: ConsentKind) -> None:
        """Forget that somebody agreed."""


class Badges(Protocol):
    """Which accounts speak for organisations."""

    async def get(self, account: AccountId) -> Badge | None:
        """The account's badge, given or proposed."""

    async def all(self) -> Sequence[Badge]:
        """All of them, by organisation."""

    async def set(self, badge: Badge) -> None:
        """Keep a badge, in place of the account's earlier one."""

    async def remove(self, account: AccountId) -> bool:
        """Take it away; whether there was one."""


class Vouches(Protocol):
    """Who vouched for whom; forgotten after a time."""

    async def add(self, account: AccountId, voucher: AccountId, on: date) -> bool:
        """Keep that one vouches for another; whether they had not before."""

    async def of(self, account: AccountId) -> Sequence[AccountId]:
        """Who vouched for an account."""

    async def remove(self, account: AccountId, voucher: AccountId) -> bool:
        """Take one back; whether there was one."""

    async def drop(self, account: AccountId) -> None:
        """Forget all for an account."""

    async def drop_older(self, before: date) -> None:
        """Forget those that were given before that day."""


class Invited(Protocol):
    """Who let whom in; forgotten after a time."""

    async def add(self, account: AccountId, inviter: AccountId, on: date) -> None:
        """Keep through whose code an account came."""

    async def by(self, inviter: AccountId) -> Sequence[AccountId]:
        """The accounts that came through somebody's codes."""

    async def inviter(self, account: AccountId) -> AccountId | None:
        """Through whom an account came, as far as it is still known."""

    async def drop_older(self, before: date) -> None:
        """Forget those who came before that day."""


class Notes(Protocol):
    """Private notes on people, sealed to their writer."""

    async def get(self, writer: AccountId, about: AccountId) -> bytes | None:
        """The sealed note."""

    async def set(self, writer: AccountId, about: AccountId, sealed: bytes) -> None:
        """Keep a note in place of the one before."""

    async def drop(self, writer: AccountId, about: AccountId) -> None:
        """Forget it."""

    async def of(self, writer: AccountId) -> Mapping[AccountId, bytes]:
        """All sealed notes of a writer, by whom they are about."""


class Invites(Protocol):
    """Codes that let somebody in."""

    async def add(
        self,
        digest: CodeDigest,
        role: Role,
        uses: int,
        expires_at: datetime | None,
        *,
        claim: bool = False,
        inviter: AccountId | None = None,
    ) -> None:
        """Keep a code; `claim` marks the one that makes the first sysop."""

    async def redeem(self, digest: CodeDigest, now: datetime) -> Invitation | None:
        """Use the code once: what it gives, or None when it is no good.

        Two people redeeming the last use at once: exactly one gets it.
        """

    async def good(self, digest: CodeDigest, now: datetime) -> bool:
        """Whether `redeem` would give something; uses nothing."""

    async def count_of(self, inviter: AccountId, now: datetime) -> int:
        """How many codes of somebody can still be used."""

    async def count_after(self, then: datetime) -> int:
        """How many codes can still be used at a moment, if nobody uses them up."""

    async def drop_of(self, inviter: AccountId) -> int:
        """Make somebody's codes useless; says how many there were."""

    async def drop_claims(self) -> None:
        """Make every claim code useless."""

    async def drop_spent(self, now: datetime) -> None:
        """Forget codes that are used up or expired."""

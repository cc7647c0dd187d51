"""Making an account: what every way in has in common."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from bunniz_bbs.domain.admission import Agreed, Consent, Mode
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import Banned, DoorClosed, KeyTaken, NameTaken
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import AccountId, KeyDigest
from bunniz_bbs.domain.keys import month
from bunniz_bbs.domain.newcomers import FIRST_DAYS
from bunniz_bbs.domain.people import Account, Role
from bunniz_bbs.domain.words import Language
from bunniz_bbs.services.codes import name_digest
from bunniz_bbs.services.names import shape
from bunniz_bbs.store.people_ports import Invitation
from bunniz_bbs.store.ports import Transaction

FRESH: Final = timedelta(days=30)
"""What was written this long before somebody came still counts as new to them, and
what is older from the same month."""


class Enrolment:
    """Parts of larger pieces of work; whoever begins those has asked the policy."""

    def __init__(
        self, clock: Clock, house: House, pepper: bytes, random: Callable[[int], bytes]
    ) -> None:
        self._clock = clock
        self._house = house
        self._pepper = pepper
        self._random = random

    async def require_open(
        self, tx: Transaction, given: Invitation | None = None
    ) -> None:
        """Let nobody new in while the door is closed, but for the first sysop.

        Raises:
            DoorClosed: It is.
        """
        if self._house.admission.mode is not Mode.CLOSED:
            return
        first = given is None or given.role is Role.SYSOP
        if not first or await tx.accounts.any_with_role(Role.SYSOP):
            raise DoorClosed

    async def check_barred(self, tx: Transaction, key: KeyDigest) -> None:
        """Keep out whoever was banned, whatever became of the account.

        Raises:
            Banned: The key is theirs.
        """
        ban = await tx.barred.get(key, self._clock.now())
        if ban:
            raise Banned(ban.reason, ban.until)

    async def add(
        self,
        tx: Transaction,
        key: KeyDigest,
        name: str,
        role: Role,
        language: Language,
        agreed: Agreed,
        *,
        waiting: bool = False,
        known: bool = False,
    ) -> Account:
        """Make an account for a key, with what they agreed to.

        Who waits or is known to the team does not post slowly at first.

        Raises:
            NameTaken: Somebody has the name, or one that looks the same.
            KeyTaken: The key opens an account already.
        """
        if await tx.accounts.by_key(key):
            raise KeyTaken
        form, now = shape(name), self._clock.now()
        if not await tx.reserved.is_free(name_digest(self._pepper, form), None):
            raise NameTaken(name)
        account = Account(
            AccountId(self._random(10).hex()),
            name,
            role,
            language,
            # The month alone: the day would tell when somebody came.
            read_floor=month(now - FRESH),
            waiting=waiting,
            settles_on=self.settles_on(role),
            new_until=None if known or waiting else self.new_until(role),
        )
        await tx.accounts.add(account, form)
        await tx.keys.add(key, account.id, "", month(now))
        await tx.declined.drop(key)
        for kind, version in agreed.items():
            await tx.consents.give(account.id, Consent(kind, version, month(now)))
        if role is Role.SYSOP:
            await tx.invites.drop_claims()
        return account

    async def remove(self, tx: Transaction, account: Account) -> None:
        """Remove an account; what it wrote keeps its name, so nobody may take that."""
        form = shape(account.name)
        await tx.reserved.add(name_digest(self._pepper, form), account.id)
        await tx.accounts.remove(account.id)

    def settles_on(self, role: Role) -> date | None:
        """When somebody who gets this role today may become trusted."""
        if role is not Role.MEMBER:
            return None
        return self._house.admission.trust.settles_on(self._clock.now().date())

    def new_until(self, role: Role) -> date | None:
        """Until when somebody who comes in with this role today posts slowly."""
        if role > Role.MEMBER:
            return None
        return self._clock.now().date() + FIRST_DAYS

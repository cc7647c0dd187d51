"""Codes that let somebody in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bunniz_bbs.domain.admission import InviteRule
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import NotAllowed, TooMany
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.moderation import Restraint
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.domain.policy import Action, require
from bunniz_bbs.services.codes import code_digest, new_code
from bunniz_bbs.services.limits import INVITES, Limits
from bunniz_bbs.services.whole import shred, whole
from bunniz_bbs.store.ports import Store, Transaction

CLAIM_STAYS: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What somebody may do about invites."""

    may: bool
    open: int
    """Codes of theirs that can still be used."""
    most: int | None
    """How many there can be at a time; None: as many as one likes."""
    days: int
    """How long a code lasts at most, for those below moderator."""
    uses: int
    """How many people a code lets in at most, for those below moderator."""


class InviteService:
    """Makes codes. Only a keyed hash of each is kept, and who made it."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        house: House,
        limits: Limits,
        pepper: bytes,
        random: Callable[[int], bytes],
    ) -> None:
        self._store = store
        self._clock = clock
        self._house = house
        self._limits = limits
        self._pepper = pepper
        self._random = random

    @property
    def _rule(self) -> InviteRule:
        return self._house.admission.invites

    async def create(
        self, actor: Actor, uses: int, lifetime: timedelta, role: Role
    ) -> str:
        """A new code, shown this once.

        Raises:
            NotAllowed: The actor may not invite, or not into this role, for so long
                or so many.
            TooMany: As many codes of the actor as fit can still be used.
            TooFast: Too many codes in a short time.
        """
        require(actor, Action.INVITE)
        if not _within(self._rule, actor, uses, lifetime, role):
            raise NotAllowed
        count = self._limits.once(INVITES, actor.id)
        code = new_code(self._random)
        digest = code_digest(self._pepper, code)

        async def work(tx: Transaction) -> None:
            now = self._clock.now()
            allowed = await self._allowance(tx, actor, now)
            if not allowed.may:
                raise NotAllowed
            if allowed.most is not None and allowed.open >= allowed.most:
                raise TooMany(allowed.most)
            count()
            inviter = None if actor == CONSOLE else actor.id
            await tx.invites.add(digest, role, uses, now + lifetime, inviter=inviter)

        await self._store.write(work)
        return code

    async def allowance(self, actor: Actor) -> Allowance:
        """How many codes the actor has and may have; the codes are shown to nobody.

        Raises:
            NotAllowed: Members alone can be allowed to invite.
        """
        require(actor, Action.INVITE)
        now = self._clock.now()
        return await self._store.read(lambda tx: self._allowance(tx, actor, now))

    @whole
    async def withdraw_all(self, actor: Actor) -> int:
        """Make all of the actor's codes useless; says how many could still be used."""
        require(actor, Action.INVITE)

        async def work(tx: Transaction) -> int:
            usable = await tx.invites.count_of(actor.id, self._clock.now())
            await tx.invites.drop_of(actor.id)
            return usable

        count = await self._store.write(work)
        await shred(self._store)
        return count

    async def _allowance(
        self, tx: Transaction, actor: Actor, now: datetime
    ) -> Allowance:
        rule = self._rule
        may = actor.role is Role.SYSOP or actor.role >= rule.lowest
        if not may:
            badge = await tx.badges.get(actor.id)
            may = badge is not None and badge.given_on is not None
        if may and await tx.restrictions.get(actor.id, Restraint.BAN, now):
            may = False
        used = await tx.invites.count_of(actor.id, now)
        most = None if actor.role >= Role.MODERATOR else rule.most
        return Allowance(may, used, most, rule.days, rule.uses)

    async def longer_than(self, actor: Actor, time: timedelta) -> int:
        """How many codes can still be used after that time."""
        require(actor, Action.MANAGE_PEOPLE)
        then = self._clock.now() + time
        return await self._store.read(lambda tx: tx.invites.count_after(then))

    async def claim(self, actor: Actor) -> str | None:
        """A code that makes its user sysop; None when there is a sysop already.

        Every earlier claim code becomes useless.
        """
        require(actor, Action.MANAGE_PEOPLE)
        code = new_code(self._random)
        digest = code_digest(self._pepper, code)
        expires_at = self._clock.now() + CLAIM_STAYS

        async def work(tx: Transaction) -> str | None:
            await tx.invites.drop_claims()
            if await tx.accounts.any_with_role(Role.SYSOP):
                return None
            await tx.invites.add(digest, Role.SYSOP, 1, expires_at, claim=True)
            return code

        return await self._store.write(work)


def _within(
    rule: InviteRule, actor: Actor, uses: int, lifetime: timedelta, role: Role
) -> bool:
    """Whether a code of this kind is one that the actor's role can give out."""
    if actor.role is Role.SYSOP:
        return True
    if actor.role is Role.MODERATOR:
        return role <= Role.TRUSTED
    fits = uses <= rule.uses and lifetime <= timedelta(days=rule.days)
    return fits and role <= Role.MEMBER

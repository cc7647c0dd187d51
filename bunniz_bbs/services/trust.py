"""Whom members vouch for, and what is known of somebody.

A vouch says: I believe that this person does or did sex work and will keep the rules.
It does not say: I guarantee it. Who vouched is shown to moderators alone, and
forgotten after a time: a map of who knows whom is dangerous in itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bunniz_bbs.bus.ports import Bus, person_topic
from bunniz_bbs.domain.admission import EDGE_DAYS, TrustRule
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import AlreadyDone, NotAllowed, PersonNotFound
from bunniz_bbs.domain.events import RoleChanged
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.keys import week
from bunniz_bbs.domain.moderation import Restraint
from bunniz_bbs.domain.people import CONSOLE, Account, Actor, Role
from bunniz_bbs.domain.policy import Action, require
from bunniz_bbs.domain.team import Badge
from bunniz_bbs.services.limits import LOOKS, VOUCHES, Limits
from bunniz_bbs.services.people import named
from bunniz_bbs.services.whole import shred, whole
from bunniz_bbs.store.ports import Store, Transaction

EDGES_STAY: Final = timedelta(days=EDGE_DAYS)


@dataclass(frozen=True, slots=True)
class Standing:
    """What moderators see of how somebody came, and who believes them."""

    inviter: str | None
    """None: nobody, or it is forgotten."""
    vouchers: tuple[str, ...]
    trusted_from: date | None
    """When they may become trusted; None: they are, or that day has passed."""


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody shows of themselves to whoever asks."""

    account: Account
    badge: Badge | None
    standing: Standing | None
    """For moderators only."""


class TrustService:
    """Takes vouches, and makes members trusted whose time has come."""

    def __init__(
        self, store: Store, bus: Bus, clock: Clock, house: House, limits: Limits
    ) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._house = house
        self._limits = limits

    @whole
    async def vouch(self, actor: Actor, name: str) -> Account:
        """Say that one believes somebody; the account as it stands then.

        From now on they post like everybody. Where that was the last one needed, and
        their day has come, they are trusted.

        Raises:
            NotAllowed: The actor is no member, or means themselves, or one of the two
                is banned.
            PersonNotFound: Nobody is called that.
            AlreadyDone: The actor did so already, or they need no vouch any more.
            TooFast: Too many vouches in a short time.
        """
        require(actor, Action.VOUCH)
        count = self._limits.once(VOUCHES, actor.id)

        async def work(tx: Transaction) -> tuple[Account, bool]:
            now = self._clock.now()
            account = await named(tx, name)
            if account.id == actor.id or actor == CONSOLE:
                raise NotAllowed
            for one in (actor.id, account.id):
                if await tx.restrictions.get(one, Restraint.BAN, now):
                    raise NotAllowed
            if account.role >= Role.TRUSTED:
                raise AlreadyDone
            if not await tx.vouches.add(account.id, actor.id, week(now)):
                raise AlreadyDone
            count()
            await tx.accounts.set_new_until(account.id, None)
            rule = self._house.admission.trust
            promoted = await _promote(tx, rule, account, now)
            return await tx.accounts.get(account.id) or account, promoted

        account, promoted = await self._store.write(work)
        if promoted:
            await _tell(self._bus, account.id)
            await shred(self._store)
        return account

    @whole
    async def unvouch(self, actor: Actor, name: str) -> Account:
        """Take one's vouch back; whoever is trusted already stays so.

        Raises:
            NotAllowed: The actor is no member.
            PersonNotFound: Nobody is called that.
            AlreadyDone: There is no vouch of the actor's for them.
        """
        require(actor, Action.VOUCH)

        async def work(tx: Transaction) -> Account:
            account = await named(tx, name)
            if not await tx.vouches.remove(account.id, actor.id):
                raise AlreadyDone
            return account

        account = await self._store.write(work)
        await shred(self._store)
        return account

    async def brought(self, actor: Actor, name: str) -> Sequence[str]:
        """Who came through somebody's invite codes, as far as it is still known.

        Raises:
            NotAllowed: The actor is not of the team.
            PersonNotFound: Nobody is called that.
        """
        require(actor, Action.BAN)

        async def work(tx: Transaction) -> Sequence[str]:
            account = await named(tx, name)
            came = await tx.invited.by(account.id)
            names = await tx.accounts.named(came)
            return sorted(names.values(), key=str.casefold)

        return await self._store.read(work)

    async def person(self, actor: Actor, name: str) -> Person:
        """What somebody shows of themselves, and for moderators how they stand.

        Raises:
            NotAllowed: The actor is no member.
            PersonNotFound: Nobody is called that whom the actor can see.
            TooFast: The actor looked at many people in a short time.
        """
        require(actor, Action.SEE_PERSON)
        self._limits.take(LOOKS, actor.id)
        of_the_team = actor.role >= Role.MODERATOR

        async def work(tx: Transaction) -> Person:
            account = await named(tx, name)
            if account.waiting and not of_the_team:
                raise PersonNotFound(name[:40])
            badge = await tx.badges.get(account.id)
            if badge is not None and badge.given_on is None:
                badge = None
            standing = await _standing(tx, account) if of_the_team else None
            return Person(account, badge, standing)

        return await self._store.read(work)


async def _standing(tx: Transaction, account: Account) -> Standing:
    inviter = await tx.invited.inviter(account.id)
    vouchers = await tx.vouches.of(account.id)
    known = [*vouchers, *([inviter] if inviter else [])]
    names = await tx.accounts.named(known)
    return Standing(
        names.get(inviter) if inviter else None,
        tuple(sorted(names[one] for one in vouchers if one in names)),
        account.settles_on,
    )


async def settle(tx: Transaction, house: House, now: datetime) -> Sequence[AccountId]:
    """Make those trusted whose day has come and who are believed; says whom.

    The day itself is forgotten then, and so is what is older than its time: nothing
    tells any more when somebody came, or through whom.
    """
    rule = house.admission.trust
    # The day counts that has begun: nothing stays for longer than it is said to.
    before = (now - EDGES_STAY).date() + timedelta(days=1)
    await tx.invited.drop_older(before)
    await tx.vouches.drop_older(before)
    await tx.accounts.forget_new(now.date())
    promoted = []
    for account in await tx.accounts.settled(now.date()):
        if await _promote(tx, rule, account, now):
            promoted.append(account.id)
        else:
            await tx.accounts.set_settles_on(account.id, None)
    return promoted


async def tell_promoted(bus: Bus, accounts: Sequence[AccountId]) -> None:
    """Let those know who became trusted."""
    for account in accounts:
        await _tell(bus, account)


async def _tell(bus: Bus, account: AccountId) -> None:
    await bus.publish(person_topic(account), RoleChanged(account, Role.TRUSTED))


async def _promote(
    tx: Transaction, rule: TrustRule, account: Account, now: datetime
) -> bool:
    """Make a member trusted if it is time; whether they became so."""
    settles_on = account.settles_on
    if account.role is not Role.MEMBER or account.waiting:
        return False
    if settles_on is not None and settles_on > now.date():
        return False
    if await tx.restrictions.get(account.id, Restraint.BAN, now):
        return False
    if not await _believed(tx, rule, account, now):
        return False
    await tx.accounts.set_role(account.id, Role.TRUSTED)
    await tx.accounts.set_settles_on(account.id, None)
    await tx.vouches.drop(account.id)
    return True


async def _believed(
    tx: Transaction, rule: TrustRule, account: Account, now: datetime
) -> bool:
    """Whether enough people vouch who are here themselves."""
    members = 0
    for one in await tx.vouches.of(account.id):
        voucher = await tx.accounts.get(one)
        if voucher is None or voucher.role < Role.MEMBER:
            continue
        if await tx.restrictions.get(one, Restraint.BAN, now):
            continue
        if voucher.role >= Role.MODERATOR:
            return True
        members += 1
    return members >= rule.vouches

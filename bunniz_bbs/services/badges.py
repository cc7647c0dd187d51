"""Organisations' badges: two of the team say that an account speaks for one.

A badge says that the team checked on its date, and nothing more. It opens no list of
members and no door but one: who has it can hand out invites.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bunniz_bbs.bus.ports import HOUSE, Bus
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import AlreadyDone, NotAllowed
from bunniz_bbs.domain.events import BadgesChanged
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.moderation import Act
from bunniz_bbs.domain.people import CONSOLE, Account, Actor, Role
from bunniz_bbs.domain.policy import Action, require
from bunniz_bbs.domain.team import Badge
from bunniz_bbs.domain.text import clean_line
from bunniz_bbs.services.people import named
from bunniz_bbs.services.whole import whole
from bunniz_bbs.store.ports import Store, Transaction

ORGANISATION_CHARACTERS: Final = 30


class BadgeService:
    """Gives badges and takes them away; shows those that are given."""

    def __init__(self, store: Store, bus: Bus, clock: Clock) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._given: Mapping[AccountId, Badge] | None = None
        self._changes = 0

    async def given(self, actor: Actor) -> Mapping[AccountId, Badge]:
        """The badges that show, by account; looked up once until one changes."""
        require(actor, Action.LOOK_AROUND)
        if self._given is not None:
            return self._given
        changes = self._changes
        badges = await self._store.read(lambda tx: tx.badges.all())
        found = {one.account: one for one in badges if one.given_on is not None}
        if changes == self._changes:  # else it may be old already
            self._given = found
        return found

    def changed(self) -> None:
        """Look badges up again the next time."""
        self._changes += 1
        self._given = None

    async def proposed(self, actor: Actor) -> Sequence[tuple[str, Badge]]:
        """The badges that a second one of the team has yet to confirm, with names.

        Raises:
            NotAllowed: The actor is not of the team.
        """
        require(actor, Action.BADGE)

        async def work(tx: Transaction) -> Sequence[tuple[str, Badge]]:
            badges = [one for one in await tx.badges.all() if one.given_on is None]
            names = await tx.accounts.named([one.account for one in badges])
            return [(names[one.account], one) for one in badges]

        return await self._store.read(work)

    @whole
    async def give(self, actor: Actor, name: str, organisation: str) -> Badge:
        """Propose a badge, or confirm the same one that another proposed.

        Raises:
            NotAllowed: The actor is not of the team, or it is about themselves, or
                the other is no member.
            PersonNotFound: Nobody is called that.
            AlreadyDone: They have a badge, or the actor proposed this one.
            TextEmpty, TextTooLong: The organisation's name does not fit.
        """
        require(actor, Action.BADGE)
        if actor == CONSOLE:
            raise NotAllowed
        called = clean_line(organisation, characters=ORGANISATION_CHARACTERS)

        async def work(tx: Transaction) -> Badge:
            account = await named(tx, name)
            if account.id == actor.id or account.role < Role.MEMBER:
                raise NotAllowed
            badge = await tx.badges.get(account.id)
            if badge is not None and badge.given_on is not None:
                raise AlreadyDone
            if badge is None or badge.organisation.casefold() != called.casefold():
                badge = Badge(account.id, called, actor.id, None, None)
                act = Act.BADGE_PROPOSED
            elif badge.proposed_by == actor.id:
                raise AlreadyDone
            else:
                today = self._clock.now().date()
                badge = replace(badge, confirmed_by=actor.id, given_on=today)
                act = Act.BADGE
            await tx.badges.set(badge)
            await self._note(tx, actor, act, account, badge)
            return badge

        badge = await self._store.write(work)
        if badge.given_on is not None:
            await self._tell()
        return badge

    @whole
    async def remove(self, actor: Actor, name: str) -> Badge:
        """Take a badge away, given or proposed; one of the team is enough for that.

        Raises:
            NotAllowed: The actor is not of the team.
            PersonNotFound: Nobody is called that.
            AlreadyDone: They have none.
        """
        require(actor, Action.BADGE)

        async def work(tx: Transaction) -> Badge:
            account = await named(tx, name)
            badge = await tx.badges.get(account.id)
            if badge is None or not await tx.badges.remove(account.id):
                raise AlreadyDone
            await self._note(tx, actor, Act.UNBADGE, account, badge)
            return badge

        badge = await self._store.write(work)
        await self._tell()
        return badge

    async def _tell(self) -> None:
        self.changed()
        await self._bus.publish(HOUSE, BadgesChanged())

    async def _note(
        self, tx: Transaction, actor: Actor, act: Act, account: Account, badge: Badge
    ) -> None:
        now, about = self._clock.now(), badge.organisation
        await tx.log.add(now, actor.id, act, "", None, about, account.id)

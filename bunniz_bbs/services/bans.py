"""Lifts bans, also those of people whose account is gone."""

import re
from dataclasses import dataclass
from typing import Final

from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import PersonNotFound
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.moderation import Act
from bunniz_bbs.domain.people import Account, Actor, gone
from bunniz_bbs.domain.policy import Action, require
from bunniz_bbs.services import reasons
from bunniz_bbs.services.moderation import ModerationService
from bunniz_bbs.services.whole import whole
from bunniz_bbs.store.ports import Store, Transaction

HANDLE: Final = re.compile(r"~?([0-9a-f]{6,20})")
"""What stands in the log for somebody who is gone; shells may ask for it without ~."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody whose account is gone."""

    account: AccountId

    @property
    def name(self) -> str:
        """What stands for them."""
        return gone(self.account)


class BanService:
    """Opens the door again, by a name or by what stands for somebody in the log."""

    def __init__(
        self, store: Store, clock: Clock, moderation: ModerationService
    ) -> None:
        self._store = store
        self._clock = clock
        self._moderation = moderation

    @whole
    async def lift(self, actor: Actor, name: str, reason: str) -> Account | Gone:
        """Open the door to somebody again.

        Raises:
            NotAllowed, Outranked: The actor's role does not reach.
            PersonNotFound: Nobody is called that, and it stands for nobody who is gone
                and banned.
            AlreadyDone: No ban holds.
            ReasonMissing: A reason is needed.
        """
        require(actor, Action.BAN)
        handle = HANDLE.fullmatch(name.strip().casefold())
        if handle is None or not name.strip().startswith("~"):
            try:
                return await self._moderation.unban(actor, name, reason)
            except PersonNotFound:
                if handle is None:
                    raise
        return await self._lift_gone(actor, handle[1], reason)

    async def _lift_gone(self, actor: Actor, beginning: str, reason: str) -> Gone:
        why, now = reasons.given(reason), self._clock.now()

        async def work(tx: Transaction) -> Gone:
            found = await tx.barred.accounts(beginning, now)
            # Whoever is still here has a name, and a rank that counts.
            if len(found) != 1 or await tx.accounts.get(found[0]):
                raise PersonNotFound(f"~{beginning}")
            await tx.barred.lift(found[0])
            await tx.log.add(now, actor.id, Act.UNBAN, "", None, why, found[0])
            return Gone(found[0])

        return await self._store.write(work)

"""Codes that let somebody in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import NotAllowed
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.domain.policy import Action, require
from bunniz_bbs.services.codes import code_digest, new_code
from bunniz_bbs.services.limits import INVITES, Limits
from bunniz_bbs.store.ports import Store, Transaction

CLAIM_STAYS: Final = timedelta(days=7)


class InviteService:
    """Makes codes. Only a keyed hash of each is kept."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        limits: Limits,
        pepper: bytes,
        random: Callable[[int], bytes],
    ) -> None:
        self._store = store
        self._clock = clock
        self._limits = limits
        self._pepper = pepper
        self._random = random

    async def create(
        self, actor: Actor, uses: int, lifetime: timedelta, role: Role
    ) -> str:
        """A new code, shown this once.

        Raises:
            NotAllowed: The actor may not invite, or not into this role.
            TooFast: Too many codes in a short time.
        """
        require(actor, Action.INVITE)
        if role >= Role.MODERATOR and actor.role < Role.SYSOP:
            raise NotAllowed
        self._limits.take(INVITES, actor.id)
        code = new_code(self._random)
        digest = code_digest(self._pepper, code)
        expires_at = self._clock.now() + lifetime
        await self._store.write(
            lambda tx: tx.invites.add(digest, role, uses, expires_at)
        )
        return code

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

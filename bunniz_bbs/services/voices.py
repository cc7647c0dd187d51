"""Who may write at the moment: mutes and bans, asked on every post and line."""

from collections.abc import Mapping
from typing import Final

from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import Banned, Muted, NotAllowed
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.moderation import Restraint, Restriction
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.store.ports import Store, Transaction

MOST_KNOWN: Final = 10_000
"""Of more people than this nothing is remembered: it is looked up again."""


class Voices:
    """Answers from memory for rooms, from the transaction for posts.

    A room says hundreds of lines a minute and must not ask the database for each.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._known: dict[AccountId, Mapping[Restraint, Restriction]] = {}
        self._changes = 0

    async def learn(self, account: AccountId) -> None:
        """Load what holds for somebody."""

        async def work(tx: Transaction) -> Mapping[Restraint, Restriction]:
            now = self._clock.now()
            found = [
                await tx.restrictions.get(account, kind, now) for kind in Restraint
            ]
            return {one.kind: one for one in found if one}

        while True:
            changes = self._changes
            found = await self._store.read(work)
            # What a moderator changed while this was read may not be in it.
            if changes == self._changes:
                break
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[account] = found

    def changed(self, account: AccountId) -> None:
        """A moderator changed what holds for somebody: forget what was known."""
        self._changes += 1
        self._known.pop(account, None)

    def forget_all(self) -> None:
        """Anything may have changed: look everybody up again."""
        self._changes += 1
        self._known.clear()

    async def require_welcome(self, actor: Actor) -> None:
        """Let the actor come into a room or say why not.

        Raises:
            Banned: A ban holds.
        """
        await self.learn(actor.id)
        self._refuse(self._known[actor.id].get(Restraint.BAN))

    async def require_heard(self, actor: Actor) -> None:
        """Let the actor speak in a room or say why not, from memory where possible.

        Raises:
            Banned: A ban holds.
            Muted: A mute holds.
        """
        if actor.id not in self._known:
            await self.learn(actor.id)
        known = self._known[actor.id]
        self._refuse(known.get(Restraint.BAN))
        self._refuse(known.get(Restraint.MUTE))

    async def require_written(self, tx: Transaction, actor: Actor) -> None:
        """Let the actor write or say why not, from the same unit of work.

        Raises:
            NotAllowed: The account is gone.
            Banned: A ban holds.
            Muted: A mute holds.
        """
        if await tx.accounts.get(actor.id) is None:
            raise NotAllowed
        now = self._clock.now()
        self._refuse(await tx.restrictions.get(actor.id, Restraint.BAN, now))
        self._refuse(await tx.restrictions.get(actor.id, Restraint.MUTE, now))

    def _refuse(self, held: Restriction | None) -> None:
        if held is None or (held.until and held.until <= self._clock.now()):
            return
        refusal = Banned if held.kind is Restraint.BAN else Muted
        raise refusal(held.reason, held.until)

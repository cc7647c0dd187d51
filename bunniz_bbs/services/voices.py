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
            held = await tx.restrictions.on(account, self._clock.now())
            return {one.kind: one for one in held[1]} if held else {}

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
        if actor.is_passing:
            return
        await self.learn(actor.id)
        self._refuse(self._known[actor.id].get(Restraint.BAN))

    async def require_heard(self, actor: Actor) -> None:
        """Let the actor speak in a room or say why not, from memory where possible.

        Raises:
            Banned: A ban holds.
            Muted: A mute holds.
        """
        if actor.is_passing:
            return
        if actor.id not in self._known:
            await self.learn(actor.id)
        known = self._known[actor.id]
        self._refuse(known.get(Restraint.BAN))
        self._refuse(known.get(Restraint.MUTE))

    async def require_written(self, tx: Transaction, actor: Actor) -> str:
        """Let the actor write or say why not, from the same unit of work.

        Returns:
            What they are called by now: the visit may not know yet.

        Raises:
            NotAllowed: The account is gone.
            Banned: A ban holds.
            Muted: A mute holds.
        """
        if actor.is_passing:
            return actor.name
        found = await tx.restrictions.on(actor.id, self._clock.now())
        if found is None:
            raise NotAllowed
        name, held = found
        for one in sorted(held, key=lambda one: one.kind):  # a ban says more
            self._refuse(one)
        return name

    def _refuse(self, held: Restriction | None) -> None:
        if held is None or (held.until and held.until <= self._clock.now()):
            return
        refusal = Banned if held.kind is Restraint.BAN else Muted
        raise refusal(held.reason, held.until)

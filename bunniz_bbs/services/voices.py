"""Who may write at the moment: mutes and bans, asked on every post and line."""

from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import Banned, Muted
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.moderation import Restraint, Restriction
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.store.ports import Store, Transaction


class Voices:
    """Answers from memory for rooms, from the transaction for posts.

    A room says hundreds of lines a minute and must not ask the database for each.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._known: dict[AccountId, Restriction | None] = {}

    async def learn(self, account: AccountId) -> None:
        """Load what holds for somebody who comes into a room."""
        now = self._clock.now()
        self._known[account] = await self._store.read(
            lambda tx: tx.restrictions.get(account, Restraint.MUTE, now)
        )

    def tell(self, account: AccountId, restriction: Restriction | None) -> None:
        """Remember a mute that was set or lifted."""
        self._known[account] = restriction

    def forget(self, account: AccountId) -> None:
        """Drop what is known of somebody who is in no room any more."""
        self._known.pop(account, None)

    def require_heard(self, actor: Actor) -> None:
        """Let the actor speak in a room or say why not, from memory.

        Raises:
            Muted: A mute holds.
        """
        mute = self._known.get(actor.id)
        if mute and (mute.until is None or mute.until > self._clock.now()):
            raise Muted(mute.reason, mute.until)

    async def require_written(self, tx: Transaction, actor: Actor) -> None:
        """Let the actor write or say why not, from the same unit of work.

        Raises:
            Banned: A ban holds.
            Muted: A mute holds.
        """
        now = self._clock.now()
        if ban := await tx.restrictions.get(actor.id, Restraint.BAN, now):
            raise Banned(ban.reason, ban.until)
        if mute := await tx.restrictions.get(actor.id, Restraint.MUTE, now):
            raise Muted(mute.reason, mute.until)

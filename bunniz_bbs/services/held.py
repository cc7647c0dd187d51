"""One's own posts that wait for the team."""

from collections.abc import Sequence

from bunniz_bbs.bus.ports import TEAM, Bus
from bunniz_bbs.domain.errors import NotHere, NothingKept
from bunniz_bbs.domain.events import TeamStirred
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.policy import Action, require
from bunniz_bbs.domain.team import HeldId, HeldPost
from bunniz_bbs.services.mentions import under_names
from bunniz_bbs.services.whole import shred, whole
from bunniz_bbs.store.ports import Store, Transaction


class HeldService:
    """Shows authors what waits, and takes it back for them."""

    def __init__(self, store: Store, bus: Bus) -> None:
        self._store = store
        self._bus = bus

    async def own(self, actor: Actor) -> Sequence[HeldPost]:
        """The actor's posts that wait, the oldest first; of passers none is known."""
        require(actor, Action.LOOK_AROUND)
        if actor.is_passing:
            return ()

        async def work(tx: Transaction) -> Sequence[HeldPost]:
            return await under_names(tx, await tx.held.by(actor.id), actor.language)

        return await self._store.read(work)

    @whole
    async def withdraw(self, actor: Actor, held: HeldId) -> HeldPost:
        """Take a post back before anybody else reads it; nothing of it is left.

        Raises:
            NothingKept: The actor has no account, so no post is known to be theirs.
            NotHere: No post of the actor's waits under that number.
        """
        require(actor, Action.LOOK_AROUND)
        if actor.is_passing:
            raise NothingKept

        async def work(tx: Transaction) -> HeldPost:
            post = await tx.held.get(held)
            own = post is not None and post.author == actor.id
            if post is None or not own or not await tx.held.remove(held):
                raise NotHere
            return post

        post = await self._store.write(work)
        await self._bus.publish(TEAM, TeamStirred())
        await shred(self._store)
        return post

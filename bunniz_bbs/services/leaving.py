"""Leaving for good: nothing of the account stays but what is said to stay."""

from collections.abc import Callable, Sequence
from typing import Final

from bunniz_bbs.bus.ports import HOUSE, TEAM, Bus, board_topic, person_topic
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import NotConfirmed, OnlySysop
from bunniz_bbs.domain.events import AccountRemoved, TeamStirred, ThreadChanged
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import BoardSlug, ThreadId
from bunniz_bbs.domain.own import Posts
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.domain.policy import Action, require
from bunniz_bbs.services.badges import BadgeService
from bunniz_bbs.services.enrolment import Enrolment
from bunniz_bbs.services.memories import RoomMemories
from bunniz_bbs.services.people import own_account
from bunniz_bbs.services.voices import Voices
from bunniz_bbs.services.whole import shred, whole
from bunniz_bbs.store.ports import Store, Transaction

NO_THREAD: Final = ThreadId(0)
"""Told of a board on which many threads changed at once."""


class LeavingService:
    """Removes an account, as its owner asks; taking back a consent is the same."""

    def __init__(
        self,
        store: Store,
        bus: Bus,
        clock: Clock,
        house: House,
        held: RoomMemories,
        voices: Voices,
        badges: BadgeService,
        pepper: bytes,
        random: Callable[[int], bytes],
    ) -> None:
        self._store = store
        self._bus = bus
        self._held = held
        self._voices = voices
        self._badges = badges
        self._enrolment = Enrolment(clock, house, pepper, random)

    @whole
    async def leave(self, actor: Actor, posts: Posts) -> None:
        """Remove the actor's account at once and for good; their visits end.

        With it go keys, codes, drafts, notes, vouches, invites, read marks, posts that
        wait, and lines in rooms. Nobody can take the name again.

        Args:
            actor: Who leaves.
            posts: What becomes of what they wrote on boards.

        Raises:
            NotAllowed: There is no account.
            OnlySysop: There would be no sysop any more.
        """
        require(actor, Action.SET_OWN)

        async def work(tx: Transaction) -> Sequence[BoardSlug]:
            account = await own_account(tx, actor)
            if account.role is Role.SYSOP:
                await _require_another(tx)
            remove = posts is Posts.REMOVE
            written = tx.own.remove_posts if remove else tx.own.unname
            touched = await written(account.id)
            await self._enrolment.remove(tx, account)
            return touched

        touched = await self._store.write(work)
        self._held.forget(actor.id)
        self._voices.changed(actor.id)
        self._badges.changed()
        gone = AccountRemoved(actor.id, left=True)
        await self._bus.publish(person_topic(actor.id), gone)
        await self._bus.publish(HOUSE, gone)
        for board in touched:
            await self._bus.publish(board_topic(board), ThreadChanged(board, NO_THREAD))
        await self._bus.publish(TEAM, TeamStirred())
        await shred(self._store)


async def _require_another(tx: Transaction) -> None:
    """See to it that the house has a sysop when one leaves.

    Raises:
        OnlySysop: It would not.
    """
    if len(await tx.accounts.with_role(Role.SYSOP)) < 2:
        raise OnlySysop


def require_confirmed(actor: Actor, typed: str) -> None:
    """Let nobody lose an account by mistake: they have typed their own name.

    Raises:
        NotConfirmed: They have not.
    """
    if typed.strip().lstrip("@").casefold() != actor.name.casefold():
        raise NotConfirmed

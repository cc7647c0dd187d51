"""Removes from the data file what has had its time."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bunniz_bbs.bus.ports import Bus, board_topic
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import StoreDown
from bunniz_bbs.domain.events import ThreadChanged
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import AccountId, BoardSlug
from bunniz_bbs.services.drafts import STAYS
from bunniz_bbs.services.team import CLOSED_STAYS, HELD_STAYS
from bunniz_bbs.services.trust import settle, tell_promoted
from bunniz_bbs.store.ports import Store, Transaction

EVERY: Final = timedelta(minutes=10)

_log = logging.getLogger("bunniz.janitor")


class Janitor:
    """Goes round when the server starts and every ten minutes after."""

    def __init__(self, store: Store, bus: Bus, clock: Clock, house: House) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._house = house

    async def run(self) -> None:
        """Go round until cancelled; a round that fails is made up for by the next."""
        while True:
            try:
                await self.round()
            except StoreDown:
                _log.warning("the data file could not be tidied; trying again later")
            await self._clock.sleep(EVERY.total_seconds())

    async def round(self) -> None:
        """Remove expired threads, drafts and codes once.

        Raises:
            StoreDown: The data file cannot be written; some may be left.
        """
        now = self._clock.now()
        for board in self._house.boards.values():
            if board.lifetime is not None:
                await self._expire(board.slug, now - board.lifetime)

        async def tidy(tx: Transaction) -> Sequence[AccountId]:
            await tx.drafts.drop_older(now - STAYS)
            await tx.invites.drop_spent(now)
            await tx.codes.drop_expired(now)
            await tx.barred.drop_ended(now)
            await tx.declined.drop_ended(now.date())
            await tx.held.drop_older(now - HELD_STAYS)
            await tx.reports.drop_closed(now - CLOSED_STAYS)
            return await settle(tx, self._house, now)

        promoted = await self._store.write(tidy)
        await tell_promoted(self._bus, promoted)
        # Always: drafts that were dropped since, and removals that could not be
        # shredded at the time, have copies too.
        await self._store.shred()

    async def _expire(self, board: BoardSlug, before: datetime) -> None:
        """Remove a board's threads that fell silent before then."""
        gone = await self._store.write(
            lambda tx: tx.threads.remove_older(board, before)
        )
        for thread in gone:
            await self._bus.publish(board_topic(board), ThreadChanged(board, thread))

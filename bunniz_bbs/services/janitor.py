"""Removes from the data file what has had its time."""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from bunniz_bbs.bus.ports import Bus, board_topic
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import StoreDown
from bunniz_bbs.domain.events import ThreadChanged
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import AccountId, BoardSlug, ThreadId
from bunniz_bbs.services.drafts import STAYS
from bunniz_bbs.services.posts import remove_post
from bunniz_bbs.services.team import CLOSED_STAYS, HELD_STAYS
from bunniz_bbs.services.trust import settle, tell_promoted
from bunniz_bbs.store.ports import Store, Transaction

EVERY: Final = timedelta(minutes=10)
"""How often it goes round at the least."""
SOONEST: Final = timedelta(seconds=1)
"""How long after something is due it goes, and how long it rests at the least."""

_log = logging.getLogger("bunniz.janitor")


class Janitor:
    """Goes round at the start, when something is due, and every ten minutes."""

    def __init__(self, store: Store, bus: Bus, clock: Clock, house: House) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._house = house

    async def run(self) -> None:
        """Go round until cancelled; a round that fails is made up for by the next."""
        while True:
            rest = EVERY
            try:
                await self.round()
                rest = await self._until_due()
            except StoreDown:
                _log.warning("the data file could not be tidied; trying again later")
            await self._clock.sleep(rest.total_seconds())

    async def round(self) -> None:
        """Remove expired threads, drafts and codes once.

        Raises:
            StoreDown: The data file cannot be written; some may be left.
        """
        now = self._clock.now()
        for board in self._house.boards.values():
            if board.lifetime is not None:
                await self._expire(board.slug, now - board.lifetime)
        await self._end(now)

        async def tidy(tx: Transaction) -> Sequence[AccountId]:
            await tx.drafts.drop_older(now - STAYS)
            await tx.invites.drop_spent(now)
            await tx.codes.drop_expired(now)
            await tx.barred.drop_ended(now)
            await tx.declined.drop_ended(now.date())
            await tx.held.drop_older(now - HELD_STAYS)
            await tx.held.drop_ended(now)
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

    async def _end(self, now: datetime) -> None:
        """Remove what its author gave an end that has come."""

        async def work(tx: Transaction) -> Collection[tuple[BoardSlug, ThreadId]]:
            gone = set(await tx.threads.remove_ended(now))
            for post in await tx.posts.ended(now):
                if found := await tx.threads.get(post.thread):
                    await remove_post(tx, post, ended=True)
                    gone.add((found.board, found.id))
            return gone

        for board, thread in await self._store.write(work):
            await self._bus.publish(board_topic(board), ThreadChanged(board, thread))

    async def _until_due(self) -> timedelta:
        """How long until the next thread, post or draft has had its time.

        What is sent meanwhile stays for a day at least, so that it is not missed.
        """

        async def work(tx: Transaction) -> list[datetime | None]:
            now = self._clock.now()
            due = [
                await tx.threads.next_end(),
                await tx.posts.next_end(now),
                await tx.held.next_end(),
            ]
            lives = [(tx.drafts.oldest(), STAYS)]
            lives += [
                (tx.threads.oldest(board.slug), board.lifetime)
                for board in self._house.boards.values()
                if board.lifetime is not None
            ]
            for asked, life in lives:
                last = await asked
                due.append(last and last + life)
            return due

        due = await self._store.read(work)
        left = [one - self._clock.now() for one in due if one is not None]
        return min(EVERY, max(timedelta(), min(left, default=EVERY)) + SOONEST)

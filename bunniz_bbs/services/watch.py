"""Sees to it that a ban bites on this node though no word of it may come."""

from typing import Final

from bunniz_bbs.bus.ports import Bus, person_topic
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import StoreDown
from bunniz_bbs.domain.events import BanSet
from bunniz_bbs.services.visits import Visits
from bunniz_bbs.store.ports import Store

EVERY_SECONDS: Final = 1.0


class Watch:
    """Asks the database for bans on those who are here, where there are several nodes.

    The bus tells of a ban at once, but it may be cut without anybody knowing yet.
    Where the database does not answer either, nobody new is recognised, so nobody
    new comes in.
    """

    def __init__(self, store: Store, bus: Bus, clock: Clock, visits: Visits) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._visits = visits

    async def run(self) -> None:
        """Look each second until cancelled."""
        while True:
            await self._clock.sleep(EVERY_SECONDS)
            await self.round()

    async def round(self) -> None:
        """Look once, and send out whoever is banned."""
        here = list(self._visits.accounts())
        if not here:
            return
        now = self._clock.now()
        try:
            bans = await self._store.read(lambda tx: tx.restrictions.bans_of(here, now))
        except StoreDown:
            return
        for ban in bans:
            event = BanSet(ban.account, ban.reason, ban.until)
            self._bus.tell(person_topic(ban.account), event)

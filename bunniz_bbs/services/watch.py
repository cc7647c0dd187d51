"""Sees to what no word of may have come to this node: bans, names, who hides."""

from contextlib import suppress
from typing import Final

from bunniz_bbs.bus.ports import HOUSE, Bus, person_topic
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import StoreDown
from bunniz_bbs.domain.events import BanSet, NameChanged
from bunniz_bbs.domain.people import is_account
from bunniz_bbs.services.memories import RoomMemories
from bunniz_bbs.services.visits import Visits
from bunniz_bbs.store.ports import Store

EVERY_SECONDS: Final = 1.0


class Watch:
    """Asks the database about those who are here, where there are several nodes.

    The bus tells of a ban at once, but it may be cut without anybody knowing yet.
    Where the database does not answer either, nobody new is recognised, so nobody
    new comes in. What people are called is asked of those who have lines in rooms,
    and who hides of those who are in one.
    """

    def __init__(
        self,
        store: Store,
        bus: Bus,
        clock: Clock,
        visits: Visits,
        held: RoomMemories,
    ) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._visits = visits
        self._held = held

    async def run(self) -> None:
        """Look each second until cancelled."""
        while True:
            await self._clock.sleep(EVERY_SECONDS)
            await self.round()

    async def round(self) -> None:
        """Look once: send out whoever is banned, set names and who is seen right."""
        with suppress(StoreDown):
            await self._bans()
            await self._names()
            await self._hidden()

    async def _bans(self) -> None:
        here = list(self._visits.accounts())
        if not here:
            return
        now = self._clock.now()
        bans = await self._store.read(lambda tx: tx.restrictions.bans_of(here, now))
        for ban in bans:
            event = BanSet(ban.account, ban.reason, ban.until)
            self._bus.tell(person_topic(ban.account), event)

    async def _names(self) -> None:
        held = {
            account: name
            for account, name in self._held.people().items()
            if is_account(account)
        }
        if not held:
            return
        names = await self._store.read(lambda tx: tx.accounts.named(list(held)))
        for account, name in names.items():
            was = self._held.people().get(account)
            # Not where this node was told meanwhile: what was read is older then.
            if was == held[account] and was != name:
                self._held.rename(account, was, name)
                self._bus.tell(HOUSE, NameChanged(account, was, name))

    async def _hidden(self) -> None:
        switched, known = self._held.switched, self._held.here()
        if not known:
            return
        found = await self._store.read(lambda tx: tx.accounts.hidden(list(known)))
        if switched != self._held.switched:
            return  # somebody hid meanwhile, which is not in what was read
        for account, was in known.items():
            stale = was is not None and was != (account in found)
            if stale and self._held.here().get(account) == was:
                await self._held.hide(account, not was)

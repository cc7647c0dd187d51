"""Real time."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from bunniz_bbs.domain.errors import StoreDown

EVERY_SECONDS: Final = 60.0
NOTICED: Final = timedelta(seconds=5)
"""A machine whose clock is off by more says so in its log."""
_log = logging.getLogger("bunniz.house")


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The current moment, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never step back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Return after so many seconds."""
        await asyncio.sleep(seconds)


class SharedClock(SystemClock):
    """The machine's clock, set by one that all nodes of the house share.

    Bans end, posts are dated and threads expire at the same moment on every node,
    though a machine's own clock may be an hour off.
    """

    def __init__(self, shared: Callable[[], Awaitable[datetime]]) -> None:
        self._shared = shared
        self._off = timedelta()

    def now(self) -> datetime:
        """The current moment, aware, in UTC, as the house counts it."""
        return super().now() + self._off

    async def set(self) -> None:
        """Look at the shared clock; where it cannot be seen, all stays as it is."""
        before = self.monotonic()
        try:
            moment = await self._shared()
        except StoreDown:
            return
        took = timedelta(seconds=self.monotonic() - before)
        off = moment + took / 2 - super().now()
        if abs(off) > NOTICED and abs(off - self._off) > NOTICED:
            _log.warning(
                "this machine's clock is %.0f s off; going by the database's",
                -off.total_seconds(),
            )
        self._off = off

    async def run(self) -> None:
        """Look at the shared clock each minute until cancelled."""
        while True:
            await self.sleep(EVERY_SECONDS)
            await self.set()

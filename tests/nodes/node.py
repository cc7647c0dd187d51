"""A node of the house without an SSH front: real database, real broker, wrong clock."""

from contextlib import AsyncExitStack
from datetime import datetime, timedelta

from bunniz_bbs.domain.house import House
from bunniz_bbs.services import Services
from bunniz_bbs.store.postgres import open_postgres
from bunniz_bbs.wiring import Wired, build, keeping
from bunniz_bbs.wiring.buses import open_bus
from bunniz_bbs.wiring.clock import SystemClock
from tests.bus.nodes import SkewedClock, until

SECRET = bytes(range(32))
PEPPER = b"p" * 32


class HastyClock(SystemClock):
    """Wrong by some time, and with limits that hold nobody up for long."""

    def __init__(self, wrong_by: timedelta = timedelta()) -> None:
        self.wrong_by = wrong_by

    def now(self) -> datetime:
        """What this machine takes for the moment."""
        return super().now() + self.wrong_by

    def monotonic(self) -> float:
        """Seconds that pass a thousand times as fast, so that nobody is too quick."""
        return super().monotonic() * 1000


class Node:
    """One process's worth of the house."""

    def __init__(self, wired: Wired, clock: HastyClock, stack: AsyncExitStack) -> None:
        self.wired = wired
        self.clock = clock
        self._stack = stack

    @classmethod
    async def start(
        cls, database: str, broker: str, house: House, wrong_by: timedelta = timedelta()
    ) -> "Node":
        """Start a node on a database and a broker."""
        stack = AsyncExitStack()
        store = await open_postgres(database)
        stack.push_async_callback(store.close)
        clock = HastyClock(wrong_by)
        # Its heartbeats go by real seconds.
        bus = await stack.enter_async_context(
            open_bus(broker, SECRET, SkewedClock(wrong_by))
        )
        wired = build(store, bus, clock, house, PEPPER)
        await stack.enter_async_context(keeping(wired))
        return cls(wired, clock, stack)

    @property
    def services(self) -> Services:
        """What its members can do."""
        return self.wired.services

    @property
    def whole(self) -> bool:
        """Whether it hears the others."""
        return self.services.bus.whole

    async def stop(self) -> None:
        """End it."""
        await self._stack.aclose()


async def all_whole(*nodes: Node, seconds: float = 20) -> None:
    """Return when every node hears the others."""
    await until(lambda: all(node.whole for node in nodes), seconds)

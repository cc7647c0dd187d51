"""Which bus stands behind the port: one process needs no broker."""

import secrets as system
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bunniz_bbs.bus.memory import MemoryBus
from bunniz_bbs.bus.ports import Bus
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.wiring.clock import SystemClock

_LOOK_SECONDS: Final = 0.05


@asynccontextmanager
async def open_bus(url: str, secret: bytes, clock: Clock) -> AsyncIterator[Bus]:
    """The bus that an address names, until the block ends; none: within this process.

    A broker that is not there is waited for: until then the bus is not whole.

    Args:
        url: `nats://[user:password@]host[:port][,host…]`, `tls://…`, or nothing.
        secret: 32 bytes that only the nodes of the house hold.
        clock: The one that the services of this node go by.

    Raises:
        AddressBroken: The address makes no sense.
    """
    if not url:
        yield MemoryBus()
        return
    # Most houses are one process, and load no client of a broker.
    from bunniz_bbs.bus.nats import NatsBus

    bus = NatsBus(url, secret, clock, system.token_bytes)
    await bus.open()
    try:
        yield bus
    finally:
        await bus.close()


async def until_whole(bus: Bus, seconds: float) -> bool:
    """Wait for a bus that was joined to become whole; whether it did in time."""
    clock = SystemClock()
    end = clock.monotonic() + seconds
    while not bus.whole and clock.monotonic() < end:
        await clock.sleep(_LOOK_SECONDS)
    return bus.whole

"""The composition root: alone knows which parts stand behind the ports."""

import asyncio
import secrets as system
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bunniz_bbs.bus.memory import MemoryBus
from bunniz_bbs.bus.ports import Bus
from bunniz_bbs.commands.house import all_commands
from bunniz_bbs.commands.registry import Registry
from bunniz_bbs.config.secrets import Secrets
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.house import House
from bunniz_bbs.services import Services
from bunniz_bbs.services.boards import BoardService
from bunniz_bbs.services.drafts import DraftService
from bunniz_bbs.services.invites import InviteService
from bunniz_bbs.services.janitor import Janitor
from bunniz_bbs.services.keeper import RoomKeeper
from bunniz_bbs.services.limits import Limits
from bunniz_bbs.services.moderation import ModerationService
from bunniz_bbs.services.people import PeopleService
from bunniz_bbs.services.posts import PostService
from bunniz_bbs.services.rooms import RoomService
from bunniz_bbs.services.threads import ThreadService
from bunniz_bbs.services.voices import Voices
from bunniz_bbs.store.ports import Store
from bunniz_bbs.store.sqlite import open_sqlite
from bunniz_bbs.wiring.clock import SystemClock

DATA_FILE = "bunniz.db"


@dataclass(frozen=True, slots=True)
class Wired:
    """Everything that runs without a network."""

    services: Services
    registry: Registry
    keeper: RoomKeeper
    janitor: Janitor
    pepper: bytes


def build(store: Store, bus: Bus, clock: Clock, house: House, pepper: bytes) -> Wired:
    """All services on a store and a bus."""
    limits = Limits(clock)
    voices = Voices(store, clock)
    random = system.token_bytes
    threads = ThreadService(store, bus, clock, house, voices, limits)
    rooms = RoomService(store, bus, clock, house, voices, limits, random)
    services = Services(
        house=house,
        clock=clock,
        bus=bus,
        people=PeopleService(store, bus, clock, limits, pepper, random),
        invites=InviteService(store, clock, limits, pepper, random),
        boards=BoardService(store, house),
        threads=threads,
        posts=PostService(store, bus, clock, threads, voices, limits),
        drafts=DraftService(store, clock),
        rooms=rooms,
        moderation=ModerationService(store, bus, clock, threads, rooms, voices),
    )
    return Wired(
        services,
        all_commands(),
        RoomKeeper(rooms, bus, clock, house),
        Janitor(store, bus, clock, house),
        pepper,
    )


@asynccontextmanager
async def open_house(
    data: Path, house: House, secrets: Secrets
) -> AsyncIterator[Wired]:
    """The house on its embedded defaults: an encrypted data file, an in-process bus.

    Raises:
        StoreUnusable: The data file cannot be opened; says why and what to do.
    """
    async with AsyncExitStack() as stack:
        store = await open_sqlite(data / DATA_FILE, secrets.data_key)
        stack.push_async_callback(store.close)
        yield build(store, MemoryBus(), SystemClock(), house, secrets.pepper)


@asynccontextmanager
async def keeping(wired: Wired) -> AsyncIterator[None]:
    """Let lines and threads go when their time is up, until the block ends."""
    tasks = [
        asyncio.create_task(wired.keeper.run()),
        asyncio.create_task(wired.janitor.run()),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

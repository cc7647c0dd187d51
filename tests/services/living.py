"""A house that runs: a real data file, a real bus, a still clock."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import select

from bunniz_bbs.bus.memory import MemoryBus
from bunniz_bbs.bus.ports import (
    HOUSE,
    Subscription,
    board_topic,
    person_topic,
    room_topic,
    stir_topic,
)
from bunniz_bbs.domain.events import Event
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.domain.threads import Thread
from bunniz_bbs.domain.words import Language
from bunniz_bbs.services import Services
from bunniz_bbs.store.sqlite import SqliteStore, open_sqlite
from bunniz_bbs.store.tables import metadata
from bunniz_bbs.wiring import Wired, build
from tests.services.still import StillClock
from tests.store.fresh import open_fresh

DATA_KEY = bytes(range(32))
PEPPER = b"p" * 32
PATIENCE = 10.0


def key_of(name: str) -> KeyDigest:
    """The key of somebody."""
    return KeyDigest(hashlib.sha256(name.encode()).digest())


class Ear:
    """Hears what is published, on a real subscription."""

    def __init__(self, heard: Subscription) -> None:
        self._heard = heard

    async def next(self) -> Event | None:
        """The next event, waiting for it; a test does not wait for ever."""
        async with asyncio.timeout(PATIENCE):
            return await self._heard.next()

    async def taken(self) -> list[Event | None]:
        """Everything that has been heard and not been taken yet."""
        events: list[Event | None] = []
        try:
            while True:
                async with asyncio.timeout(0):
                    events.append(await self._heard.next())
        except TimeoutError:
            return events


@dataclass
class Living:
    """What a test needs of a house that runs."""

    folder: Path
    house: House
    clock: StillClock
    bus: MemoryBus
    store: SqliteStore
    wired: Wired
    _begun: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    @property
    def services(self) -> Services:
        """The bundle that fronts are given."""
        return self.wired.services

    async def person(
        self, name: str, role: Role = Role.MEMBER, language: Language = "en"
    ) -> Actor:
        """Let somebody in, with a key of their own."""
        account = await self.services.people.add(
            CONSOLE, name, key_of(name), role, language
        )
        return Actor.of(account)

    async def waiter(self, name: str, language: Language = "en") -> Actor:
        """Somebody who asked to come in, and waits for the team."""
        actor = await self.person(name, Role.GUEST, language)
        await self.store.write(lambda tx: tx.accounts.set_waiting(actor.id, True))
        return replace(actor, waiting=True)

    async def thread(
        self,
        author: Actor,
        board: str = "general",
        title: str = "Bread",
        posts: int = 1,
    ) -> Thread:
        """Begin a thread with that many posts of its author."""
        # The same words again would be the same thread.
        self._begun[author.id, board, title] += 1
        body = "First words." + " Again." * (self._begun[author.id, board, title] - 1)
        thread = await self.services.threads.start(author, board, title, body)
        for number in range(2, posts + 1):
            self.clock.move(minutes=1)
            await self.services.posts.reply(author, thread.id, f"Words {number}.")
        return thread

    @asynccontextmanager
    async def ear(self, *people: Actor) -> AsyncIterator[Ear]:
        """Hear all places of the house, and what concerns these people."""
        topics = [HOUSE, *(person_topic(one.id) for one in people)]
        topics += [board_topic(slug) for slug in self.house.boards]
        for slug in self.house.rooms:
            topics += [room_topic(slug), stir_topic(slug)]
        async with self.bus.subscribe(topics) as heard:
            yield Ear(heard)

    async def rows(self) -> dict[str, Sequence[object]]:
        """Everything in the data file."""
        async with self.store.writer.connect() as connection:
            return {
                table.name: [
                    tuple(row) for row in await connection.execute(select(table))
                ]
                for table in metadata.sorted_tables
            }

    async def everything(self) -> object:
        """Everything in the data file and in the rooms, to see what changed."""
        rooms = [self.wired.held.of(slug) for slug in self.house.rooms]
        return await self.rows(), [
            (list(room.lines), list(room.present), room.topic) for room in rooms
        ]

    async def reopen(self) -> None:
        """Stop the server and start it again on the same data file."""
        await self.store.close()
        self.bus = MemoryBus()
        self.store = await open_sqlite(self.folder / "house.db", DATA_KEY)
        self.wired = build(self.store, self.bus, self.clock, self.house, PEPPER)


@asynccontextmanager
async def living(folder: Path, house: House) -> AsyncIterator[Living]:
    """A house that runs on a data file of its own."""
    clock, bus = StillClock(), MemoryBus()
    store = await open_fresh(folder / "house.db", DATA_KEY)
    made = Living(
        folder, house, clock, bus, store, build(store, bus, clock, house, PEPPER)
    )
    try:
        yield made
    finally:
        await made.store.close()

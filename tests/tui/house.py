"""A real house for tests of screens: a data file, a bus, and a clock that is moved."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bunniz_bbs.bus.memory import MemoryBus
from bunniz_bbs.config.load import load_house
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import AccountId, KeyDigest, ThreadId
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.domain.words import Language
from bunniz_bbs.i18n import words_for
from bunniz_bbs.services import Services
from bunniz_bbs.tui.app import BunnizApp
from bunniz_bbs.tui.capabilities import Capabilities
from bunniz_bbs.tui.gallery import Gallery
from bunniz_bbs.tui.session import Session
from bunniz_bbs.wiring import Wired, build
from tests.store.fresh import open_fresh

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEY = bytes(range(32))
BOARDS = Path(__file__).parents[2] / "boards.yaml"


class StillClock:
    """A clock that stands until it is moved; sleepers wake when their time is up."""

    def __init__(self, now: datetime = NOON) -> None:
        self._start = self._now = now
        self._sleepers: list[tuple[datetime, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """The moment it shows."""
        return self._now

    def monotonic(self) -> float:
        """Seconds since it was made."""
        return (self._now - self._start).total_seconds()

    async def sleep(self, seconds: float) -> None:
        """Wait until it is moved so far."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self._now + timedelta(seconds=seconds), done))
        await done

    def move(self, **by: float) -> None:
        """Let time pass, as `timedelta` counts it."""
        self._now += timedelta(**by)
        for moment, done in self._sleepers:
            if moment <= self._now and not done.done():
                done.set_result(None)
        self._sleepers = [one for one in self._sleepers if not one[1].done()]


@cache
def shipped_house() -> House:
    """The house that boards.yaml describes."""
    return load_house(BOARDS)


@dataclass
class TestHouse:
    """A house with its clock, and ways to fill it."""

    __test__ = False

    wired: Wired
    clock: StillClock
    gallery: Gallery = field(default_factory=Gallery)
    _keys: int = field(default=0)
    _keys_of: dict[AccountId, KeyDigest] = field(default_factory=dict)

    @property
    def services(self) -> Services:
        """What can be done in it."""
        return self.wired.services

    def key(self) -> KeyDigest:
        """A key that nobody has used yet."""
        self._keys += 1
        return KeyDigest(self._keys.to_bytes(32, "big"))

    async def person(
        self, name: str, role: Role = Role.MEMBER, language: Language = "en"
    ) -> Actor:
        """Somebody with an account."""
        key = self.key()
        account = await self.services.people.add(CONSOLE, name, key, role, language)
        self._keys_of[account.id] = key
        return Actor.of(account)

    async def thread(
        self, actor: Actor, board: str, title: str, *bodies: str
    ) -> ThreadId:
        """A thread with its posts, all of one person."""
        first, *more = bodies or ("Hello.",)
        self.clock.move(seconds=60)
        begun = await self.services.threads.start(actor, board, title, first)
        for body in more:
            await self.reply(actor, begun.id, body)
        return begun.id

    async def reply(self, actor: Actor, thread: ThreadId, body: str) -> None:
        """One more post."""
        self.clock.move(seconds=60)
        await self.services.posts.reply(actor, thread, body)

    def session(
        self,
        someone: Actor | None,
        *,
        language: Language | None = None,
        light: bool = False,
        keyless: bool = False,
        **capable: Any,
    ) -> Session:
        """What a connection of somebody knows."""
        spoken = language or (someone.language if someone else "en")
        capabilities = Capabilities(**{"colour": "truecolor", **capable})
        key = self._keys_of.get(someone.id) if someone else None
        return Session(
            self.services,
            self.wired.registry,
            None if keyless else key or self.key(),
            capabilities,
            words_for(spoken),
            self.gallery,
            someone,
            light=light,
        )

    def app(
        self, someone: Actor | None, place: str | None = None, **given: Any
    ) -> BunnizApp:
        """A visit of somebody."""
        return BunnizApp(self.session(someone, **given), place)


@asynccontextmanager
async def a_house(folder: Path, house: House | None = None) -> AsyncIterator[TestHouse]:
    """An empty house whose data file is in a folder."""
    clock = StillClock()
    store = await open_fresh(folder / "house.db", KEY)
    try:
        wired = build(store, MemoryBus(), clock, house or replace(shipped_house()), KEY)
        yield TestHouse(wired, clock)
    finally:
        await store.close()

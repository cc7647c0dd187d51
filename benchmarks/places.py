"""Where a house is kept that is measured without a server in front of it."""

import os
from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Final, Protocol

from benchmarks.million import Million, fill
from benchmarks.texts import Texts
from bunniz_bbs.config.load import load_house
from bunniz_bbs.store.pgsession import address_of
from bunniz_bbs.store.ports import Store
from bunniz_bbs.store.postgres import PostgresStore, open_postgres, open_unlimited
from bunniz_bbs.store.sqlite import open_sqlite
from bunniz_bbs.wiring.clock import SystemClock
from tests.store.server import Server

BOARDS: Final = Path(__file__).parents[1] / "boards.yaml"
_KEY: Final = bytes(range(32))


class Place(Protocol):
    """A database with a house in it."""

    name: str

    async def make(self) -> None:
        """Make its tables; one place after the other."""

    async def fill(self, texts: Texts, posts: int) -> Million:
        """Make a house there."""

    def open(self) -> AbstractAsyncContextManager[Store]:
        """Its store, with connections on which nothing was read yet."""

    def forget(self) -> None:
        """Let nothing of it be in memory; nobody has it open."""


class OnFile:
    """An encrypted file."""

    name = "SQLite"

    def __init__(self, path: Path) -> None:
        self._path = path

    async def make(self) -> None:
        """Make its tables; one place after the other."""
        await (await open_sqlite(self._path, _KEY)).close()

    async def fill(self, texts: Texts, posts: int) -> Million:
        """Make a house there."""
        store = await open_sqlite(self._path, _KEY, migrate=False)
        try:
            house, now = load_house(BOARDS), SystemClock().now()
            made = await fill(store.writer, house, now, texts, posts)
            await store.shred()
        finally:
            await store.close()
        return made

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Store]:
        """Its store, with connections on which nothing was read yet."""
        store = await open_sqlite(self._path, _KEY, migrate=False)
        try:
            yield store
        finally:
            await store.close()

    def forget(self) -> None:
        """Let nothing of it be in memory; nobody has it open."""
        _forget(self._path.parent.iterdir())


class OnServer:
    """A database of a PostgreSQL server."""

    name = "PostgreSQL"

    def __init__(self, server: Server, url: str) -> None:
        self._server = server
        self._url = url

    async def make(self) -> None:
        """Make its tables; one place after the other."""
        await (await open_postgres(self._url)).close()

    async def fill(self, texts: Texts, posts: int) -> Million:
        """Make a house there."""
        async with open_unlimited(self._url) as engine:
            house, now = load_house(BOARDS), SystemClock().now()
            return await fill(engine, house, now, texts, posts)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Store]:
        """Its store, with connections on which nothing was read yet."""
        store = PostgresStore(address_of(self._url))
        try:
            yield store
        finally:
            await store.close()

    def forget(self) -> None:
        """Let nothing of it be in memory; nobody has it open."""
        self._server.stop()
        _forget(self._server.files.rglob("*"))
        self._server.start()


def _forget(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

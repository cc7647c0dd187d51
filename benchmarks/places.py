"""Where a house is kept that is measured without a server in front of it."""

import asyncio
import multiprocessing
import os
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Final, Protocol

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
_HASTE: Final = ("synchronous = OFF", "cache_size = -500000")
"""While it is filled: the connection is closed before anything is measured."""


class Place(Protocol):
    """A database with a house in it."""

    name: str

    def open(self) -> AbstractAsyncContextManager[Store]:
        """Its store, with connections on which nothing was read yet."""

    def forget(self) -> None:
        """Let nothing of it be in memory; nobody has it open."""


class OnFile:
    """An encrypted file."""

    name = "SQLite"

    def __init__(self, path: Path) -> None:
        self._path = path

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


def make_both(path: Path, url: str, posts: int) -> Million:
    """The same house in a file and in a database, each by a process of its own."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=spawn) as processes:
        both = [
            processes.submit(_in_a_process, _on_file, path, posts),
            processes.submit(_in_a_process, _on_server, url, posts),
        ]
        made, _ = (one.result() for one in both)
        return made


def _in_a_process(make: Callable[[Any, int], Any], where: Any, posts: int) -> Million:
    made: Million = asyncio.run(make(where, posts))
    return made


async def _on_file(path: Path, posts: int) -> Million:
    store = await open_sqlite(path, _KEY)
    try:
        async with store.writer.connect() as connection:
            # Past SQLAlchemy, which would begin a transaction first.
            raw = (await connection.get_raw_connection()).driver_connection
            assert raw is not None
            for pragma in _HASTE:
                await raw.execute_fetchall(f"PRAGMA {pragma}")
        house, now = load_house(BOARDS), SystemClock().now()
        made = await fill(store.writer, house, now, Texts(), posts)
        await store.shred()
    finally:
        await store.close()
    return made


async def _on_server(url: str, posts: int) -> Million:
    await (await open_postgres(url)).close()
    house, now, texts = load_house(BOARDS), SystemClock().now(), Texts()
    async with open_unlimited(url) as engine:
        return await fill(engine, house, now, texts, posts)


def _forget(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

"""Every store that the program can use, empty, in a place of its own."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bunniz_bbs.store.ports import Store
from bunniz_bbs.store.postgres import PostgresStore, open_postgres
from bunniz_bbs.store.sqlite import SqliteStore, open_sqlite
from bunniz_bbs.store.tables import metadata
from tests.store.server import Server

KEY = bytes(range(32))
SHARED = "shared"
"""The database that most tests use one after the other: quicker than making each."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the data file is."""
    return tmp_path / "data" / "house.db"


@pytest.fixture
async def sqlite(path: Path) -> AsyncIterator[SqliteStore]:
    """The store of a house that runs as one process."""
    store = await open_sqlite(path, KEY)
    yield store
    await store.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server for all tests."""
    server = Server()
    try:
        asyncio.run(_prepare(server))
        yield server
    finally:
        server.close()


@pytest.fixture
async def database(server: Server) -> str:
    """The URL of a database with all tables and nothing in them."""
    await server.empty(SHARED, [table.name for table in metadata.sorted_tables])
    return server.url(SHARED)


@pytest.fixture
async def bare(server: Server) -> AsyncIterator[str]:
    """The URL of a database with no tables."""
    name = await server.create()
    yield server.url(name)
    await server.drop(name)


@pytest.fixture
async def postgres(database: str) -> AsyncIterator[PostgresStore]:
    """The store of a house that runs on several nodes."""
    store = await open_postgres(database)
    yield store
    await store.close()


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> Store:
    """Each adapter in turn; what these tests say holds for all of them."""
    kept: Store = request.getfixturevalue(request.param)
    return kept


@pytest.fixture
async def three(database: str) -> AsyncIterator[list[Store]]:
    """The stores of three nodes on one database."""
    stores: list[Store] = [await open_postgres(database) for _ in range(3)]
    yield stores
    for store in stores:
        await store.close()


@pytest.fixture(params=["sqlite", "three"])
def nodes(request: pytest.FixtureRequest) -> list[Store]:
    """All that write to one place: one store, or those of three nodes."""
    found = request.getfixturevalue(request.param)
    return found if request.param == "three" else [found]


async def _prepare(server: Server) -> None:
    await server.create(name=SHARED)
    store = await open_postgres(server.url(SHARED))
    await store.close()

"""Every store that the program can use, empty, in a folder of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bunniz_bbs.store.ports import Store
from bunniz_bbs.store.sqlite import SqliteStore, open_sqlite

KEY = bytes(range(32))


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


@pytest.fixture(params=["sqlite"])
def store(request: pytest.FixtureRequest) -> Store:
    """Each adapter in turn; what these tests say holds for all of them."""
    kept: Store = request.getfixturevalue(request.param)
    return kept

"""Which store stands behind the port: a data file, or a database that nodes share."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.ext.asyncio import AsyncEngine

from bunniz_bbs.config.secrets import Secrets
from bunniz_bbs.config.settings import Settings
from bunniz_bbs.store.errors import MISSING, StoreUnusable
from bunniz_bbs.store.lock import hold_folder
from bunniz_bbs.store.ports import Store
from bunniz_bbs.store.sqlite import open_sqlite
from bunniz_bbs.wiring.clock import SharedClock, SystemClock

DATA_FILE: Final = "bunniz.db"


async def open_store(settings: Settings, secrets: Secrets) -> Store:
    """The store that the settings name, brought up to date; holds the data folder.

    Raises:
        StoreUnusable: It cannot be used; says why and what to do.
    """
    if not settings.store:
        return await open_sqlite(settings.data / DATA_FILE, secrets.data_key)
    # Only here: a house on a data file loads no driver for another database.
    from bunniz_bbs.store.postgres import open_postgres

    return await open_postgres(settings.store, lock=hold_folder(settings.data))


async def clock_of(store: Store) -> SystemClock:
    """The clock that a house on this store goes by."""
    shared = getattr(store, "moment", None)
    if shared is None:
        return SystemClock()
    clock = SharedClock(shared)
    await clock.set()
    return clock


@asynccontextmanager
async def open_side(
    place: str, secrets: Secrets | None, *, new: bool = False
) -> AsyncIterator[AsyncEngine]:
    """One side of a move: a data folder, or the URL of a database, as it is.

    Args:
        place: Where it is.
        secrets: Those that the house has; only a data folder needs them.
        new: Whether the data file may be made.

    Raises:
        StoreUnusable: It cannot be used; says why and what to do.
    """
    if "://" in place:
        from bunniz_bbs.store.postgres import open_unlimited

        async with open_unlimited(place) as engine:
            yield engine
        return
    path = Path(place) / DATA_FILE
    if not new and not path.exists():
        raise StoreUnusable.because(path, MISSING)
    assert secrets is not None, "a data file is encrypted"
    store = await open_sqlite(path, secrets.data_key, migrate=False)
    try:
        yield store.writer
    finally:
        await store.close()

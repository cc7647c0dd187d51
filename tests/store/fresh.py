"""A data file with all tables and nothing in them, without migrating each anew."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bunniz_bbs.store.sqlite import SqliteStore, open_sqlite

_EMPTY: Final[dict[bytes, bytes]] = {}
"""The file after all migrations, for each key that it is encrypted with."""


async def open_fresh(path: Path, key: bytes) -> SqliteStore:
    """The store at `path`, in a new file where there is none: migrated once, copied."""
    if key not in _EMPTY:
        with TemporaryDirectory() as folder:
            first = Path(folder) / "house.db"
            await (await open_sqlite(first, key)).close()
            _EMPTY[key] = first.read_bytes()
    # Else a test has put a house there, to go on with it.
    if not await asyncio.to_thread(path.exists):
        await asyncio.to_thread(path.write_bytes, _EMPTY[key])
    return await open_sqlite(path, key, migrate=False)

"""The store of a house that runs as one process: one encrypted SQLite file."""

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlcipher3 import dbapi2

from bunniz_bbs.domain.errors import StoreDown
from bunniz_bbs.store.errors import (
    FULL,
    NEWER,
    SchemaNewer,
    StoreUnusable,
    problem_of,
)
from bunniz_bbs.store.lock import FolderLock, hold_folder
from bunniz_bbs.store.migrate import upgrade
from bunniz_bbs.store.ports import Transaction
from bunniz_bbs.store.sql.transaction import SqlTransaction
from bunniz_bbs.store.sqlcipher import KEY_BYTES, make_engine, probe
from bunniz_bbs.store.units import Units

T = TypeVar("T")

READERS: Final = 3
READ_SECONDS: Final = 5.0
"""How long a unit of reading may hold its view; a checkpoint waits longer than that."""
CHECKPOINT_TRIES: Final = 40
CHECKPOINT_PAUSE: Final = 0.05
LEAST_FREE: Final = 4 * 2**20
"""Bytes of disk without which a start would end in the middle of a migration."""

_log = logging.getLogger("bunniz.store")


class SqliteStore:
    """One writer, a few readers, and nobody else: the folder is locked."""

    def __init__(self, path: Path, key: bytes, lock: FolderLock) -> None:
        self._lock = lock
        self._writer = make_engine(path, key)
        self._readers = make_engine(path, key, readers=READERS)
        self._turn = asyncio.Lock()
        self._units = Units()

    @property
    def writer(self) -> AsyncEngine:
        """The engine that migrations run on."""
        return self._writer

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run a unit of work and commit it; it is durable when this returns.

        Raises:
            StoreDown: It could not be kept, and none of it was.
        """
        return await self._units.run(self._write(work))

    async def read(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run a unit of work that changes nothing, on one consistent view.

        Raises:
            StoreDown: The file could not be read, or not in reasonable time.
        """
        return await self._units.run(self._read(work))

    async def shred(self) -> None:
        """Give freed pages back and empty the write-ahead log.

        What was deleted is overwritten as it is deleted; this ends its last copy, the
        one in the log. Readers may delay it; when they outlast every try, the next
        call makes up for it.
        """
        await self._units.run(self._shred())

    async def close(self) -> None:
        """Finish what is running and let go of the files. Closing twice is closing."""
        await self._units.close()
        # The last connection to close empties the log into the file.
        await self._readers.dispose()
        await self._writer.dispose()
        self._lock.release()

    async def _write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        with _told():
            async with self._turn, self._writer.begin() as connection:
                return await work(SqlTransaction(connection))

    async def _read(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        with _told():
            async with (
                self._readers.connect() as connection,
                asyncio.timeout(READ_SECONDS),
            ):
                return await work(SqlTransaction(connection))

    async def _shred(self) -> None:
        with _told():
            async with self._turn, self._writer.begin() as connection:
                await connection.exec_driver_sql("PRAGMA incremental_vacuum")
            for _ in range(CHECKPOINT_TRIES):
                if await self._checkpoint():
                    return
                await asyncio.sleep(CHECKPOINT_PAUSE)
        _log.warning("readers kept the write-ahead log from being emptied")

    async def _checkpoint(self) -> bool:
        """Empty the write-ahead log; whether no reader was in the way."""
        async with self._turn, self._writer.connect() as connection:
            # Past SQLAlchemy, which would begin a transaction first.
            raw = (await connection.get_raw_connection()).driver_connection
            assert raw is not None
            [(busy, _, _)] = await raw.execute_fetchall(
                "PRAGMA wal_checkpoint(TRUNCATE)"
            )
            return not busy


async def open_sqlite(path: Path, key: bytes, *, migrate: bool = True) -> SqliteStore:
    """The store in the file at `path`, made if it is missing, brought up to date.

    Args:
        path: The data file; its folder is made if missing and held until `close`.
        key: 32 random bytes that the file is, or will be, encrypted with.
        migrate: False leaves the tables as they are.

    Raises:
        StoreUnusable: The folder, the file or the key will not do; it says why.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"the key must be {KEY_BYTES} bytes")
    lock = hold_folder(path.parent)
    try:
        _require_room(path.parent)
        await asyncio.to_thread(probe, path, key)
        store = SqliteStore(path, key, lock)
    except BaseException:
        lock.release()
        raise
    try:
        if migrate:
            await upgrade(store.writer)
    except BaseException as error:
        await store.close()
        if isinstance(error, SchemaNewer):
            raise StoreUnusable.because(path, NEWER) from error
        if isinstance(error, DBAPIError) and error.orig is not None:
            raise StoreUnusable.because(path, problem_of(error.orig)) from error
        raise
    return store


def _require_room(folder: Path) -> None:
    if shutil.disk_usage(folder).free < LEAST_FREE:
        raise StoreUnusable.because(folder, FULL)


@contextmanager
def _told() -> Iterator[None]:
    """Tell a failing database from a mistake of ours: only the first is StoreDown."""
    try:
        yield
    except (IntegrityError, ProgrammingError, DataError):
        raise
    except (DBAPIError, dbapi2.Error, PoolTimeout, TimeoutError) as error:
        raise StoreDown from error

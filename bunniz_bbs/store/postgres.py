"""The store of a house on several nodes: a PostgreSQL database that they share."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager
from datetime import datetime
from typing import Final, TypeVar

import asyncpg
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bunniz_bbs.store.errors import NEWER, SchemaNewer, StoreUnusable
from bunniz_bbs.store.lock import FolderLock
from bunniz_bbs.store.migrate import upgrade
from bunniz_bbs.store.pgproblems import look, problem_of
from bunniz_bbs.store.pgsession import (
    FAILURES,
    Address,
    address_of,
    connect,
    disconnect,
    make_engine,
)
from bunniz_bbs.store.pgunits import borrowed, commit, passes, told, tried
from bunniz_bbs.store.ports import Transaction
from bunniz_bbs.store.sql.transaction import SqlTransaction
from bunniz_bbs.store.tables import (
    entries,
    metadata,
    moderation_log,
    posts,
    threads,
)
from bunniz_bbs.store.units import Units

T = TypeVar("T")

WRITERS: Final = 4
"""More would lose more races against each other than they win time."""
READERS: Final = 4
PATIENCE: Final = 4.5
"""Seconds that a unit of work takes at most, with all its tries."""
SHRED_SECONDS: Final = 6.0
"""A little more than the server gives a statement, so that it is the one to end it."""
PAUSES: Final = (0, 0.01, 0.02, 0.04, *[0.08] * 30)
"""Seconds between the tries of a unit that lost a race."""

_LARGE: Final = (threads, posts, entries)
_SMALL: Final = [
    table.name
    for table in metadata.sorted_tables
    if table is not moderation_log and table not in _LARGE
]
_CLEARING: Final = (
    # Their indexes hold no words: the server may put off going through them.
    f"VACUUM {', '.join(table.name for table in _LARGE)}",
    f"VACUUM (INDEX_CLEANUP ON) {', '.join(_SMALL)}",
)

_log = logging.getLogger("bunniz.store")


class PostgresStore:
    """Several nodes at once: units of work happen as if one after the other.

    A unit that met another's work in the middle is rolled back and run again, so it
    must change nothing but its transaction.
    """

    def __init__(self, address: Address, lock: FolderLock | None = None) -> None:
        self._lock = lock
        self._writer = make_engine(address, "SERIALIZABLE", size=WRITERS)
        self._readers = make_engine(
            address, "REPEATABLE READ", size=READERS, read_only=True
        )
        self._turn = asyncio.Lock()
        self._shredding = asyncio.Lock()
        self._units = Units()

    @property
    def writer(self) -> AsyncEngine:
        """The engine that units of writing run on."""
        return self._writer

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run a unit of work and commit it; it is durable when this returns.

        Raises:
            StoreDown: The database did not acknowledge it. It was not kept, unless
                the connection broke in the very moment of the commit.
        """
        return await self._units.run(self._write(work))

    async def read(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run a unit of work that changes nothing, on one consistent view.

        Raises:
            StoreDown: The database could not be read, or not in reasonable time.
        """
        return await self._units.run(self._read(work))

    async def moment(self) -> datetime:
        """What the server's clock says, which all nodes share.

        Raises:
            StoreDown: It does not say.
        """
        return await self._units.run(self._moment())

    async def shred(self) -> None:
        """Clear away what was deleted, as far as PostgreSQL can.

        No table and no index of names leads to it any more, and its room is given to
        what is written next. Until then, bytes of it may be left in their pages; the
        write-ahead log keeps it until the server writes that segment anew, and
        archives of the log, standbys and copies keep it for as long as they are kept.
        The log says when there was not enough time; the next call makes up for it.
        """
        await self._units.run(self._shred())

    async def close(self) -> None:
        """Finish what is running and disconnect. Closing twice is closing."""
        await self._units.close()
        for engine in (self._readers, self._writer):
            await disconnect(engine)
        if self._lock:
            self._lock.release()

    async def _write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        async def once() -> T:
            async with borrowed(self._writer) as connection:
                result = await work(SqlTransaction(connection))
                await commit(connection)
                return result

        with told():
            async with asyncio.timeout(PATIENCE):
                try:
                    return await once()
                except DBAPIError as error:
                    if not passes(error):
                        raise
                # Those that lost go one by one: they do not make each other lose.
                async with self._turn:
                    return await tried(once, PAUSES)

    async def _read(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        async def once() -> T:
            async with borrowed(self._readers) as connection:
                result = await work(SqlTransaction(connection))
                await connection.rollback()
                return result

        with told():
            async with asyncio.timeout(PATIENCE):
                return await tried(once, (0,))

    async def _moment(self) -> datetime:
        with told():
            async with asyncio.timeout(PATIENCE), borrowed(self._readers) as connection:
                asked = await connection.execute(select(func.clock_timestamp()))
                moment: datetime = asked.scalar_one()
                await connection.rollback()
                return moment

    async def _shred(self) -> None:
        with told():
            async with (
                asyncio.timeout(SHRED_SECONDS),
                self._shredding,
                borrowed(self._writer) as connection,
            ):
                # Past SQLAlchemy, which would begin a transaction first.
                raw = (await connection.get_raw_connection()).driver_connection
                assert raw is not None
                try:
                    for statement in _CLEARING:
                        await raw.execute(statement)
                except asyncpg.QueryCanceledError:
                    _log.warning("what was deleted was not all cleared away in time")


async def open_postgres(url: str, *, lock: FolderLock | None = None) -> PostgresStore:
    """The store in a database, brought up to date.

    Args:
        url: Where it is, `postgresql://` or `postgresql+asyncpg://`, with all that
            the driver's address may say. Not through a pooler that gives each
            transaction another connection.
        lock: Released when the store is closed, or could not be opened.

    Raises:
        StoreUnusable: The address or the server will not do; it says why.
    """
    with ExitStack() as undoing:
        if lock:
            undoing.callback(lock.release)
        address = address_of(url)
        await probe(address)
        await _bring_up_to_date(address)
        undoing.pop_all()
        return PostgresStore(address, lock)


@asynccontextmanager
async def open_unlimited(url: str) -> AsyncIterator[AsyncEngine]:
    """A database as it is, for one long transaction of which reading sees one moment.

    Raises:
        StoreUnusable: The address or the server will not do, or it went away.
    """
    address = address_of(url)
    await probe(address)
    engine = make_engine(address, "REPEATABLE READ", size=1, limits=False)
    try:
        yield engine
    except FAILURES as error:
        raise StoreUnusable.because(address.shown, problem_of(error)) from None
    finally:
        await disconnect(engine)


async def probe(address: Address) -> None:
    """See that the database can be used.

    Raises:
        StoreUnusable: It cannot.
    """
    try:
        connection = await connect(address)
        try:
            await look(address.shown, connection)
        finally:
            connection.terminate()
    except (*FAILURES, ValueError) as error:
        # Not its cause: the driver's errors may quote the address.
        raise StoreUnusable.because(address.shown, problem_of(error)) from None


async def _bring_up_to_date(address: Address) -> None:
    # Whoever waits for another node's migration must see what it has made.
    engine = make_engine(address, "READ COMMITTED", size=1, limits=False)
    try:
        await upgrade(engine)
    except SchemaNewer as error:
        raise StoreUnusable.because(address.shown, NEWER) from error
    except (DBAPIError, *FAILURES) as error:
        cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
        raise StoreUnusable.because(address.shown, problem_of(cause)) from error
    finally:
        await disconnect(engine)

"""Encrypted SQLite under SQLAlchemy's asynchronous engine."""

import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import aiosqlite
from sqlalchemy import Connection, event
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_dbapi
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlcipher3 import dbapi2

from bunniz_bbs.store.errors import (
    DAMAGED,
    NOT_ENCRYPTED,
    NOT_SECURE,
    OLD_SQLITE,
    UNREACHABLE,
    UNWRITABLE,
    StoreUnusable,
    problem_of,
)

KEY_BYTES: Final = 32
SOUND_SQLITE: Final = (3, 51, 3)
"""Before it, a checkpoint beside a writer could damage the file."""
CHECKED_BYTES: Final = 64 * 2**20
"""A larger file is not read through at the start; each page that is read later is
still authenticated."""
POOL_SECONDS: Final = 10

_PRAGMAS: Final = (
    # Before the first page is written: it cannot be changed afterwards.
    "auto_vacuum = INCREMENTAL",
    "journal_mode = WAL",
    # With NORMAL, a power cut takes back what was acknowledged.
    "synchronous = FULL",
    "wal_autocheckpoint = 1000",
    "busy_timeout = 1000",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "mmap_size = 0",
    "temp_store = MEMORY",
)


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Any:
    """A connection of the driver, keyed and set up, in autocommit mode."""
    # Threads take turns: aiosqlite runs each call in the connection's own thread.
    connection = dbapi2.connect(
        str(path.absolute()),
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        # SQLCipher would write its complaints to standard error.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        if read_only:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def probe(path: Path, key: bytes) -> None:
    """Make the file if it is missing, and see that it can be used; blocks.

    Raises:
        StoreUnusable: It cannot.
    """
    if dbapi2.sqlite_version_info < SOUND_SQLITE:
        raise StoreUnusable.because(path, OLD_SQLITE)
    try:
        # SQLite gives its other files the mode of this one.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        path.chmod(0o600)
        with path.open("rb") as file:
            head = file.read(16)
        size = path.stat().st_size
    except PermissionError as error:
        raise StoreUnusable.because(path, UNWRITABLE) from error
    except OSError as error:
        raise StoreUnusable.because(path, UNREACHABLE) from error
    if head == b"SQLite format 3\0":
        raise StoreUnusable.because(path, NOT_ENCRYPTED)
    try:
        connection = connect(path, key)
        try:
            _look(path, connection, size)
        finally:
            connection.close()
    except dbapi2.Error as error:
        raise StoreUnusable.because(path, problem_of(error)) from error


def _look(path: Path, connection: Any, size: int) -> None:
    def value(pragma: str) -> object:
        return connection.execute(f"PRAGMA {pragma}").fetchone()[0]

    if value("secure_delete") != 1:
        raise StoreUnusable.because(path, NOT_SECURE)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if size <= CHECKED_BYTES and value("quick_check(1)") != "ok":
        raise StoreUnusable.because(path, DAMAGED)


class _Cursor:
    """One statement: run, fetched and done in a single trip to the thread.

    aiosqlite makes four trips of it, and trips are what a small query costs.
    """

    arraysize = 1

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> "_Cursor":
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        await self._trip("execute", sql, parameters)

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        await self._trip("executemany", sql, parameters)

    async def fetchall(self) -> list[Any]:
        return self._rows

    async def close(self) -> None:
        self._rows = []

    async def _trip(self, how: str, sql: str, parameters: Any) -> None:
        there = self._connection._execute
        # A lambda: aiosqlite logs what it calls, and members' words are not for logs.
        await there(lambda: self._run(how, sql, parameters))  # type: ignore[no-untyped-call]

    def _run(self, how: str, sql: str, parameters: Any) -> None:
        with closing(self._connection._conn.cursor()) as cursor:
            getattr(cursor, how)(sql, parameters)
            # Also where no rows come: some PRAGMAs go on only while they are fetched.
            self._rows = cursor.fetchall()
            self.description = cursor.description
            self.rowcount = cursor.rowcount
            self.lastrowid = cursor.lastrowid


class _Connection(aiosqlite.Connection):
    """A connection in a thread of its own."""

    def cursor(self) -> _Cursor:  # type: ignore[override] # all that SQLAlchemy needs
        return _Cursor(self)


class _Driver(AsyncAdapt_aiosqlite_dbapi):
    """aiosqlite over SQLCipher, whose exceptions are not those of `sqlite3`."""

    def _init_dbapi_attributes(self) -> None:
        for name in (
            "Binary",
            "DatabaseError",
            "Error",
            "IntegrityError",
            "NotSupportedError",
            "OperationalError",
            "PARSE_COLNAMES",
            "PARSE_DECLTYPES",
            "ProgrammingError",
            "sqlite_version",
            "sqlite_version_info",
        ):
            setattr(self, name, getattr(self.sqlite, name))


def make_engine(path: Path, key: bytes, *, readers: int = 0) -> AsyncEngine:
    """An engine on the file: with that many read-only connections, or one writer."""

    def connector() -> Any:
        return connect(path, key, read_only=readers > 0)

    async def connection() -> aiosqlite.Connection:
        made = _Connection(connector, 64)
        # A thread that was left behind must not keep the process alive.
        made._thread.daemon = True
        return await made

    engine = create_async_engine(
        "sqlite+aiosqlite:///bunniz.db",
        module=_Driver(aiosqlite, dbapi2),
        async_creator=connection,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=readers or 1,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
        # Errors go to the log; what people write does not.
        hide_parameters=True,
    )
    begin = "BEGIN" if readers else "BEGIN IMMEDIATE"

    # The driver begins nothing by itself, so a rollback would undo nothing.
    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine

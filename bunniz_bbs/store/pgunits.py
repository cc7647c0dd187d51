"""How a unit of work is run on PostgreSQL, and what its failures mean."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final, TypeVar

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bunniz_bbs.domain.errors import BunnizError, StoreDown
from bunniz_bbs.store.errors import StatementRefused
from bunniz_bbs.store.pgsession import FAILURES, cut

T = TypeVar("T")

_RACES_LOST: Final = ("40001", "40P01")
_GONE: Final = ("08", "57P0")
_MISTAKES: Final = ("22", "23", "42")


@asynccontextmanager
async def borrowed(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection that goes back to its pool as it came, or not at all."""
    connection = await engine.connect()
    sound = False
    try:
        yield connection
        sound = True
    except (BunnizError, DBAPIError):
        await connection.rollback()
        sound = True
        raise
    finally:
        if not sound:
            await cut(connection)
        await connection.close()


async def commit(connection: AsyncConnection) -> None:
    """Commit; a race may be lost here as well, but nothing is run twice by mistake."""
    try:
        await connection.commit()
    except DBAPIError as error:
        if _state(error) in _RACES_LOST:
            raise
        # Whether it was kept, only the server knows.
        raise StoreDown from error


async def tried(once: Callable[[], Awaitable[T]], pauses: Iterable[float]) -> T:
    """What something returns that is tried again after each pause."""
    for pause in pauses:
        try:
            return await once()
        except DBAPIError as error:
            if not passes(error):
                raise
        await asyncio.sleep(pause)
    return await once()


def passes(error: DBAPIError) -> bool:
    """Whether what failed can succeed when it is tried again at once."""
    state = _state(error)
    return (
        error.connection_invalidated
        or state in _RACES_LOST
        or state.startswith(_GONE)
        # Another node has migrated.
        or isinstance(_cause(error), asyncpg.InvalidCachedStatementError)
    )


@contextmanager
def told() -> Iterator[None]:
    """Tell a failing database from a mistake of ours: only the first is StoreDown."""
    try:
        yield
    except DBAPIError as error:
        state = _state(error)
        if state.startswith(_MISTAKES) or isinstance(_cause(error), asyncpg.DataError):
            # Not its cause: the server's errors quote values.
            refused = StatementRefused(state or "a value that does not fit")
            raise refused.with_traceback(error.__traceback__) from None
        raise StoreDown from error
    except FAILURES as error:
        raise StoreDown from error


def _state(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _cause(error: DBAPIError) -> BaseException | None:
    return error.orig.__cause__ if error.orig else None

"""Connections to PostgreSQL under SQLAlchemy's asynchronous engine."""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs

import asyncpg
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bunniz_bbs.domain.text import printable
from bunniz_bbs.store.errors import StoreUnusable
from bunniz_bbs.store.pgproblems import BAD_ADDRESS

NAME: Final = "bunniz-bbs"
"""What our connections are called in the server's list of them."""
CONNECT_SECONDS: Final = 4.0
CLOSE_SECONDS: Final = 2.0
FAILURES: Final = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    PoolTimeout,
    OSError,
)
"""What the driver, the pool and the network raise, beside what SQLAlchemy wraps."""

_HOST: Final = r"(?:\[[0-9a-fA-F:.]+\]|[^\[\]:@/?#,]*)(?::\d+)?"
_ADDRESS: Final = re.compile(
    # A password with a sign of its own in it must not be taken for a host.
    r"(?:postgresql\+asyncpg|postgresql)://(?:[^@/?#]*@)?"
    rf"(?P<hosts>{_HOST}(?:,{_HOST})*)(?P<database>/[^@/?#]*)?(?:\?(?P<query>[^@#]*))?"
)

_SETTINGS: Final = {
    "application_name": NAME,
    # What is acknowledged is on the disk.
    "synchronous_commit": "on",
    "log_parameter_max_length_on_error": "0",
    # Compiling takes longer than what is asked here.
    "jit": "off",
    # A node that is dead without a word holds nobody up for long.
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
LIMITS: Final = {
    "statement_timeout": "5s",
    "idle_in_transaction_session_timeout": "5s",
}
"""What the server ends by itself: a unit of work has been given up by then."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is."""

    dsn: str = field(repr=False)
    """For the driver; with the password."""
    shown: str
    """For people; without user and password."""


def address_of(url: str) -> Address:
    """The address that a URL means.

    Raises:
        StoreUnusable: It is none; the refusal does not repeat it.
    """
    found = _ADDRESS.fullmatch(url)
    if found is None:
        raise StoreUnusable.because("postgresql://…", BAD_ADDRESS)
    shown = f"postgresql://{found['hosts']}{found['database'] or ''}"
    for host in parse_qs(found["query"] or "").get("host", [])[-1:]:
        shown += f"?host={host}"
    return Address(f"postgresql://{url.partition('://')[2]}", printable(shown))


class _Connection(asyncpg.Connection):  # type: ignore[misc] # asyncpg ships no types
    """A connection that is dropped at once where SQLAlchemy does not trust it."""

    async def close(self, *, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Take leave; with a time limit, which is for trouble: just go.

        What would be waited for is an answer from a server that gives none.
        """
        if timeout is None:
            await super().close()
        else:
            self.terminate()


async def connect(address: Address, *, limits: bool = True) -> asyncpg.Connection:
    """A connection of the driver, set up; `limits` end what takes too long."""
    return await asyncpg.connect(
        address.dsn,
        timeout=CONNECT_SECONDS,
        connection_class=_Connection,
        server_settings=_SETTINGS | (LIMITS if limits else {}),
    )


def make_engine(
    address: Address,
    isolation: str,
    *,
    size: int,
    read_only: bool = False,
    limits: bool = True,
) -> AsyncEngine:
    """An engine with up to that many connections, none of which is made yet."""

    async def connection() -> Any:
        return await connect(address, limits=limits)

    engine = create_async_engine(
        "postgresql+asyncpg://",
        async_creator=connection,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=size,
        max_overflow=0,
        # Units of work have a limit of their own, which ends sooner.
        pool_timeout=60,
        execution_options={
            "isolation_level": isolation,
            "postgresql_readonly": read_only,
        },
        # Errors go to the log; what people write does not.
        hide_parameters=True,
    )

    # Asking the server each time would cost a round trip; the driver knows already.
    @event.listens_for(engine.sync_engine, "checkout")
    def _alive(connection: Any, record: object, proxy: object) -> None:
        if connection.driver_connection.is_closed():
            raise DisconnectionError

    return engine


async def cut(connection: AsyncConnection) -> None:
    """Drop a connection at once, with no word to a server that may not listen."""
    if connection.closed or connection.invalidated:
        return
    raw = (await connection.get_raw_connection()).driver_connection
    if raw is not None:
        raw.terminate()
    await connection.invalidate()


async def disconnect(engine: AsyncEngine) -> None:
    """Take leave of a server, which may not be there any more."""
    with suppress(SQLAlchemyError, *FAILURES):
        async with asyncio.timeout(CLOSE_SECONDS):
            await engine.dispose()

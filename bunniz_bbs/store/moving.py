"""Copies a whole house from one database into another, and proves that it did."""

import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    Table,
    TypeDecorator,
    func,
    insert,
    inspect,
    literal,
    select,
    text,
    tuple_,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bunniz_bbs.store.errors import SchemaNewer
from bunniz_bbs.store.migrate import is_current, upgrade_within
from bunniz_bbs.store.numbering import draw_after, last_of
from bunniz_bbs.store.tables import metadata

BATCH: Final = 500
SUM_BYTES: Final = 32
_SUMS: Final = 2 ** (8 * SUM_BYTES)
_VERSIONS: Final = "alembic_version"
QUIET_TRIES: Final = 15
_OTHERS: Final = """
SELECT count(*) FROM pg_stat_activity AS other, pg_stat_activity AS own
WHERE own.pid = pg_backend_pid() AND other.pid <> own.pid
  AND other.datid = own.datid AND other.application_name = own.application_name
"""


class MoveRefused(Exception):
    """The house was not moved, and the target is as it was; says why."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a table holds."""

    rows: int = 0
    total: int = 0
    """The sum of a hash of each row, so that their order makes no difference."""
    last: int = 0
    """The last number that was drawn for a row; none that was is drawn again."""

    @property
    def digest(self) -> str:
        """A name for exactly these rows."""
        return self.total.to_bytes(SUM_BYTES, "big").hex()[:16]

    def plus(self, rows: Sequence[Sequence[object]]) -> "Counted":
        """With so many rows more."""
        total = self.total + sum(map(_hash, rows))
        return Counted(self.rows + len(rows), total % _SUMS, self.last)


@dataclass(frozen=True, slots=True)
class Moved:
    """One table, on both sides."""

    table: str
    source: Counted
    target: Counted

    @property
    def same(self) -> bool:
        """Whether the two hold the same."""
        return self.source == self.target


class MoveDiffers(Exception):
    """What was read back is not what was copied; the target is as it was."""

    def __init__(self, tables: Sequence[Moved]) -> None:
        super().__init__("the target does not hold what the source holds")
        self.tables = tables


async def move(source: AsyncEngine, target: AsyncEngine) -> Sequence[Moved]:
    """Copy every table into an empty target, in one transaction that sees both.

    Rows are copied as they are stored, with their numbers, and never all at once.

    Raises:
        MoveRefused: A side will not do, or the target cannot keep a row.
        MoveDiffers: What arrived is not the same.
    """
    async with source.begin() as old, target.begin() as new:
        await old.run_sync(_require_house)
        await new.run_sync(_require_empty)
        tables = [await _moved(old, new, _plain(one)) for one in metadata.sorted_tables]
        if not all(one.same for one in tables):
            raise MoveDiffers(tables)
    return tables


async def _moved(old: AsyncConnection, new: AsyncConnection, table: Table) -> Moved:
    """Copy a table, then read it back."""
    source = Counted(last=await last_of(old, table))
    async for rows in _batches(old, table):
        source = source.plus(rows)
        _require_keepable(new, table, rows)
        try:
            await new.execute(insert(table), [dict(row._mapping) for row in rows])
        except DBAPIError as error:
            if error.connection_invalidated:
                raise
            state = getattr(error.orig, "sqlstate", None) or type(error).__name__
            raise MoveRefused(
                f"{table.name}: the target cannot keep one of the rows ({state})."
            ) from None
    if source.last:
        await draw_after(new, table, source.last)
    target = Counted(last=await last_of(new, table))
    async for rows in _batches(new, table):
        target = target.plus(rows)
    return Moved(table.name, source, target)


def _plain(table: Table) -> Table:
    """A table as the database sees it, without what Python makes of its values."""
    return Table(
        table.name,
        MetaData(),
        *(
            Column(
                column.name,
                column.type.impl_instance
                if isinstance(column.type, TypeDecorator)
                else column.type,
                primary_key=column.primary_key,
            )
            for column in table.columns
        ),
        sqlite_autoincrement=table.dialect_options["sqlite"]["autoincrement"],
    )


async def _batches(
    connection: AsyncConnection, table: Table
) -> AsyncIterator[Sequence[Any]]:
    """All rows by their key, so many at a time."""
    key = list(table.primary_key.columns)
    wanted = select(table).order_by(*key).limit(BATCH)
    rows = (await connection.execute(wanted)).all()
    while rows:
        yield rows
        last = [literal(rows[-1]._mapping[one], one.type) for one in key]
        after = wanted.where(tuple_(*key) > tuple_(*last))
        rows = (await connection.execute(after)).all()


def _hash(row: Sequence[object]) -> int:
    """A number for the values of a row, of which no two mean another row's."""
    told = hashlib.sha256()
    for value in row:
        kind = type(value).__name__
        content = value if isinstance(value, bytes) else str(value).encode()
        told.update(f"{kind} {len(content)} ".encode() + content)
    return int.from_bytes(told.digest(), "big")


def _require_house(connection: Connection) -> None:
    if not inspect(connection).has_table(_VERSIONS) or not is_current(connection):
        raise MoveRefused(
            "The source was not last used by this version of the program. "
            "Start this version's server on it once, stop it, and move then."
        )
    _require_quiet(connection, "source")


def _require_empty(connection: Connection) -> None:
    """Make the tables, and see that there was nothing before."""
    found = inspect(connection)
    names = set(found.get_table_names()) - {"sqlite_sequence"}
    if names and _VERSIONS not in names:
        raise MoveRefused("The target has tables of something else. Name an empty one.")
    _require_quiet(connection, "target")
    try:
        upgrade_within(connection)
    except SchemaNewer:
        raise MoveRefused(
            "The target was made by a newer version of this program."
        ) from None
    for table in metadata.sorted_tables:
        if connection.scalar(select(func.count()).select_from(table)):
            raise MoveRefused(
                f"The target is not empty: there are {table.name} in it. "
                "Name an empty one; nothing is ever overwritten."
            )


def _require_quiet(connection: Connection, side: str) -> None:
    """See that no server works there; a data file is locked, a database is not."""
    if connection.dialect.name != "postgresql":
        return
    for _ in range(QUIET_TRIES):
        if not connection.scalar(text(_OTHERS)):
            return
        # Who has just left may still be in the list, of which we keep no old copy.
        connection.execute(text("SELECT pg_sleep(0.1), pg_stat_clear_snapshot()"))
    raise MoveRefused(f"A server is running on the {side}. Stop it first.")


def _require_keepable(
    connection: AsyncConnection, table: Table, rows: Sequence[Any]
) -> None:
    """Name the row that PostgreSQL would refuse without naming it."""
    if connection.dialect.name != "postgresql":
        return
    for row in rows:
        values: Mapping[str, object] = row._mapping
        for name, value in values.items():
            if isinstance(value, str) and "\0" in value:
                key = ", ".join(str(values[one.name]) for one in table.primary_key)
                raise MoveRefused(
                    f"{table.name} {key}: its {name} has a NUL character in it, which "
                    "PostgreSQL cannot keep. Change or remove it first."
                )

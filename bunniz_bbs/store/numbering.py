"""Where a database stands in drawing numbers for new rows."""

from sqlalchemy import Table, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection


def _draws_numbers(table: Table) -> bool:
    return bool(table.dialect_options["sqlite"]["autoincrement"])


async def last_of(connection: AsyncConnection, table: Table) -> int:
    """The last number that was drawn for a table; 0 where none is drawn."""
    if not _draws_numbers(table):
        return 0
    if connection.dialect.name == "postgresql":
        drawn = await connection.scalar(
            text(
                "SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END"
                f" FROM {await _sequence(connection, table)}"
            )
        )
    else:
        drawn = await connection.scalar(
            text("SELECT seq FROM sqlite_sequence WHERE name = :name"),
            {"name": table.name},
        )
    [number] = table.primary_key
    highest = await connection.scalar(select(func.max(number)))
    return max(drawn or 0, highest or 0)


async def draw_after(connection: AsyncConnection, table: Table, last: int) -> None:
    """Let the next number that is drawn be the one after."""
    if connection.dialect.name == "postgresql":
        sequence = await _sequence(connection, table)
        # Unlike setval, it is undone with the rest.
        await connection.execute(text(f"ALTER SEQUENCE {sequence} RESTART {last + 1}"))
        return
    values = {"name": table.name, "last": last}
    for change in (
        "DELETE FROM sqlite_sequence WHERE name = :name",
        "INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)",
    ):
        await connection.execute(text(change), values)


async def _sequence(connection: AsyncConnection, table: Table) -> str:
    [number] = table.primary_key
    name = select(func.pg_get_serial_sequence(table.name, number.name))
    return str(await connection.scalar(name))

"""INSERT … ON CONFLICT, which both databases know under their own names."""

from typing import cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def insert_into(connection: AsyncConnection, table: Table) -> sqlite.Insert:
    """An INSERT that has `on_conflict_do_update` and `on_conflict_do_nothing`."""
    if connection.dialect.name == "postgresql":
        # The parts used here have the same names and arguments.
        return cast(sqlite.Insert, postgresql.insert(table))
    return sqlite.insert(table)

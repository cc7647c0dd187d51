"""Brings a database to this version's tables."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bunniz_bbs.store.errors import SchemaNewer

FOLDER: Final = Path(__file__).parent / "migrations"
WAIT_SECONDS: Final = 60
LOCK: Final = int.from_bytes(b"bunniz")
"""What the nodes of a house agree to hold while they migrate."""


async def upgrade(engine: AsyncEngine) -> None:
    """Run the migrations that are missing: all of them or none.

    Raises:
        SchemaNewer: A newer version of the program has been here.
    """
    async with engine.begin() as connection:
        await connection.run_sync(upgrade_within)


def upgrade_within(connection: Connection) -> None:
    """Run the migrations that are missing in the transaction that has begun.

    Raises:
        SchemaNewer: A newer version of the program has been here.
    """
    if connection.dialect.name == "postgresql":
        # Two nodes that start at once: the second waits, then finds nothing to do.
        connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
    script = _script(connection)
    if not is_current(connection):
        if not _heads(connection) <= {one.revision for one in script.walk_revisions()}:
            raise SchemaNewer
        command.upgrade(_config(connection), "head")


def is_current(connection: Connection) -> bool:
    """Whether the database has exactly this version's tables."""
    return _heads(connection) == set(_script(connection).get_heads())


def _heads(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).get_current_heads())


def _script(connection: Connection) -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(connection))


def _config(connection: Connection) -> Config:
    config = Config()
    # Alembic takes a percent sign for an interpolation.
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config

"""Brings a database to this version's tables."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from bunniz_bbs.store.errors import SchemaNewer

FOLDER: Final = Path(__file__).parent / "migrations"


async def upgrade(engine: AsyncEngine) -> None:
    """Run the migrations that are missing: all of them or none.

    Raises:
        SchemaNewer: A newer version of the program has been here.
    """
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    config = Config()
    # Alembic takes a percent sign for an interpolation.
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    script = ScriptDirectory.from_config(config)
    present = set(MigrationContext.configure(connection).get_current_heads())
    if present == set(script.get_heads()):
        return
    if not present <= {one.revision for one in script.walk_revisions()}:
        raise SchemaNewer
    command.upgrade(config, "head")

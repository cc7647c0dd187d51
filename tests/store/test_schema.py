"""The tables that migrations make, and what the database itself refuses."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bunniz_bbs.domain.moderation import Act
from bunniz_bbs.store.errors import StoreUnusable
from bunniz_bbs.store.migrate import upgrade
from bunniz_bbs.store.sqlite import SqliteStore, open_sqlite
from bunniz_bbs.store.tables import metadata
from tests.store.conftest import KEY
from tests.store.rows import NOON

CHANGES = {
    "update": "UPDATE moderation_log SET reason = 'other'",
    "update by upsert": "INSERT INTO moderation_log SELECT * FROM moderation_log"
    " WHERE true ON CONFLICT (number) DO UPDATE SET reason = 'other'",
    "delete": "DELETE FROM moderation_log",
    "replace": "INSERT OR REPLACE INTO moderation_log"
    " SELECT number, at, moderator, act, target, until, 'other' FROM moderation_log",
}


async def test_migrations_make_the_tables(sqlite: SqliteStore):
    """A migrated database has what `tables` describes, no more and no less."""

    def differences(connection: Connection) -> list[object]:
        return compare_metadata(MigrationContext.configure(connection), metadata)

    async with sqlite.writer.begin() as connection:
        assert await connection.run_sync(differences) == []


async def test_tables_are_strict(sqlite: SqliteStore):
    """SQLite refuses a value of the wrong type in every table of ours."""
    async with sqlite.writer.begin() as connection:
        rows = await connection.execute(text("PRAGMA table_list"))
        strict = {row.name: row.strict for row in rows}

    assert all(strict[table] for table in metadata.tables)


async def test_migrating_twice_changes_nothing(sqlite: SqliteStore):
    """A database that is up to date stays as it is."""
    await upgrade(sqlite.writer)


@pytest.mark.parametrize("how", CHANGES)
async def test_log_cannot_be_changed(sqlite: SqliteStore, how: str):
    """Whoever gets at the database with the key still cannot change an entry."""
    entry = await sqlite.write(
        lambda tx: tx.log.add(NOON, "Mod", Act.BAN, "Bob", None, "why")
    )

    with pytest.raises(DBAPIError, match="append-only"):
        async with sqlite.writer.begin() as connection:
            await connection.execute(text(CHANGES[how]))

    assert await sqlite.read(lambda tx: tx.log.newest()) == [entry]


async def test_newer_database_is_refused(sqlite: SqliteStore, path):
    """An older program does not touch what it does not know."""
    async with sqlite.writer.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num='9999'"))
    await sqlite.close()

    with pytest.raises(StoreUnusable, match="newer version"):
        await open_sqlite(path, KEY)

"""The tables that migrations make, and what the database itself refuses."""

import asyncio
from collections.abc import Sequence
from typing import TypeAlias

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bunniz_bbs.domain.ids import PostId
from bunniz_bbs.domain.moderation import Act
from bunniz_bbs.domain.search import parse
from bunniz_bbs.store import migrate
from bunniz_bbs.store.errors import StoreUnusable
from bunniz_bbs.store.migrate import upgrade, upgrade_within
from bunniz_bbs.store.ports import Transaction
from bunniz_bbs.store.postgres import PostgresStore, open_postgres
from bunniz_bbs.store.sqlite import SqliteStore, open_sqlite
from bunniz_bbs.store.tables import metadata
from tests.store.conftest import KEY
from tests.store.rows import ANN, BOB, GENERAL, NOON, begin, join, say
from tests.store.server import Server

Either: TypeAlias = SqliteStore | PostgresStore

UPSERT = (
    "INSERT INTO moderation_log SELECT * FROM moderation_log"
    " WHERE true ON CONFLICT (number) DO UPDATE SET reason = 'other'"
)
REPLACE = (
    "INSERT OR REPLACE INTO moderation_log"
    " SELECT number, at, moderator, act, target, until, 'other', person"
    " FROM moderation_log"
)
CHANGES = [
    ("sqlite", "UPDATE moderation_log SET reason = 'other'"),
    ("sqlite", UPSERT),
    ("sqlite", "DELETE FROM moderation_log"),
    ("sqlite", REPLACE),
    ("postgres", "UPDATE moderation_log SET reason = 'other'"),
    ("postgres", UPSERT),
    ("postgres", "DELETE FROM moderation_log"),
    ("postgres", "TRUNCATE moderation_log"),
    ("postgres", "MERGE INTO moderation_log USING (SELECT 1) AS one ON true"
     " WHEN MATCHED THEN DELETE"),
]  # fmt: skip


async def test_migrations_make_the_tables(store: Either):
    """A migrated database has what `tables` describes, no more and no less.

    But for the index of what posts are found by, which each database has of its own.
    """

    def ours(name: str | None, kind: str, of: object) -> bool:
        return "entries_found" not in str(name)

    def differences(connection: Connection) -> list[object]:
        configured = MigrationContext.configure(connection, opts={"include_name": ours})
        return compare_metadata(configured, metadata)

    async with store.writer.begin() as connection:
        assert await connection.run_sync(differences) == []


async def test_tables_are_strict(sqlite: SqliteStore):
    """SQLite refuses a value of the wrong type in every table of ours."""
    async with sqlite.writer.begin() as connection:
        rows = await connection.execute(text("PRAGMA table_list"))
        strict = {row.name: row.strict for row in rows}

    assert all(strict[table] for table in metadata.tables)


async def test_migrating_twice_changes_nothing(store: Either):
    """A database that is up to date stays as it is."""
    thread = await begin(store, posts=1)

    await upgrade(store.writer)

    assert await store.read(lambda tx: tx.threads.get(thread.id))


async def test_nodes_migrate_one_after_the_other(bare: str):
    """Five that start at once on an empty database all find the tables made."""
    stores = await asyncio.gather(*(open_postgres(bare) for _ in range(5)))

    assert (await begin(stores[0])).id == 1
    assert (await begin(stores[-1])).id == 2
    for store in stores:
        await store.close()


@pytest.fixture(params=CHANGES, ids=lambda one: f"{one[0]}-{one[1].split()[0]}")
def change(request: pytest.FixtureRequest) -> tuple[Either, str]:
    """A store, and a statement that would change its log."""
    kind, statement = request.param
    return request.getfixturevalue(kind), statement


async def test_log_stays_as_it_is(change: tuple[Either, str]):
    """Whoever gets at the database cannot change an entry by a plain statement."""
    store, statement = change
    entry = await store.write(
        lambda tx: tx.log.add(NOON, "Mod", Act.BAN, "Bob", None, "why")
    )

    with pytest.raises(DBAPIError, match="append-only"):
        async with store.writer.begin() as connection:
            await connection.execute(text(statement))

    assert await store.read(lambda tx: tx.log.newest()) == [entry]


async def test_an_older_log_is_of_accounts_now(store: Either):
    """Names become accounts; of who was gone the name stays, and nothing is lost."""
    await join(store, "Ann", "Bob")

    def again(connection: Connection) -> None:
        command.downgrade(migrate._config(connection), "0003")
        for number, (who, act, target) in enumerate(
            [("Ann", "ban", "Bob"), ("console", "role", "Ann"), ("Gone", "ban", "Lost"),
             ("Ann", "pin", "general/1"), ("Bob", "delete-line", "porch")]
        ):  # fmt: skip
            connection.execute(
                text(
                    "INSERT INTO moderation_log"
                    " (number, at, moderator, act, target, reason)"
                    " VALUES (:number, 0, :who, :act, :target, 'why')"
                ),
                {"number": number + 1, "who": who, "act": act, "target": target},
            )
        upgrade_within(connection)

    async with store.writer.begin() as connection:
        await connection.run_sync(again)

    log = await store.read(lambda tx: tx.log.newest())
    assert [(one.moderator, one.person, one.target) for one in reversed(log)] == [
        (ANN, BOB, ""),
        ("console", ANN, ""),
        ("Gone", "", "Lost"),
        (ANN, "", "general/1"),
        (BOB, "", "porch"),
    ]


async def test_older_posts_are_found(store: Either):
    """A house that knew no search finds all that is said in it."""
    thread = await begin(store, title="Sourdough")
    posts = [await say(store, thread.id, f"bread {number}") for number in range(3)]
    await store.write(lambda tx: tx.posts.delete(posts[1].id))

    def again(connection: Connection) -> None:
        command.downgrade(migrate._config(connection), "0011")
        upgrade_within(connection)

    async with store.writer.begin() as connection:
        await connection.run_sync(again)

    async def found(tx: Transaction, words: str) -> Sequence[PostId]:
        return await tx.entries.find(parse(words), [GENERAL], [])

    first, _, last = (post.id for post in posts)
    assert await store.read(lambda tx: found(tx, "bread")) == [last, first]
    assert await store.read(lambda tx: found(tx, "sourdough 0")) == [first]


NEWER = text("UPDATE alembic_version SET version_num='9999'")


async def test_newer_data_file_is_refused(sqlite: SqliteStore, path):
    """An older program does not touch what it does not know."""
    async with sqlite.writer.begin() as connection:
        await connection.execute(NEWER)
    await sqlite.close()

    with pytest.raises(StoreUnusable, match="newer version"):
        await open_sqlite(path, KEY)


async def test_newer_database_is_refused(bare: str):
    """So it is on PostgreSQL."""
    store = await open_postgres(bare)
    async with store.writer.begin() as connection:
        await connection.execute(NEWER)
    await store.close()

    with pytest.raises(StoreUnusable, match="newer version"):
        await open_postgres(bare)


async def test_failed_migration_leaves_nothing(server: Server, bare: str):
    """A table that is in the way: it is told, and none of ours was made."""
    await server.run("CREATE TABLE moderation_log (a int)", bare)

    with pytest.raises(StoreUnusable):
        await open_postgres(bare)

    made = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    assert await server.run(made, bare) == 1

"""A whole house goes from one database to another, or nothing of it does."""

import asyncio
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Insert, delete, event, insert, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bunniz_bbs.store import moving
from bunniz_bbs.store.errors import StoreUnusable
from bunniz_bbs.store.moving import Counted, MoveDiffers, MoveRefused, move
from bunniz_bbs.store.postgres import PostgresStore, open_postgres, open_unlimited
from bunniz_bbs.store.sqlite import SqliteStore, open_sqlite
from bunniz_bbs.store.tables import entries, metadata, posts
from tests.store.conftest import KEY
from tests.store.filled import content, fill
from tests.store.rows import begin, join, say
from tests.store.server import Server

MANY = 10_000


@pytest.fixture
async def target(bare: str) -> AsyncIterator[AsyncEngine]:
    """An empty database, as a move opens it."""
    async with open_unlimited(bare) as engine:
        yield engine


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    """Another data file, with nothing in it, as a move opens it."""
    store = await open_sqlite(tmp_path / "other" / "house.db", KEY, migrate=False)
    yield store
    await store.close()


@pytest.fixture
def other(file: SqliteStore) -> AsyncEngine:
    """What is moved into it."""
    return file.writer


async def tables_in(engine: AsyncEngine) -> set[str]:
    """The tables that there are."""
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
        "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    }
    async with engine.connect() as connection:
        found = await connection.scalars(text(names[engine.dialect.name]))
        return set(found) - {"sqlite_sequence"}


def _is_of_posts(clause: object) -> bool:
    """Whether a statement puts posts in."""
    return isinstance(clause, Insert) and clause.table.name == "posts"


async def test_there_and_back(
    sqlite: SqliteStore, target: AsyncEngine, other: AsyncEngine
):
    """Ten thousand posts and all else come back as they went, with their numbers."""
    await fill(sqlite.writer, 7, MANY)
    before = await content(sqlite.writer)

    there = await move(sqlite.writer, target)
    back = await move(target, other)

    assert len(before["posts"]) == MANY
    assert await content(target) == before
    assert await content(other) == before
    assert [one.table for one in there] == [one.name for one in metadata.sorted_tables]
    assert all(one.same for one in (*there, *back))
    assert {one.table: one.source.rows for one in there} == {
        name: len(rows) for name, rows in before.items()
    }
    assert [one.target for one in there] == [one.target for one in back]


async def test_numbers_go_on(sqlite: SqliteStore, bare: str, file: SqliteStore):
    """A number that was drawn before is never drawn again, nor is one left out."""
    await join(sqlite, "Ann")
    gone = [(await begin(sqlite, posts=2)).id for _ in range(3)]
    for thread in gone[1:]:
        await sqlite.write(lambda tx, t=thread: tx.threads.remove(t))

    async with open_unlimited(bare) as target:
        await move(sqlite.writer, target)
        await move(target, file.writer)

    database = await open_postgres(bare)
    for store in (database, file):
        thread = await begin(store)
        assert thread.id == 4
        assert (await say(store, thread.id)).id == 7
    await database.close()


async def test_empty_house_goes_too(
    sqlite: SqliteStore, target: AsyncEngine, other: AsyncEngine
):
    """With nothing in it, and the first numbers still to be drawn."""
    moved = [*await move(sqlite.writer, target), *await move(target, other)]

    assert all(one.source == one.target == Counted() for one in moved)


async def test_is_used_like_any_other(
    sqlite: SqliteStore, target: AsyncEngine, bare: str
):
    """What was moved is a house: people read and write in it."""
    await join(sqlite, "Ann")
    thread = await begin(sqlite, posts=2)
    await move(sqlite.writer, target)

    store = await open_postgres(bare)

    assert (await say(store, thread.id)).number == 3
    assert len(await store.read(lambda tx: tx.accounts.all())) == 1
    await store.close()


class TestRefusals:
    """The target is as it was, and so is the source."""

    async def test_target_is_not_empty(
        self, sqlite: SqliteStore, postgres: PostgresStore, database: str
    ):
        """One row is enough; it stays."""
        await begin(sqlite)
        await join(postgres, "Ann")
        await postgres.close()

        async with open_unlimited(database) as target:
            with pytest.raises(MoveRefused, match="not empty: there are accounts"):
                await move(sqlite.writer, target)

            kept = await content(target)
        assert len(kept["accounts"]) == 1
        assert kept["threads"] == set()

    async def test_target_is_something_elses(
        self, server: Server, sqlite: SqliteStore, bare: str, target: AsyncEngine
    ):
        """Tables that are not ours are left alone, and ours are not made."""
        await server.run("CREATE TABLE shop (a int)", bare)

        with pytest.raises(MoveRefused, match="something else"):
            await move(sqlite.writer, target)

        assert await tables_in(target) == {"shop"}

    async def test_source_is_no_house(self, target: AsyncEngine, other: AsyncEngine):
        """A data file or a database that no server has used yet."""
        for source, to in ((target, other), (other, target)):
            with pytest.raises(MoveRefused, match="not last used by this version"):
                await move(source, to)

            assert await tables_in(to) == set()

    async def test_source_is_of_another_version(
        self, sqlite: SqliteStore, target: AsyncEngine
    ):
        """It is not changed, as an upgrade would."""
        async with sqlite.writer.begin() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num='0'"))

        with pytest.raises(MoveRefused, match="not last used by this version"):
            await move(sqlite.writer, target)

    async def test_target_is_of_a_newer_version(
        self, server: Server, sqlite: SqliteStore, bare: str, target: AsyncEngine
    ):
        """Even an empty one."""
        await (await open_postgres(bare)).close()
        await server.run("UPDATE alembic_version SET version_num = '9999'", bare)

        with pytest.raises(MoveRefused, match="newer version"):
            await move(sqlite.writer, target)

    async def test_a_server_runs_on_the_database(
        self, sqlite: SqliteStore, bare: str, target: AsyncEngine, other: AsyncEngine
    ):
        """What it would write meanwhile would be lost."""
        store = await open_postgres(bare)
        await store.read(lambda tx: tx.accounts.all())

        with pytest.raises(MoveRefused, match="running on the target"):
            await move(sqlite.writer, target)
        with pytest.raises(MoveRefused, match="running on the source"):
            await move(target, other)

        await store.close()
        await move(sqlite.writer, target)

    async def test_nul_is_named(
        self, sqlite: SqliteStore, target: AsyncEngine, other: AsyncEngine
    ):
        """PostgreSQL cannot keep it: the row is told, nothing is moved; SQLite can."""
        thread = await begin(sqlite, posts=3)
        async with sqlite.writer.begin() as connection:
            # No text of ours can have one; an older version's, or a hand's, may.
            await connection.execute(
                text("UPDATE posts SET body = 'secret' || char(0) WHERE number = 2")
            )

        with pytest.raises(MoveRefused) as refused:
            await move(sqlite.writer, target)

        assert str(refused.value).startswith("posts 2: its body has a NUL character")
        assert "secret" not in str(refused.value)
        assert await tables_in(target) == set()
        await move(sqlite.writer, other)
        assert await content(other) == await content(sqlite.writer)
        assert thread.id == 1

    async def test_number_that_does_not_fit(
        self, sqlite: SqliteStore, target: AsyncEngine
    ):
        """A number that only SQLite can keep: the table is told, not the row."""
        await begin(sqlite, posts=1)
        async with sqlite.writer.begin() as connection:
            await connection.execute(text(f"UPDATE posts SET number = {2**40}"))

        with pytest.raises(MoveRefused, match="posts: the target cannot keep one"):
            await move(sqlite.writer, target)

        assert await tables_in(target) == set()


class TestVerifying:
    """What was copied is read back and compared."""

    @pytest.mark.parametrize(
        "change",
        [
            delete(posts).where(posts.c.number == 2),
            update(posts).where(posts.c.number == 2).values(body="Hullo"),
            update(posts).where(posts.c.number == 2).values(edited=True),
            update(posts).values(id=posts.c.id + 100),
            insert(posts).from_select(
                [one.name for one in posts.columns],
                posts.select()
                .where(posts.c.number == 3)
                .with_only_columns(
                    posts.c.id + 100,
                    posts.c.thread,
                    posts.c.number + 1,
                    *list(posts.columns)[3:],
                ),
            ),
        ],
        ids=["lost", "changed", "flagged", "renumbered", "added"],
    )
    async def test_difference_leaves_nothing(
        self, sqlite: SqliteStore, target: AsyncEngine, change
    ):
        """Whatever differs, in one row of one table, is found."""
        await begin(sqlite, posts=3)
        async with sqlite.writer.begin() as connection:
            # Else the target itself would miss the post that they find.
            await connection.execute(delete(entries))

        # As if the database itself had erred: after the last row has arrived.
        @event.listens_for(target.sync_engine, "after_execute")
        def _err(connection, clause, multi, given, options, result) -> None:
            if clause is not change and _is_of_posts(clause):
                connection.execute(change)

        with pytest.raises(MoveDiffers) as differs:
            await move(sqlite.writer, target)

        wrong = [one.table for one in differs.value.tables if not one.same]
        assert wrong == ["posts"]
        assert await tables_in(target) == set()

    async def test_rows_that_are_swapped_are_found(self):
        """A value that moves to another column or row makes another sum."""
        one = Counted().plus([("a", "b"), ("c", "d")])

        assert one == Counted().plus([("c", "d")]).plus([("a", "b")])
        for rows in (
            [("a", "d"), ("c", "b")],
            [("b", "a"), ("c", "d")],
            [("ab", ""), ("c", "d")],
            [("a", "b"), ("a", "b")],
            [("a", "b")],
            [(b"a", "b"), ("c", "d")],
            [(None, "b"), ("c", "d")],
        ):
            assert Counted().plus(rows).digest != one.digest
        assert Counted().plus([(None,)]).digest != Counted().plus([("None",)]).digest
        assert Counted().plus([(1,)]).digest != Counted().plus([("1",)]).digest


async def test_broken_off_leaves_nothing(
    server: Server, sqlite: SqliteStore, bare: str
):
    """The target goes away in the middle: with it back, it is as it was."""
    await fill(sqlite.writer, 3, 2000)
    before = await content(sqlite.writer)

    async def break_off() -> None:
        async with open_unlimited(bare) as target:

            @event.listens_for(target.sync_engine, "before_execute")
            def _kill(connection, clause, multi, given, options) -> None:
                if _is_of_posts(clause):
                    server.kill()

            await move(sqlite.writer, target)

    try:
        with pytest.raises((SQLAlchemyError, StoreUnusable)):
            await break_off()
    finally:
        await asyncio.to_thread(server.start)

    async with open_unlimited(bare) as target:
        assert await tables_in(target) == set()
        await move(sqlite.writer, target)
        assert await content(target) == before


async def test_large_tables_stream(
    sqlite: SqliteStore, target: AsyncEngine, monkeypatch
):
    """However much there is, only a batch of it is in memory."""
    thread = await begin(sqlite)
    large = "words " * 5000

    async def work(tx) -> None:
        for _ in range(400):
            await tx.posts.add(thread.id, "ann", "Ann", large, thread.created_at)

    await sqlite.write(work)
    monkeypatch.setattr(moving, "BATCH", 20)
    tracemalloc.start()
    try:
        await move(sqlite.writer, target)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert 400 * len(large) > 11_000_000
    assert peak < 7_000_000

"""No statement goes through all posts or all threads: each finds its way by an index.

The databases say themselves how they would go about a statement. On an empty database
PostgreSQL would read a table through, which is quickest there: it is asked what it does
when that is the last thing it may do, and which index it takes then says nothing.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId, PostId, ThreadId
from bunniz_bbs.domain.people import Role
from bunniz_bbs.domain.search import parse
from bunniz_bbs.domain.threads import Thread
from bunniz_bbs.store.ports import Transaction
from bunniz_bbs.store.postgres import PostgresStore
from bunniz_bbs.store.sql.transaction import SqlTransaction
from bunniz_bbs.store.sqlite import SqliteStore
from bunniz_bbs.store.tables import metadata
from tests.store.rows import ANN, GENERAL, LONG_AGO, NOON, OTHER, begin, join

ONE = ThreadId(1)
SHOWN = Thread(ONE, GENERAL, "Bread", ANN, "Ann", NOON, NOON, 1, False, False)
BOARDS = (GENERAL, OTHER)
NUMBERED = "sqlite_autoindex_posts_1"
"""What SQLite calls the index of a table's first UNIQUE."""

Ask: TypeAlias = Callable[[Transaction], Awaitable[object]]

STATEMENTS: dict[str, tuple[Ask, str]] = {
    "a board": (
        lambda tx: tx.threads.on_board(GENERAL, ANN, LONG_AGO),
        "threads_on_board",
    ),
    "a board, further down": (
        lambda tx: tx.threads.on_board(GENERAL, ANN, LONG_AGO, after=SHOWN),
        "threads_on_board",
    ),
    "what is new": (
        lambda tx: tx.threads.unread(BOARDS, ANN, LONG_AGO),
        "threads_stirred",
    ),
    "the next unread": (
        lambda tx: tx.threads.unread(BOARDS, ANN, LONG_AGO, 1, besides=ONE),
        "threads_stirred",
    ),
    "how much is new": (
        lambda tx: tx.threads.unread_counts(BOARDS, ANN, LONG_AGO),
        "threads_stirred",
    ),
    "what means somebody": (
        lambda tx: tx.news.called(BOARDS, ANN, LONG_AGO, 9, besides=ONE),
        "",
    ),
    "what somebody follows": (
        lambda tx: tx.news.followed(BOARDS, ANN, LONG_AGO, 9),
        "",
    ),
    "what waits for an answer": (
        lambda tx: tx.news.unanswered(BOARDS, ANN, LONG_AGO, 9),
        "threads_stirred",
    ),
    "having read everything": (
        lambda tx: tx.reads.advance_all(ANN, BOARDS, LONG_AGO),
        "threads_stirred",
    ),
    "meaning somebody": (
        lambda tx: tx.mentions.put(ONE, 1, {ANN: True}, Role.MEMBER),
        "mentions_by_post",
    ),
    "bookmarks": (lambda tx: tx.bookmarks.of(ANN), ""),
    "followed threads": (lambda tx: tx.follows.threads(ANN), ""),
    "quiet boards": (lambda tx: tx.quiet_boards.of(ANN), ""),
    "a thread": (lambda tx: tx.threads.get(ONE), ""),
    "its posts": (lambda tx: tx.posts.in_thread(ONE), "posts_thread_number_key"),
    "some of its posts": (
        lambda tx: tx.posts.in_thread(ONE, 100, 60),
        "posts_thread_number_key",
    ),
    "those before": (
        lambda tx: tx.posts.before(ONE, 100, 20),
        "posts_thread_number_key",
    ),
    "both its ends": (lambda tx: tx.posts.ends(ONE), "posts_thread_number_key"),
    "a post": (lambda tx: tx.posts.get(ONE, 1), "posts_thread_number_key"),
    "the place of a post": (lambda tx: tx.posts.place_of(PostId(1)), ""),
    "whom one may mean": (lambda tx: tx.posts.writers(GENERAL, ONE, 200), "posts_"),
    "what is older than a day": (
        lambda tx: tx.posts.last_before(ONE, LONG_AGO),
        "posts_by_age",
    ),
    "whether any is left": (lambda tx: tx.posts.any_left(ONE), "posts_"),
    "how far one has read": (lambda tx: tx.reads.get(ANN, ONE), ""),
    "having read": (lambda tx: tx.reads.advance(ANN, ONE, 1), ""),
    "writing": (lambda tx: tx.posts.add(ONE, ANN, "Ann", "Hello", NOON), ""),
    "changing a post": (lambda tx: tx.posts.edit(PostId(1), "Hello"), ""),
    "removing a post": (lambda tx: tx.posts.delete(PostId(1)), "drafts_by_place"),
    "removing old threads": (
        lambda tx: tx.threads.remove_older(GENERAL, NOON),
        "threads_on_board",
    ),
    "removing a thread": (
        lambda tx: tx.threads.remove(ONE),
        "drafts_by_place",
    ),
    "a search": (
        lambda tx: tx.entries.find(parse("bread rent"), BOARDS, ()),
        "entries_found",
    ),
    "a search among one's own": (
        lambda tx: tx.entries.find(parse("bread"), BOARDS, (), ANN),
        "posts_by_author",
    ),
    "moving what is found": (
        lambda tx: tx.entries.move(ONE, OTHER),
        "posts_",
    ),
    "removing a person": (
        lambda tx: tx.accounts.remove(AccountId("ann")),
        "posts_by_author",
    ),
}


async def explained(connection: AsyncConnection, ask: Ask, how: str) -> list[str]:
    """How the database goes about every statement that asking takes."""
    asked: list[tuple[str, Any]] = []

    def note(connection: Connection, cursor: Any, sql: str, values: Any, *_: Any):
        asked.append((sql, values))

    event.listen(connection.sync_connection, "before_cursor_execute", note)
    await ask(SqlTransaction(connection))
    event.remove(connection.sync_connection, "before_cursor_execute", note)
    return [
        str(row[-1])
        for sql, values in asked
        for row in await connection.exec_driver_sql(f"{how} {sql}", values)
    ]


@pytest.mark.parametrize("what", STATEMENTS)
async def test_sqlite_finds_its_way(sqlite: SqliteStore, what: str):
    """On SQLite, as it plans by itself."""
    ask, index = STATEMENTS[what]
    await join(sqlite, "Ann")
    await begin(sqlite, posts=2)

    async with sqlite.writer.begin() as connection:
        steps = await explained(connection, ask, "EXPLAIN QUERY PLAN")

    steps = [one.replace(NUMBERED, "posts_thread_number_key") for one in steps]
    through = {f"SCAN {table}" for table in metadata.tables}
    assert not [one for one in steps if one.split(" USING")[0] in through]
    assert index in "\n".join(steps)


@pytest.mark.parametrize("what", STATEMENTS)
async def test_postgres_finds_its_way(postgres: PostgresStore, what: str):
    """On PostgreSQL, where reading a table through is the last thing it may do."""
    ask, _ = STATEMENTS[what]
    await join(postgres, "Ann")
    await begin(postgres, posts=2)

    async with postgres.writer.begin() as connection:
        await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        steps = await explained(connection, ask, "EXPLAIN")

    assert "Seq Scan" not in "\n".join(steps)

"""The team: posts that wait, reports, restrictions and the log."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Table

from bunniz_bbs.store.tables.columns import (
    Moment,
    Tags,
    Words,
    by_end,
    metadata,
    number,
)

held_posts: Final = Table(
    "held_posts",
    metadata,
    Column("id", number(), primary_key=True),
    Column("board", Words, nullable=False),
    Column("thread", ForeignKey("threads.id", ondelete="CASCADE")),
    Column("title", Words, nullable=False),
    Column("author", Words, nullable=False),
    Column("author_name", Words, nullable=False),
    Column("body", Words, nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("warnings", Tags, nullable=False, server_default="0"),
    Column("ask", Words, nullable=False, server_default=""),
    Column("language", Words, nullable=False, server_default=""),
    Column("goes_at", Moment),
    by_end("held_posts"),
    Index("held_posts_by_author", "author"),
    Index("held_posts_by_thread", "thread"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

reports: Final = Table(
    "reports",
    metadata,
    Column("id", number(), primary_key=True),
    Column("target", Words, nullable=False),
    Column("body", Words, nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("closed_at", Moment),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

restrictions: Final = Table(
    "restrictions",
    metadata,
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Words, primary_key=True),
    Column("reason", Words, nullable=False),
    Column("until", Moment),
    sqlite_strict=True,
)

moderation_log: Final = Table(
    "moderation_log",
    metadata,
    Column("number", number(), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("moderator", Words, nullable=False),  # an account; may be gone
    Column("act", Words, nullable=False),
    Column("target", Words, nullable=False),
    Column("until", Moment),
    Column("reason", Words, nullable=False),
    Column("person", Words, nullable=False, server_default=""),  # may be gone
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

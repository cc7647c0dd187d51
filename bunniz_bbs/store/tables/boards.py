"""Boards: threads, posts, what finds them, how far they were read, and drafts."""

from typing import Final

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    text,
)

from bunniz_bbs.store.tables.columns import (
    Day,
    Flag,
    Moment,
    Tags,
    Words,
    by_end,
    metadata,
    number,
)

threads: Final = Table(
    "threads",
    metadata,
    Column("id", number(), primary_key=True),
    Column("board", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("author", Words, nullable=False),
    Column("author_name", Words, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("last_number", Integer, nullable=False),
    Column("pinned", Flag, nullable=False),
    Column("locked", Flag, nullable=False),
    Column("warnings", Tags, nullable=False, server_default="0"),
    Column("ask", Words, nullable=False, server_default=""),
    Column("language", Words, nullable=False, server_default=""),
    Column("closed", Flag, nullable=False, server_default="0"),
    Column("kept_for", Words, nullable=False, server_default=""),
    Column("checked_on", Day),
    Column("goes_at", Moment),
    by_end("threads"),
    Index("threads_on_board", "board", "pinned", "last_at", "id"),
    # All that tells whether a thread may have something unread: no row is fetched.
    Index("threads_stirred", "last_at", "id", "board", "last_number", "created_at"),
    Index("threads_by_author", "author"),
    sqlite_strict=True,
    # An id that comes back would give a draft or an open screen another's thread.
    sqlite_autoincrement=True,
)

posts: Final = Table(
    "posts",
    metadata,
    Column("id", number(), primary_key=True),
    Column("thread", ForeignKey("threads.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("author", Words, nullable=False),
    Column("author_name", Words, nullable=False),
    Column("body", Words, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("edited", Flag, nullable=False),
    Column("deleted", Flag, nullable=False),
    Column("warnings", Tags, nullable=False, server_default="0"),
    Column("goes_at", Moment),
    by_end("posts"),
    UniqueConstraint("thread", "number"),
    Index("posts_by_age", "thread", "created_at", "number"),
    Index("posts_by_author", "author", "thread", "number"),
    Index(
        "posts_deleted",
        "thread",
        "number",
        sqlite_where=text("deleted = 1"),
        postgresql_where=text("deleted = 1"),
    ),
    Index(
        "posts_warned",
        "thread",
        "number",
        sqlite_where=text("warnings <> 0"),
        postgresql_where=text("warnings <> 0"),
    ),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

entries: Final = Table(
    "entries",
    metadata,
    Column("post", ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    # What search finds a post by (store/terms). Each database has an index of its own
    # over it, which migrations make and which follows by itself.
    Column("terms", Words, nullable=False),
    sqlite_strict=True,
)

reads: Final = Table(
    "reads",
    metadata,
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("thread", ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, nullable=False),
    Index("reads_by_thread", "thread"),
    sqlite_strict=True,
    # One tree instead of two: a list of threads looks a mark up for each.
    sqlite_with_rowid=False,
)

choices: Final = Table(
    "choices",
    metadata,
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("opens", Tags, nullable=False),
    Column("folds", Tags, nullable=False),
    Column("hides", Tags, nullable=False),
    Column("languages", Words, nullable=False),
    sqlite_strict=True,
)

drafts: Final = Table(
    "drafts",
    metadata,
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Words, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("saved_at", Moment, nullable=False),
    Index("drafts_by_place", "place"),
    sqlite_strict=True,
)

"""What is new for somebody: who means them, what they follow, keep, and leave aside."""

from typing import Final

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer, Table

from bunniz_bbs.store.tables.columns import Flag, Words, metadata, number


def _account() -> Column[str]:
    owner = ForeignKey("accounts.id", ondelete="CASCADE")
    return Column("account", owner, primary_key=True)


def _of_a_post(name: str) -> Table:
    """A table of people and posts, whose rows go with either."""
    return Table(
        name,
        metadata,
        _account(),
        Column("thread", number(), primary_key=True, autoincrement=False),
        Column("number", Integer, primary_key=True, autoincrement=False),
        ForeignKeyConstraint(
            ["thread", "number"], ["posts.thread", "posts.number"], ondelete="CASCADE"
        ),
        Index(f"{name}_by_post", "thread", "number"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


mentions: Final = _of_a_post("mentions")
"""Posts that mean somebody who has not read them: once read, a row is not needed."""
mentions.append_column(Column("answer", Flag, nullable=False))

bookmarks: Final = _of_a_post("bookmarks")

reactions: Final = _of_a_post("reactions")
"""What readers say to authors, which nobody else sees."""
reactions.append_column(Column("heard", Flag, nullable=False))
reactions.append_column(Column("thanks", Flag, nullable=False))

follows: Final = Table(
    "follows",
    metadata,
    _account(),
    Column("thread", ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True),
    Column("wanted", Flag, nullable=False),
    Index("follows_by_thread", "thread"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""What somebody said about a thread; else they follow what they wrote in."""

quiet_boards: Final = Table(
    "quiet_boards",
    metadata,
    _account(),
    Column("board", Words, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

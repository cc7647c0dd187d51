"""What is new for somebody: mentions, what they follow, bookmarks, quiet boards."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column(
        "accounts",
        sa.Column("answers", sa.Integer, nullable=False, server_default=sa.text("0")),
    )
    _of_posts("mentions", sa.Column("answer", sa.Integer, nullable=False))
    _of_posts("bookmarks")
    _create(
        "follows",
        sa.Column("thread", _BIG, nullable=False),
        sa.Column("wanted", sa.Integer, nullable=False),
        _refers("follows", ["thread"], ["threads.id"]),
        key=["account", "thread"],
    )
    op.create_index("follows_by_thread", "follows", ["thread"])
    _create(
        "quiet_boards",
        sa.Column("board", sa.Text, nullable=False),
        key=["account", "board"],
    )


def _of_posts(table: str, *more: sa.Column[int]) -> None:
    post = ["thread", "number"]
    _create(
        table,
        sa.Column("thread", _BIG, nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        *more,
        _refers(table, post, ["posts.thread", "posts.number"]),
        key=["account", *post],
    )
    op.create_index(f"{table}_by_post", table, post)


def _create(table: str, *parts: sa.schema.SchemaItem, key: list[str]) -> None:
    op.create_table(
        table,
        sa.Column("account", sa.Text, nullable=False),
        *parts,
        _refers(table, ["account"], ["accounts.id"]),
        sa.PrimaryKeyConstraint(*key, name=f"{table}_pk"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _refers(
    table: str, columns: list[str], target: list[str]
) -> sa.ForeignKeyConstraint:
    name = f"{table}_{columns[0]}_fk"
    return sa.ForeignKeyConstraint(columns, target, name=name, ondelete="CASCADE")


def downgrade() -> None:
    for table in ("quiet_boards", "follows", "bookmarks", "mentions"):
        op.drop_table(table)
    op.drop_column("accounts", "answers")

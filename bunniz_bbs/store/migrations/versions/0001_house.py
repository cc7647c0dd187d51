"""The house: people, keys, invites, threads, posts, marks, drafts, moderation."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ACCOUNT = "accounts.id"
_THREAD = "threads.id"

_APPEND_ONLY = "the moderation log is append-only"


def upgrade() -> None:
    _people()
    _threads()
    _of_one_person()
    _log()


def _people() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("shape", sa.Text, nullable=False),
        sa.Column("role", sa.Integer, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("read_floor", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="accounts_pk"),
        sa.UniqueConstraint("shape", name="accounts_shape_key"),
        sqlite_strict=True,
    )
    op.create_table(
        "keys",
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="keys_pk"),
        _refers("keys", "account", _ACCOUNT),
        sqlite_strict=True,
    )
    op.create_index("keys_by_account", "keys", ["account"])
    op.create_table(
        "invites",
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("role", sa.Integer, nullable=False),
        sa.Column("uses_left", sa.Integer, nullable=False),
        sa.Column("expires_at", _BIG),
        sa.Column("claim", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="invites_pk"),
        sqlite_strict=True,
    )


def _threads() -> None:
    op.create_table(
        "threads",
        sa.Column("id", _BIG, nullable=False, autoincrement=True),
        sa.Column("board", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("author_name", sa.Text, nullable=False),
        sa.Column("created_at", _BIG, nullable=False),
        sa.Column("last_at", _BIG, nullable=False),
        sa.Column("last_number", sa.Integer, nullable=False),
        sa.Column("pinned", sa.Integer, nullable=False),
        sa.Column("locked", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="threads_pk"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index("threads_on_board", "threads", ["board", "pinned", "last_at", "id"])
    op.create_index("threads_by_last", "threads", ["last_at", "id"])
    op.create_index("threads_by_author", "threads", ["author"])
    op.create_table(
        "posts",
        sa.Column("id", _BIG, nullable=False, autoincrement=True),
        sa.Column("thread", _BIG, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("author_name", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("created_at", _BIG, nullable=False),
        sa.Column("edited", sa.Integer, nullable=False),
        sa.Column("deleted", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="posts_pk"),
        sa.UniqueConstraint("thread", "number", name="posts_thread_number_key"),
        _refers("posts", "thread", _THREAD),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index("posts_by_age", "posts", ["thread", "created_at", "number"])
    op.create_index("posts_by_author", "posts", ["author", "thread", "number"])
    op.create_index(
        "posts_deleted",
        "posts",
        ["thread", "number"],
        sqlite_where=sa.text("deleted = 1"),
        postgresql_where=sa.text("deleted = 1"),
    )


def _of_one_person() -> None:
    op.create_table(
        "reads",
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("thread", _BIG, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("account", "thread", name="reads_pk"),
        _refers("reads", "account", _ACCOUNT),
        _refers("reads", "thread", _THREAD),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("reads_by_thread", "reads", ["thread"])
    op.create_table(
        "drafts",
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("saved_at", _BIG, nullable=False),
        sa.PrimaryKeyConstraint("account", "place", name="drafts_pk"),
        _refers("drafts", "account", _ACCOUNT),
        sqlite_strict=True,
    )
    op.create_index("drafts_by_place", "drafts", ["place"])
    op.create_table(
        "restrictions",
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("until", _BIG),
        sa.PrimaryKeyConstraint("account", "kind", name="restrictions_pk"),
        _refers("restrictions", "account", _ACCOUNT),
        sqlite_strict=True,
    )


def _log() -> None:
    op.create_table(
        "moderation_log",
        sa.Column("number", _BIG, nullable=False, autoincrement=True),
        sa.Column("at", _BIG, nullable=False),
        sa.Column("moderator", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("until", _BIG),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="moderation_log_pk"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION moderation_log_stays() RETURNS trigger"
            " LANGUAGE plpgsql AS"
            f" $$BEGIN RAISE EXCEPTION '{_APPEND_ONLY}'; END$$"
        )
        op.execute(
            "CREATE TRIGGER moderation_log_stays"
            " BEFORE UPDATE OR DELETE OR TRUNCATE ON moderation_log"
            " FOR EACH STATEMENT EXECUTE FUNCTION moderation_log_stays()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER moderation_log_no_{act.lower()}"
            f" BEFORE {act} ON moderation_log"
            f" BEGIN SELECT RAISE(ABORT, '{_APPEND_ONLY}'); END"
        )
    # REPLACE deletes without the trigger above unless triggers recurse.
    op.execute(
        "CREATE TRIGGER moderation_log_no_replace BEFORE INSERT ON moderation_log"
        " WHEN NEW.number IN (SELECT number FROM moderation_log)"
        f" BEGIN SELECT RAISE(ABORT, '{_APPEND_ONLY}'); END"
    )


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=f"{table}_{column}_fk", ondelete="CASCADE"
    )


def downgrade() -> None:
    for table in (
        "moderation_log",
        "restrictions",
        "drafts",
        "reads",
        "posts",
        "threads",
        "invites",
        "keys",
        "accounts",
    ):
        op.drop_table(table)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION moderation_log_stays()")

"""The tables, for SQLite and PostgreSQL alike.

Moments are whole microseconds since 1970 in UTC and flags are 0 or 1: both sort and
come back the same from either database. There is no date of joining and no last visit.

`threads.author` and `posts.author` do not refer to an account: what somebody wrote
outlives the account. Removing an account, or a post, sets them to NOBODY.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeEngine

NOBODY: Final = ""
"""The author of what no account answers for any more."""

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as microseconds since 1970 in UTC."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The integer that holds it: STRICT tables know no BIGINT."""
        return dialect.type_descriptor(
            Integer() if dialect.name == "sqlite" else BigInteger()
        )

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> int | None:
        """What is stored for a moment; a naive one is a mistake and raises."""
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(
        self, value: int | None, dialect: Dialect
    ) -> datetime | None:
        """The moment that was stored."""
        return None if value is None else EPOCH + value * MICROSECOND


class Day(TypeDecorator[date]):
    """A date, kept as ISO text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """What is stored for a date."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """The date that was stored."""
        return None if value is None else date.fromisoformat(value)


class Words(TypeDecorator[str]):
    """Text, less the one character that PostgreSQL cannot keep."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """What is stored for a text."""
        return None if value is None else value.replace("\0", "")


class Flag(TypeDecorator[bool]):
    """Yes or no, kept as 1 or 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """What is stored for a yes or no."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """The yes or no that was stored."""
        return None if value is None else bool(value)


def _number() -> TypeEngine[int]:
    return BigInteger().with_variant(Integer(), "sqlite")


metadata: Final = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "fk": "%(table_name)s_%(column_0_name)s_fk",
    }
)

accounts: Final = Table(
    "accounts",
    metadata,
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("shape", Words, nullable=False),
    Column("role", Integer, nullable=False),
    Column("language", Words, nullable=False),
    Column("read_floor", Day, nullable=False),
    Column("pronouns", Words, nullable=False, server_default=""),
    Column("speaks", Words, nullable=False, server_default=""),
    Column("hidden", Flag, nullable=False, server_default=text("0")),
    Column("waiting", Flag, nullable=False, server_default=text("0")),
    Column("settles_on", Day),
    UniqueConstraint("shape"),
    sqlite_strict=True,
)

keys: Final = Table(
    "keys",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("label", Words, nullable=False, server_default=""),
    Column("added_in", Day),  # the first day of the month
    Column("used_in", Day),  # the Monday of the week
    Index("keys_by_account", "account"),
    sqlite_strict=True,
)

codes: Final = Table(
    "codes",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Words, nullable=False),
    Column("good_from", Moment),
    Column("expires_at", Moment),
    Index("codes_by_account", "account", "kind"),
    sqlite_strict=True,
)

barred_keys: Final = Table(
    "barred_keys",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("account", Words, nullable=False),  # may be gone
    Column("reason", Words, nullable=False),
    Column("until", Moment),
    Index("barred_keys_by_account", "account"),
    sqlite_strict=True,
)

declined_keys: Final = Table(
    "declined_keys",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("reason", Words, nullable=False),
    Column("until", Day, nullable=False),
    sqlite_strict=True,
)

reserved_names: Final = Table(
    "reserved_names",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("account", ForeignKey("accounts.id", ondelete="SET NULL")),
    Index("reserved_names_by_account", "account"),
    sqlite_strict=True,
)

consents: Final = Table(
    "consents",
    metadata,
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Words, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("given_in", Day, nullable=False),  # the first day of the month
    sqlite_strict=True,
)

badges: Final = Table(
    "badges",
    metadata,
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("organisation", Words, nullable=False),
    Column("proposed_by", Words, nullable=False),
    Column("confirmed_by", Words),
    Column("given_on", Day),
    sqlite_strict=True,
)

vouches: Final = Table(
    "vouches",
    metadata,
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("voucher", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("given_on", Day, nullable=False),  # the Monday of the week
    Index("vouches_by_voucher", "voucher"),
    sqlite_strict=True,
)

invited: Final = Table(
    "invited",
    metadata,
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("inviter", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("came_on", Day, nullable=False),  # the first day of the month
    Index("invited_by_inviter", "inviter"),
    sqlite_strict=True,
)

notes: Final = Table(
    "notes",
    metadata,
    Column("writer", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("about", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Index("notes_by_about", "about"),
    sqlite_strict=True,
)

invites: Final = Table(
    "invites",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("role", Integer, nullable=False),
    Column("uses_left", Integer, nullable=False),
    Column("expires_at", Moment),
    Column("claim", Flag, nullable=False),
    Column("inviter", ForeignKey("accounts.id", ondelete="CASCADE")),
    Index("invites_by_inviter", "inviter"),
    sqlite_strict=True,
)

threads: Final = Table(
    "threads",
    metadata,
    Column("id", _number(), primary_key=True),
    Column("board", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("author", Words, nullable=False),
    Column("author_name", Words, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("last_number", Integer, nullable=False),
    Column("pinned", Flag, nullable=False),
    Column("locked", Flag, nullable=False),
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
    Column("id", _number(), primary_key=True),
    Column("thread", ForeignKey("threads.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("author", Words, nullable=False),
    Column("author_name", Words, nullable=False),
    Column("body", Words, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("edited", Flag, nullable=False),
    Column("deleted", Flag, nullable=False),
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
    sqlite_strict=True,
    sqlite_autoincrement=True,
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

drafts: Final = Table(
    "drafts",
    metadata,
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Words, primary_key=True),
    Column("title", Words, nullable=False),
    Column("body", Words, nullable=False),
    Column("saved_at", Moment, nullable=False),
    Index("drafts_by_place", "place"),
    sqlite_strict=True,
)

held_posts: Final = Table(
    "held_posts",
    metadata,
    Column("id", _number(), primary_key=True),
    Column("board", Words, nullable=False),
    Column("thread", ForeignKey("threads.id", ondelete="CASCADE")),
    Column("title", Words, nullable=False),
    Column("author", Words, nullable=False),
    Column("author_name", Words, nullable=False),
    Column("body", Words, nullable=False),
    Column("sent_at", Moment, nullable=False),
    Index("held_posts_by_author", "author"),
    Index("held_posts_by_thread", "thread"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

reports: Final = Table(
    "reports",
    metadata,
    Column("id", _number(), primary_key=True),
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
    Column("number", _number(), primary_key=True),
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

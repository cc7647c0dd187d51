"""What columns hold, alike in SQLite and PostgreSQL."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Dialect,
    Index,
    Integer,
    MetaData,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.types import TypeEngine

from bunniz_bbs.domain.labels import Tag

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


class Tags(TypeDecorator[frozenset[Tag]]):
    """A set of tags, kept as a number: a bit for each, in the order of the tags."""

    impl = Integer
    cache_ok = True

    def process_bind_param(
        self, value: frozenset[Tag] | None, dialect: Dialect
    ) -> int | None:
        """What is stored for a set."""
        if value is None:
            return None
        return sum(1 << bit for bit, one in enumerate(Tag) if one in value)

    def process_result_value(
        self, value: int | None, dialect: Dialect
    ) -> frozenset[Tag] | None:
        """The set that was stored."""
        if value is None:
            return None
        return frozenset(one for bit, one in enumerate(Tag) if value >> bit & 1)


def number() -> TypeEngine[int]:
    """A whole number of 64 bits, which SQLite can count up as a key."""
    return BigInteger().with_variant(Integer(), "sqlite")


def by_end(table: str) -> Index:
    """Finds what has an end of its own, among much that has none."""
    ending = text("goes_at IS NOT NULL")
    return Index(
        f"{table}_by_end", "goes_at", sqlite_where=ending, postgresql_where=ending
    )


metadata: Final = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "fk": "%(table_name)s_%(column_0_name)s_fk",
    }
)

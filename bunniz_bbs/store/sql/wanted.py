"""Which threads a reader wants to see, by what they chose; their own always."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    and_,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)

from bunniz_bbs.store.tables import NOBODY, choices, posts, threads

# Each is looked up once for a statement, not for each thread.


def _chosen(column: ColumnElement[Any], reader: ColumnElement[str]) -> Any:
    return select(column).where(choices.c.account == reader).scalar_subquery()


def hides(reader: ColumnElement[str]) -> ColumnElement[int]:
    """What a reader chose not to see, as tags are kept."""
    return func.coalesce(_chosen(type_coerce(choices.c.hides, Integer), reader), 0)


def _languages(reader: ColumnElement[str]) -> ColumnElement[str]:
    return func.coalesce(_chosen(choices.c.languages, reader), "")


def is_hidden(
    reader: ColumnElement[str], of: FromClause = threads
) -> ColumnElement[bool]:
    """Whether a thread warns of something that its reader chose not to see."""
    warnings = type_coerce(of.c.warnings, Integer)
    return and_(_is_others(reader, of), warnings.bitwise_and(hides(reader)) != 0)


def is_foreign(
    reader: ColumnElement[str], of: FromClause = threads
) -> ColumnElement[bool]:
    """Whether a thread is in a language in which its reader chose not to read."""
    languages = _languages(reader)
    other = and_(
        of.c.language != "", languages != "", ~languages.contains(of.c.language)
    )
    return and_(_is_others(reader, of), other)


def hidden_posts(reader: ColumnElement[str]) -> ColumnElement[bool]:
    """Which posts of others warn of something that their reader hides."""
    # Not a parameter: the index of posts that warn is chosen by this very term.
    warned: ColumnElement[bool] = literal_column("posts.warnings <> 0")
    tags = type_coerce(posts.c.warnings, Integer)
    hidden = tags.bitwise_and(hides(reader)) != 0
    return and_(warned, _is_others(reader, posts), hidden)


def _is_others(reader: ColumnElement[str], of: FromClause) -> ColumnElement[bool]:
    return or_(of.c.author != reader, of.c.author == NOBODY)


def is_wanted(
    reader: ColumnElement[str], thread: ColumnElement[int]
) -> ColumnElement[bool]:
    """Whether the reader wants to see the thread with this number."""
    nothing = and_(hides(reader) == 0, _languages(reader) == "")
    one = threads.alias("wanted")
    found = select(one.c.id).where(
        one.c.id == thread, ~is_hidden(reader, one), ~is_foreign(reader, one)
    )
    # Whoever chose nothing has no thread looked up; others each by its number, not
    # all at once, as PostgreSQL would for EXISTS.
    return or_(nothing, found.correlate_except(one).scalar_subquery().is_not(None))

"""Finding posts by what they say, in SQL."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    cast,
    column,
    delete,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from bunniz_bbs.domain.ids import AccountId, BoardSlug, PostId, ThreadId
from bunniz_bbs.domain.search import Sought
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import entries, posts, threads
from bunniz_bbs.store.terms import LENGTH, joined, term_of, terms_by_word, wanted

NEWEST: Final = 10_000
"""Posts that PostgreSQL looks through by itself: what many posts say is found there
soonest. What few say, its index finds; what many say, it would be slow with."""

WORDS_AT_ONCE: Final = 16
"""Words of a post that are made terms of in one go; new ones take a millisecond each
at worst."""

_FOUND: Final = "entries_found"
"""SQLite's index, a table of its own."""
_SPLIT: ColumnElement[Sequence[str]] = literal_column(
    "string_to_array(entries.terms, ' ')", ARRAY(Text)
)
"""What PostgreSQL's index is over, in the very words."""

Groups = Sequence[Sequence[str]]
"""A post has one of each."""


class _Position(FunctionElement[int]):
    """Where a text is in another: each database has a name of its own for it."""

    type = Integer()
    inherit_cache = True


@compiles(_Position)
def _as_sqlite_says(what: _Position, compiler: SQLCompiler, **how: Any) -> str:
    return f"instr({compiler.process(what.clauses, **how)})"


@compiles(_Position, "postgresql")
def _as_postgres_says(what: _Position, compiler: SQLCompiler, **how: Any) -> str:
    return f"strpos({compiler.process(what.clauses, **how)})"


@dataclass(frozen=True, slots=True)
class _Places:
    """Terms of the boards to look at, and of all others that there are."""

    boards: Sequence[str]
    others: Sequence[str]

    @property
    def most(self) -> bool:
        """Whether leaving the others out is quicker than to look for the boards."""
        return len(self.others) < len(self.boards)

    def besides(self, groups: Groups) -> Groups:
        """What an index looks for."""
        return groups if self.most else [self.boards, *groups]


@dataclass(frozen=True, slots=True)
class SqlEntries:
    """What posts are found by. It is kept with each post, and goes with it."""

    connection: AsyncConnection

    async def put(self, post: PostId, board: BoardSlug, title: str, body: str) -> None:
        """Let a post be found by its words; `title` is that of a thread it begins."""
        terms: set[str] = set()
        for count, some in enumerate(terms_by_word(title, body), 1):
            terms.update(some)
            if not count % WORDS_AT_ONCE:
                await asyncio.sleep(0)  # nobody waits for all of a long post
        new = insert_into(self.connection, entries).values(
            post=post, terms=joined(board, terms)
        )
        await self.connection.execute(
            new.on_conflict_do_update(
                index_elements=[entries.c.post], set_={"terms": new.excluded.terms}
            )
        )

    async def renew(self, post: PostId) -> None:
        """Let a post be found by what it says now."""
        found = await self.connection.execute(
            select(posts.c.number, posts.c.body, threads.c.board, threads.c.title)
            .join(threads, threads.c.id == posts.c.thread)
            .where(posts.c.id == post, posts.c.deleted == False)  # noqa: E712 - SQL
        )
        if row := found.first():
            title = row.title if row.number == 1 else ""
            await self.put(post, row.board, title, row.body)

    async def move(self, thread: ThreadId, board: BoardSlug) -> None:
        """Let a thread's posts be found on another board."""
        there = select(posts.c.id).where(posts.c.thread == thread)
        rest = func.substr(entries.c.terms, LENGTH + 1)
        await self.connection.execute(
            update(entries)
            .where(entries.c.post.in_(there))
            .values(terms=literal(term_of(board)).concat(rest))
        )

    async def drop(self, *which: ColumnElement[bool]) -> None:
        """Let the posts of which that is so not be found any more."""
        gone = select(posts.c.id).where(*which)
        await self.connection.execute(delete(entries).where(entries.c.post.in_(gone)))

    async def find(
        self,
        sought: Sought,
        boards: Sequence[BoardSlug],
        others: Sequence[BoardSlug],
        author: AccountId | None = None,
        before: PostId | None = None,
        limit: int = 50,
    ) -> Sequence[PostId]:
        """The newest posts that have what is sought, the newest first."""
        if not boards:
            return []
        places = _Places(
            [term_of(one) for one in boards], [term_of(one) for one in others]
        )
        groups = wanted(sought)
        if author is not None:
            return await self._ids(_of_author(author, groups, places), before, limit)
        if self.connection.dialect.name == "sqlite":
            return await self._ids(_indexed_by_sqlite(groups, places), before, limit)
        return await self._by_postgres(groups, places, before, limit)

    async def _ids(
        self, wanted: Select[int], before: PostId | None, limit: int
    ) -> Sequence[PostId]:
        [number] = wanted.selected_columns
        if before is not None:
            wanted = wanted.where(number < before)
        found = await self.connection.scalars(
            wanted.order_by(number.desc()).limit(limit)
        )
        return [PostId(one) for one in found]

    async def _by_postgres(
        self,
        groups: Groups,
        places: _Places,
        before: PostId | None,
        limit: int,
    ) -> Sequence[PostId]:
        newest = select(entries).order_by(entries.c.post.desc()).limit(NEWEST)
        if before is not None:
            newest = newest.where(entries.c.post < before)
        looked = newest.subquery("newest")
        first = await self._ids(
            select(looked.c.post).where(_has(looked.c.terms, groups, places)),
            None,
            limit,
        )
        if len(first) == limit:
            return first
        oldest = select(func.min(looked.c.post)).scalar_subquery()
        # First all that there are, by the index: in the order of their numbers, it
        # would look at every post there is.
        there = (
            select(entries.c.post)
            .where(*(_SPLIT.op("&&")(_texts(one)) for one in places.besides(groups)))
            .where(_is_there(entries.c.terms, places))
            .cte("there")
            .prefix_with("MATERIALIZED")
        )
        further = select(there.c.post).where(there.c.post < oldest)
        return [*first, *await self._ids(further, before, limit - len(first))]


def _indexed_by_sqlite(groups: Groups, places: _Places) -> Select[int]:
    match = " AND ".join(map(_any, places.besides(groups)))
    if places.most and places.others:
        match = f"({match}) NOT {_any(places.others)}"
    found = table(_FOUND, column("rowid", Integer))
    return select(found.c.rowid).where(
        literal_column(_FOUND).op("MATCH")(literal(match))
    )


def _any(terms: Sequence[str]) -> str:
    return f"({' OR '.join(terms)})"


def _of_author(author: AccountId, groups: Groups, places: _Places) -> Select[int]:
    """Among all that somebody wrote: hardly anybody has written very much."""
    return (
        select(entries.c.post)
        .join(posts, posts.c.id == entries.c.post)
        .where(posts.c.author == author, _has(entries.c.terms, groups, places))
    )


def _has(
    terms: ColumnElement[str], groups: Groups, places: _Places
) -> ColumnElement[bool]:
    """Whether terms hold one of each group, and are of one of the boards."""
    alternatives = (
        (_position(terms, f" {one}") > 0 for one in group) for group in groups
    )
    return and_(_is_there(terms, places), *(or_(*one) for one in alternatives))


def _position(terms: ColumnElement[str], term: str) -> ColumnElement[int]:
    """Where a term is, from 1; 0: nowhere. LIKE would take five times as long."""
    return _Position(terms, literal(term))


def _is_there(terms: ColumnElement[str], places: _Places) -> ColumnElement[bool]:
    return func.substr(terms, 1, LENGTH).in_(places.boards)


def _texts(terms: Iterable[str]) -> ColumnElement[Sequence[str]]:
    return cast(array(list(terms)), ARRAY(Text))

"""All that is kept of one account, across tables, in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    delete,
    func,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId, BoardSlug, ThreadId
from bunniz_bbs.domain.own import ReadMark, Vouch, WrittenPost
from bunniz_bbs.store.sql.entries import SqlEntries
from bunniz_bbs.store.sql.threads import SqlThreads
from bunniz_bbs.store.tables import (
    NOBODY,
    accounts,
    bookmarks,
    held_posts,
    mentions,
    metadata,
    posts,
    reads,
    threads,
    vouches,
)

_PLACE = (posts.c.thread, posts.c.number)


@dataclass(frozen=True, slots=True)
class SqlOwn:
    """What is one person's."""

    connection: AsyncConnection

    async def counts(
        self, account: AccountId, columns: Sequence[str]
    ) -> Mapping[str, int]:
        """In how many rows each column names the account."""
        asked = []
        for name in columns:
            table, _, column = name.partition(".")
            place = metadata.tables[table]
            count = select(func.count()).select_from(place)
            mine = count.where(place.c[column] == account)
            asked.append(mine.scalar_subquery().label(name))
        row = (await self.connection.execute(select(*asked))).one()
        return dict(row._mapping)

    async def posts(
        self, account: AccountId, after: tuple[ThreadId, int], limit: int
    ) -> Sequence[WrittenPost]:
        """Their posts that are there, by thread and number."""
        thread, number = (literal(one, BigInteger()) for one in after)
        rows = await self.connection.execute(
            select(posts, threads.c.board, threads.c.title)
            .join(threads, threads.c.id == posts.c.thread)
            .where(posts.c.author == account, tuple_(*_PLACE) > tuple_(thread, number))
            .order_by(*_PLACE)
            .limit(limit)
        )
        return [
            WrittenPost(
                row.board,
                row.thread,
                row.title,
                row.number,
                row.body,
                row.created_at,
                row.edited,
                row.warnings,
                row.goes_at,
            )
            for row in rows
        ]

    async def reads(self, account: AccountId) -> Sequence[ReadMark]:
        """How far they have read each thread."""
        rows = await self.connection.execute(
            select(reads.c.thread, reads.c.number)
            .where(reads.c.account == account)
            .order_by(reads.c.thread)
        )
        return [ReadMark(row.thread, row.number) for row in rows]

    async def vouches(self, account: AccountId) -> Sequence[Vouch]:
        """For whom they vouch, by name."""
        rows = await self.connection.execute(
            select(accounts.c.name, vouches.c.given_on)
            .join(accounts, accounts.c.id == vouches.c.account)
            .where(vouches.c.voucher == account)
        )
        found = [Vouch(row.name, row.given_on) for row in rows]
        return sorted(found, key=lambda one: one.name.casefold())

    async def unname(self, account: AccountId) -> Sequence[BoardSlug]:
        """Let what they wrote stay with nobody's name; on which boards that is."""
        touched = await self._boards(account)
        for table in (posts, threads):
            await self.connection.execute(
                update(table)
                .where(table.c.author == account)
                .values(author=NOBODY, author_name="")
            )
        await self._drop_held(account)
        return touched

    async def remove_posts(self, account: AccountId) -> Sequence[BoardSlug]:
        """Remove what they wrote, as if they had removed each post; on which boards."""
        touched = await self._boards(account)
        gone = select(*_PLACE).where(posts.c.author == account)
        for table in (mentions, bookmarks):
            await self.connection.execute(
                delete(table).where(tuple_(table.c.thread, table.c.number).in_(gone))
            )
        await SqlEntries(self.connection).drop(posts.c.author == account)
        written = await self.connection.execute(
            update(posts)
            .where(posts.c.author == account)
            .values(
                body="",
                author_name="",
                author=NOBODY,
                deleted=True,
                warnings=frozenset(),
            )
            .returning(posts.c.thread)
        )
        there = sorted({ThreadId(row.thread) for row in written})
        await SqlThreads(self.connection).remove_empty(there)
        await self.connection.execute(
            update(threads)
            .where(threads.c.author == account)
            .values(author=NOBODY, author_name="")
        )
        await self._drop_held(account)
        return touched

    async def _drop_held(self, account: AccountId) -> None:
        await self.connection.execute(
            delete(held_posts).where(held_posts.c.author == account)
        )

    async def _boards(self, account: AccountId) -> Sequence[BoardSlug]:
        # Not one OR: for that, PostgreSQL reads all threads.
        begun = select(threads.c.board).where(threads.c.author == account)
        wrote = (
            select(threads.c.board)
            .join(posts, posts.c.thread == threads.c.id)
            .where(posts.c.author == account)
        )
        found = await self.connection.scalars(begun.union(wrote))
        return sorted(found)

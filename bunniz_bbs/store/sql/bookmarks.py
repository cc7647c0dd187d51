"""Posts that somebody wants to find again, in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId, ThreadId
from bunniz_bbs.store.news_ports import Marked
from bunniz_bbs.store.sql.posts import as_post
from bunniz_bbs.store.sql.threads import as_thread
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import bookmarks, posts, threads


@dataclass(frozen=True, slots=True)
class SqlBookmarks:
    """Bookmarks."""

    connection: AsyncConnection

    async def add(self, account: AccountId, thread: ThreadId, number: int) -> None:
        """Keep one; the post must be there."""
        await self.connection.execute(
            insert_into(self.connection, bookmarks)
            .values(account=account, thread=thread, number=number)
            .on_conflict_do_nothing()
        )

    async def drop(self, account: AccountId, thread: ThreadId, number: int) -> bool:
        """Forget one; whether it was there."""
        gone = await self.connection.execute(
            delete(bookmarks).where(
                bookmarks.c.account == account,
                bookmarks.c.thread == thread,
                bookmarks.c.number == number,
            )
        )
        return bool(gone.rowcount)

    async def count(self, account: AccountId) -> int:
        """How many somebody keeps."""
        counted = select(func.count()).select_from(bookmarks)
        mine = counted.where(bookmarks.c.account == account)
        return await self.connection.scalar(mine) or 0

    async def of(self, account: AccountId) -> Sequence[Marked]:
        """All of somebody's, the newest post first."""
        mine = and_(
            bookmarks.c.thread == posts.c.thread, bookmarks.c.number == posts.c.number
        )
        wanted = (
            select(posts.c.id, threads.c.id.label("thread"))
            .select_from(bookmarks)
            .join(posts, mine)
            .join(threads, threads.c.id == bookmarks.c.thread)
            .where(bookmarks.c.account == account)
            .subquery("wanted")
        )
        # Two looks: both tables have columns of the same names.
        said = await self.connection.execute(
            select(posts).join(wanted, wanted.c.id == posts.c.id)
        )
        there = await self.connection.execute(
            select(threads).where(threads.c.id.in_(select(wanted.c.thread)))
        )
        begun = {row.id: as_thread(row) for row in there}
        found = [Marked(begun[row.thread], as_post(row)) for row in said]
        return sorted(
            found, key=lambda one: (one.post.created_at, one.post.id), reverse=True
        )

"""What is written in threads, in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Row,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.errors import ThreadNotFound
from bunniz_bbs.domain.ids import AccountId, BoardSlug, PostId, ThreadId
from bunniz_bbs.domain.labels import Tag
from bunniz_bbs.domain.newcomers import Written
from bunniz_bbs.domain.threads import Post
from bunniz_bbs.store.sql.entries import SqlEntries
from bunniz_bbs.store.sql.unread import midnight
from bunniz_bbs.store.tables import (
    NOBODY,
    Moment,
    accounts,
    bookmarks,
    drafts,
    mentions,
    posts,
    reactions,
    threads,
)


@dataclass(frozen=True, slots=True)
class SqlPosts:
    """Posts."""

    connection: AsyncConnection

    async def add(
        self,
        thread: ThreadId,
        author: AccountId,
        author_name: str,
        body: str,
        at: datetime,
        warnings: frozenset[Tag] = frozenset(),
        goes_at: datetime | None = None,
    ) -> Post:
        """Add a post under the thread's next number and move `last_at` on.

        A post is never older than the one before it, even when the clock stepped
        back: what is unread is found by bisection, not by counting.

        Raises:
            ThreadNotFound: The thread is gone.
        """
        moment = literal(at, Moment())
        # The update holds the thread's row: nobody else gets this number.
        taken = (
            await self.connection.execute(
                update(threads)
                .where(threads.c.id == thread)
                .values(
                    last_number=threads.c.last_number + 1,
                    last_at=case(
                        (threads.c.last_at > moment, threads.c.last_at), else_=moment
                    ),
                )
                .returning(
                    threads.c.last_number,
                    threads.c.last_at,
                    threads.c.board,
                    threads.c.title,
                )
            )
        ).first()
        if taken is None:
            raise ThreadNotFound
        row = await self.connection.execute(
            insert(posts)
            .values(
                thread=thread,
                number=taken.last_number,
                author=author,
                author_name=author_name,
                body=body,
                created_at=taken.last_at,
                edited=False,
                deleted=False,
                warnings=warnings,
                goes_at=goes_at,
            )
            .returning(posts)
        )
        post = as_post(row.one())
        title = taken.title if post.number == 1 else ""
        await self._entries.put(post.id, taken.board, title, body)
        return post

    async def get(self, thread: ThreadId, number: int) -> Post | None:
        """The post with this number in the thread."""
        # What somebody typed may be larger than the column.
        wanted = select(posts).where(
            posts.c.thread == thread, posts.c.number == literal(number, BigInteger())
        )
        row = (await self.connection.execute(wanted)).first()
        return as_post(row) if row else None

    async def in_thread(
        self, thread: ThreadId, first: int = 1, limit: int | None = None
    ) -> Sequence[Post]:
        """The thread's posts by number, from one on, at most so many."""
        # What somebody typed may be larger than the column.
        start = literal(first, BigInteger())
        wanted = (
            select(posts)
            .where(posts.c.thread == thread, posts.c.number >= start)
            .order_by(posts.c.number)
            .limit(limit)
        )
        return [as_post(row) for row in await self.connection.execute(wanted)]

    async def before(self, thread: ThreadId, number: int, limit: int) -> Sequence[Post]:
        """The last posts that come before a number, at most so many, by number."""
        wanted = (
            select(posts)
            .where(
                posts.c.thread == thread,
                posts.c.number < literal(number, BigInteger()),
            )
            .order_by(posts.c.number.desc())
            .limit(limit)
        )
        found = [as_post(row) for row in await self.connection.execute(wanted)]
        return found[::-1]

    async def ends(self, thread: ThreadId) -> tuple[int, int]:
        """The numbers of the first and the last post that are there; 0: none is."""
        here = posts.c.thread == thread
        # Each by itself: so the index gives them without going through the thread.
        first = select(func.min(posts.c.number)).where(here).scalar_subquery()
        last = select(func.max(posts.c.number)).where(here).scalar_subquery()
        row = (await self.connection.execute(select(first, last))).one()
        return row[0] or 0, row[1] or 0

    async def place_of(self, post: PostId) -> tuple[ThreadId, int] | None:
        """The thread of a post that was not deleted, and its number there."""
        found = await self.connection.execute(
            select(posts.c.thread, posts.c.number).where(
                posts.c.id == post,
                posts.c.deleted == False,  # noqa: E712 - SQL
            )
        )
        row = found.first()
        return (row.thread, row.number) if row else None

    async def alike(
        self, thread: ThreadId, author: AccountId, body: str, since: datetime
    ) -> Post | None:
        """The newest post in a thread in which somebody said just this since then."""
        wanted = (
            select(posts)
            .where(
                posts.c.author == author,
                posts.c.thread == thread,
                posts.c.created_at >= since,
                posts.c.body == body,
            )
            .order_by(posts.c.number.desc())
            .limit(1)
        )
        row = (await self.connection.execute(wanted)).first()
        return as_post(row) if row else None

    async def written(self, author: AccountId, since: datetime) -> Sequence[Written]:
        """When somebody posted since then, and where that began a thread."""
        wanted = select(posts.c.created_at, posts.c.number).where(
            posts.c.author == author, posts.c.created_at > since
        )
        rows = await self.connection.execute(wanted)
        return [Written(row.created_at, row.number == 1) for row in rows]

    async def writers(
        self, board: BoardSlug, thread: ThreadId | None, limit: int
    ) -> Sequence[AccountId]:
        """Who wrote in a thread and began threads on its board, the latest first.

        Only those who do not hide and have been let in, each once; as far as the last
        so many posts and threads tell.
        """
        here = (
            select(posts.c.author)
            .where(posts.c.thread == thread)
            .order_by(posts.c.number.desc())
            .limit(limit)
        )
        order = threads.c.pinned.desc(), threads.c.last_at.desc(), threads.c.id.desc()
        around = (
            select(threads.c.author)
            .where(threads.c.board == board)
            .order_by(*order)
            .limit(limit)
        )
        found: dict[AccountId, None] = {}
        for wanted in (here, around):
            found |= dict.fromkeys(await self.connection.scalars(wanted))
        shown = await self.connection.scalars(
            select(accounts.c.id).where(
                accounts.c.id.in_(found),
                accounts.c.hidden == False,  # noqa: E712 - SQL
                accounts.c.waiting == False,  # noqa: E712 - SQL
            )
        )
        there = set(shown)
        return [one for one in found if one in there]

    async def some(self, which: Sequence[PostId]) -> Sequence[Post]:
        """Those of these posts that are there, the newest first."""
        wanted = select(posts).where(posts.c.id.in_(which)).order_by(posts.c.id.desc())
        return [as_post(row) for row in await self.connection.execute(wanted)]

    async def last_before(self, thread: ThreadId, day: date) -> int:
        """The number of the last post that was written before a day; 0: none was."""
        wanted = (
            select(posts.c.number)
            .where(posts.c.thread == thread, posts.c.created_at < midnight(day))
            .order_by(posts.c.created_at.desc(), posts.c.number.desc())
            .limit(1)
        )
        return await self.connection.scalar(wanted) or 0

    async def any_left(self, thread: ThreadId) -> bool:
        """Whether the thread has a post that was not deleted."""
        left = (
            select(posts.c.id)
            .where(posts.c.thread == thread, posts.c.deleted == False)  # noqa: E712 - SQL
            .limit(1)
        )
        return await self.connection.scalar(left) is not None

    async def edit(self, post: PostId, body: str) -> None:
        """Replace the words; the former ones are overwritten. Deleted ones stay so."""
        await self.connection.execute(
            update(posts)
            .where(posts.c.id == post, posts.c.deleted == False)  # noqa: E712 - SQL
            .values(body=body, edited=True)
        )
        await self._entries.renew(post)

    async def warn(self, post: PostId, warnings: frozenset[Tag]) -> None:
        """Put other warnings on a post."""
        await self.connection.execute(
            update(posts).where(posts.c.id == post).values(warnings=warnings)
        )

    async def ended(self, now: datetime) -> Sequence[Post]:
        """Posts whose own end has come."""
        wanted = select(posts).where(
            posts.c.goes_at <= now,
            posts.c.deleted == False,  # noqa: E712 - SQL
        )
        return [as_post(row) for row in await self.connection.execute(wanted)]

    async def next_end(self, now: datetime) -> datetime | None:
        """When the next post goes by itself."""
        # Those that went are in the index too, and come before.
        wanted = select(func.min(posts.c.goes_at)).where(posts.c.goes_at > now)
        end: datetime | None = await self.connection.scalar(wanted)
        return end

    async def delete(self, post: PostId, *, ended: bool = False) -> None:
        """Overwrite the words and whose they were; the number stays taken.

        That its time was up is kept where it was, so that readers can be told.

        What its author had begun to make of the words goes too, and so does that it
        meant somebody, or that somebody wanted to find it again, or thanked for it.
        """
        await self.connection.execute(
            update(posts)
            .where(posts.c.id == post)
            .values(
                body="",
                author_name="",
                author=NOBODY,
                deleted=True,
                warnings=frozenset(),
                **({} if ended else {"goes_at": None}),
            )
        )
        await self._entries.drop(posts.c.id == post)
        await self.connection.execute(
            delete(drafts).where(drafts.c.place == f"post:{post}")
        )
        gone = select(posts.c.thread, posts.c.number).where(posts.c.id == post)
        for table in (mentions, bookmarks, reactions):
            await self.connection.execute(
                delete(table).where(tuple_(table.c.thread, table.c.number).in_(gone))
            )

    @property
    def _entries(self) -> SqlEntries:
        return SqlEntries(self.connection)


def as_post(row: Row[Any]) -> Post:
    """A row that has the columns of a post."""
    return Post(
        row.id,
        row.thread,
        row.number,
        row.author,
        row.author_name,
        row.body,
        row.created_at,
        row.edited,
        row.deleted,
        row.warnings,
        row.goes_at,
    )

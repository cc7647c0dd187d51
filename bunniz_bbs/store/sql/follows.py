"""What somebody follows and which boards are quiet for them, in SQL."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId, BoardSlug, ThreadId
from bunniz_bbs.domain.threads import Thread
from bunniz_bbs.store.sql.threads import as_thread
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import NOBODY, follows, posts, quiet_boards, threads


@dataclass(frozen=True, slots=True)
class SqlFollows:
    """Followed threads."""

    connection: AsyncConnection

    async def set(self, account: AccountId, thread: ThreadId, wanted: bool) -> None:
        """Note what somebody said about a thread, in place of what they said before."""
        await self.connection.execute(
            insert_into(self.connection, follows)
            .values(account=account, thread=thread, wanted=wanted)
            .on_conflict_do_update(
                index_elements=[follows.c.account, follows.c.thread],
                set_={"wanted": wanted},
            )
        )

    async def get(self, account: AccountId, thread: ThreadId) -> bool:
        """Whether somebody follows a thread: as they said, else if they wrote in it."""
        said = await self.connection.scalar(
            select(follows.c.wanted).where(
                follows.c.account == account, follows.c.thread == thread
            )
        )
        if said is not None:
            return bool(said)
        wrote = select(posts.c.id).where(
            posts.c.thread == thread,
            posts.c.author == account,
            posts.c.author != NOBODY,
        )
        return await self.connection.scalar(wrote.limit(1)) is not None

    async def count(self, account: AccountId) -> int:
        """About how many threads somebody said something."""
        counted = select(func.count()).select_from(follows)
        mine = counted.where(follows.c.account == account)
        return await self.connection.scalar(mine) or 0

    async def threads(self, account: AccountId) -> Sequence[Thread]:
        """The threads that somebody chose to follow, the newest post first."""
        rows = await self.connection.execute(
            select(threads)
            .join(follows, follows.c.thread == threads.c.id)
            .where(
                follows.c.account == account,
                follows.c.wanted == True,  # noqa: E712 - SQL
            )
            .order_by(threads.c.last_at.desc(), threads.c.id.desc())
        )
        return [as_thread(row) for row in rows]

    async def of(self, account: AccountId) -> Mapping[ThreadId, bool]:
        """All that somebody said about threads."""
        rows = await self.connection.execute(
            select(follows.c.thread, follows.c.wanted)
            .where(follows.c.account == account)
            .order_by(follows.c.thread)
        )
        return {row.thread: row.wanted for row in rows}


@dataclass(frozen=True, slots=True)
class SqlQuietBoards:
    """Boards of which somebody wants to hear nothing."""

    connection: AsyncConnection

    async def add(self, account: AccountId, board: BoardSlug) -> None:
        """Let a board be quiet."""
        await self.connection.execute(
            insert_into(self.connection, quiet_boards)
            .values(account=account, board=board)
            .on_conflict_do_nothing()
        )

    async def drop(self, account: AccountId, board: BoardSlug) -> None:
        """Hear of a board again."""
        await self.connection.execute(
            delete(quiet_boards).where(
                quiet_boards.c.account == account, quiet_boards.c.board == board
            )
        )

    async def of(self, account: AccountId) -> Collection[BoardSlug]:
        """The boards that are quiet for somebody."""
        found = await self.connection.scalars(
            select(quiet_boards.c.board).where(quiet_boards.c.account == account)
        )
        return set(found)

"""Conversations on boards, in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    Row,
    Select,
    Text,
    and_,
    cast,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.choices import LeftOut
from bunniz_bbs.domain.ids import AccountId, BoardSlug, ThreadId
from bunniz_bbs.domain.labels import NONE, Labels
from bunniz_bbs.domain.threads import Thread
from bunniz_bbs.store.board_ports import ThreadRow
from bunniz_bbs.store.sql.entries import SqlEntries
from bunniz_bbs.store.sql.labels import columns, labels_in
from bunniz_bbs.store.sql.unread import (
    COUNTS,
    FURTHER_ON_BOARD,
    LEFT_OUT,
    ON_BOARD,
    UNREAD,
    midnight,
)
from bunniz_bbs.store.tables import drafts, held_posts, posts, reports, threads

_AT_ONCE: Final = 500
"""How many threads one statement removes: statements take so many parameters."""


@dataclass(frozen=True, slots=True)
class SqlThreads:
    """Threads."""

    connection: AsyncConnection

    async def add(
        self,
        board: BoardSlug,
        title: str,
        author: AccountId,
        author_name: str,
        at: datetime,
        labels: Labels = NONE,
        goes_at: datetime | None = None,
    ) -> Thread:
        """Begin a thread that has no post yet."""
        row = await self.connection.execute(
            insert(threads)
            .values(
                board=board,
                title=title,
                author=author,
                author_name=author_name,
                created_at=at,
                last_at=at,
                last_number=0,
                pinned=False,
                locked=False,
                **columns(labels),
                goes_at=goes_at,
            )
            .returning(threads)
        )
        return as_thread(row.one())

    async def get(self, thread: ThreadId) -> Thread | None:
        """The thread, if it is there."""
        wanted = select(threads).where(threads.c.id == thread)
        row = (await self.connection.execute(wanted)).first()
        return as_thread(row) if row else None

    async def alike(
        self,
        board: BoardSlug,
        author: AccountId,
        title: str,
        body: str,
        since: datetime,
    ) -> Thread | None:
        """The newest thread that somebody began since then with just these words."""
        first = posts.c.thread == threads.c.id, posts.c.number == 1
        wanted = (
            select(threads)
            .join(posts, and_(*first))
            .where(
                threads.c.author == author,
                threads.c.board == board,
                threads.c.created_at >= since,
                threads.c.title == title,
                posts.c.body == body,
            )
            .order_by(threads.c.id.desc())
            .limit(1)
        )
        row = (await self.connection.execute(wanted)).first()
        return as_thread(row) if row else None

    async def some(self, which: Sequence[ThreadId]) -> Sequence[Thread]:
        """Those of these threads that are there."""
        wanted = select(threads).where(threads.c.id.in_(which))
        return [as_thread(row) for row in await self.connection.execute(wanted)]

    async def on_board(
        self,
        board: BoardSlug,
        reader: AccountId,
        floor: date,
        limit: int = 500,
        after: Thread | None = None,
        *,
        foreign: bool = False,
    ) -> Sequence[ThreadRow]:
        """A board's threads for one reader: pinned first, then newest post first."""
        values = {
            "board": board,
            "reader": reader,
            "floor": midnight(floor),
            "limit": limit,
            "foreign": foreign,
        }
        if after is None:
            return await self._rows(ON_BOARD, values)
        place = {
            "pinned": after.pinned,
            "last_at": after.last_at,
            "thread": after.id,
        }
        return await self._rows(FURTHER_ON_BOARD, {**values, **place})

    async def left_out(self, board: BoardSlug, reader: AccountId) -> LeftOut:
        """How many of a board's newest threads a reader chose not to see."""
        values = {"board": board, "reader": reader}
        row = (await self.connection.execute(LEFT_OUT, values)).one()
        return LeftOut(row.hidden, row.foreign)

    async def unread(
        self,
        boards: Sequence[BoardSlug],
        reader: AccountId,
        floor: date,
        limit: int = 200,
        besides: ThreadId | None = None,
    ) -> Sequence[ThreadRow]:
        """The first threads with something unread: those followed, then the newest."""
        return await self._rows(
            UNREAD,
            {
                "boards": list(boards),
                "reader": reader,
                "floor": midnight(floor),
                "limit": limit,
                "besides": besides or 0,
            },
        )

    async def unread_counts(
        self, boards: Sequence[BoardSlug], reader: AccountId, floor: date
    ) -> Mapping[BoardSlug, int]:
        """How many threads have something unread, for each board that has any."""
        rows = await self.connection.execute(
            COUNTS,
            {"boards": list(boards), "reader": reader, "floor": midnight(floor)},
        )
        return {row.board: row.threads for row in rows}

    async def set_pinned(self, thread: ThreadId, pinned: bool) -> None:
        """Hold a thread at the top of its board, or let it go."""
        await self._set(thread, pinned=pinned)

    async def set_locked(self, thread: ThreadId, locked: bool) -> None:
        """Stop replies to a thread, or allow them again."""
        await self._set(thread, locked=locked)

    async def label(self, thread: ThreadId, labels: Labels) -> None:
        """Put other labels on a thread."""
        await self._set(thread, **columns(labels))

    async def set_closed(self, thread: ThreadId, closed: bool) -> None:
        """Note that whoever began a thread takes no more replies, or does."""
        await self._set(thread, closed=closed)

    async def set_kept(self, thread: ThreadId, reason: str) -> None:
        """Let a thread stay after its time for a reason; for none, let it go then."""
        await self._set(thread, kept_for=reason)

    async def set_checked(self, thread: ThreadId, on: date) -> None:
        """Note when somebody checked what a thread says."""
        await self._set(thread, checked_on=on)

    async def move(self, thread: ThreadId, board: BoardSlug) -> None:
        """Put a thread on another board, with what waits there and what is reported."""
        found = await self.get(thread)
        was = found.board if found else board
        await self._set(thread, board=board)
        await SqlEntries(self.connection).move(thread, board)
        await self.connection.execute(
            update(held_posts).where(held_posts.c.thread == thread).values(board=board)
        )
        place, further = f"{was}/{thread}", func.substr(reports.c.target, len(was) + 1)
        await self.connection.execute(
            update(reports)
            .where(
                or_(
                    reports.c.target == place,
                    reports.c.target.startswith(f"{place}#", autoescape=True),
                )
            )
            .values(target=literal(board).concat(further))
        )

    async def remove(self, thread: ThreadId) -> None:
        """Remove a thread with its posts, and all read marks and drafts on it."""
        await self._remove([thread])

    async def remove_older(
        self, board: BoardSlug, before: datetime
    ) -> Sequence[ThreadId]:
        """Remove those of the board whose last post is older; say which.

        Those that are pinned stay, and those that the team keeps.
        """
        silent = await self.connection.scalars(
            select(threads.c.id)
            .where(
                threads.c.board == board,
                threads.c.pinned == False,  # noqa: E712 - SQL
                threads.c.kept_for == "",
                threads.c.last_at < before,
            )
            .order_by(threads.c.id)
        )
        gone: Sequence[ThreadId] = silent.all()
        for start in range(0, len(gone), _AT_ONCE):
            await self._remove(gone[start : start + _AT_ONCE])
        return gone

    async def remove_ended(self, now: datetime) -> Sequence[tuple[BoardSlug, ThreadId]]:
        """Remove the threads whose own end has come; say which, and from where."""
        ended = select(threads.c.board, threads.c.id).where(threads.c.goes_at <= now)
        gone = [(row.board, row.id) for row in await self.connection.execute(ended)]
        await self._remove([thread for _, thread in gone])
        return gone

    async def next_end(self) -> datetime | None:
        """When the next thread goes that has an end of its own."""
        first = select(func.min(threads.c.goes_at))
        end: datetime | None = await self.connection.scalar(first)
        return end

    async def oldest(self, board: BoardSlug) -> datetime | None:
        """The last post's moment of the thread that `remove_older` takes first."""
        return await self.connection.scalar(
            select(threads.c.last_at)
            .where(
                threads.c.board == board,
                threads.c.pinned == False,  # noqa: E712 - SQL
                threads.c.kept_for == "",
            )
            .order_by(threads.c.last_at)
            .limit(1)
        )

    async def remove_empty(self, among: Sequence[ThreadId]) -> None:
        """Remove those of these threads in which every post was deleted."""
        left = select(posts.c.id).where(
            posts.c.thread == threads.c.id,
            posts.c.deleted == False,  # noqa: E712 - SQL
        )
        for start in range(0, len(among), _AT_ONCE):
            part = among[start : start + _AT_ONCE]
            empty = await self.connection.scalars(
                select(threads.c.id).where(threads.c.id.in_(part), ~left.exists())
            )
            await self._remove(empty.all())

    async def _remove(self, gone: Sequence[ThreadId]) -> None:
        edits = select(literal("post:") + cast(posts.c.id, Text)).where(
            posts.c.thread.in_(gone)
        )
        replies = [f"thread:{thread}" for thread in gone]
        # Two statements: for an OR of both, PostgreSQL reads all drafts.
        for places in (replies, edits):
            await self.connection.execute(
                delete(drafts).where(drafts.c.place.in_(places))
            )
        # Posts and read marks follow by their foreign keys.
        await self.connection.execute(delete(threads).where(threads.c.id.in_(gone)))

    async def _rows(
        self, statement: Select[Any], values: Mapping[str, object]
    ) -> Sequence[ThreadRow]:
        rows = await self.connection.execute(statement, values)
        return [thread_row(row, followed=bool(row.followed)) for row in rows]

    async def _set(self, thread: ThreadId, **values: object) -> None:
        await self.connection.execute(
            update(threads).where(threads.c.id == thread).values(**values)
        )


def thread_row(row: Row[Any], *, followed: bool) -> ThreadRow:
    """A row that has the columns of a thread and `unread`."""
    return ThreadRow(as_thread(row), row.unread, followed)


def as_thread(row: Row[Any]) -> Thread:
    """A row that has the columns of a thread."""
    return Thread(
        row.id,
        row.board,
        row.title,
        row.author,
        row.author_name,
        row.created_at,
        row.last_at,
        row.last_number,
        row.pinned,
        row.locked,
        labels_in(row),
        row.closed,
        row.kept_for,
        row.checked_on,
        row.goes_at,
    )

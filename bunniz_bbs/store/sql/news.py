"""What is new for somebody beside what is unread on boards, in SQL.

Each statement begins at few rows: what means the reader, what they follow by choice,
the newest threads. None of them goes through what somebody has read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, Select, Subquery, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId, BoardSlug, ThreadId
from bunniz_bbs.store.board_ports import ThreadRow
from bunniz_bbs.store.news_ports import Call
from bunniz_bbs.store.sql.threads import thread_row
from bunniz_bbs.store.sql.unread import (
    BESIDES,
    BOARDS,
    FLOOR,
    LIMIT,
    MARK,
    ON_BOARDS,
    READER,
    START,
    midnight,
    since_when,
    unread_of,
)
from bunniz_bbs.store.sql.wanted import is_hidden, is_wanted
from bunniz_bbs.store.tables import follows, mentions, posts, threads

FEW: Final = 3
"""A thread with more posts than this does not wait for a first answer."""


def _called() -> Select[Any]:
    here = and_(
        posts.c.thread == mentions.c.thread, posts.c.number == mentions.c.number
    )
    calls = (
        select(
            mentions.c.thread,
            func.max(mentions.c.number).label("number"),
            func.max(mentions.c.answer).label("answer"),
        )
        .join(posts, here)
        .join(threads, threads.c.id == mentions.c.thread)
        .where(
            mentions.c.account == READER,
            mentions.c.number > MARK,
            threads.c.board.in_(BOARDS),
            threads.c.id != BESIDES,
            ~is_hidden(READER),
            posts.c.created_at >= FLOOR,
            posts.c.deleted == False,  # noqa: E712 - SQL
        )
        .group_by(mentions.c.thread)
        .order_by(func.max(posts.c.created_at).desc(), mentions.c.thread.desc())
        .limit(LIMIT)
        .subquery("calls")
    )
    last = and_(posts.c.thread == calls.c.thread, posts.c.number == calls.c.number)
    shown = (
        select(
            threads,
            MARK.label("mark"),
            START.label("start"),
            calls.c.answer,
            posts.c.author_name.label("by"),
            posts.c.created_at.label("called_at"),
        )
        .join(calls, calls.c.thread == threads.c.id)
        .join(posts, last)
        .subquery("shown")
    )
    return _unread_in(shown).order_by(shown.c.called_at.desc(), shown.c.id.desc())


def _followed() -> Select[Any]:
    shown = (
        select(threads, MARK.label("mark"), START.label("start"))
        .join(follows, follows.c.thread == threads.c.id)
        .where(
            follows.c.account == READER,
            follows.c.wanted == True,  # noqa: E712 - SQL
            threads.c.board.in_(BOARDS),
            threads.c.id != BESIDES,
            ~is_hidden(READER),
            threads.c.last_at >= FLOOR,
            threads.c.last_number > MARK,
        )
        .subquery("shown")
    )
    counted = _unread_in(shown).subquery("counted")
    return (
        select(counted)
        .where(counted.c.unread > 0)
        .order_by(counted.c.last_at.desc(), counted.c.id.desc())
        .limit(LIMIT)
    )


def _unanswered() -> Select[Any]:
    other = select(posts.c.id).where(
        posts.c.thread == threads.c.id,
        posts.c.author != threads.c.author,
        posts.c.deleted == False,  # noqa: E712 - SQL
    )
    shown = (
        select(threads, MARK.label("mark"), START.label("start"))
        .where(
            ON_BOARDS,
            threads.c.last_at >= since_when(),
            threads.c.last_number <= FEW,
            threads.c.locked == False,  # noqa: E712 - SQL
            threads.c.pinned == False,  # noqa: E712 - SQL
            threads.c.closed == False,  # noqa: E712 - SQL
            threads.c.author != READER,
            is_wanted(READER, threads.c.id),
            ~other.correlate(threads).exists(),
        )
        .order_by(threads.c.last_at.desc(), threads.c.id.desc())
        .limit(LIMIT)
        .subquery("shown")
    )
    return _unread_in(shown).order_by(shown.c.last_at.desc(), shown.c.id.desc())


def _unread_in(shown: Subquery) -> Select[Any]:
    return select(shown, unread_of(shown).label("unread"))


CALLED: Final = _called()
FOLLOWED: Final = _followed()
UNANSWERED: Final = _unanswered()


@dataclass(frozen=True, slots=True)
class SqlNews:
    """What is new for one reader."""

    connection: AsyncConnection

    async def called(
        self,
        boards: Sequence[BoardSlug],
        reader: AccountId,
        floor: date,
        limit: int,
        besides: ThreadId | None = None,
    ) -> Sequence[Call]:
        """Threads in which somebody means the reader, who has not read it."""
        rows = await self._ask(CALLED, boards, reader, floor, limit, besides)
        return [
            Call(thread_row(row, followed=True), bool(row.answer), row.by)
            for row in rows
        ]

    async def followed(
        self,
        boards: Sequence[BoardSlug],
        reader: AccountId,
        floor: date,
        limit: int,
        besides: ThreadId | None = None,
    ) -> Sequence[ThreadRow]:
        """Threads that the reader chose to follow, with something unread."""
        rows = await self._ask(FOLLOWED, boards, reader, floor, limit, besides)
        return [thread_row(row, followed=True) for row in rows]

    async def unanswered(
        self, boards: Sequence[BoardSlug], reader: AccountId, floor: date, limit: int
    ) -> Sequence[ThreadRow]:
        """Threads of others in which nobody else has written, the newest first."""
        rows = await self._ask(UNANSWERED, boards, reader, floor, limit, None)
        return [thread_row(row, followed=False) for row in rows]

    async def _ask(
        self,
        statement: Select[Any],
        boards: Sequence[BoardSlug],
        reader: AccountId,
        floor: date,
        limit: int,
        besides: ThreadId | None,
    ) -> Sequence[Row[Any]]:
        values: Mapping[str, object] = {
            "boards": list(boards),
            "reader": reader,
            "floor": midnight(floor),
            "limit": limit,
            "besides": besides or 0,
        }
        found: Sequence[Row[Any]] = (
            await self.connection.execute(statement, values)
        ).all()
        return found

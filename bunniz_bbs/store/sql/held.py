"""Posts that wait for the team, in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId, BoardSlug, ThreadId
from bunniz_bbs.domain.labels import NONE, Labels
from bunniz_bbs.domain.team import HeldId, HeldPost
from bunniz_bbs.store.sql.labels import columns, labels_in
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import held_posts


@dataclass(frozen=True, slots=True)
class SqlHeldPosts:
    """Posts that wait."""

    connection: AsyncConnection

    async def add(
        self,
        held: HeldId,
        board: BoardSlug,
        thread: ThreadId | None,
        title: str,
        author: AccountId,
        author_name: str,
        body: str,
        at: datetime,
        labels: Labels = NONE,
        goes_at: datetime | None = None,
    ) -> HeldPost | None:
        """Keep a post until the team has read it. None: its number is taken."""
        rows = await self.connection.execute(
            insert_into(self.connection, held_posts)
            .values(
                id=held,
                board=board,
                thread=thread,
                title=title,
                author=author,
                author_name=author_name,
                body=body,
                sent_at=at,
                **columns(labels),
                goes_at=goes_at,
            )
            .on_conflict_do_nothing(index_elements=[held_posts.c.id])
            .returning(held_posts)
        )
        row = rows.first()
        return _held(row) if row else None

    async def get(self, held: HeldId) -> HeldPost | None:
        """One of them."""
        row = (
            await self.connection.execute(
                select(held_posts).where(held_posts.c.id == held)
            )
        ).first()
        return _held(row) if row else None

    async def all(self, limit: int = 200) -> Sequence[HeldPost]:
        """The oldest first."""
        rows = await self.connection.execute(
            select(held_posts)
            .order_by(held_posts.c.sent_at, held_posts.c.id)
            .limit(limit)
        )
        return [_held(row) for row in rows]

    async def by(self, author: AccountId) -> Sequence[HeldPost]:
        """Those of one author, the oldest first."""
        rows = await self.connection.execute(
            select(held_posts)
            .where(held_posts.c.author == author)
            .order_by(held_posts.c.sent_at, held_posts.c.id)
        )
        return [_held(row) for row in rows]

    async def remove(self, held: HeldId) -> bool:
        """Take it out; whether it was there."""
        done = await self.connection.execute(
            delete(held_posts).where(held_posts.c.id == held)
        )
        return done.rowcount > 0

    async def drop_older(self, before: datetime) -> int:
        """Forget those that were sent before then; says how many."""
        done = await self.connection.execute(
            delete(held_posts).where(held_posts.c.sent_at < before)
        )
        return done.rowcount

    async def drop_ended(self, now: datetime) -> None:
        """Forget those whose own end has come."""
        await self.connection.execute(
            delete(held_posts).where(held_posts.c.goes_at <= now)
        )

    async def next_end(self) -> datetime | None:
        """When the next one goes that has an end of its own."""
        first = select(func.min(held_posts.c.goes_at))
        end: datetime | None = await self.connection.scalar(first)
        return end

    async def count(self, author: AccountId | None = None) -> int:
        """How many wait, of one author or in all."""
        wanted = select(func.count()).select_from(held_posts)
        if author is not None:
            wanted = wanted.where(held_posts.c.author == author)
        return await self.connection.scalar(wanted) or 0


def _held(row: Row[Any]) -> HeldPost:
    return HeldPost(
        row.id,
        row.board,
        row.thread,
        row.title,
        row.author,
        row.author_name,
        row.body,
        row.sent_at,
        labels_in(row),
        row.goes_at,
    )

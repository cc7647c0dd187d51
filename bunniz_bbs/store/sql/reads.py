"""How far somebody has read each thread, in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BigInteger, delete, exists, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId, BoardSlug, ThreadId
from bunniz_bbs.store.sql.unread import FLOOR, MARK, ON_BOARDS, READER, midnight
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import accounts, mentions, reads, threads


@dataclass(frozen=True, slots=True)
class SqlReads:
    """Read marks."""

    connection: AsyncConnection

    async def get(self, reader: AccountId, thread: ThreadId) -> int:
        """The number of the last post read; 0 when none was."""
        number = await self.connection.scalar(
            select(reads.c.number).where(
                reads.c.account == reader, reads.c.thread == thread
            )
        )
        return number or 0

    async def advance(self, reader: AccountId, thread: ThreadId, number: int) -> None:
        """Move the mark on; it never moves back.

        Nothing is kept for somebody without an account or for a thread that is gone,
        nor that a post means somebody who has read it.
        """
        new = insert_into(self.connection, reads).from_select(
            ["account", "thread", "number"],
            select(
                literal(reader), literal(thread, BigInteger()), literal(number)
            ).where(
                exists().where(accounts.c.id == reader),
                exists().where(threads.c.id == thread),
            ),
        )
        await self.connection.execute(
            new.on_conflict_do_update(
                index_elements=[reads.c.account, reads.c.thread],
                set_={"number": new.excluded.number},
                where=new.excluded.number > reads.c.number,
            )
        )
        await self.connection.execute(
            delete(mentions).where(
                mentions.c.account == reader,
                mentions.c.thread == thread,
                mentions.c.number <= number,
            )
        )

    async def advance_all(
        self, reader: AccountId, boards: Sequence[BoardSlug], floor: date
    ) -> int:
        """Move the marks of all threads on boards to their ends; says of how many."""
        values = {
            "reader": reader,
            "boards": list(boards),
            "floor": midnight(floor),
        }
        new = insert_into(self.connection, reads).from_select(
            ["account", "thread", "number"],
            select(accounts.c.id, threads.c.id, threads.c.last_number)
            .join_from(threads, accounts, accounts.c.id == READER)
            .where(ON_BOARDS, threads.c.last_at >= FLOOR, threads.c.last_number > MARK),
        )
        moved = await self.connection.execute(
            new.on_conflict_do_update(
                index_elements=[reads.c.account, reads.c.thread],
                set_={"number": new.excluded.number},
                where=new.excluded.number > reads.c.number,
            ),
            values,
        )
        read = select(reads.c.number).where(
            reads.c.account == mentions.c.account,
            reads.c.thread == mentions.c.thread,
            reads.c.number >= mentions.c.number,
        )
        await self.connection.execute(
            delete(mentions).where(mentions.c.account == reader, read.exists())
        )
        return moved.rowcount

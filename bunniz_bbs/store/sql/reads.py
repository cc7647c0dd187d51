"""How far somebody has read each thread, in SQL."""

from dataclasses import dataclass

from sqlalchemy import BigInteger, exists, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId, ThreadId
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import accounts, reads, threads


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

        Nothing is kept for somebody without an account or for a thread that is gone.
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

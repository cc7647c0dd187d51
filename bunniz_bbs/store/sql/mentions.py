"""Who is meant in posts and has not read them, in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, case, delete, false, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId, ThreadId
from bunniz_bbs.domain.people import Role
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import accounts, mentions, reads


@dataclass(frozen=True, slots=True)
class SqlMentions:
    """Mentions."""

    connection: AsyncConnection

    async def put(
        self,
        thread: ThreadId,
        number: int,
        meant: Mapping[AccountId, bool],
        lowest: Role,
    ) -> None:
        """Note whom a post means, in place of what was noted of it."""
        await self.connection.execute(
            delete(mentions).where(
                mentions.c.thread == thread, mentions.c.number == number
            )
        )
        if not meant:
            return
        read = select(reads.c.number).where(
            reads.c.account == accounts.c.id,
            reads.c.thread == thread,
            reads.c.number >= number,
        )
        answered = [one for one, answer in meant.items() if answer]
        answers = accounts.c.id.in_(answered) if answered else false()
        new = insert_into(self.connection, mentions).from_select(
            ["account", "thread", "number", "answer"],
            select(
                accounts.c.id,
                literal(thread, BigInteger()),
                literal(number),
                case((answers, 1), else_=0),
            ).where(
                accounts.c.id.in_(list(meant)),
                accounts.c.role >= int(lowest),
                ~read.exists(),
            ),
        )
        await self.connection.execute(new.on_conflict_do_nothing())

    async def of(self, account: AccountId) -> Sequence[tuple[ThreadId, int]]:
        """The posts that mean somebody and that they have not read."""
        rows = await self.connection.execute(
            select(mentions.c.thread, mentions.c.number)
            .where(mentions.c.account == account)
            .order_by(mentions.c.thread, mentions.c.number)
        )
        return [(row.thread, row.number) for row in rows]

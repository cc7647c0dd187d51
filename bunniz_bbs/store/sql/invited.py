"""Who let whom in, in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.store.tables import invited


@dataclass(frozen=True, slots=True)
class SqlInvited:
    """Who came through whom."""

    connection: AsyncConnection

    async def add(self, account: AccountId, inviter: AccountId, on: date) -> None:
        """Keep through whose code an account came."""
        await self.connection.execute(
            insert(invited).values(account=account, inviter=inviter, came_on=on)
        )

    async def by(self, inviter: AccountId) -> Sequence[AccountId]:
        """The accounts that came through somebody's codes."""
        rows = await self.connection.execute(
            select(invited.c.account)
            .where(invited.c.inviter == inviter)
            .order_by(invited.c.account)
        )
        return [row.account for row in rows]

    async def inviter(self, account: AccountId) -> AccountId | None:
        """Through whom an account came, as far as it is still known."""
        found = await self.connection.scalar(
            select(invited.c.inviter).where(invited.c.account == account)
        )
        return None if found is None else AccountId(found)

    async def drop_older(self, before: date) -> None:
        """Forget those who came before that day."""
        await self.connection.execute(delete(invited).where(invited.c.came_on < before))

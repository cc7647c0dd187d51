"""Who vouched for whom, in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import vouches


@dataclass(frozen=True, slots=True)
class SqlVouches:
    """Vouches."""

    connection: AsyncConnection

    async def add(self, account: AccountId, voucher: AccountId, on: date) -> bool:
        """Keep that one vouches for another; whether they had not before."""
        added = await self.connection.scalar(
            insert_into(self.connection, vouches)
            .values(account=account, voucher=voucher, given_on=on)
            .on_conflict_do_nothing(
                index_elements=[vouches.c.account, vouches.c.voucher]
            )
            .returning(vouches.c.account)
        )
        return added is not None

    async def of(self, account: AccountId) -> Sequence[AccountId]:
        """Who vouched for an account."""
        rows = await self.connection.execute(
            select(vouches.c.voucher)
            .where(vouches.c.account == account)
            .order_by(vouches.c.voucher)
        )
        return [row.voucher for row in rows]

    async def remove(self, account: AccountId, voucher: AccountId) -> bool:
        """Take one back; whether there was one."""
        done = await self.connection.execute(
            delete(vouches).where(
                vouches.c.account == account, vouches.c.voucher == voucher
            )
        )
        return done.rowcount > 0

    async def drop(self, account: AccountId) -> None:
        """Forget all for an account."""
        await self.connection.execute(
            delete(vouches).where(vouches.c.account == account)
        )

    async def drop_older(self, before: date) -> None:
        """Forget those that were given before that day."""
        await self.connection.execute(
            delete(vouches).where(vouches.c.given_on < before)
        )

"""Which accounts speak for organisations, in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.team import Badge
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import badges


@dataclass(frozen=True, slots=True)
class SqlBadges:
    """Badges."""

    connection: AsyncConnection

    async def get(self, account: AccountId) -> Badge | None:
        """The account's badge, given or proposed."""
        row = (
            await self.connection.execute(
                select(badges).where(badges.c.account == account)
            )
        ).first()
        return _badge(row) if row else None

    async def all(self) -> Sequence[Badge]:
        """All of them, by organisation."""
        rows = await self.connection.execute(select(badges))
        return sorted(
            map(_badge, rows),
            key=lambda one: (one.organisation.casefold(), one.account),
        )

    async def set(self, badge: Badge) -> None:
        """Keep a badge, in place of the account's earlier one."""
        held = {
            "organisation": badge.organisation,
            "proposed_by": badge.proposed_by,
            "confirmed_by": badge.confirmed_by,
            "given_on": badge.given_on,
        }
        await self.connection.execute(
            insert_into(self.connection, badges)
            .values(account=badge.account, **held)
            .on_conflict_do_update(index_elements=[badges.c.account], set_=held)
        )

    async def remove(self, account: AccountId) -> bool:
        """Take it away; whether there was one."""
        done = await self.connection.execute(
            delete(badges).where(badges.c.account == account)
        )
        return done.rowcount > 0


def _badge(row: Row[Any]) -> Badge:
    return Badge(
        row.account,
        row.organisation,
        row.proposed_by,
        row.confirmed_by,
        row.given_on,
    )

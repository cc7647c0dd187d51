"""Bans and mutes, in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.moderation import Restraint, Restriction
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import accounts, restrictions


@dataclass(frozen=True, slots=True)
class SqlRestrictions:
    """Bans and mutes."""

    connection: AsyncConnection

    async def set(self, restriction: Restriction) -> None:
        """Begin one, in place of the one of its kind that was there."""
        new = insert_into(self.connection, restrictions).values(
            account=restriction.account,
            kind=restriction.kind.value,
            reason=restriction.reason,
            until=restriction.until,
        )
        await self.connection.execute(
            new.on_conflict_do_update(
                index_elements=[restrictions.c.account, restrictions.c.kind],
                set_={"reason": new.excluded.reason, "until": new.excluded.until},
            )
        )

    async def lift(self, account: AccountId, kind: Restraint) -> bool:
        """End one; whether there was one."""
        lifted = await self.connection.execute(
            delete(restrictions).where(
                restrictions.c.account == account, restrictions.c.kind == kind.value
            )
        )
        return lifted.rowcount > 0

    async def get(
        self, account: AccountId, kind: Restraint, now: datetime
    ) -> Restriction | None:
        """The one that holds at `now`."""
        wanted = _held(now).where(
            restrictions.c.account == account, restrictions.c.kind == kind.value
        )
        row = (await self.connection.execute(wanted)).first()
        return _restriction(row) if row else None

    async def on(
        self, account: AccountId, now: datetime
    ) -> tuple[str, Sequence[Restriction]] | None:
        """What somebody is called, and all that hold on them at `now`, in one look.

        None: there is no such account.
        """
        until = restrictions.c.until
        held = and_(
            restrictions.c.account == accounts.c.id, or_(until.is_(None), until > now)
        )
        rows = (
            await self.connection.execute(
                select(accounts.c.name, restrictions)
                .select_from(accounts.outerjoin(restrictions, held))
                .where(accounts.c.id == account)
            )
        ).all()
        if not rows:
            return None
        return rows[0].name, [_restriction(row) for row in rows if row.kind]

    async def bans_of(
        self, people: Sequence[AccountId], now: datetime
    ) -> Sequence[Restriction]:
        """The bans that hold at `now` on any of these."""
        wanted = _held(now).where(
            restrictions.c.kind == Restraint.BAN.value,
            restrictions.c.account.in_(people),
        )
        return [_restriction(row) for row in await self.connection.execute(wanted)]


def _held(now: datetime) -> Select[Any]:
    until = restrictions.c.until
    return select(restrictions).where(or_(until.is_(None), until > now))


def _restriction(row: Row[Any]) -> Restriction:
    return Restriction(row.account, Restraint(row.kind), row.reason, row.until)

"""Keys of people who are banned, in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId, KeyDigest
from bunniz_bbs.domain.moderation import Restraint, Restriction
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import barred_keys


@dataclass(frozen=True, slots=True)
class SqlBarredKeys:
    """Barred keys."""

    connection: AsyncConnection

    async def add(
        self,
        digests: Sequence[KeyDigest],
        account: AccountId,
        reason: str,
        until: datetime | None,
    ) -> None:
        """Bar keys, in place of what held for them before."""
        for digest in digests:
            held = {"account": account, "reason": reason, "until": until}
            await self.connection.execute(
                insert_into(self.connection, barred_keys)
                .values(digest=digest, **held)
                .on_conflict_do_update(index_elements=[barred_keys.c.digest], set_=held)
            )

    async def get(self, digest: KeyDigest, now: datetime) -> Restriction | None:
        """The ban that holds on a key at `now`."""
        row = (
            await self.connection.execute(
                select(barred_keys).where(
                    barred_keys.c.digest == digest,
                    or_(barred_keys.c.until.is_(None), barred_keys.c.until > now),
                )
            )
        ).first()
        if row is None:
            return None
        return Restriction(row.account, Restraint.BAN, row.reason, row.until)

    async def accounts(self, beginning: str, now: datetime) -> Sequence[AccountId]:
        """The accounts whose id begins so and that have a key barred at `now`."""
        rows = await self.connection.execute(
            select(barred_keys.c.account)
            .where(
                barred_keys.c.account.startswith(beginning, autoescape=True),
                or_(barred_keys.c.until.is_(None), barred_keys.c.until > now),
            )
            .distinct()
            .order_by(barred_keys.c.account)
        )
        return [row.account for row in rows]

    async def lift(self, account: AccountId) -> None:
        """Bar an account's keys no more."""
        await self.connection.execute(
            delete(barred_keys).where(barred_keys.c.account == account)
        )

    async def drop_ended(self, now: datetime) -> None:
        """Forget those whose time is over."""
        await self.connection.execute(
            delete(barred_keys).where(barred_keys.c.until <= now)
        )

"""What people agreed to, in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.admission import Consent, ConsentKind
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import consents


@dataclass(frozen=True, slots=True)
class SqlConsents:
    """Consents."""

    connection: AsyncConnection

    async def of(self, account: AccountId) -> Sequence[Consent]:
        """All that somebody agreed to."""
        rows = await self.connection.execute(
            select(consents)
            .where(consents.c.account == account)
            .order_by(consents.c.kind)
        )
        return [
            Consent(ConsentKind(row.kind), row.version, row.given_in) for row in rows
        ]

    async def give(self, account: AccountId, consent: Consent) -> None:
        """Keep that somebody agreed, in place of an earlier version."""
        given = {"version": consent.version, "given_in": consent.given_in}
        await self.connection.execute(
            insert_into(self.connection, consents)
            .values(account=account, kind=consent.kind.value, **given)
            .on_conflict_do_update(
                index_elements=[consents.c.account, consents.c.kind], set_=given
            )
        )

    async def withdraw(self, account: AccountId, kind: ConsentKind) -> None:
        """Forget that somebody agreed."""
        await self.connection.execute(
            delete(consents).where(
                consents.c.account == account, consents.c.kind == kind.value
            )
        )

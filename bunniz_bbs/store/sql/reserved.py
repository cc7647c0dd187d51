"""Former names, as keyed hashes, in SQL."""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import reserved_names


@dataclass(frozen=True, slots=True)
class SqlReservedNames:
    """Former names."""

    connection: AsyncConnection

    async def add(self, digest: bytes, account: AccountId) -> None:
        """Reserve a name; its former bearer alone may take it again."""
        await self.connection.execute(
            insert_into(self.connection, reserved_names)
            .values(digest=digest, account=account)
            .on_conflict_do_nothing(index_elements=[reserved_names.c.digest])
        )

    async def is_free(self, digest: bytes, account: AccountId | None) -> bool:
        """Whether this account, or somebody new, may take it."""
        row = (
            await self.connection.execute(
                select(reserved_names.c.account).where(
                    reserved_names.c.digest == digest
                )
            )
        ).first()
        return row is None or (account is not None and row.account == account)

    async def drop(self, digest: bytes) -> None:
        """Reserve it no more: its bearer has taken it again."""
        await self.connection.execute(
            delete(reserved_names).where(reserved_names.c.digest == digest)
        )

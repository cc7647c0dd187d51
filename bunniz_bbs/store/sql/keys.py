"""Which key opens which account, in SQL."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.errors import KeyTaken
from bunniz_bbs.domain.ids import AccountId, KeyDigest
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import keys


@dataclass(frozen=True, slots=True)
class SqlKeys:
    """Keys."""

    connection: AsyncConnection

    async def add(self, digest: KeyDigest, account: AccountId) -> None:
        """Let a key open an account.

        Raises:
            KeyTaken: It opens one already.
        """
        added = await self.connection.scalar(
            insert_into(self.connection, keys)
            .values(digest=digest, account=account)
            .on_conflict_do_nothing(index_elements=[keys.c.digest])
            .returning(keys.c.account)
        )
        if added is None:
            raise KeyTaken

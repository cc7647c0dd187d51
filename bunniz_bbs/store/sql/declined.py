"""What the team answered to people whom it did not let in, in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import declined_keys


@dataclass(frozen=True, slots=True)
class SqlDeclinedKeys:
    """Answers, by key."""

    connection: AsyncConnection

    async def add(self, digests: Sequence[KeyDigest], reason: str, until: date) -> None:
        """Keep an answer for keys until a day, in place of an earlier one."""
        held = {"reason": reason, "until": until}
        for digest in digests:
            await self.connection.execute(
                insert_into(self.connection, declined_keys)
                .values(digest=digest, **held)
                .on_conflict_do_update(
                    index_elements=[declined_keys.c.digest], set_=held
                )
            )

    async def get(self, digest: KeyDigest, today: date) -> str | None:
        """The answer that is kept for a key today."""
        reason = await self.connection.scalar(
            select(declined_keys.c.reason).where(
                declined_keys.c.digest == digest, declined_keys.c.until > today
            )
        )
        return None if reason is None else str(reason)

    async def drop(self, digest: KeyDigest) -> None:
        """Forget the answer for a key."""
        await self.connection.execute(
            delete(declined_keys).where(declined_keys.c.digest == digest)
        )

    async def drop_ended(self, today: date) -> None:
        """Forget the answers whose time is over."""
        await self.connection.execute(
            delete(declined_keys).where(declined_keys.c.until <= today)
        )

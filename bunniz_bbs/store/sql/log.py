"""The moderators' log, in SQL; the database itself refuses to change or remove."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.moderation import Act, LogEntry
from bunniz_bbs.domain.people import NOBODY
from bunniz_bbs.store.tables import moderation_log


@dataclass(frozen=True, slots=True)
class SqlLog:
    """The moderators' log."""

    connection: AsyncConnection

    async def add(
        self,
        at: datetime,
        moderator: AccountId,
        act: Act,
        target: str,
        until: datetime | None,
        reason: str,
        person: AccountId = NOBODY,
    ) -> LogEntry:
        """Add an entry under the next number.

        Not one that the database would draw: it draws another for each try, and a
        number that is missing looks like an entry that was taken out.
        """
        newest = select(func.coalesce(func.max(moderation_log.c.number), 0))
        row = await self.connection.execute(
            insert(moderation_log)
            .values(
                number=newest.scalar_subquery() + 1,
                at=at,
                moderator=moderator,
                act=act.value,
                target=target,
                until=until,
                reason=reason,
                person=person,
            )
            .returning(moderation_log)
        )
        return _entry(row.one())

    async def newest(self, limit: int = 200) -> Sequence[LogEntry]:
        """The newest entries, newest first."""
        wanted = (
            select(moderation_log).order_by(moderation_log.c.number.desc()).limit(limit)
        )
        return [_entry(row) for row in await self.connection.execute(wanted)]

    async def about(self, person: AccountId) -> Sequence[LogEntry]:
        """What was done about somebody, the oldest first."""
        wanted = (
            select(moderation_log)
            .where(moderation_log.c.person == person)
            .order_by(moderation_log.c.number)
        )
        return [_entry(row) for row in await self.connection.execute(wanted)]


def _entry(row: Row[Any]) -> LogEntry:
    return LogEntry(
        row.number,
        row.at,
        row.moderator,
        Act(row.act),
        row.target,
        row.until,
        row.reason,
        row.person,
    )

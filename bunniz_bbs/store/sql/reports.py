"""What people asked the team to look at, in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.team import Report, ReportId
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import reports


@dataclass(frozen=True, slots=True)
class SqlReports:
    """Reports."""

    connection: AsyncConnection

    async def add(
        self, report: ReportId, target: str, body: str, at: datetime
    ) -> Report | None:
        """Keep a report; who sent it is not kept. None: its number is taken."""
        rows = await self.connection.execute(
            insert_into(self.connection, reports)
            .values(id=report, target=target, body=body, sent_at=at)
            .on_conflict_do_nothing(index_elements=[reports.c.id])
            .returning(reports)
        )
        row = rows.first()
        return _report(row) if row else None

    async def open(self, limit: int = 200) -> Sequence[Report]:
        """Those that are not closed, the oldest first."""
        rows = await self.connection.execute(
            select(reports)
            .where(reports.c.closed_at.is_(None))
            .order_by(reports.c.sent_at, reports.c.id)
            .limit(limit)
        )
        return [_report(row) for row in rows]

    async def close(self, report: ReportId, at: datetime) -> bool:
        """Close one; whether it was open."""
        done = await self.connection.execute(
            update(reports)
            .where(reports.c.id == report, reports.c.closed_at.is_(None))
            .values(closed_at=at)
        )
        return done.rowcount > 0

    async def drop_closed(self, before: datetime) -> None:
        """Forget those that were closed before then."""
        await self.connection.execute(
            delete(reports).where(reports.c.closed_at < before)
        )


def _report(row: Row[Any]) -> Report:
    return Report(row.id, row.target, row.body, row.sent_at)

"""Codes that let another key open an account, in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId, CodeDigest
from bunniz_bbs.domain.keys import AccountCode, CodeKind
from bunniz_bbs.store.tables import codes


@dataclass(frozen=True, slots=True)
class SqlCodes:
    """Codes for accounts."""

    connection: AsyncConnection

    async def add(self, code: AccountCode) -> None:
        """Keep one."""
        await self.connection.execute(
            insert(codes).values(
                digest=code.digest,
                account=code.account,
                kind=code.kind.value,
                good_from=code.good_from,
                expires_at=code.expires_at,
            )
        )

    async def redeem(self, digest: CodeDigest, now: datetime) -> AccountCode | None:
        """Use a code up; None when it is no good."""
        row = (
            await self.connection.execute(
                delete(codes).where(_good(digest, now)).returning(codes)
            )
        ).first()
        return _code(row) if row else None

    async def get(self, digest: CodeDigest, now: datetime) -> AccountCode | None:
        """What `redeem` would give; uses nothing."""
        row = (
            await self.connection.execute(select(codes).where(_good(digest, now)))
        ).first()
        return _code(row) if row else None

    async def of(
        self, account: AccountId, kind: CodeKind, now: datetime
    ) -> Sequence[AccountCode]:
        """An account's codes of one kind that have not expired, good yet or not."""
        rows = await self.connection.execute(
            select(codes).where(
                codes.c.account == account,
                codes.c.kind == kind.value,
                _stays(now),
            )
        )
        return [_code(row) for row in rows]

    async def drop(self, account: AccountId, kind: CodeKind) -> int:
        """Make an account's codes of one kind useless; says how many there were."""
        done = await self.connection.execute(
            delete(codes).where(codes.c.account == account, codes.c.kind == kind.value)
        )
        return done.rowcount

    async def drop_expired(self, now: datetime) -> None:
        """Forget those whose time is over."""
        await self.connection.execute(delete(codes).where(codes.c.expires_at <= now))


def _stays(now: datetime) -> ColumnElement[bool]:
    return or_(codes.c.expires_at.is_(None), codes.c.expires_at > now)


def _good(digest: CodeDigest, now: datetime) -> ColumnElement[bool]:
    begun = or_(codes.c.good_from.is_(None), codes.c.good_from <= now)
    return and_(codes.c.digest == digest, begun, _stays(now))


def _code(row: Row[Any]) -> AccountCode:
    return AccountCode(
        CodeDigest(row.digest),
        row.account,
        CodeKind(row.kind),
        row.good_from,
        row.expires_at,
    )

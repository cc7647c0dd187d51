"""Codes that let somebody in, in SQL."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import CodeDigest
from bunniz_bbs.domain.people import Role
from bunniz_bbs.store.tables import invites


@dataclass(frozen=True, slots=True)
class SqlInvites:
    """Codes."""

    connection: AsyncConnection

    async def add(
        self,
        digest: CodeDigest,
        role: Role,
        uses: int,
        expires_at: datetime | None,
        *,
        claim: bool = False,
    ) -> None:
        """Keep a code; `claim` marks the one that makes the first sysop."""
        await self.connection.execute(
            insert(invites).values(
                digest=digest,
                role=int(role),
                uses_left=uses,
                expires_at=expires_at,
                claim=claim,
            )
        )

    async def redeem(self, digest: CodeDigest, now: datetime) -> Role | None:
        """Use the code once: the role that it gives, or None when it is no good."""
        role = await self.connection.scalar(
            update(invites)
            .where(_good(digest, now))
            .values(uses_left=invites.c.uses_left - 1)
            .returning(invites.c.role)
        )
        return None if role is None else Role(role)

    async def good(self, digest: CodeDigest, now: datetime) -> bool:
        """Whether `redeem` would give a role; uses nothing."""
        found = select(exists().where(_good(digest, now)))
        return bool(await self.connection.scalar(found))

    async def drop_claims(self) -> None:
        """Make every claim code useless."""
        await self.connection.execute(delete(invites).where(invites.c.claim == True))  # noqa: E712 - SQL

    async def drop_spent(self, now: datetime) -> None:
        """Forget codes that are used up or expired."""
        await self.connection.execute(
            delete(invites).where(
                or_(invites.c.uses_left <= 0, invites.c.expires_at <= now)
            )
        )


def _good(digest: CodeDigest, now: datetime) -> ColumnElement[bool]:
    return and_(
        invites.c.digest == digest,
        invites.c.uses_left > 0,
        or_(invites.c.expires_at.is_(None), invites.c.expires_at > now),
    )

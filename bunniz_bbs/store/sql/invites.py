"""Codes that let somebody in, in SQL."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId, CodeDigest
from bunniz_bbs.domain.people import Role
from bunniz_bbs.store.people_ports import Invitation
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
        inviter: AccountId | None = None,
    ) -> None:
        """Keep a code; `claim` marks the one that makes the first sysop."""
        await self.connection.execute(
            insert(invites).values(
                digest=digest,
                role=int(role),
                uses_left=uses,
                expires_at=expires_at,
                claim=claim,
                inviter=inviter,
            )
        )

    async def redeem(self, digest: CodeDigest, now: datetime) -> Invitation | None:
        """Use the code once: what it gives, or None when it is no good."""
        row = (
            await self.connection.execute(
                update(invites)
                .where(_good(digest, now))
                .values(uses_left=invites.c.uses_left - 1)
                .returning(invites.c.role, invites.c.inviter)
            )
        ).first()
        return Invitation(Role(row.role), row.inviter) if row else None

    async def good(self, digest: CodeDigest, now: datetime) -> bool:
        """Whether `redeem` would give something; uses nothing."""
        found = select(exists().where(_good(digest, now)))
        return bool(await self.connection.scalar(found))

    async def count_of(self, inviter: AccountId, now: datetime) -> int:
        """How many codes of somebody can still be used."""
        wanted = (
            select(func.count())
            .select_from(invites)
            .where(invites.c.inviter == inviter, _usable(now))
        )
        return await self.connection.scalar(wanted) or 0

    async def count_after(self, then: datetime) -> int:
        """How many codes can still be used at a moment, if nobody uses them up."""
        wanted = select(func.count()).select_from(invites).where(_usable(then))
        return await self.connection.scalar(wanted) or 0

    async def drop_of(self, inviter: AccountId) -> int:
        """Make somebody's codes useless; says how many there were."""
        done = await self.connection.execute(
            delete(invites).where(invites.c.inviter == inviter)
        )
        return done.rowcount

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


def _usable(now: datetime) -> ColumnElement[bool]:
    stays = or_(invites.c.expires_at.is_(None), invites.c.expires_at > now)
    return and_(invites.c.uses_left > 0, stays)


def _good(digest: CodeDigest, now: datetime) -> ColumnElement[bool]:
    return and_(invites.c.digest == digest, _usable(now))

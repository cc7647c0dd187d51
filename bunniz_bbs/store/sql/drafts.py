"""What was begun and not sent, in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, Row, delete, exists, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.store.board_ports import SealedDraft
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import Moment, Words, accounts, drafts


@dataclass(frozen=True, slots=True)
class SqlDrafts:
    """Drafts."""

    connection: AsyncConnection

    async def get(self, writer: AccountId, place: str) -> SealedDraft | None:
        """The draft for a place."""
        wanted = select(drafts).where(
            drafts.c.account == writer, drafts.c.place == place
        )
        row = (await self.connection.execute(wanted)).first()
        return _draft(row) if row else None

    async def save(self, writer: AccountId, draft: SealedDraft) -> None:
        """Keep it, in place of the one that was there.

        Nothing is kept for somebody without an account.
        """
        new = insert_into(self.connection, drafts).from_select(
            ["account", "place", "sealed", "saved_at"],
            select(
                literal(writer),
                literal(draft.place, Words()),
                literal(draft.sealed, LargeBinary()),
                literal(draft.saved_at, Moment()),
            ).where(exists().where(accounts.c.id == writer)),
        )
        await self.connection.execute(
            new.on_conflict_do_update(
                index_elements=[drafts.c.account, drafts.c.place],
                set_={name: new.excluded[name] for name in ("sealed", "saved_at")},
            )
        )

    async def of(self, writer: AccountId) -> Sequence[SealedDraft]:
        """All drafts of somebody."""
        rows = await self.connection.execute(
            select(drafts).where(drafts.c.account == writer).order_by(drafts.c.place)
        )
        return [_draft(row) for row in rows]

    async def drop(self, writer: AccountId, place: str) -> None:
        """Forget it; nothing happens when there is none."""
        await self.connection.execute(
            delete(drafts).where(drafts.c.account == writer, drafts.c.place == place)
        )

    async def drop_older(self, before: datetime) -> None:
        """Forget what was last saved before then."""
        await self.connection.execute(delete(drafts).where(drafts.c.saved_at < before))

    async def oldest(self) -> datetime | None:
        """When the draft was last saved that goes first."""
        first = select(func.min(drafts.c.saved_at))
        end: datetime | None = await self.connection.scalar(first)
        return end


def _draft(row: Row[Any]) -> SealedDraft:
    return SealedDraft(row.place, bytes(row.sealed), row.saved_at)

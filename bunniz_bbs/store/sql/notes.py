"""Private notes on people, in SQL."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import notes


@dataclass(frozen=True, slots=True)
class SqlNotes:
    """Private notes; what is in them cannot be read here."""

    connection: AsyncConnection

    async def get(self, writer: AccountId, about: AccountId) -> bytes | None:
        """The sealed note."""
        sealed = await self.connection.scalar(
            select(notes.c.sealed).where(
                notes.c.writer == writer, notes.c.about == about
            )
        )
        return None if sealed is None else bytes(sealed)

    async def set(self, writer: AccountId, about: AccountId, sealed: bytes) -> None:
        """Keep a note in place of the one before."""
        await self.connection.execute(
            insert_into(self.connection, notes)
            .values(writer=writer, about=about, sealed=sealed)
            .on_conflict_do_update(
                index_elements=[notes.c.writer, notes.c.about], set_={"sealed": sealed}
            )
        )

    async def drop(self, writer: AccountId, about: AccountId) -> None:
        """Forget it."""
        await self.connection.execute(
            delete(notes).where(notes.c.writer == writer, notes.c.about == about)
        )

    async def of(self, writer: AccountId) -> Mapping[AccountId, bytes]:
        """All sealed notes of a writer, by whom they are about."""
        rows = await self.connection.execute(
            select(notes.c.about, notes.c.sealed).where(notes.c.writer == writer)
        )
        return {row.about: bytes(row.sealed) for row in rows}

"""Which key opens which account, in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.errors import KeyTaken
from bunniz_bbs.domain.ids import AccountId, KeyDigest
from bunniz_bbs.domain.keys import Key
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import keys


@dataclass(frozen=True, slots=True)
class SqlKeys:
    """Keys."""

    connection: AsyncConnection

    async def add(
        self,
        digest: KeyDigest,
        account: AccountId,
        label: str = "",
        added_in: date | None = None,
    ) -> None:
        """Let a key open an account.

        Raises:
            KeyTaken: It opens one already.
        """
        added = await self.connection.scalar(
            insert_into(self.connection, keys)
            .values(digest=digest, account=account, label=label, added_in=added_in)
            .on_conflict_do_nothing(index_elements=[keys.c.digest])
            .returning(keys.c.account)
        )
        if added is None:
            raise KeyTaken

    async def of(self, account: AccountId) -> Sequence[Key]:
        """The keys that open an account, in the order of labels."""
        rows = await self.connection.execute(
            select(keys).where(keys.c.account == account)
        )
        found = [
            Key(KeyDigest(row.digest), row.label, row.added_in, row.used_in)
            for row in rows
        ]
        return sorted(found, key=lambda one: (one.label.casefold(), one.digest))

    async def set_label(
        self, account: AccountId, digest: KeyDigest, label: str
    ) -> bool:
        """Call a key so; whether it opens this account."""
        done = await self.connection.execute(
            update(keys)
            .where(keys.c.digest == digest, keys.c.account == account)
            .values(label=label)
        )
        return done.rowcount > 0

    async def set_used(self, digest: KeyDigest, used_in: date) -> None:
        """Note in which week a key was used."""
        await self.connection.execute(
            update(keys)
            .where(
                keys.c.digest == digest,
                or_(keys.c.used_in.is_(None), keys.c.used_in < used_in),
            )
            .values(used_in=used_in)
        )

    async def remove(self, account: AccountId, digest: KeyDigest) -> bool:
        """Let a key open the account no more; whether it did."""
        done = await self.connection.execute(
            delete(keys).where(and_(keys.c.digest == digest, keys.c.account == account))
        )
        return done.rowcount > 0

    async def remove_others(
        self, account: AccountId, kept: KeyDigest
    ) -> Sequence[KeyDigest]:
        """Let no key but this one open the account; says which did."""
        gone = await self.connection.execute(
            delete(keys)
            .where(keys.c.account == account, keys.c.digest != kept)
            .returning(keys.c.digest)
        )
        return [KeyDigest(row.digest) for row in gone]

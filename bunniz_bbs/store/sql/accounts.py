"""People, in SQL."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    delete,
    exists,
    select,
    true,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.errors import NameTaken
from bunniz_bbs.domain.ids import AccountId, KeyDigest
from bunniz_bbs.domain.people import Account, Role
from bunniz_bbs.domain.words import Language
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import NOBODY, accounts, held_posts, keys, posts, threads


@dataclass(frozen=True, slots=True)
class SqlAccounts:
    """People."""

    connection: AsyncConnection

    async def add(self, account: Account, shape: str) -> None:
        """Keep a new account.

        Raises:
            NameTaken: An account has this shape.
        """
        added = await self.connection.scalar(
            insert_into(self.connection, accounts)
            .values(
                id=account.id,
                name=account.name,
                shape=shape,
                role=int(account.role),
                language=account.language,
                read_floor=account.read_floor,
                pronouns=account.pronouns,
                speaks=" ".join(account.speaks),
                hidden=account.hidden,
                waiting=account.waiting,
                settles_on=account.settles_on,
                answers=account.answers,
                new_until=account.new_until,
            )
            .on_conflict_do_nothing(index_elements=[accounts.c.shape])
            .returning(accounts.c.id)
        )
        if added is None:
            raise NameTaken(account.name)

    async def get(self, account: AccountId) -> Account | None:
        """The account, if it is there."""
        return await self._one(accounts.c.id == account)

    async def by_shape(self, shape: str) -> Account | None:
        """The account whose name has this shape."""
        return await self._one(accounts.c.shape == shape)

    async def by_key(self, digest: KeyDigest) -> Account | None:
        """The account that this key opens."""
        opened = select(keys.c.account).where(keys.c.digest == digest)
        return await self._one(accounts.c.id == opened.scalar_subquery())

    async def all(self) -> Sequence[Account]:
        """Every account, by name."""
        return await self._some(true())

    async def set_role(self, account: AccountId, role: Role) -> None:
        """Change what somebody may do."""
        await self._set(account, role=int(role))

    async def set_language(self, account: AccountId, language: Language) -> None:
        """Change the language in which the house speaks to somebody."""
        await self._set(account, language=language)

    async def set_read_floor(self, account: AccountId, day: date) -> None:
        """Let what was written before a day count as read for somebody."""
        await self._set(account, read_floor=day)

    async def set_answers(self, account: AccountId, answers: bool) -> None:
        """Show somebody what waits for a first answer, or not."""
        await self._set(account, answers=answers)

    async def remove(self, account: AccountId) -> None:
        """Remove the account with its keys, read marks, drafts and restrictions.

        Its posts and threads stay, under the name they were written with, and lead
        to no account any more.
        """
        for table in (posts, threads, held_posts):
            await self.connection.execute(
                update(table).where(table.c.author == account).values(author=NOBODY)
            )
        await self.connection.execute(delete(accounts).where(accounts.c.id == account))

    async def any_with_role(self, role: Role) -> bool:
        """Whether anybody has exactly this role."""
        found = exists().where(accounts.c.role == int(role))
        return bool(await self.connection.scalar(select(found)))

    async def with_role(self, role: Role) -> Sequence[Account]:
        """Those who have exactly this role, by name."""
        return await self._some(accounts.c.role == int(role))

    async def waiting(self) -> Sequence[Account]:
        """Those who asked to come in and wait for the team, by name."""
        return await self._some(accounts.c.waiting == True)  # noqa: E712 - SQL

    async def settled(self, today: date) -> Sequence[Account]:
        """Members whose day to become trusted has come."""
        return await self._some(
            and_(accounts.c.role == int(Role.MEMBER), accounts.c.settles_on <= today)
        )

    async def named(self, wanted: Sequence[AccountId]) -> Mapping[AccountId, str]:
        """The names that accounts have now; those that are gone are left out."""
        if not wanted:
            return {}
        rows = await self.connection.execute(
            select(accounts.c.id, accounts.c.name).where(accounts.c.id.in_(wanted))
        )
        return {row.id: row.name for row in rows}

    async def shaped(self, shapes: Sequence[str]) -> Mapping[str, AccountId]:
        """The accounts whose names have these shapes, as far as there are any."""
        rows = await self.connection.execute(
            select(accounts.c.shape, accounts.c.id).where(accounts.c.shape.in_(shapes))
        )
        return {row.shape: row.id for row in rows}

    async def rename(self, account: AccountId, name: str, shape: str) -> None:
        """Give an account another name, also on all that it wrote.

        Raises:
            NameTaken: Another account has this shape.
        """
        other = await self.by_shape(shape)
        if other and other.id != account:
            raise NameTaken(name)
        try:
            await self._set(account, name=name, shape=shape)
        except IntegrityError:  # somebody else took it at the same moment
            raise NameTaken(name) from None
        for table in (posts, threads, held_posts):
            await self.connection.execute(
                update(table).where(table.c.author == account).values(author_name=name)
            )

    async def set_profile(
        self, account: AccountId, pronouns: str, speaks: Sequence[Language]
    ) -> None:
        """Change what others may know of somebody."""
        await self._set(account, pronouns=pronouns, speaks=" ".join(speaks))

    async def set_hidden(self, account: AccountId, hidden: bool) -> None:
        """Show somebody in rooms, or not."""
        await self._set(account, hidden=hidden)

    async def hidden(self, wanted: Sequence[AccountId]) -> Collection[AccountId]:
        """Those of some accounts that are not shown in rooms."""
        if not wanted:
            return ()
        found = select(accounts.c.id).where(accounts.c.id.in_(wanted))
        hidden = found.where(accounts.c.hidden == True)  # noqa: E712 - SQL
        return set(await self.connection.scalars(hidden))

    async def set_waiting(self, account: AccountId, waiting: bool) -> None:
        """Note whether somebody waits for the team."""
        await self._set(account, waiting=waiting)

    async def set_settles_on(self, account: AccountId, day: date | None) -> None:
        """Note when somebody may become trusted."""
        await self._set(account, settles_on=day)

    async def set_new_until(self, account: AccountId, day: date | None) -> None:
        """Note until when somebody posts slowly."""
        await self._set(account, new_until=day)

    async def forget_new(self, today: date) -> None:
        """Forget until when those posted slowly who do so no more."""
        await self.connection.execute(
            update(accounts).where(accounts.c.new_until < today).values(new_until=None)
        )

    async def _some(self, condition: ColumnElement[bool]) -> Sequence[Account]:
        rows = await self.connection.execute(select(accounts).where(condition))
        # Sorted here: the two databases order letters differently.
        return sorted(
            map(_account, rows), key=lambda one: (one.name.casefold(), one.name)
        )

    async def _one(self, condition: ColumnElement[bool]) -> Account | None:
        wanted: Select[Any] = select(accounts).where(condition)
        row = (await self.connection.execute(wanted)).first()
        return _account(row) if row else None

    async def _set(self, account: AccountId, **values: object) -> None:
        await self.connection.execute(
            update(accounts).where(accounts.c.id == account).values(**values)
        )


def _account(row: Row[Any]) -> Account:
    return Account(
        row.id,
        row.name,
        Role(row.role),
        row.language,
        row.read_floor,
        row.pronouns,
        tuple(row.speaks.split()),
        row.hidden,
        row.waiting,
        row.settles_on,
        row.answers,
        row.new_until,
    )

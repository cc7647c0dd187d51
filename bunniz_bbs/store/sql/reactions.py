"""What readers said to authors, in SQL."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from sqlalchemy import (
    Column,
    Function,
    Integer,
    and_,
    delete,
    func,
    select,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.ids import AccountId, ThreadId
from bunniz_bbs.domain.reactions import Kindness, Reaction
from bunniz_bbs.store.sql.upsert import insert_into
from bunniz_bbs.store.tables import posts, reactions


@dataclass(frozen=True, slots=True)
class SqlReactions:
    """Reactions."""

    connection: AsyncConnection

    async def given(
        self, account: AccountId, thread: ThreadId, number: int
    ) -> Set[Reaction]:
        """What somebody said to the author of a post."""
        found = await self._given(account, thread, number, number)
        return found.get(number, frozenset())

    async def set(
        self, account: AccountId, thread: ThreadId, number: int, said: Set[Reaction]
    ) -> None:
        """Keep what somebody says to a post's author, in place of what they did."""
        if not said:
            await self.connection.execute(
                delete(reactions).where(
                    reactions.c.account == account,
                    reactions.c.thread == thread,
                    reactions.c.number == number,
                )
            )
            return
        values = {one.value: one in said for one in Reaction}
        new = insert_into(self.connection, reactions).values(
            account=account, thread=thread, number=number, **values
        )
        key = [reactions.c.account, reactions.c.thread, reactions.c.number]
        await self.connection.execute(
            new.on_conflict_do_update(index_elements=key, set_=values)
        )

    async def at(
        self, reader: AccountId, thread: ThreadId, first: int, last: int
    ) -> Mapping[int, Kindness]:
        """What stands at the posts between two numbers, for one reader."""
        given = await self._given(reader, thread, first, last)
        own = and_(
            posts.c.thread == reactions.c.thread,
            posts.c.number == reactions.c.number,
            posts.c.author == reader,
        )
        counted = await self.connection.execute(
            select(
                reactions.c.number,
                _how_many(reactions.c.heard).label("heard"),
                _how_many(reactions.c.thanks).label("thanks"),
            )
            .join(posts, own)
            .where(
                reactions.c.thread == thread, reactions.c.number.between(first, last)
            )
            .group_by(reactions.c.number)
        )
        return {number: Kindness(said) for number, said in given.items()} | {
            row.number: Kindness(heard=int(row.heard), thanks=int(row.thanks))
            for row in counted
        }

    async def of(
        self, account: AccountId
    ) -> Sequence[tuple[ThreadId, int, Set[Reaction]]]:
        """All that somebody said, by thread and number."""
        rows = await self.connection.execute(
            select(reactions)
            .where(reactions.c.account == account)
            .order_by(reactions.c.thread, reactions.c.number)
        )
        return [(row.thread, row.number, _said(row.heard, row.thanks)) for row in rows]

    async def _given(
        self, account: AccountId, thread: ThreadId, first: int, last: int
    ) -> Mapping[int, Set[Reaction]]:
        rows = await self.connection.execute(
            select(reactions).where(
                reactions.c.account == account,
                reactions.c.thread == thread,
                reactions.c.number.between(first, last),
            )
        )
        return {row.number: _said(row.heard, row.thanks) for row in rows}


def _how_many(said: Column[bool]) -> Function[int]:
    return func.sum(type_coerce(said, Integer))


def _said(heard: int, thanks: int) -> Set[Reaction]:
    said = {Reaction.HEARD: heard, Reaction.THANKS: thanks}
    return frozenset(one for one, so in said.items() if so)

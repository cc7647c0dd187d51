"""What readers chose, in SQL."""

from dataclasses import dataclass
from typing import cast

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.domain.choices import Choices
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.words import Language
from bunniz_bbs.store.tables import choices


@dataclass(frozen=True, slots=True)
class SqlChoices:
    """Choices."""

    connection: AsyncConnection

    async def get(self, account: AccountId) -> Choices:
        """What somebody chose."""
        wanted = select(choices).where(choices.c.account == account)
        row = (await self.connection.execute(wanted)).first()
        if row is None:
            return Choices()
        languages = cast("list[Language]", row.languages.split())
        return Choices(row.opens, row.folds, row.hides, tuple(languages))

    async def set(self, account: AccountId, chosen: Choices) -> None:
        """Keep it; where nothing was chosen, nothing is kept."""
        await self.connection.execute(
            delete(choices).where(choices.c.account == account)
        )
        if chosen != Choices():
            await self.connection.execute(
                insert(choices).values(
                    account=account,
                    opens=chosen.opens,
                    folds=chosen.folds,
                    hides=chosen.hides,
                    languages=" ".join(chosen.languages),
                )
            )

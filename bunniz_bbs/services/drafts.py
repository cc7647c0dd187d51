"""What was begun and not sent: survives a dropped connection and a restart."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.limits import BODY_CHARACTERS, TITLE_CHARACTERS
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.policy import Action, require
from bunniz_bbs.services.mentions import to_tokens, under_names, without_tokens
from bunniz_bbs.store.board_ports import Draft
from bunniz_bbs.store.ports import Store, Transaction

STAYS: Final = timedelta(hours=24)
"""How long a draft is kept after it was last saved."""

SLACK: Final = 4
"""A draft may be this many times too long: what was typed is not taken away."""


class DraftService:
    """Keeps drafts for their writer alone."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def get(self, actor: Actor, place: str) -> Draft | None:
        """The draft for a place, unless its time is up."""
        require(actor, Action.KEEP_DRAFT)

        async def work(tx: Transaction) -> Draft | None:
            draft = await tx.drafts.get(actor.id, place)
            if draft is None or draft.saved_at < self._clock.now() - STAYS:
                return None
            [named] = await under_names(tx, [draft], actor.language)
            return named

        return await self._store.read(work)

    async def save(self, actor: Actor, place: str, title: str, body: str) -> None:
        """Keep what is written so far; nothing written forgets the draft."""
        require(actor, Action.KEEP_DRAFT)
        if not title.strip() and not body.strip():
            await self.drop(actor, place)
            return
        draft = Draft(
            place,
            _storable(title[: TITLE_CHARACTERS * SLACK]),
            _storable(body[: BODY_CHARACTERS * SLACK]),
            self._clock.now(),
        )

        async def work(tx: Transaction) -> None:
            body = await to_tokens(tx, draft.body)
            await tx.drafts.save(actor.id, replace(draft, body=body))

        await self._store.write(work)

    async def drop(self, actor: Actor, place: str) -> None:
        """Forget a draft."""
        require(actor, Action.KEEP_DRAFT)
        await self._store.write(lambda tx: tx.drafts.drop(actor.id, place))


def _storable(text: str) -> str:
    """The text as it was typed, less what no file can hold and what nobody can mean."""
    return without_tokens(text.encode("utf-8", "replace").decode())

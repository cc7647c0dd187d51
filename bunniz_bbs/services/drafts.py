"""What was begun and not sent: survives a dropped connection and a restart.

Only its writer reads it here. The words are sealed; which board, thread or post they
are for is not, so that they go with it.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.drafts import Draft
from bunniz_bbs.domain.errors import DraftNotFound, PostNotFound, ThreadNotFound
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import AccountId, BoardSlug, PostId, ThreadId
from bunniz_bbs.domain.labels import NONE, Ask, Labels, Tag, in_order
from bunniz_bbs.domain.limits import BODY_CHARACTERS, TITLE_CHARACTERS
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.policy import Action, require
from bunniz_bbs.domain.threads import Thread
from bunniz_bbs.services.mentions import to_tokens, under_names, without_tokens
from bunniz_bbs.services.sealing import DRAFT, Seal
from bunniz_bbs.store.board_ports import SealedDraft
from bunniz_bbs.store.ports import Store, Transaction

STAYS: Final = timedelta(hours=24)
"""How long a draft is kept after it was last saved."""

SLACK: Final = 4
"""A draft may be this many times too long: what was typed is not taken away."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft, and what it is for."""

    draft: Draft
    name: str
    """How its writer calls it: `money`, `12` for a reply, `12#3` for a change."""
    board: Board | None
    """None: it is not there any more, or not for its writer."""
    thread: Thread | None = None
    number: int = 0
    """Of the post that is changed."""

    @property
    def until(self) -> datetime:
        """When it goes."""
        return self.draft.saved_at + STAYS


class DraftService:
    """Keeps drafts for their writer alone."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        house: House,
        secret: bytes,
        random: Callable[[int], bytes],
    ) -> None:
        self._store = store
        self._clock = clock
        self._house = house
        self._seal = Seal(DRAFT, secret, random)

    async def get(self, actor: Actor, place: str) -> Draft | None:
        """The draft for a place, unless its time is up."""
        require(actor, Action.KEEP_DRAFT)

        async def work(tx: Transaction) -> Sequence[Draft]:
            sealed = await tx.drafts.get(actor.id, place)
            found = self._opened(actor.id, [sealed] if sealed else [])
            return await under_names(tx, found, actor.language)

        return next(iter(await self._store.read(work)), None)

    async def count(self, actor: Actor) -> int:
        """How many drafts one has."""
        require(actor, Action.KEEP_DRAFT)
        kept = await self._store.read(lambda tx: tx.drafts.of(actor.id))
        good = self._clock.now() - STAYS
        return sum(one.saved_at >= good for one in kept)

    async def all(self, actor: Actor) -> Sequence[Begun]:
        """All that one has begun and not sent, what was saved last first."""
        require(actor, Action.KEEP_DRAFT)

        async def work(tx: Transaction) -> Sequence[Begun]:
            found = self._opened(actor.id, await tx.drafts.of(actor.id))
            named = await under_names(tx, found, actor.language)
            return [await self._begun(tx, actor, one) for one in named]

        begun = await self._store.read(work)
        return sorted(begun, key=lambda one: one.draft.saved_at, reverse=True)

    async def find(self, actor: Actor, name: str) -> Begun:
        """The draft that its writer calls so.

        Raises:
            DraftNotFound: There is none.
        """
        wanted = name.strip().lstrip("#").casefold()
        for one in await self.all(actor):
            if one.name.casefold() == wanted:
                return one
        raise DraftNotFound(name[:40])

    async def save(
        self, actor: Actor, place: str, title: str, body: str, labels: Labels = NONE
    ) -> None:
        """Keep what is written so far; nothing written forgets the draft.

        Raises:
            ThreadNotFound, PostNotFound: What it is for is not there any more: nothing
                is kept of it either.
        """
        require(actor, Action.KEEP_DRAFT)
        if not title.strip() and not body.strip():
            await self.drop(actor, place)
            return
        title = _storable(title[: TITLE_CHARACTERS * SLACK])
        body = _storable(body[: BODY_CHARACTERS * SLACK])

        async def work(tx: Transaction) -> None:
            await _require_there(tx, place)
            text = _written(title, await to_tokens(tx, body), labels)
            sealed = self._seal.seal(actor.id, place, text)
            draft = SealedDraft(place, sealed, self._clock.now())
            await tx.drafts.save(actor.id, draft)

        await self._store.write(work)

    async def require_there(self, actor: Actor, place: str) -> None:
        """See that what a draft is for is still there.

        Raises:
            ThreadNotFound, PostNotFound: It is not.
        """
        require(actor, Action.KEEP_DRAFT)
        await self._store.read(lambda tx: _require_there(tx, place))

    async def drop(self, actor: Actor, place: str) -> None:
        """Forget a draft."""
        require(actor, Action.KEEP_DRAFT)
        await self._store.write(lambda tx: tx.drafts.drop(actor.id, place))

    def _opened(
        self, writer: AccountId, kept: Sequence[SealedDraft]
    ) -> Sequence[Draft]:
        """Those whose time is not up, as they were written."""
        good = self._clock.now() - STAYS
        found = []
        for one in kept:
            text = self._seal.open(writer, one.place, one.sealed)
            if text and one.saved_at >= good:
                title, body, labels = _read(text)
                found.append(Draft(one.place, title, body, one.saved_at, labels))
        return found

    async def _begun(self, tx: Transaction, actor: Actor, draft: Draft) -> Begun:
        kind, _, what = draft.place.partition(":")
        if kind == "board":
            return Begun(draft, what, self._board(actor, BoardSlug(what)))
        number = 0
        if kind == "post":
            place = await tx.posts.place_of(PostId(int(what)))
            if place is None:
                return Begun(draft, "", None)
            what, number = str(place[0]), place[1]
        name = f"{what}#{number}" if number else what
        thread = await tx.threads.get(ThreadId(int(what)))
        board = self._board(actor, thread.board) if thread else None
        return Begun(draft, name, board, thread if board else None, number)

    def _board(self, actor: Actor, slug: BoardSlug) -> Board | None:
        board = self._house.boards.get(slug)
        return board if board and actor.role >= board.read else None


async def _require_there(tx: Transaction, place: str) -> None:
    """Keep nothing for what is gone: its drafts went with it.

    Raises:
        ThreadNotFound, PostNotFound: It is gone.
    """
    kind, _, what = place.partition(":")
    if kind == "thread" and await tx.threads.get(ThreadId(int(what))) is None:
        raise ThreadNotFound
    if kind == "post" and await tx.posts.place_of(PostId(int(what))) is None:
        raise PostNotFound


def _written(title: str, body: str, labels: Labels) -> str:
    """A draft as one text."""
    tags = [one.value for one in in_order(labels.warnings)]
    days = labels.lasts.days if labels.lasts else None
    return json.dumps([title, body, tags, labels.ask, labels.language, days])


def _read(text: str) -> tuple[str, str, Labels]:
    # Drafts of before a text could have a life of its own say nothing of it.
    title, body, tags, ask, language, *lives = json.loads(text)
    warnings = frozenset(Tag(one) for one in tags)
    days = lives[0] if lives else None
    lasts = timedelta(days=days) if days else None
    return title, body, Labels(warnings, Ask(ask) if ask else None, language, lasts)


def _storable(text: str) -> str:
    """The text as it was typed, less what no file can hold and what nobody can mean."""
    return without_tokens(text.encode("utf-8", "replace").decode())

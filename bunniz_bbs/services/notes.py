"""Private notes on people: what one wants to remember of somebody.

Only their writer reads them here, whatever anybody's role. What is kept is sealed with
a key that the data does not hold; whoever holds the server's secret could open it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bunniz_bbs.domain.errors import (
    PersonNotFound,
    TextTooLong,
    TooLongToKeep,
    TooMany,
)
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.limits import NOTE_CHARACTERS, NOTES
from bunniz_bbs.domain.people import Account, Actor, Role
from bunniz_bbs.domain.policy import Action, require
from bunniz_bbs.domain.text import clean_line
from bunniz_bbs.services.limits import LOOKS, Limits
from bunniz_bbs.services.people import named, own_account, split_name
from bunniz_bbs.services.sealing import NOTE, Seal
from bunniz_bbs.services.whole import shred, whole
from bunniz_bbs.store.ports import Store, Transaction


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote down on somebody, for themselves."""

    about: AccountId
    name: str
    """What that person is called now."""
    text: str


class NoteService:
    """Keeps what people write down on each other for themselves."""

    def __init__(
        self,
        store: Store,
        limits: Limits,
        secret: bytes,
        random: Callable[[int], bytes],
    ) -> None:
        self._store = store
        self._limits = limits
        self._seal = Seal(NOTE, secret, random)

    async def all(self, actor: Actor) -> Sequence[Note]:
        """One's own notes, by the names of whom they are about.

        Raises:
            NotAllowed: The actor is no member.
        """
        require(actor, Action.KEEP_NOTES)

        async def work(tx: Transaction) -> Sequence[Note]:
            sealed = await tx.notes.of(actor.id)
            names = await tx.accounts.named(list(sealed))
            return [
                Note(one, names[one], self._seal.open(actor.id, one, kept))
                for one, kept in sealed.items()
                if one in names
            ]

        found = [one for one in await self._store.read(work) if one.text]
        return sorted(found, key=lambda one: (one.name.casefold(), one.name))

    async def read(self, actor: Actor, name: str) -> str:
        """One's own note on somebody; empty: there is none.

        Raises:
            NotAllowed: The actor is no member.
            PersonNotFound: Nobody is called that whom the actor can see.
            TooFast: The actor looked at many people in a short time.
        """
        require(actor, Action.KEEP_NOTES)
        self._limits.take(LOOKS, actor.id)

        async def work(tx: Transaction) -> str:
            return await self._open(tx, actor, (await _met(tx, actor, name)).id)

        return await self._store.read(work)

    async def on(self, actor: Actor, about: AccountId) -> str:
        """One's own note on somebody who was looked up already; empty: there is none.

        Raises:
            NotAllowed: The actor is no member.
        """
        require(actor, Action.KEEP_NOTES)
        return await self._store.read(lambda tx: self._open(tx, actor, about))

    @whole
    async def write(self, actor: Actor, name: str, text: str) -> Account:
        """Keep a note on somebody in place of the one before; nothing removes it.

        Returns the account that it is about.

        Raises:
            NotAllowed: The actor is no member, or has no account.
            PersonNotFound: Nobody is called that whom the actor can see.
            TextEmpty: Nothing of it can be shown.
            TooLongToKeep: It does not fit.
            TooMany: There are as many notes as fit.
            TooFast: The actor looked at many people in a short time.
        """
        require(actor, Action.KEEP_NOTES)
        kept = _note(text) if text.strip() else ""
        self._limits.take(LOOKS, actor.id)

        async def work(tx: Transaction) -> Account:
            await own_account(tx, actor)
            account = await _met(tx, actor, name)
            if not kept:
                await tx.notes.drop(actor.id, account.id)
                return account
            others = set(await tx.notes.of(actor.id)) - {account.id}
            if len(others) >= NOTES:
                raise TooMany(NOTES)
            sealed = self._seal.seal(actor.id, account.id, kept)
            await tx.notes.set(actor.id, account.id, sealed)
            return account

        account = await self._store.write(work)
        await shred(self._store)
        return account

    async def addressee(self, actor: Actor, text: str) -> tuple[str, str]:
        """The name that a text begins with, and the rest of the text.

        Raises:
            NotAllowed: The actor is no member.
        """
        require(actor, Action.KEEP_NOTES)

        async def work(tx: Transaction) -> tuple[str, str]:
            async def is_somebody(name: str) -> bool:
                try:
                    return bool(await _met(tx, actor, name))
                except PersonNotFound:
                    return False

            return await split_name(text, is_somebody)

        return await self._store.read(work)

    async def _open(self, tx: Transaction, actor: Actor, about: AccountId) -> str:
        sealed = await tx.notes.get(actor.id, about)
        return "" if sealed is None else self._seal.open(actor.id, about, sealed)


def _note(text: str) -> str:
    """A note as it is kept.

    Raises:
        TextEmpty: Nothing is left.
        TooLongToKeep: It has too many characters.
    """
    try:
        return clean_line(text, characters=NOTE_CHARACTERS)
    except TextTooLong as long:
        raise TooLongToKeep(long.length, NOTE_CHARACTERS) from None


async def _met(tx: Transaction, actor: Actor, name: str) -> Account:
    """The account that is called so, of somebody whom the actor can meet.

    Raises:
        PersonNotFound: Nobody is, or they still wait for the team.
    """
    account = await named(tx, name)
    if account.waiting and actor.role < Role.MODERATOR:
        raise PersonNotFound(name[:40])
    return account

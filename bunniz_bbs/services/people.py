"""Accounts: who comes in, and under which name."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from bunniz_bbs.bus.ports import HOUSE, Bus, person_topic
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import (
    Banned,
    CodeRefused,
    KeyTaken,
    NameTaken,
    PersonNotFound,
)
from bunniz_bbs.domain.events import AccountRemoved, RoleChanged
from bunniz_bbs.domain.ids import AccountId, KeyDigest
from bunniz_bbs.domain.moderation import Act, Restraint
from bunniz_bbs.domain.people import CONSOLE, Account, Actor, Role
from bunniz_bbs.domain.policy import Action, require, require_over
from bunniz_bbs.domain.words import Language
from bunniz_bbs.services.codes import code_digest
from bunniz_bbs.services.limits import CODES, JOINS, Limits
from bunniz_bbs.services.names import check_name, shape, suggest_name
from bunniz_bbs.services.whole import shred, whole
from bunniz_bbs.store.ports import Store, Transaction

FRESH: Final = timedelta(days=30)
"""What was written this long before somebody came still counts as new to them."""

MOST_WORDS: Final = 10
"""A name has not more words than this."""


class PeopleService:
    """Lets people in and knows them again."""

    def __init__(
        self,
        store: Store,
        bus: Bus,
        clock: Clock,
        limits: Limits,
        pepper: bytes,
        random: Callable[[int], bytes],
    ) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._limits = limits
        self._pepper = pepper
        self._random = random

    async def recognise(self, key: KeyDigest) -> Account | None:
        """The account that a proven key opens; None: the key is not known here.

        Raises:
            Banned: The account may not come in; says why and until when.
        """

        async def work(tx: Transaction) -> Account | None:
            account = await tx.accounts.by_key(key)
            if account is None:
                return None
            ban = await tx.restrictions.get(
                account.id, Restraint.BAN, self._clock.now()
            )
            if ban:
                raise Banned(ban.reason, ban.until)
            return account

        return await self._store.read(work)

    async def refresh(self, actor: Actor) -> Actor | None:
        """The actor as the account stands now; None: the account is gone.

        Raises:
            Banned: The account may not be here any more.
        """
        require(actor, Action.LOOK_AROUND)
        if actor.is_passing:
            return actor

        async def work(tx: Transaction) -> Account | None:
            ban = await tx.restrictions.get(actor.id, Restraint.BAN, self._clock.now())
            if ban:
                raise Banned(ban.reason, ban.until)
            return await tx.accounts.get(actor.id)

        account = await self._store.read(work)
        return Actor.of(account) if account else None

    def suggest(self, language: Language) -> str:
        """A random pseudonym in a language; it may be taken, `fit` tells."""

        def choose(words: Sequence[str]) -> str:
            number = int.from_bytes(self._random(4), "big")
            return words[number % len(words)]

        return suggest_name(language, choose)

    async def fit(self, name: str) -> str:
        """The name as it would be shown.

        Raises:
            NameUnfit: It breaks a rule.
            NameTaken: Somebody has it, or one that looks the same.
        """
        wanted = check_name(name)
        taken = await self._store.read(lambda tx: tx.accounts.by_shape(shape(wanted)))
        if taken:
            raise NameTaken(wanted)
        return wanted

    async def check_code(self, key: KeyDigest, code: str) -> None:
        """Whether a code would let somebody in now; uses nothing.

        Raises:
            CodeRefused: It would not.
            TooFast: This key has tried too often.
        """
        self._limits.take(CODES, key)
        digest = code_digest(self._pepper, code)
        now = self._clock.now()
        if not await self._store.read(lambda tx: tx.invites.good(digest, now)):
            raise CodeRefused

    async def join(
        self, key: KeyDigest, code: str, name: str, language: Language
    ) -> Account:
        """Use a code and let its key in under a name.

        Either all of it happens or the code stays unused.

        Raises:
            CodeRefused: The code is unknown, used or expired.
            NameUnfit: The name breaks a rule.
            NameTaken: Somebody has it, or one that looks the same.
            KeyTaken: The key opens an account already.
            TooFast: This key has tried too often.
        """
        wanted = check_name(name)
        self._limits.take(JOINS, key)
        digest = code_digest(self._pepper, code)

        async def work(tx: Transaction) -> Account:
            role = await tx.invites.redeem(digest, self._clock.now())
            if role is None:
                raise CodeRefused
            return await self._add(tx, key, wanted, role, language)

        return await self._store.write(work)

    async def _add(
        self,
        tx: Transaction,
        key: KeyDigest,
        name: str,
        role: Role,
        language: Language,
    ) -> Account:
        if await tx.accounts.by_key(key):
            raise KeyTaken
        floor = (self._clock.now() - FRESH).date()
        account = Account(
            AccountId(self._random(10).hex()), name, role, language, read_floor=floor
        )
        await tx.accounts.add(account, shape(name))
        await tx.keys.add(key, account.id)
        if role is Role.SYSOP:
            await tx.invites.drop_claims()
        return account

    async def set_language(self, actor: Actor, language: Language) -> None:
        """From now on speak this language to the actor."""
        require(actor, Action.SET_OWN)
        await self._store.write(lambda tx: tx.accounts.set_language(actor.id, language))

    async def add(
        self, actor: Actor, name: str, key: KeyDigest, role: Role, language: Language
    ) -> Account:
        """Make an account for a key without a code.

        Raises:
            NameUnfit: The name breaks a rule.
            NameTaken: Somebody has it, or one that looks the same.
            KeyTaken: The key opens an account already.
        """
        require(actor, Action.MANAGE_PEOPLE)
        wanted = check_name(name)
        return await self._store.write(
            lambda tx: self._add(tx, key, wanted, role, language)
        )

    async def all(self, actor: Actor) -> Sequence[Account]:
        """Every account, by name."""
        require(actor, Action.LIST_PEOPLE)
        return await self._store.read(lambda tx: tx.accounts.all())

    async def addressee(self, actor: Actor, text: str) -> tuple[str, str]:
        """The name that a text begins with, and the rest of the text.

        Names may have spaces: the longest one that somebody has is meant, and the
        first word where nobody is called so.

        Raises:
            NotAllowed: Moderators do that.
        """
        require(actor, Action.KICK)
        given = text.split()

        async def work(tx: Transaction) -> int:
            for count in range(min(MOST_WORDS, len(given)), 1, -1):
                if await tx.accounts.by_shape(shape(" ".join(given[:count]))):
                    return count
            return 1

        count = await self._store.read(work)
        return " ".join(given[:count]), " ".join(given[count:])

    @whole
    async def set_role(self, actor: Actor, name: str, role: Role) -> Account:
        """Change what somebody may do, and note it in the log.

        Raises:
            PersonNotFound: Nobody is called that.
            Outranked: A sysop's role is changed from the command line only.
        """
        require(actor, Action.MANAGE_PEOPLE)

        async def work(tx: Transaction) -> Account:
            account = await named(tx, name)
            if actor != CONSOLE:
                require_over(actor, Action.MANAGE_PEOPLE, account.name, account.role)
            await tx.accounts.set_role(account.id, role)
            if role is Role.SYSOP:
                await tx.invites.drop_claims()
            await tx.log.add(
                self._clock.now(), actor.name, Act.ROLE, account.name, None, role.word
            )
            return account

        account = await self._store.write(work)
        await self._bus.publish(person_topic(account.id), RoleChanged(account.id, role))
        return account

    @whole
    async def remove(self, actor: Actor, name: str) -> Account:
        """Remove an account and its keys; its open sessions end.

        Raises:
            PersonNotFound: Nobody is called that.
            Outranked: A sysop is removed from the command line only.
        """
        require(actor, Action.MANAGE_PEOPLE)

        async def work(tx: Transaction) -> Account:
            account = await named(tx, name)
            if actor != CONSOLE:
                require_over(actor, Action.MANAGE_PEOPLE, account.name, account.role)
            await tx.accounts.remove(account.id)
            await tx.log.add(
                self._clock.now(), actor.name, Act.REMOVE, account.name, None, ""
            )
            return account

        account = await self._store.write(work)
        gone = AccountRemoved(account.id)
        await self._bus.publish(person_topic(account.id), gone)
        await self._bus.publish(HOUSE, gone)
        await shred(self._store)
        return account


async def named(tx: Transaction, name: str) -> Account:
    """The account that is called so, or looks so.

    Raises:
        PersonNotFound: Nobody is.
    """
    account = await tx.accounts.by_shape(shape(name.lstrip("@")))
    if account is None:
        raise PersonNotFound(name[:40])
    return account

"""Accounts: who comes in, and under which name."""

import hmac
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256
from typing import Final

from bunniz_bbs.bus.ports import HOUSE, Bus, person_topic
from bunniz_bbs.domain.admission import Agreed, ConsentKind
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import (
    Banned,
    CodeRefused,
    NameTaken,
    NotAllowed,
    PersonNotFound,
)
from bunniz_bbs.domain.events import AccountRemoved, RoleChanged
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.domain.keys import month
from bunniz_bbs.domain.moderation import Act, Restraint
from bunniz_bbs.domain.people import CONSOLE, Account, Actor, Role
from bunniz_bbs.domain.policy import Action, require, require_over
from bunniz_bbs.domain.words import Language
from bunniz_bbs.services.codes import code_digest, name_digest
from bunniz_bbs.services.enrolment import Enrolment
from bunniz_bbs.services.limits import CODES, JOINS, Limits
from bunniz_bbs.services.names import check_name, shape, suggest_name
from bunniz_bbs.services.whole import shred, whole
from bunniz_bbs.store.ports import Store, Transaction

MOST_WORDS: Final = 10
"""A name has not more words than this."""
DRAWS: Final = 20
"""How often a pseudonym is drawn anew where it is somebody's."""


class PeopleService:
    """Lets people in and knows them again."""

    def __init__(
        self,
        store: Store,
        bus: Bus,
        clock: Clock,
        house: House,
        limits: Limits,
        pepper: bytes,
        random: Callable[[int], bytes],
    ) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._house = house
        self._limits = limits
        self._pepper = pepper
        self._random = random
        self._enrolment = Enrolment(clock, house, pepper, random)

    async def recognise(self, key: KeyDigest) -> Account | None:
        """The account that a proven key opens; None: the key is not known here.

        Raises:
            Banned: The account may not come in; says why and until when.
        """

        async def work(tx: Transaction) -> Account | None:
            await self._enrolment.check_barred(tx, key)
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

    async def suggest(self, language: Language) -> str:
        """A random pseudonym in a language that nobody has, or had."""
        return await self._draw(self._random(32), language)

    async def passing(self, key: KeyDigest | None, language: Language = "en") -> Actor:
        """Somebody without an account: what they are called is drawn for this visit.

        It is nobody's name. Whoever comes with the same key again is taken for the
        same, as long as the house remembers anything of them, which is in its memory
        alone.
        """
        seed = self._random(32)
        if key is not None:
            seed = hmac.digest(self._pepper, b"bunniz passer\0" + key, "sha256")
        name = await self._draw(seed, language)
        return Actor.passing(language, seed[:10].hex(), name)

    async def _draw(self, seed: bytes, language: Language) -> str:
        """A pseudonym that a seed stands for, drawn anew where it is somebody's."""

        async def work(tx: Transaction) -> str:
            lots, name = seed, ""
            for _ in range(DRAWS):
                lots = sha256(lots).digest()
                name = _drawn(lots[:8], language)
                if await self._is_free(tx, shape(name)):
                    break
            return name

        return await self._store.read(work)

    async def _is_free(self, tx: Transaction, form: str) -> bool:
        free = await tx.reserved.is_free(name_digest(self._pepper, form), None)
        return free and await tx.accounts.by_shape(form) is None

    async def fit(self, name: str) -> str:
        """The name as it would be shown.

        Raises:
            NameUnfit: It breaks a rule.
            NameTaken: Somebody has it, or one that looks the same.
        """
        wanted = check_name(name)
        form = shape(wanted)

        if not await self._store.read(lambda tx: self._is_free(tx, form)):
            raise NameTaken(wanted)
        return wanted

    async def check_code(self, key: KeyDigest, code: str) -> None:
        """Whether a code would let somebody in now; uses nothing.

        Raises:
            CodeRefused: It would not.
            DoorClosed: No code would.
            TooFast: This key has tried too often.
        """
        self._limits.take(CODES, key)
        digest = code_digest(self._pepper, code)
        now = self._clock.now()

        async def work(tx: Transaction) -> bool:
            await self._enrolment.require_open(tx)
            return await tx.invites.good(digest, now)

        if not await self._store.read(work):
            raise CodeRefused

    async def join(
        self,
        key: KeyDigest,
        code: str,
        name: str,
        language: Language,
        agreed: Agreed | None = None,
    ) -> Account:
        """Use a code and let its key in under a name.

        Either all of it happens or the code stays unused. What was not agreed to is
        asked at the next visit.

        Raises:
            CodeRefused: The code is unknown, used or expired.
            DoorClosed: Nobody new comes in at the moment.
            NameUnfit: The name breaks a rule.
            NameTaken: Somebody has it, or one that looks the same.
            KeyTaken: The key opens an account already.
            Banned: The key is of somebody who is banned.
            TooFast: This key has tried too often.
        """
        wanted = check_name(name)
        self._limits.take(JOINS, key)
        digest = code_digest(self._pepper, code)

        async def work(tx: Transaction) -> Account:
            await self._enrolment.check_barred(tx, key)
            given = await tx.invites.redeem(digest, self._clock.now())
            await self._enrolment.require_open(tx, given)
            if given is None:
                raise CodeRefused
            account = await self._enrolment.add(
                tx, key, wanted, given.role, language, agreed or {}
            )
            if given.inviter is not None:
                # The month alone, so that it goes early rather than late.
                came_in = month(self._clock.now())
                await tx.invited.add(account.id, given.inviter, came_in)
            return account

        return await self._store.write(work)

    async def set_language(self, actor: Actor, language: Language) -> None:
        """From now on speak this language to the actor."""
        require(actor, Action.SET_OWN)
        await self._store.write(lambda tx: tx.accounts.set_language(actor.id, language))

    async def add(
        self, actor: Actor, name: str, key: KeyDigest, role: Role, language: Language
    ) -> Account:
        """Make an account for a key without a code.

        It is for somebody who has told the sysop that they agree to all that everybody
        agrees to.

        Raises:
            NameUnfit: The name breaks a rule.
            NameTaken: Somebody has it, or one that looks the same.
            KeyTaken: The key opens an account already.
        """
        require(actor, Action.MANAGE_PEOPLE)
        wanted, admission = check_name(name), self._house.admission
        agreed = {kind: admission.present(kind) for kind in ConsentKind}
        return await self._store.write(
            lambda tx: self._enrolment.add(
                tx, key, wanted, role, language, agreed, known=True
            )
        )

    async def all(self, actor: Actor) -> Sequence[Account]:
        """Every account, by name."""
        require(actor, Action.LIST_PEOPLE)
        return await self._store.read(lambda tx: tx.accounts.all())

    async def addressee(self, actor: Actor, text: str) -> tuple[str, str]:
        """The name that a text begins with, and the rest of the text.

        Raises:
            NotAllowed: Moderators do that.
        """
        require(actor, Action.KICK)

        async def work(tx: Transaction) -> tuple[str, str]:
            async def is_somebody(name: str) -> bool:
                return await tx.accounts.by_shape(shape(name)) is not None

            return await split_name(text, is_somebody)

        return await self._store.read(work)

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
            await tx.accounts.set_settles_on(
                account.id, self._enrolment.settles_on(role)
            )
            if role is Role.SYSOP:
                await tx.invites.drop_claims()
            now, person = self._clock.now(), account.id
            await tx.log.add(now, actor.id, Act.ROLE, "", None, role.word, person)
            return account

        account = await self._store.write(work)
        await self._bus.publish(person_topic(account.id), RoleChanged(account.id, role))
        return account

    @whole
    async def remove(self, actor: Actor, name: str) -> Account:
        """Remove an account and its keys; its open sessions end.

        What it wrote keeps its name, so nobody may take that any more.

        Raises:
            PersonNotFound: Nobody is called that.
            Outranked: A sysop is removed from the command line only.
        """
        require(actor, Action.MANAGE_PEOPLE)

        async def work(tx: Transaction) -> Account:
            account = await named(tx, name)
            if actor != CONSOLE:
                require_over(actor, Action.MANAGE_PEOPLE, account.name, account.role)
            await self._enrolment.remove(tx, account)
            now, person = self._clock.now(), account.id
            await tx.log.add(now, actor.id, Act.REMOVE, "", None, "", person)
            return account

        account = await self._store.write(work)
        gone = AccountRemoved(account.id)
        await self._bus.publish(person_topic(account.id), gone)
        await self._bus.publish(HOUSE, gone)
        await shred(self._store)
        return account


def _drawn(lots: bytes, language: Language) -> str:
    """The pseudonym that eight bytes stand for."""
    numbers = [int.from_bytes(lots[at : at + 4], "big") for at in (0, 4)]

    def choose(words: Sequence[str]) -> str:
        return words[numbers.pop(0) % len(words)]

    return suggest_name(language, choose)


async def own_account(tx: Transaction, actor: Actor) -> Account:
    """The account that the actor has.

    Raises:
        NotAllowed: They have none, or none any more.
    """
    account = await tx.accounts.get(actor.id)
    if account is None:
        raise NotAllowed
    return account


async def split_name(
    text: str, is_somebody: Callable[[str], Awaitable[bool]]
) -> tuple[str, str]:
    """The name that a text begins with, and the rest of the text.

    Names may have spaces: the longest one that is somebody's is meant, and the first
    word where none is.
    """
    given = text.split()
    for count in range(min(MOST_WORDS, len(given)), 1, -1):
        if await is_somebody(" ".join(given[:count])):
            return " ".join(given[:count]), " ".join(given[count:])
    return " ".join(given[:1]), " ".join(given[1:])


async def named(tx: Transaction, name: str) -> Account:
    """The account that is called so, or looks so.

    Raises:
        PersonNotFound: Nobody is.
    """
    account = await tx.accounts.by_shape(shape(name.lstrip("@")))
    if account is None:
        raise PersonNotFound(name[:40])
    return account

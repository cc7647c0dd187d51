"""Coming in without a code, where the house lets one; what people agreed to."""

from collections.abc import Callable, Sequence
from typing import Final

from bunniz_bbs.bus.ports import TEAM, Bus
from bunniz_bbs.domain.admission import Admission, Agreed, Consent, ConsentKind, Mode
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import AlreadyDone, DoorClosed, NotAgreed, TooManyWait
from bunniz_bbs.domain.events import TeamStirred
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.domain.keys import month
from bunniz_bbs.domain.people import Account, Actor, Role
from bunniz_bbs.domain.policy import Action, require
from bunniz_bbs.domain.words import Language
from bunniz_bbs.services.enrolment import Enrolment
from bunniz_bbs.services.limits import ARRIVALS, JOINS, Limits
from bunniz_bbs.services.names import check_name
from bunniz_bbs.store.ports import Store, Transaction

MOST_WAITING: Final = 100
"""People who can wait for the team at a time."""


class AdmissionService:
    """Lets people in who bring no code, and keeps what everybody agreed to."""

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
        self._enrolment = Enrolment(clock, house, pepper, random)

    @property
    def rules(self) -> Admission:
        """Who may come in now, and what they agree to."""
        return self._house.admission

    async def come_in(
        self, key: KeyDigest, name: str, language: Language, agreed: Agreed
    ) -> Account:
        """Let a key in under a name, without a code: as a member, or to wait.

        Where the team approves, the account is a guest's until it has decided.

        Raises:
            DoorClosed: Nobody comes in without a code.
            NotAgreed: They have not agreed to all that everybody agrees to.
            NameUnfit: The name breaks a rule.
            NameTaken: Somebody has it, or one that looks the same.
            KeyTaken: The key opens an account already.
            Banned: The key is of somebody who is banned.
            TooManyWait: So many wait for the team that there is room for no other.
            TooFast: This key, or all new ones together, tried too often.
        """
        waits = self.rules.mode is Mode.APPROVAL
        if not waits and self.rules.mode is not Mode.OPEN:
            raise DoorClosed
        if _lacks(self.rules, agreed):
            raise NotAgreed
        wanted = check_name(name)
        self._limits.take(JOINS, key)
        count = self._limits.once(ARRIVALS, None)

        async def work(tx: Transaction) -> Account:
            await self._enrolment.check_barred(tx, key)
            if waits and len(await tx.accounts.waiting()) >= MOST_WAITING:
                raise TooManyWait
            role = Role.GUEST if waits else Role.MEMBER
            account = await self._enrolment.add(
                tx, key, wanted, role, language, agreed, waiting=waits
            )
            count()
            return account

        account = await self._store.write(work)
        if waits:
            await self._bus.publish(TEAM, TeamStirred())
        return account

    async def answer(self, key: KeyDigest | None) -> str:
        """Why the team did not let somebody in who asked with this key; may be empty.

        It is kept for a month, or until they ask again.
        """
        if key is None:
            return ""
        today = self._clock.now().date()
        found = await self._store.read(lambda tx: tx.declined.get(key, today))
        return found or ""

    # -- what somebody agreed to

    async def consents(self, actor: Actor) -> Sequence[Consent]:
        """All that the actor agreed to, with the month."""
        require(actor, Action.SET_OWN)
        return await self._store.read(lambda tx: tx.consents.of(actor.id))

    async def missing(self, actor: Actor) -> Sequence[ConsentKind]:
        """What the actor has to agree to before they go on; of passers nothing."""
        require(actor, Action.LOOK_AROUND)
        if actor.is_passing:
            return ()
        given = await self._store.read(lambda tx: tx.consents.of(actor.id))
        return _lacks(self.rules, {one.kind: one.version for one in given})

    async def terms_of(self, actor: Actor) -> int:
        """The version of the terms that the actor agreed to; 0: to none."""
        given = await self.consents(actor)
        return next((one.version for one in given if one.kind is ConsentKind.TERMS), 0)

    async def agree(self, actor: Actor, agreed: Agreed) -> Sequence[ConsentKind]:
        """Keep that the actor agreed; returns what is still missing.

        Raises:
            AlreadyDone: They had agreed to all of it.
        """
        require(actor, Action.SET_OWN)
        this_month = month(self._clock.now())

        async def work(tx: Transaction) -> Sequence[ConsentKind]:
            had = {one.kind: one.version for one in await tx.consents.of(actor.id)}
            newer = {
                kind: version
                for kind, version in agreed.items()
                if version > had.get(kind, 0)
            }
            if not newer:
                raise AlreadyDone
            for kind, version in newer.items():
                await tx.consents.give(actor.id, Consent(kind, version, this_month))
            return _lacks(self.rules, had | newer)

        return await self._store.write(work)


def _lacks(admission: Admission, agreed: Agreed) -> Sequence[ConsentKind]:
    """What is missing, in the order in which it is asked."""
    order = (ConsentKind.TERMS, ConsentKind.ADULT, ConsentKind.SPECIAL)
    return [one for one in order if agreed.get(one, 0) < admission.present(one)]

"""Another name for oneself, without a trace of the former one."""

from dataclasses import replace
from typing import Final

from bunniz_bbs.bus.ports import HOUSE, Bus
from bunniz_bbs.domain.errors import AlreadyDone, NameTaken
from bunniz_bbs.domain.events import NameChanged
from bunniz_bbs.domain.people import Account, Actor
from bunniz_bbs.domain.policy import Action, require
from bunniz_bbs.services.codes import name_digest
from bunniz_bbs.services.limits import LOOKS, Limits, Rate
from bunniz_bbs.services.memories import RoomMemories
from bunniz_bbs.services.names import check_name, shape
from bunniz_bbs.services.people import own_account
from bunniz_bbs.services.whole import shred, whole
from bunniz_bbs.store.ports import Store, Transaction

RENAMES: Final = Rate(burst=3, seconds=86_400)
"""How often one takes another name: each stays reserved for ever."""


class NamingService:
    """Lets people take another name."""

    def __init__(
        self,
        store: Store,
        bus: Bus,
        limits: Limits,
        held: RoomMemories,
        pepper: bytes,
    ) -> None:
        self._store = store
        self._bus = bus
        self._limits = limits
        self._held = held
        self._pepper = pepper

    @whole
    async def rename(self, actor: Actor, name: str) -> Account:
        """Take another name; all that one wrote and says bears it from now on.

        The former name is kept as a keyed hash, for nobody else to take. What other
        people wrote in their own words stays as it is, but for `@Name`.

        Raises:
            NotAllowed: There is no account.
            NameUnfit: The name breaks a rule.
            NameTaken: Somebody has or had it, or one that looks the same.
            AlreadyDone: It is the name that they have.
            TooFast: They took another one, or tried, too often.
        """
        require(actor, Action.SET_OWN)
        wanted = check_name(name)
        self._limits.take(LOOKS, actor.id)
        form, count = shape(wanted), self._limits.once(RENAMES, actor.id)

        async def work(tx: Transaction) -> tuple[Account, str]:
            account = await own_account(tx, actor)
            was, former = account.name, shape(account.name)
            if was == wanted:
                raise AlreadyDone
            if not await tx.reserved.is_free(self._digest(form), account.id):
                raise NameTaken(wanted)
            await tx.accounts.rename(account.id, wanted, form)
            count()
            if form != former:
                await tx.reserved.add(self._digest(former), account.id)
                await tx.reserved.drop(self._digest(form))
            return replace(account, name=wanted), was

        account, was = await self._store.write(work)
        self._held.rename(account.id, was, wanted)
        await self._bus.publish(HOUSE, NameChanged(account.id, was, wanted))
        await shred(self._store)
        return account

    def _digest(self, form: str) -> bytes:
        return name_digest(self._pepper, form)

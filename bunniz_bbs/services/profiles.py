"""What somebody shows of themselves: a word or two, or not even that they are here."""

from collections.abc import Sequence
from dataclasses import dataclass

from wcwidth import wcswidth

from bunniz_bbs.bus.ports import Bus, person_topic
from bunniz_bbs.domain.errors import TextTooLong, TooLongToKeep
from bunniz_bbs.domain.events import HiddenSet
from bunniz_bbs.domain.limits import PRONOUNS_CELLS
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.policy import Action, require
from bunniz_bbs.domain.text import clean_line
from bunniz_bbs.domain.words import LANGUAGES, Language
from bunniz_bbs.services.memories import RoomMemories
from bunniz_bbs.services.people import own_account
from bunniz_bbs.services.voices import Voices
from bunniz_bbs.services.whole import shred, whole
from bunniz_bbs.store.ports import Store, Transaction


@dataclass(frozen=True, slots=True)
class Profile:
    """What somebody chose; at first nothing, and they are seen."""

    pronouns: str
    speaks: tuple[Language, ...]
    hidden: bool


class ProfileService:
    """Lets people say how they want to be spoken to, and whether they are seen."""

    def __init__(
        self, store: Store, bus: Bus, held: RoomMemories, voices: Voices
    ) -> None:
        self._store = store
        self._bus = bus
        self._held = held
        self._voices = voices

    async def of(self, actor: Actor) -> Profile:
        """What one shows of oneself.

        Raises:
            NotAllowed: There is no account.
        """
        require(actor, Action.SET_OWN)
        account = await self._store.read(lambda tx: own_account(tx, actor))
        return Profile(account.pronouns, account.speaks, account.hidden)

    @whole
    async def set_pronouns(self, actor: Actor, text: str) -> str:
        """Show pronouns to whoever looks one up, or none with nothing; as cleaned.

        Raises:
            NotAllowed: There is no account.
            Banned, Muted: A moderator said so; taking them away is always possible.
            TextEmpty: Nothing of it can be shown.
            TooLongToKeep: They do not fit.
        """
        require(actor, Action.SET_OWN)
        shown = _pronouns(text) if text.strip() else ""

        async def work(tx: Transaction) -> None:
            account = await own_account(tx, actor)
            if shown:
                await self._voices.require_written(tx, actor)
            await tx.accounts.set_profile(actor.id, shown, account.speaks)

        await self._store.write(work)
        await shred(self._store)
        return shown

    @whole
    async def set_speaks(
        self, actor: Actor, languages: Sequence[Language]
    ) -> tuple[Language, ...]:
        """Show languages that one speaks, or none; as they are kept.

        Raises:
            NotAllowed: There is no account.
        """
        require(actor, Action.SET_OWN)
        spoken = tuple(one for one in LANGUAGES if one in languages)

        async def work(tx: Transaction) -> None:
            account = await own_account(tx, actor)
            await tx.accounts.set_profile(actor.id, account.pronouns, spoken)

        await self._store.write(work)
        await shred(self._store)
        return spoken

    @whole
    async def set_hidden(self, actor: Actor, hidden: bool) -> None:
        """Be seen in rooms or not, from now on and where one is already.

        Raises:
            NotAllowed: There is no account.
        """
        require(actor, Action.SET_OWN)

        async def work(tx: Transaction) -> None:
            await own_account(tx, actor)
            await tx.accounts.set_hidden(actor.id, hidden)

        await self._store.write(work)
        await self._held.hide(actor.id, hidden)
        event = HiddenSet(actor.id, hidden)
        await self._bus.publish(person_topic(actor.id), event)


def _pronouns(text: str) -> str:
    """Pronouns as they are shown.

    Raises:
        TextEmpty: Nothing is left.
        TooLongToKeep: They are too wide.
    """
    try:
        shown = clean_line(text, characters=PRONOUNS_CELLS)
    except TextTooLong as long:
        raise TooLongToKeep(long.length, PRONOUNS_CELLS) from None
    width = wcswidth(shown)
    if width > PRONOUNS_CELLS:
        raise TooLongToKeep(width, PRONOUNS_CELLS)
    return shown

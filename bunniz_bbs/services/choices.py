"""What somebody wants to read: kept for them alone."""

from collections.abc import Callable, Sequence

from bunniz_bbs.domain.choices import Choices, Show
from bunniz_bbs.domain.labels import Tag
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.policy import Action, require
from bunniz_bbs.domain.words import LANGUAGES, Language
from bunniz_bbs.services.people import own_account
from bunniz_bbs.services.whole import shred, whole
from bunniz_bbs.store.ports import Store, Transaction


class ChoiceService:
    """Keeps readers' choices."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def of(self, actor: Actor) -> Choices:
        """The actor's choices; of passers none are kept."""
        require(actor, Action.LOOK_AROUND)
        if actor.is_passing:
            return Choices()
        return await self._store.read(lambda tx: tx.choices.get(actor.id))

    @whole
    async def choose(self, actor: Actor, tags: Sequence[Tag], show: Show) -> Choices:
        """Choose what happens to texts that warn of these; all choices after that.

        Raises:
            NotAllowed: There is no account.
        """
        require(actor, Action.SET_OWN)

        def chosen(choices: Choices) -> Choices:
            for tag in tags:
                choices = choices.choose(tag, show)
            return choices

        return await self._change(actor, chosen)

    @whole
    async def read_in(self, actor: Actor, languages: Sequence[Language]) -> Choices:
        """Leave threads in other languages out, or none; all choices after that.

        Raises:
            NotAllowed: There is no account.
        """
        require(actor, Action.SET_OWN)
        wanted = tuple(one for one in LANGUAGES if one in languages)
        return await self._change(actor, lambda choices: choices.reading(wanted))

    async def _change(
        self, actor: Actor, change: Callable[[Choices], Choices]
    ) -> Choices:
        async def work(tx: Transaction) -> Choices:
            account = await own_account(tx, actor)
            changed = change(await tx.choices.get(account.id))
            await tx.choices.set(account.id, changed)
            return changed

        choices = await self._store.write(work)
        await shred(self._store)
        return choices

import pytest

from bunniz_bbs.domain.errors import Banned, Muted
from bunniz_bbs.domain.moderation import Restraint, Restriction
from bunniz_bbs.services import voices as module
from bunniz_bbs.services.voices import Voices


@pytest.fixture
def voices(home):
    """Voices of their own, on the store of the house."""
    return Voices(home.store, home.clock)


async def restrain(home, actor, kind=Restraint.MUTE, until=None):
    held = Restriction(actor.id, kind, "Why", until)
    await home.store.write(lambda tx: tx.restrictions.set(held))


class TestRequireHeard:
    async def test_looks_up_whom_it_does_not_know(self, home, voices, maple):
        """Nobody speaks because they were never asked about."""
        await restrain(home, maple)

        with pytest.raises(Muted):
            await voices.require_heard(maple)

    async def test_asks_the_store_once(self, home, voices, maple):
        """A room says hundreds of lines a minute: the store is not needed for each."""
        await voices.require_heard(maple)
        await home.store.close()

        await voices.require_heard(maple)

    async def test_looks_again_when_something_changed(self, home, voices, maple):
        """What a moderator did holds from the next line on."""
        await voices.require_heard(maple)
        await restrain(home, maple)
        voices.changed(maple.id)

        with pytest.raises(Muted):
            await voices.require_heard(maple)

    async def test_a_change_while_it_looks_is_not_missed(
        self, home, voices, maple, monkeypatch
    ):
        """A mute that is set between asking and answering holds."""
        read = home.store.read

        async def read_and_be_late(work):
            found = await read(work)
            monkeypatch.undo()
            await restrain(home, maple)
            voices.changed(maple.id)
            return found

        monkeypatch.setattr(home.store, "read", read_and_be_late)

        for _ in range(2):
            with pytest.raises(Muted):
                await voices.require_heard(maple)

    async def test_an_end_is_an_end(self, home, voices, maple):
        """What is remembered ends at its time, with nobody saying so."""
        await restrain(home, maple, Restraint.BAN, home.clock.now().replace(hour=13))
        with pytest.raises(Banned):
            await voices.require_heard(maple)

        home.clock.move(hours=1)

        await voices.require_heard(maple)

    async def test_remembers_within_bounds(self, home, voices, maple, monkeypatch):
        """However many speak, memory does not grow for ever."""
        monkeypatch.setattr(module, "MOST_KNOWN", 3)

        for number in range(10):
            await voices.learn(f"account {number}")
            assert len(voices._known) <= 3

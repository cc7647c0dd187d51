"""Being in rooms without being seen."""

import asyncio

import pytest

from bunniz_bbs.bus.ports import crowd_topic, presence_topic
from bunniz_bbs.domain.errors import RoomNotFound, Unseen
from bunniz_bbs.domain.events import HiddenSet, PresenceTold, RoomStirred
from bunniz_bbs.domain.ids import RoomSlug
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.services.arriving import come_in
from bunniz_bbs.services.lines import Presence
from bunniz_bbs.services.memories import Crowd
from bunniz_bbs.services.watch import Watch
from bunniz_bbs.store.ports import Store
from tests.services.living import PATIENCE, Ear, Living
from tests.services.still import NOON

LOUNGE = RoomSlug("lounge")
STOOP = RoomSlug("stoop")


class Late:
    """A data file whose answers wait until they are let go."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.read_it, self.answer = asyncio.Event(), asyncio.Event()

    async def read(self, work):
        """What it said when it was asked."""
        found = await self._store.read(work)
        self.read_it.set()
        await self.answer.wait()
        return found


@pytest.fixture
async def hidden(home: Living, maple: Actor) -> Actor:
    """A member who does not want to be seen."""
    await home.services.profiles.set_hidden(maple, True)
    return maple


def names(home: Living, actor: Actor) -> list[str]:
    return list(home.services.rooms.names(actor, LOUNGE))


class TestHidden:
    async def test_are_in_a_room_unseen(self, home, hidden, clover):
        """Neither by name, nor in the word for how many, nor told to other nodes."""
        rooms = home.services.rooms
        await rooms.enter(clover, LOUNGE, "clover's")

        await rooms.enter(hidden, LOUNGE, "visit")

        assert names(home, clover) == ["clover"]
        told = dict(home.wired.held.account())[presence_topic(LOUNGE)]
        assert told.people == ((clover.id, "clover"),)
        await rooms.leave(clover, LOUNGE, "clover's")
        assert rooms.crowd(clover, LOUNGE) is Crowd.NOBODY

    async def test_come_and_go_without_a_stir(self, home, hidden):
        """Nothing is published that tells when they were there."""
        topics = [crowd_topic(LOUNGE), presence_topic(LOUNGE)]
        async with home.bus.subscribe(topics) as heard:
            await home.services.rooms.enter(hidden, LOUNGE, "visit")
            await home.services.rooms.leave(hidden, LOUNGE, "visit")

            assert await Ear(heard).taken() == []

    async def test_do_not_see_who_is_there(self, home, hidden, clover):
        """Only those who are seen see the others; lines they read."""
        rooms = home.services.rooms
        await rooms.enter(clover, LOUNGE, "clover's")
        await rooms.say(clover, LOUNGE, "Hello")
        await rooms.enter(hidden, LOUNGE, "visit")

        with pytest.raises(Unseen):
            names(home, hidden)
        await rooms.leave(hidden, LOUNGE, "visit")
        with pytest.raises(RoomNotFound):  # as for everybody outside
            names(home, hidden)

    async def test_are_seen_once_they_speak_until_they_leave(
        self, home, hidden, clover
    ):
        """The line shows their name anyway; the next time nobody sees them again."""
        rooms = home.services.rooms
        await rooms.enter(clover, LOUNGE, "clover's")
        await rooms.enter(hidden, LOUNGE, "visit")

        line = await rooms.say(hidden, LOUNGE, "Hello")

        assert line.name == "maple"
        assert names(home, clover) == names(home, hidden) == ["clover", "maple"]
        await rooms.leave(hidden, LOUNGE, "visit")
        await rooms.enter(hidden, LOUNGE, "visit")
        assert names(home, clover) == ["clover"]

    async def test_speaking_in_one_room_shows_them_in_no_other(self, home):
        """Each room by itself."""
        tansy = await home.person("tansy", Role.TRUSTED)
        alder = await home.person("alder", Role.TRUSTED)
        rooms = home.services.rooms
        await home.services.profiles.set_hidden(tansy, True)
        for room in ("lounge", "den"):
            for one in (tansy, alder):
                await rooms.enter(one, room, one.id)

        await rooms.say(tansy, "den", "Hello")

        assert rooms.names(alder, "den") == ["alder", "tansy"]
        assert rooms.names(alder, "lounge") == ["alder"]

    async def test_the_team_and_its_guest_always_see_each_other(self, home, mossy):
        """Whoever comes to the porch comes to be answered."""
        robin, rooms = await home.waiter("robin"), home.services.rooms
        for one in (robin, mossy):
            await home.services.profiles.set_hidden(one, True)
        await rooms.enter(robin, STOOP, "robin's")
        talk = f"{STOOP}~{robin.id}"
        await rooms.enter(mossy, talk, "mossy's")
        for one in (robin, mossy):  # also when they say so again
            await home.services.profiles.set_hidden(one, True)

        assert rooms.names(mossy, talk) == ["mossy", "robin"]
        assert [one.here for one in rooms.conversations(mossy)] == [True]


class TestSwitching:
    async def test_bites_at_once_where_one_is_already(self, home, maple, clover):
        """In each room and on each device, and the others' screens count again."""
        rooms, profiles = home.services.rooms, home.services.profiles
        await rooms.enter(clover, LOUNGE, "clover's")
        for visit in ("phone", "laptop"):
            await rooms.enter(maple, LOUNGE, visit)
        topics = [crowd_topic(LOUNGE), presence_topic(LOUNGE)]

        async with home.bus.subscribe(topics) as heard:
            await profiles.set_hidden(maple, True)
            events = await Ear(heard).taken()

        assert names(home, clover) == ["clover"]
        told = [one for one in events if isinstance(one, PresenceTold)]
        assert [one.people for one in told] == [((clover.id, "clover"),)]
        assert RoomStirred(LOUNGE) in events

        await profiles.set_hidden(maple, False)
        assert names(home, clover) == names(home, maple) == ["clover", "maple"]

    async def test_hides_again_who_has_spoken(self, home, hidden, clover):
        """Their lines stay, under their name."""
        rooms = home.services.rooms
        await rooms.enter(clover, LOUNGE, "clover's")
        await rooms.enter(hidden, LOUNGE, "visit")
        await rooms.say(hidden, LOUNGE, "Hello")

        await home.services.profiles.set_hidden(hidden, True)

        assert names(home, clover) == ["clover"]
        [line] = rooms.view(clover, LOUNGE, "clover's").lines
        assert line.name == "maple"

    async def test_one_s_own_visits_are_told(self, home, maple):
        """A page that shows it draws itself anew."""
        async with home.ear(maple) as ear:
            await home.services.profiles.set_hidden(maple, True)

            assert await ear.taken() == [HiddenSet(maple.id, True)]

    async def test_outlives_a_restart(self, home, hidden, clover):
        """It is kept with the account."""
        await home.reopen()
        rooms = home.services.rooms
        for one in (hidden, clover):
            await rooms.enter(one, LOUNGE, one.id)

        assert (await home.services.profiles.of(hidden)).hidden
        assert names(home, clover) == ["clover"]

    async def test_whoever_hides_while_coming_in_is_hidden(self, home, maple):
        """What the data file said before does not count any more."""
        memory, late = home.wired.held.of(LOUNGE), Late(home.store)
        here, room = Presence(maple.id, "maple", NOON, None), home.house.room(LOUNGE)
        coming = asyncio.ensure_future(come_in(late, memory, "visit", here, room))
        await late.read_it.wait()

        assert not here.seen
        await home.services.profiles.set_hidden(maple, True)
        late.answer.set()
        await coming

        assert not here.seen

    async def test_a_visit_that_ends_while_coming_in_is_not_there(self, home, maple):
        """Nobody stays in a room unseen whose connection dropped at that moment."""
        present = home.wired.held.of(LOUNGE).present
        coming = asyncio.ensure_future(
            home.services.rooms.enter(maple, LOUNGE, "visit")
        )
        async with asyncio.timeout(PATIENCE):
            while True:
                if "visit" in present:
                    break
                await asyncio.sleep(0)

        coming.cancel()
        await asyncio.gather(coming, return_exceptions=True)

        assert not present


class TestWatch:
    async def test_sees_to_what_was_not_told(self, home, maple, clover):
        """On a node that did not hear of it, the database does."""
        rooms, held = home.services.rooms, home.wired.held
        for one in (maple, clover):
            await rooms.enter(one, LOUNGE, one.id)
        watch = Watch(home.store, home.bus, home.clock, home.services.visits, held)
        await home.store.write(lambda tx: tx.accounts.set_hidden(maple.id, True))

        await watch.round()
        assert names(home, clover) == ["clover"]

        await home.store.write(lambda tx: tx.accounts.set_hidden(maple.id, False))
        await watch.round()
        assert names(home, clover) == ["clover", "maple"]

"""Verbs that go on for a while, and clients that do not."""

import asyncio
import json
from contextlib import suppress

import pytest

from bunniz_bbs.bus.memory import DEPTH
from bunniz_bbs.bus.ports import HOUSE, person_topic
from bunniz_bbs.domain.events import HouseClosing, MuteLifted, ThreadChanged
from bunniz_bbs.domain.ids import RoomSlug
from bunniz_bbs.domain.moderation import Restraint, Restriction
from bunniz_bbs.domain.people import CONSOLE, Role
from bunniz_bbs.domain.rooms import LineKind
from tests.plain.memory import Client, MemoryStreams
from tests.services.still import settle

LOUNGE = RoomSlug("lounge")


@pytest.fixture
def client(home, maple) -> Client:
    """A member's client."""
    return Client(home, "maple")


@pytest.fixture
def streams() -> MemoryStreams:
    """A client's streams, whose input is open."""
    return MemoryStreams(ended=False)


@pytest.fixture
async def listening(home, client, clover, streams):
    """A member who listens in the lounge, where somebody has just spoken."""
    await home.services.rooms.say(clover, "lounge", "Before")
    task = client.begin("listen lounge", streams)
    await streams.until_out("clover: Before\n")
    yield task
    task.cancel()
    with suppress(asyncio.CancelledError, Exception):
        await task


def present(home) -> int:
    return len(home.wired.held.of(LOUNGE).present)


async def ended(task: asyncio.Task[int]) -> int:
    """How a verb ended; a test does not wait for ever."""
    async with asyncio.timeout(10):
        return await task


class TestListen:
    async def test_shows_lines_as_they_come(
        self, home, listening, streams, clover, mossy
    ):
        """Each once, with who said it or what they do."""
        await home.services.rooms.say(clover, "lounge", "Hello [b]there[/b]")
        await home.services.rooms.say(mossy, "lounge", "waves", kind=LineKind.ME)
        await streams.until_out("waves\n")

        assert (
            streams.out == "clover: Before\nclover: Hello [b]there[/b]\n* mossy waves\n"
        )
        assert streams.err == ""

    async def test_is_a_document_a_line_for_programs(
        self, home, client, streams, clover
    ):
        """As they come."""
        await home.services.rooms.say(clover, "lounge", "Hello")
        task = client.begin("listen lounge --json", streams)
        await streams.until_out("\n")

        said = json.loads(streams.out)
        assert (said["name"], said["text"], said["kind"]) == ("clover", "Hello", "say")
        assert said["expires_at"] is None
        streams.close()
        await ended(task)

    async def test_one_is_in_the_room_while_one_listens(self, home, listening, clover):
        """Whoever is there can see it."""
        await home.services.rooms.enter(clover, "lounge", "other")

        assert home.services.rooms.names(clover, "lounge") == ["clover", "maple"]

    async def test_two_listeners_of_one_account_are_two_visits(
        self, home, client, listening, streams
    ):
        """One that ends does not end the other."""
        other = MemoryStreams(ended=False)
        second = client.begin("listen lounge", other)
        await other.until_out("Before")
        assert present(home) == 2

        other.close()
        await ended(second)

        assert present(home) == 1
        assert not listening.done()

    async def test_a_client_that_goes_away_leaves_the_room(
        self, home, listening, streams
    ):
        """And nothing of it stays on the bus."""
        streams.close()
        await ended(listening)

        assert present(home) == 0
        assert home.bus._listeners == {}

    async def test_a_front_that_is_torn_down_leaves_the_room(self, home, listening):
        """Also when the verb itself is cancelled."""
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening

        assert present(home) == 0
        assert home.bus._listeners == {}

    async def test_a_broken_pipe_leaves_the_room(
        self, home, listening, streams, clover
    ):
        """A client that cannot be written to is gone."""

        def broken(text: str) -> None:
            raise BrokenPipeError

        streams.write = broken
        await home.services.rooms.say(clover, "lounge", "Hello")

        assert await ended(listening) == 1
        assert present(home) == 0

    async def test_ends_in_peace_when_the_server_stops(self, home, listening, streams):
        """What was shown is shown, and the exit status says that all is well."""
        await home.bus.publish(HOUSE, HouseClosing())

        assert await ended(listening) == 0
        assert present(home) == 0

    async def test_a_slow_client_gets_what_is_still_there(
        self, home, listening, streams, clover
    ):
        """One that lost events is shown each line that the room holds, once."""
        streams.stall()
        for number in range(DEPTH + 50):
            home.clock.move(seconds=1)
            await home.services.rooms.say(clover, "lounge", f"line {number}.")
        await settle()
        streams.go_on()
        last = f"line {DEPTH + 49}."
        await streams.until_out(last)

        shown = streams.out.splitlines()
        assert shown == list(dict.fromkeys(shown))
        assert shown[1:] == [f"clover: line {n}." for n in range(DEPTH + 50)]

    async def test_a_line_said_while_coming_in_is_shown_once(
        self, home, client, clover, streams, monkeypatch
    ):
        """It is in the room's history and among the events."""
        rooms = home.services.rooms
        enter = rooms.enter

        async def enter_late(*given):
            await rooms.say(clover, "lounge", "Just now")
            return await enter(*given)

        monkeypatch.setattr(rooms, "enter", enter_late)
        task = client.begin("listen lounge", streams)
        await streams.until_out("Just now\n")
        await rooms.say(clover, "lounge", "And on")
        await streams.until_out("And on\n")
        streams.close()
        await ended(task)

        assert streams.out == "clover: Just now\nclover: And on\n"


class TestBeingSentOut:
    @pytest.mark.parametrize(
        ("act", "said"),
        [
            (lambda on, who: on.moderation.kick(who, "maple", "Too loud"), "Too loud"),
            (lambda on, who: on.moderation.ban(who, "maple", None, "Rest"), "Rest"),
            (lambda on, who: on.people.remove(who, "maple"), "account was removed"),
            (
                lambda on, who: on.people.set_role(CONSOLE, "maple", Role.GUEST),
                "Your role does not reach",
            ),
        ],
        ids=["kick", "ban", "remove", "demote"],
    )
    @pytest.mark.parametrize("line", ["listen lounge", "reply 1", "say lounge"])
    async def test_ends_what_goes_on(
        self, home, client, streams, sorrel, clover, act, said, line
    ):
        """Listening, and waiting for words to post: nothing is sent afterwards."""
        await home.thread(clover)
        before = await home.services.rooms.say(clover, "lounge", "Before")
        task = client.begin(line, streams)
        if line.startswith("listen"):
            await streams.until_out("Before")
        else:
            await streams.until_read()

        await act(home.services, sorrel)
        status = await ended(task)
        streams.send(b"Words")
        streams.end()
        await settle()

        assert status == 4
        assert said in streams.err
        assert present(home) == 0
        assert len((await home.rows())["posts"]) == 1
        assert list(home.wired.held.of(LOUNGE).lines) == [before.id]

    async def test_a_promotion_ends_nothing(self, home, listening, clover, streams):
        """Whoever may do more goes on."""
        await home.services.people.set_role(CONSOLE, "maple", Role.TRUSTED)
        await home.services.rooms.say(clover, "lounge", "Hello")
        await streams.until_out("Hello")

        assert not listening.done()

    async def test_others_go_on(self, home, listening, clover, mossy, sorrel, streams):
        """What happens to somebody else is no end."""
        await home.services.moderation.kick(mossy, "clover", "Loud")
        await home.services.people.remove(sorrel, "clover")
        await home.services.rooms.say(mossy, "lounge", "Hello")
        await streams.until_out("Hello")

        assert not listening.done()

    async def test_a_ban_between_knowing_and_listening_is_seen(
        self, home, client, mossy, monkeypatch
    ):
        """No visit slips through because it began at the same moment."""
        people = home.services.people
        recognise = people.recognise

        async def slow(key):
            account = await recognise(key)
            await home.services.moderation.ban(mossy, "maple", None, "Out")
            return account

        monkeypatch.setattr(type(people), "recognise", lambda self, key: slow(key))

        status, out, err = await client.run("listen lounge")

        assert (status, out) == (4, "")
        assert "Out" in err
        assert present(home) == 0

    async def test_an_account_that_is_gone_by_then_is_told_so(
        self, home, client, sorrel, monkeypatch
    ):
        """It was there when its key was looked up."""
        people = home.services.people
        recognise = people.recognise

        async def slow(key):
            account = await recognise(key)
            await people.remove(sorrel, "maple")
            return account

        monkeypatch.setattr(type(people), "recognise", lambda self, key: slow(key))

        assert await client.run("whoami") == (4, "", "This account was removed.\n")

    @pytest.mark.parametrize("what", ["ban", "remove", "demote", "nothing"])
    async def test_is_seen_when_events_were_lost(
        self, home, listening, streams, clover, maple, what
    ):
        """A visit that could not keep up looks at how things stand."""

        async def change(tx) -> None:
            if what == "ban":
                held = Restriction(maple.id, Restraint.BAN, "Out", None)
                await tx.restrictions.set(held)
            elif what == "remove":
                await tx.accounts.remove(maple.id)
            elif what == "demote":
                await tx.accounts.set_role(maple.id, Role.GUEST)

        await home.store.write(change)
        for _ in range(DEPTH + 1):
            await home.bus.publish(person_topic(maple.id), MuteLifted(maple.id))

        if what == "nothing":
            await home.services.rooms.say(clover, "lounge", "Hello")
            await streams.until_out("Hello")
        else:
            assert await ended(listening) == 4
            assert present(home) == 0


class TestGoingAway:
    async def test_half_a_post_is_not_sent(self, home, client, clover, streams):
        """A connection that drops while one types takes the words with it."""
        thread = await home.thread(clover)
        task = client.begin(f"reply {thread.id}", streams)
        await streams.until_read()
        streams.send(b"I wanted to sa")
        await settle()

        streams.close()

        assert await ended(task) == 1
        assert len((await home.rows())["posts"]) == 1

    async def test_what_was_sent_whole_is_kept_and_told(
        self, home, client, clover, monkeypatch
    ):
        """Though the client is gone at the moment at which it is committed."""
        thread = await home.thread(clover)
        streams = MemoryStreams(b"Wheat.")
        write = home.store.write

        async def write_and_lose_the_client(work):
            done = await write(work)
            streams.close()
            await settle()
            return done

        monkeypatch.setattr(home.store, "write", write_and_lose_the_client)

        async with home.ear() as ear:
            assert await client.verb(f"reply {thread.id}", streams) == 1
            assert await ear.next() == ThreadChanged("general", thread.id)

        assert len((await home.rows())["posts"]) == 2

    async def test_a_client_that_is_gone_already_is_no_fault(self, home, client):
        """Nothing is written to it, and nothing breaks."""
        streams = MemoryStreams()
        streams.close()

        assert await client.verb("listen lounge", streams) == 1
        assert present(home) == 0

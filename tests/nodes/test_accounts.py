"""Two nodes that did not hear each other for a while, and then agree again."""

from collections.abc import AsyncIterator

import pytest

from bunniz_bbs.domain.errors import HouseDivided, RoomNotFound
from bunniz_bbs.domain.ids import KeyDigest, RoomSlug
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.domain.rooms import conversation_of
from bunniz_bbs.services.porch import Conversation
from tests.bus.brokers import Broker, Cable
from tests.bus.nodes import until
from tests.nodes.node import Node, all_whole
from tests.services.houses import a_house
from tests.store.server import Server

LOUNGE = RoomSlug("lounge")


class Pair:
    """Two nodes, the second on a cable that can be cut."""

    def __init__(self, one: Node, other: Node, cable: Cable) -> None:
        self.one, self.other, self.cable = one, other, cable

    async def person(self, name: str, role: Role, key: bytes) -> Actor:
        """Let somebody in."""
        digest = KeyDigest(key * 32)
        people = self.one.services.people
        return Actor.of(await people.add(CONSOLE, name, digest, role, "en"))

    def lines(self, node: Node) -> list[str]:
        """What the lounge holds on a node."""
        return [one.text for one in node.wired.held.of(LOUNGE).lines.values()]

    async def apart(self) -> None:
        """Cut the cable and wait until it is noticed."""
        self.cable.cut()
        await until(lambda: not self.other.whole)

    async def together(self) -> None:
        """Mend the cable and wait until both hear each other."""
        self.cable.mend()
        await all_whole(self.one, self.other)


@pytest.fixture
async def pair(server: Server, broker: Broker) -> AsyncIterator[Pair]:
    """Both nodes run and hear each other."""
    name = await server.create()
    url = server.url(name, tcp=True)
    async with Cable(broker.port).laid() as cable:
        one = await Node.start(url, broker.url, a_house())
        other = await Node.start(url, cable.url, a_house())
        try:
            await all_whole(one, other)
            yield Pair(one, other, cable)
        finally:
            cable.mend()
            await one.stop()
            await other.stop()
    await server.drop(name)


async def test_a_line_removed_meanwhile_does_not_come_back(pair: Pair) -> None:
    """The node that did not hear of the removal lets it go too."""
    lune = await pair.person("lune", Role.MEMBER, b"l")
    maple = await pair.person("maple", Role.MODERATOR, b"m")
    for words in ("stays", "a phone number"):
        await pair.one.services.rooms.say(lune, LOUNGE, words)
    await until(lambda: len(pair.lines(pair.other)) == 2)
    await pair.apart()
    await pair.one.services.moderation.delete_line(maple, "lounge", "lune", "outing")

    await pair.together()

    await until(lambda: pair.lines(pair.other) == ["stays"])
    assert pair.lines(pair.one) == ["stays"]


async def test_the_later_topic_holds(pair: Pair) -> None:
    """Set again during the cut, the last one is on both; cleared stays cleared."""
    maple = await pair.person("maple", Role.MODERATOR, b"m")
    await pair.one.services.rooms.set_topic(maple, "lounge", "first")
    held = [node.wired.held.of(LOUNGE) for node in (pair.one, pair.other)]
    await until(lambda: held[1].topic == "first")
    await pair.apart()
    # Its own node has not noticed anything: only the other one's cable is cut.
    await pair.one.services.rooms.set_topic(maple, "lounge", "")

    await pair.together()

    await until(lambda: [one.topic for one in held] == ["", ""])


async def test_a_mute_set_meanwhile_binds_afterwards(pair: Pair) -> None:
    """What was known of somebody's voice is forgotten when the nodes meet again."""
    lune = await pair.person("lune", Role.MEMBER, b"l")
    maple = await pair.person("maple", Role.MODERATOR, b"m")
    await pair.other.services.rooms.say(lune, LOUNGE, "hello")
    await pair.apart()
    with pytest.raises(HouseDivided):
        await pair.other.services.rooms.say(lune, LOUNGE, "anybody?")
    await pair.one.services.moderation.mute(maple, "lune", None, "calm down")

    await pair.together()

    with pytest.raises(Exception, match="calm down"):
        await pair.other.services.rooms.say(lune, LOUNGE, "but")


async def test_people_of_a_node_that_comes_back_are_counted_once(pair: Pair) -> None:
    """Presence is told anew, and nobody is left over."""
    lune = await pair.person("lune", Role.MEMBER, b"l")
    await pair.other.services.rooms.enter(lune, "lounge", "visit")
    await until(lambda: pair.one.wired.held.of(LOUNGE).people())
    await pair.apart()
    await pair.other.services.rooms.leave(lune, "lounge", "visit")

    await pair.together()

    await until(lambda: not pair.one.wired.held.of(LOUNGE).people())


async def test_a_name_taken_meanwhile_is_on_both(pair: Pair) -> None:
    """Lines of before the cut bear it on the node that did not hear of it."""
    lune = await pair.person("lune", Role.MEMBER, b"l")
    await pair.one.services.rooms.say(lune, LOUNGE, "I am lune, ask @lune")
    await until(lambda: pair.lines(pair.other))
    await pair.apart()

    await pair.one.services.naming.rename(lune, "Birch")

    def called(node: Node) -> list[tuple[str, str]]:
        lines = node.wired.held.of(LOUNGE).lines.values()
        return [(one.name, one.text) for one in lines]

    renamed = [("Birch", "I am lune, ask @Birch")]
    # The other node asks the database, whether the cable is cut or not.
    await until(lambda: called(pair.one) == called(pair.other) == renamed)
    await pair.together()
    assert called(pair.other) == renamed


async def test_a_new_name_is_told_to_the_other_node(pair: Pair) -> None:
    """Who is in a room is called so too, through whichever node."""
    lune = await pair.person("lune", Role.MEMBER, b"l")
    await pair.other.services.rooms.enter(lune, "lounge", "visit")
    here = pair.one.wired.held.of(LOUNGE)
    await until(lambda: here.people() == {lune.id: "lune"})

    await pair.one.services.naming.rename(lune, "Birch")

    there = pair.other.wired.held.of(LOUNGE)
    await until(lambda: here.people() == there.people() == {lune.id: "Birch"})


async def test_who_hides_is_hidden_on_every_node(pair: Pair) -> None:
    """Wherever they are in a room, and wherever they said so; cut off or not."""
    lune = await pair.person("lune", Role.MEMBER, b"l")
    one, other = pair.one.services, pair.other.services
    await other.rooms.enter(lune, LOUNGE, "visit")

    def seen() -> list[bool]:
        held = (pair.one.wired.held, pair.other.wired.held)
        return [lune.id in rooms.look(LOUNGE).people() for rooms in held]

    await until(lambda: seen() == [True, True])
    await one.profiles.set_hidden(lune, True)
    await until(lambda: seen() == [False, False])
    await one.profiles.set_hidden(lune, False)
    await until(lambda: seen() == [True, True])

    await pair.apart()
    await one.profiles.set_hidden(lune, True)
    await until(lambda: not seen()[1])
    await pair.together()
    await until(lambda: seen() == [False, False])

    await one.rooms.say(lune, LOUNGE, "Hello")
    await until(lambda: seen() == [True, True])


async def test_the_porch_is_one_on_both_nodes(pair: Pair) -> None:
    """A guest here and the team there talk; a guest there sees nothing of it.

    A node that was cut off meanwhile knows the talk again, and whose it is.
    """
    one, other = pair.one.services, pair.other.services
    maple = await pair.person("maple", Role.MODERATOR, b"m")
    guest = await one.people.passing(KeyDigest(b"g" * 32))
    stranger = await other.people.passing(None)
    talk = conversation_of(RoomSlug("stoop"), guest.id)
    await one.rooms.enter(guest, "stoop", "guest")
    await one.rooms.say(guest, "stoop", "Is somebody there?")
    await until(lambda: [it.waits for it in other.rooms.conversations(maple)] == [True])

    await other.rooms.enter(maple, talk, "desk")
    await other.rooms.say(maple, talk, "Yes.")

    def heard() -> list[str]:
        return [it.text for it in one.rooms.view(guest, "stoop", "guest").lines]

    await until(lambda: heard() == ["Is somebody there?", "Yes."])
    await other.rooms.enter(stranger, "stoop", "stranger")
    assert other.rooms.view(stranger, "stoop", "stranger").lines == ()
    with pytest.raises(RoomNotFound):
        await other.rooms.enter(stranger, talk, "stranger")

    await pair.apart()
    await one.rooms.leave(guest, "stoop", "guest")
    with pytest.raises(HouseDivided):
        await other.rooms.say(maple, talk, "Still there?")
    await pair.together()

    def known() -> Conversation:
        return next(it for it in other.rooms.conversations(maple) if it.room == talk)

    await until(lambda: not known().here)
    assert (known().name, known().waits) == (guest.name, False)

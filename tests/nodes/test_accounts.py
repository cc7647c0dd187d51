"""Two nodes that did not hear each other for a while, and then agree again."""

from collections.abc import AsyncIterator

import pytest

from bunniz_bbs.domain.errors import HouseDivided
from bunniz_bbs.domain.ids import KeyDigest, RoomSlug
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
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

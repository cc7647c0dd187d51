"""What a broker, a cable and a stranger see, and what a stranger can do."""

import logging
import random
import re

import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg

from bunniz_bbs.bus.nats import SUBJECT
from bunniz_bbs.domain.rooms import LineKind
from tests.bus.brokers import Cable
from tests.bus.nodes import ROOM, a_line, a_node, event, met, some_nodes, until

pytestmark = pytest.mark.usefixtures("hasty")

CANARY = "canary-7f3a"


class Stranger:
    """Somebody who may use the broker and has no secret of ours."""

    def __init__(self) -> None:
        self._client = Client()
        self.recorded: list[tuple[str, bytes]] = []

    async def come(self, url: str) -> None:
        """Connect, and record everything that can be heard."""
        await self._client.connect(url, allow_reconnect=False)
        await self._client.subscribe(">", cb=self._record)
        await self._client.flush()

    async def _record(self, message: Msg) -> None:
        self.recorded.append((message.subject, message.data))

    async def say(self, *messages: bytes) -> None:
        """Say something where the nodes hear it."""
        for one in messages:
            await self._client.publish(SUBJECT, one)
        await self._client.flush()

    async def go(self) -> None:
        """Disconnect."""
        await self._client.close()


async def test_nothing_that_was_said_is_seen(own_broker, caplog):
    """Not on the wire, not by the broker, not on its disk, not in our log."""
    caplog.set_level(logging.DEBUG)
    said = a_line(CANARY + " text", name=CANARY + " name")
    topic = f"room.{CANARY}"
    async with (
        Cable(own_broker.port).laid() as cable,
        a_node(cable.url, holds=[(topic, said)]) as far,
        a_node(own_broker.url, holds=[(topic, said)]) as near,
    ):
        await met([far, near])
        await far.bus.publish(topic, said)
        await near.bus.publish(topic, said)
        await until(lambda: (topic, said.__class__) in kinds(near.probe.taken))
        await until(lambda: (topic, said.__class__) in kinds(far.probe.taken))
        nodes = [far.bus.node, near.bus.node]
        wire = bytes(cable.carried)
    traced = own_broker.log.read_text(errors="replace")

    assert SUBJECT in traced
    assert SUBJECT.encode() in wire
    for text in (CANARY, "lounge", "maple", "LineSaid", LineKind.SAY.value + '"'):
        assert text not in traced
        assert text.encode() not in wire
    assert CANARY not in caplog.text
    assert not any(node in caplog.text for node in nodes)
    assert own_broker.files() == []
    assert "JetStream" not in traced


def kinds(taken):
    """What kinds of events were taken, under which topics."""
    return [(topic, type(one)) for topic, one in taken]


async def test_the_broker_learns_one_subject(own_broker):
    """Whatever is talked about, and with whomever."""
    stranger = Stranger()
    await stranger.come(own_broker.url)
    async with some_nodes(own_broker.url, 3) as (one, two, _):
        await one.publish(1)
        await two.bus.publish("person.abc", event(2))
        await until(lambda: two.probe.taken and one.probe.taken)
    await stranger.go()

    assert {subject for subject, _ in stranger.recorded} == {SUBJECT}
    names = re.findall(r"\[(?:SUB|PUB) (\S+)", own_broker.log.read_text())
    assert set(names) - {">"} == {SUBJECT}


async def test_garbage_does_no_harm(own_broker, caplog):
    """Of any length, and of the right shape."""
    some = random.Random(7)
    stranger = Stranger()
    await stranger.come(own_broker.url)
    async with some_nodes(own_broker.url) as (one, two):
        await until(lambda: stranger.recorded)
        good = stranger.recorded[-1][1]
        await stranger.say(
            b"",
            *(some.randbytes(some.randrange(3000)) for _ in range(300)),
            *(b"\x01" + some.randbytes(some.randrange(300)) for _ in range(300)),
            *(good[:end] for end in range(len(good))),
            *(good + b"\x00" for _ in range(3)),
            some.randbytes(900_000),
        )
        await one.publish(1)
        await until(lambda: two.probe.taken)

        assert two.probe.numbers() == [1]
        assert one.bus.whole
        assert two.bus.whole
        assert one.probe.gone == two.probe.gone == []
        assert one.probe.turns == two.probe.turns == []
    await stranger.go()

    assert caplog.text.count("cannot be opened") == 2


async def test_what_is_played_back_is_not_heard_again(own_broker):
    """At once, mixed up, backwards, or to a node that came later."""
    some = random.Random(7)
    stranger = Stranger()
    await stranger.come(own_broker.url)
    async with some_nodes(own_broker.url) as (one, two):
        for number in range(50):
            await one.publish(number)
            await until(lambda number=number: len(two.probe.taken) > number)
        recorded = [data for _, data in stranger.recorded]
        mixed = some.sample(recorded, len(recorded))
        async with a_node(own_broker.url) as three:
            three.probe.taken.clear()
            for played in (recorded, mixed, recorded[::-1]):
                await stranger.say(*played)
            await one.publish(50)
            await until(lambda: two.probe.numbers()[-1] == 50)
            await until(lambda: three.probe.taken)

            assert two.probe.numbers() == list(range(51))
            assert three.probe.numbers() == [50]
            assert (one.probe.taken, one.probe.gone) == ([], [])
            assert one.bus.whole
    await stranger.go()


async def test_a_house_that_is_gone_is_not_played_back(own_broker):
    """Its nodes are nobody to the ones that run now, however they sound."""
    stranger = Stranger()
    await stranger.come(own_broker.url)
    async with some_nodes(own_broker.url) as (one, two):
        await one.bus.publish(ROOM, event(1))
        await until(lambda: two.probe.taken)
    recorded = [data for _, data in stranger.recorded]

    async with a_node(own_broker.url) as now:
        await stranger.say(*recorded)
        before = now.bus._speaker._number
        await until(lambda: now.bus._speaker._number > before + 3)

        assert now.probe.taken == []
        assert now.probe.gone == []
        assert now.bus.whole
    await stranger.go()

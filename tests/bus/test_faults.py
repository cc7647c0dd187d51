"""Brokers that go, cables that are cut, nodes that vanish. All of it mends itself."""

import asyncio
import time

from bunniz_bbs.bus.peers import SILENCE
from bunniz_bbs.bus.pulse import FELT_SECONDS
from tests.bus.brokers import Broker, Cable
from tests.bus.nodes import ROOM, a_node, event, met, queued, some_nodes, until

NOTICED = FELT_SECONDS + 0.5
"""Seconds in which a node knows that it is cut off."""


class TestKilled:
    async def test_a_node_that_vanishes_is_gone_after_its_silence(self, broker):
        """Every other node is told so, once, and goes on."""
        async with some_nodes(broker.url, 3) as (one, two, three):
            begun = time.monotonic()
            await three.vanish()
            await until(lambda: one.probe.gone and two.probe.gone, SILENCE + 2)
            spent = time.monotonic() - begun

            assert SILENCE - 1 < spent < SILENCE + 1.5
            assert one.probe.gone == two.probe.gone == [three.bus.node]
            await one.publish(1)
            await until(lambda: two.probe.numbers() == [1])
            assert one.probe.turns == []


class TestBroker:
    async def test_one_that_is_gone_for_a_while(self, own_broker):
        """Nodes know at once; nothing stale comes later; listeners load again."""
        async with some_nodes(own_broker.url) as (one, two):
            one.probe.holds = [(ROOM, event(1001))]
            two.probe.holds = [(ROOM, event(1002))]
            begun = time.monotonic()
            own_broker.kill()
            await until(lambda: not one.bus.whole and not two.bus.whole, NOTICED)
            await until(lambda: one.probe.turns == two.probe.turns == ["parted"])
            assert time.monotonic() - begun < NOTICED
            for number in range(20):
                await one.publish(number)
                await two.publish(number)
            assert await queued(one.heard) == list(range(20))

            own_broker.start()
            await until(lambda: one.bus.whole and two.bus.whole)
            await until(lambda: one.probe.taken and two.probe.taken)
            await until(lambda: not (one.bus._stirred.is_set() or one.bus._behind))
            await one.publish(21)
            await two.publish(22)
            await until(lambda: 21 in two.probe.numbers())
            await until(lambda: 22 in one.probe.numbers())

            assert set(one.probe.numbers()) == {1002, 22}
            assert set(two.probe.numbers()) == {1001, 21}
            assert one.probe.turns == two.probe.turns == ["parted", "joined"]
            heard = await queued(two.heard)
            assert heard[0] is None
            assert heard.count(None) == 1
            assert one.probe.gone == two.probe.gone == []

    async def test_publishing_without_one_neither_waits_nor_fails(self, own_broker):
        """Rooms ask whether the bus is whole; boards do not have to."""
        async with a_node(own_broker.url) as one:
            own_broker.kill()
            begun = time.monotonic()
            for number in range(1000):
                await one.publish(number)
            await until(lambda: not one.bus.whole)
            for number in range(1000):
                await one.publish(number)

            assert time.monotonic() - begun < NOTICED
            assert one.bus._outbox.take_told() == []

    async def test_one_that_was_never_there(self, tmp_path, caplog):
        """The node starts, says so once, and is whole when the broker comes."""
        broker = Broker(tmp_path)
        async with a_node(broker.url, whole=False) as one:
            await one.publish(1)
            await until(lambda: "cannot be reached" in caplog.text)
            assert not one.bus.whole
            broker.start()
            try:
                await one.settled()
                assert one.probe.turns == ["joined"]
            finally:
                broker.kill()
        assert caplog.text.count("cannot be reached") == 1

    async def test_a_node_ends_in_time_without_one(self, own_broker):
        """Whether it has noticed or not."""
        async with a_node(own_broker.url) as one:
            own_broker.kill()
            begun = time.monotonic()
            await one.bus.close()

            assert time.monotonic() - begun < 2


class TestCable:
    async def test_one_that_is_cut_for_ten_seconds(self, own_broker):
        """Nobody is told by the network; both sides know, and nothing is kept."""
        async with (
            Cable(own_broker.port).laid() as cable,
            a_node(cable.url) as far,
            a_node(own_broker.url) as near,
        ):
            await met([far, near])
            far.probe.holds = [(ROOM, event(1001))]
            near.probe.holds = [(ROOM, event(1002))]
            begun = time.monotonic()
            cable.cut()
            await far.publish(1)
            await near.publish(2)
            await until(lambda: not far.bus.whole, NOTICED)
            noticed = time.monotonic() - begun
            await far.publish(3)
            await near.publish(4)
            assert near.bus.whole
            await until(lambda: far.probe.gone and near.probe.gone, SILENCE + 2)
            await until(lambda: time.monotonic() - begun > 10, 10)
            assert not far.bus.whole

            cable.mend()
            mended = time.monotonic()
            await until(lambda: far.bus.whole)
            back = time.monotonic() - mended
            await until(lambda: near.probe.taken and far.probe.taken)
            await far.publish(5)
            await near.publish(6)
            await until(lambda: 5 in near.probe.numbers())
            await until(lambda: 6 in far.probe.numbers())

            assert noticed < NOTICED
            assert back < 4
            assert near.probe.gone == [far.bus.node]
            assert far.probe.gone == [near.bus.node]
            assert set(far.probe.numbers()) == {1002, 6}
            assert set(near.probe.numbers()) == {1001, 5}
            assert far.probe.turns == ["parted", "joined"]
            assert near.probe.turns == []

    async def test_one_that_is_cut_for_a_moment(self, own_broker):
        """What was under way arrives; order holds and nobody is gone."""
        async with (
            Cable(own_broker.port).laid() as cable,
            a_node(cable.url) as far,
            a_node(own_broker.url) as near,
        ):
            await met([far, near])
            cable.cut()
            for number in range(100):
                await far.publish(number)
            await asyncio.sleep(0.3)
            cable.mend()
            await far.publish(100)
            await until(lambda: len(near.probe.taken) >= 101)

            assert near.probe.numbers() == list(range(101))
            assert far.probe.gone == near.probe.gone == []

    async def test_a_node_ends_in_time_on_a_cut_one(self, own_broker):
        """What it did not send does not keep it."""
        async with (
            Cable(own_broker.port).laid() as cable,
            a_node(cable.url) as far,
        ):
            cable.cut()
            for number in range(1000):
                await far.publish(number)
            begun = time.monotonic()
            await far.bus.close()

            assert time.monotonic() - begun < 2

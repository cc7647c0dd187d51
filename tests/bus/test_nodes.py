"""Several nodes of a house that hear each other."""

import time

from tests.bus.nodes import ROOM, a_node, event, until


async def test_smoke(broker, caplog):
    """Something."""
    caplog.set_level("INFO")
    t = time.monotonic()
    async with (
        a_node(broker.url) as one,
        a_node(broker.url, holds=[(ROOM, event(7))]) as two,
    ):
        print("up", time.monotonic() - t)
        await until(lambda: one.probe.turns == ["joined", "joined"])
        for n in range(100):
            await one.publish(n)
        await until(lambda: len(two.probe.taken) >= 100)
        print(one.probe.taken, two.probe.numbers(), two.probe.turns, one.probe.turns)
        t = time.monotonic()
        for n in range(5000):
            await one.publish(n)
        print("published", time.monotonic() - t)
        await until(lambda: len(two.probe.taken) >= 5100)
        print("there", time.monotonic() - t)
        t = time.monotonic()
    print("closed", time.monotonic() - t)
    print(caplog.text, one.probe.gone, two.probe.gone)

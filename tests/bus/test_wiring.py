"""Which bus a house gets."""

import subprocess
import sys

import pytest

from bunniz_bbs.bus.memory import MemoryBus
from bunniz_bbs.bus.servers import AddressBroken
from bunniz_bbs.wiring.buses import open_bus, until_whole
from bunniz_bbs.wiring.clock import SystemClock
from tests.bus.nodes import ROOM, SECRET, Probe, event, until

CLOCK = SystemClock()


async def test_no_address_is_a_bus_within_the_process():
    """Which is whole from the beginning."""
    async with open_bus("", SECRET, CLOCK) as bus:
        assert isinstance(bus, MemoryBus)
        assert await until_whole(bus, 0)


def test_it_loads_no_client_of_a_broker():
    """A house that runs as one process does not pay for the others."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, asyncio, bunniz_bbs.wiring\n"
            "from bunniz_bbs.wiring.buses import open_bus\n"
            "from bunniz_bbs.wiring.clock import SystemClock\n"
            "async def go():\n"
            "    async with open_bus('', bytes(32), SystemClock()): pass\n"
            "asyncio.run(go())\n"
            "print([one for one in sys.modules if one.split('.')[0] == 'nats'])",
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.stderr) == ("[]\n", "")


async def test_an_address_is_a_bus_between_nodes(broker):
    """It is whole soon after it was joined, and ends with the block."""
    async with (
        open_bus(broker.url, SECRET, CLOCK) as one,
        open_bus(broker.url, SECRET, CLOCK) as two,
    ):
        assert not one.whole
        probe = Probe()
        one.join(Probe())
        two.join(probe)
        assert await until_whole(one, 3)
        assert await until_whole(two, 3)
        assert one.node != two.node
        await one.publish(ROOM, event(1))
        await until(lambda: probe.taken)

    assert not one.whole


async def test_a_broker_that_is_not_there_is_not_waited_for_longer(tmp_path):
    """The house opens all the same."""
    async with open_bus("nats://127.0.0.1:1", SECRET, CLOCK) as bus:
        bus.join(Probe())
        assert not await until_whole(bus, 0.2)


async def test_an_address_that_makes_no_sense_is_refused():
    """Before anything is begun."""
    with pytest.raises(AddressBroken):
        async with open_bus("redis://here", SECRET, CLOCK):
            pass

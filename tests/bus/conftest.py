"""A broker for all tests, and one to break."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bunniz_bbs.bus.memory import MemoryBus
from bunniz_bbs.bus.nats import NatsBus
from bunniz_bbs.bus.ports import Bus
from bunniz_bbs.wiring.clock import SystemClock
from tests.bus.brokers import Broker
from tests.bus.nodes import SECRET, Probe, until


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """One that runs all the time; who uses it must not mind the others' noise."""
    made = Broker(tmp_path_factory.mktemp("broker"))
    made.start()
    yield made
    made.kill()


@pytest.fixture
def own_broker(tmp_path: Path) -> Iterator[Broker]:
    """One for this test alone, which traces what passes through it."""
    made = Broker(tmp_path, trace=True)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def probe() -> Probe:
    """What the bus tells its node."""
    return Probe()


@pytest.fixture
def memory(probe: Probe) -> MemoryBus:
    """The bus of a house that runs as one process."""
    bus = MemoryBus()
    bus.join(probe)
    return bus


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nodes wait no longer for accounts than it takes on one machine."""
    monkeypatch.setattr("bunniz_bbs.bus.nats.ANSWER_SECONDS", 0.15)


@pytest.fixture
async def nats(broker: Broker, probe: Probe, hasty: None) -> AsyncIterator[NatsBus]:
    """The bus of a node that is alone on a broker."""
    bus = NatsBus(broker.url, SECRET, SystemClock(), os.urandom)
    await bus.open()
    bus.join(probe)
    await until(lambda: bus.whole)
    yield bus
    await bus.close()


@pytest.fixture(params=["memory", "nats"])
def bus(request: pytest.FixtureRequest) -> Bus:
    """Each adapter in turn; what these tests say holds for all of them."""
    made: Bus = request.getfixturevalue(request.param)
    return made

"""One database server for all tests here, and a broker for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bus.brokers import Broker
from tests.store.server import Server


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """As many histories as were asked for, each by its seed."""
    if "seed" in metafunc.fixturenames:
        seeds = int(metafunc.config.getoption("--seeds"))
        metafunc.parametrize("seed", range(seeds))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A PostgreSQL server of these tests' own: they kill it."""
    made = Server()
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """A broker that may be killed."""
    made = Broker(tmp_path)
    made.start()
    yield made
    made.kill()

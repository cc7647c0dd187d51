"""A running house for each story."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.cluster import Cluster, TwoNodes
from tests.e2e.house import House
from tests.store.server import Server

TOLD_TWICE = ("test_rooms", "test_boards", "test_order")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder starts a server."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A house's own folder."""
    path = tmp_path / "house"
    path.mkdir()
    return path


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A running house for stories that leave nothing behind.

    Rosa and lune are members, maple is a moderator.
    """
    made = House(tmp_path_factory.mktemp("house"))
    try:
        made.start()
        made.admit("rosa")
        made.admit("lune")
        made.admit("maple", "moderator")
        yield made
    finally:
        made.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Stories of several people are told on one node and on two."""
    if "house" in metafunc.fixturenames and metafunc.module.__name__.endswith(
        TOLD_TWICE
    ):
        metafunc.parametrize("foundation", ["one node", "two nodes"])


@pytest.fixture(scope="session")
def database() -> Iterator[Server]:
    """A real PostgreSQL server."""
    server = Server()
    try:
        yield server
    finally:
        server.close()


@pytest.fixture
def foundation() -> str:
    """What the house stands on, where a story does not say."""
    return "one node"


@pytest.fixture
def house(
    foundation: str, folder: Path, request: pytest.FixtureRequest
) -> Iterator[House | TwoNodes]:
    """A house whose server runs, or both of them."""
    made: House | TwoNodes = House(folder)
    try:
        if foundation == "two nodes":
            cluster = Cluster(folder, request.getfixturevalue("database"))
            made = TwoNodes(cluster)
            cluster.start()
        else:
            made.start()
        yield made
    finally:
        made.close()

"""A running house for each story."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.house import House


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


@pytest.fixture
def house(folder: Path) -> Iterator[House]:
    """A house whose server runs."""
    made = House(folder)
    try:
        made.start()
        yield made
    finally:
        made.close()

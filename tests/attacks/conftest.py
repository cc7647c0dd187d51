"""A server in a process of its own, with two members and many attackers in it."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.attacks.kinds import KINDS
from tests.attacks.server import Server
from tests.attacks.watch import warm

ATTACKERS: Final = len(KINDS)
HARMLESS: Final = re.compile(r"while leaving: \w+ at \S+( from \S+)?")
"""A page that was being drawn when its visitor had gone: a kind and a place."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder starts a server."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that has seen one of each kind, so that its caches are filled."""
    made = Server(tmp_path_factory.mktemp("attacked") / "house")
    try:
        made.start()
        made.admit(["rosa", "lune"])
        made.admit(f"attacker{number:02}" for number in range(ATTACKERS))
        asyncio.run(warm(made, KINDS))
        yield made
    finally:
        made.close()


@pytest.fixture
def server(running: Server) -> Iterator[Server]:
    """The same, and nothing that it says is about those who attack it."""
    yield running
    assert [one for one in running.said if not HARMLESS.fullmatch(one)] == []

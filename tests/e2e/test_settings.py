"""What the environment sets, as a server does it: see docs/SETTINGS.md."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final

import pytest

from bunniz_bbs.ssh.sources import BURST
from tests.e2e.house import House
from tests.e2e.terminal import PATIENCE

OLD_CLIENT: Final = "-oKexAlgorithms=curve25519-sha256"


@pytest.fixture
def house(folder: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    """A server that runs with some settings."""
    made = House(folder, environment=request.param)
    try:
        made.start()
        yield made
    finally:
        made.close()


def settings(**some: str) -> pytest.MarkDecorator:
    """Start the server with these."""
    set_here = {f"BUNNIZ_{name}": value for name, value in some.items()}
    return pytest.mark.parametrize("house", [set_here], indirect=True, ids=[""])


def answers(house: House, times: int) -> int:
    """How many of so many connections are greeted, none of which leaves before."""
    greeted = 0
    with ExitStack() as lines:
        for _ in range(times):
            with suppress(ConnectionResetError):
                line = socket.create_connection(("127.0.0.1", house.port), PATIENCE)
                lines.enter_context(line)
                greeted += line.recv(4) == b"SSH-"
    return greeted


@settings()
def test_unset_lets_older_clients_in(house: House) -> None:
    """And counts nobody of this machine."""
    house.admit("rosa")

    assert house.ask("rosa", "whoami", options=[OLD_CLIENT]).returncode == 0
    assert answers(house, 3 * BURST) == 3 * BURST


@settings(ALGORITHMS="strict")
def test_strict_keeps_older_clients_out(house: House) -> None:
    """They are told why by their own program, unless it is told to be quiet."""
    refused = house.ask("rosa", "whoami", options=["-v", OLD_CLIENT])
    quiet = house.ask("rosa", "whoami", options=[OLD_CLIENT])

    assert refused.returncode == 255
    assert b"no matching key exchange method found" in refused.stderr
    assert (quiet.returncode, quiet.stderr) == (255, b"")


@settings(SOURCE_LIMITS="all")
def test_all_counts_this_machine_too(house: House) -> None:
    """Who opens many connections is reset, and may come again later."""
    assert 1 <= answers(house, 3 * BURST) <= 2 * BURST


@settings(SOURCE_LIMITS="none")
def test_none_counts_nobody(house: House) -> None:
    """As where all come from one balancer."""
    assert answers(house, 3 * BURST) == 3 * BURST


@pytest.mark.parametrize("name", ["ALGORITHMS", "SOURCE_LIMITS"])
def test_a_word_that_it_does_not_know_ends_it(folder: Path, name: str) -> None:
    """Before anything is made or listened on, with the words that there are."""
    still = House(folder, environment={f"BUNNIZ_{name}": "strickt"})

    ended = still.command("serve", "--port", "0")

    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith(f"BUNNIZ_{name}: `strickt` is none of: ")
    assert not still.keys.exists()

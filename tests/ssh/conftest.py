"""A front for each test, and the rule that nothing breaks on the side."""

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.ssh.front import Front, a_front


@pytest.fixture
async def front(tmp_path: Path) -> AsyncIterator[Front]:
    """A port that is listened on, with a house behind it and nobody in it."""
    async with a_front(tmp_path) as made:
        yield made


@pytest.fixture(autouse=True)
def nothing_broke(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No incident was logged beside those that a test asks for and takes."""
    yield
    records = caplog.get_records("call") + caplog.get_records("teardown")
    ours = [one for one in records if one.name.startswith("bunniz")]
    assert [one.getMessage() for one in ours if one.levelno >= logging.ERROR] == []

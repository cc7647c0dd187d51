"""A house that runs, for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bunniz_bbs.domain.people import Actor, Role
from tests.services.houses import a_house
from tests.services.living import Living, living


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Living]:
    """A house with a board and a room for each role, and nobody in it."""
    async with living(tmp_path, a_house()) as made:
        yield made


@pytest.fixture
async def maple(home: Living) -> Actor:
    """A member."""
    return await home.person("maple")


@pytest.fixture
async def clover(home: Living) -> Actor:
    """Another member."""
    return await home.person("clover")


@pytest.fixture
async def mossy(home: Living) -> Actor:
    """A moderator."""
    return await home.person("mossy", Role.MODERATOR)


@pytest.fixture
async def sorrel(home: Living) -> Actor:
    """A sysop."""
    return await home.person("sorrel", Role.SYSOP)

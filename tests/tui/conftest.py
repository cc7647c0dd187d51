"""A house for each test, and patience that costs no time."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bunniz_bbs.domain.people import Actor, Role
from tests.tui.house import TestHouse, a_house


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for a moment of calm waits a shorter one."""
    screens = "bunniz_bbs.tui.screens"
    monkeypatch.setattr(f"{screens}.home.CALM", 0.01)
    monkeypatch.setattr(f"{screens}.news.CALM", 0.01)
    monkeypatch.setattr(f"{screens}.team.CALM", 0.01)
    monkeypatch.setattr("bunniz_bbs.tui.thread_reading.SOON", 0.01)
    monkeypatch.setattr(f"{screens}.compose.QUIET", 0.01)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[TestHouse]:
    """A house with nobody in it."""
    async with a_house(tmp_path) as opened:
        yield opened


@pytest.fixture
async def lune(house: TestHouse) -> Actor:
    """A member."""
    return await house.person("lune")


@pytest.fixture
async def rosa(house: TestHouse) -> Actor:
    """Another member."""
    return await house.person("rosa")


@pytest.fixture
async def heron(house: TestHouse) -> Actor:
    """A moderator."""
    return await house.person("heron", Role.MODERATOR)

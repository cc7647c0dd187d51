"""When Python looks for garbage: after people have left, at a quiet moment."""

import asyncio
import gc
import weakref
from collections.abc import AsyncIterator

import pytest

from bunniz_bbs.cli import garbage
from tests.ssh.front import until


class Ring:
    """Refers to itself, so that only a search finds that nobody needs it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
async def gone(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[int]]:
    """Connections that ended, told to a collector that looks often."""
    ended: list[int] = []
    monkeypatch.setattr(garbage, "LOOK", 0.01)
    thresholds = gc.get_threshold()
    gc.set_threshold(0)
    task = asyncio.create_task(garbage.collect(lambda: len(ended), lambda: 0))
    yield ended
    task.cancel()
    gc.set_threshold(*thresholds)


async def test_what_many_leave_behind_is_found(gone: list[int]):
    """Not before enough of them have gone."""
    ring = weakref.ref(Ring())
    gone.extend(range(garbage.LEFT - 1))
    await asyncio.sleep(0.1)
    assert ring() is not None

    gone.append(0)
    await until(lambda: ring() is None)


async def test_it_waits_for_a_quiet_moment_but_not_for_ever(
    gone: list[int], monkeypatch: pytest.MonkeyPatch
):
    """While the server works, nobody is kept waiting."""
    monkeypatch.setattr(garbage, "QUIET", -1.0)  # it is never quiet
    monkeypatch.setattr(garbage, "PATIENCE", 1.0)
    ring = weakref.ref(Ring())
    gone.extend(range(garbage.LEFT))
    await asyncio.sleep(0.4)
    assert ring() is not None

    await until(lambda: ring() is None)

"""The same house that runs as for the services, and ways to come in."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from tests.plain.reader import Reader
from tests.services.conftest import clover, home, maple, mossy, sorrel
from tests.services.living import Living
from tests.services.still import settle

__all__ = ["clover", "home", "maple", "mossy", "sorrel"]

Enter = Callable[..., Reader]


@pytest.fixture
async def enter(home: Living) -> AsyncIterator[Enter]:
    """Somebody comes in; whoever is still there at the end goes."""
    readers: list[Reader] = []

    def come(key: str | None, place: str | None = None, **how: bool) -> Reader:
        readers.append(Reader(home, key, place, **how))
        return readers[-1]

    yield come
    for one in readers:
        one.lines.close()
        await settle()
        one.task.cancel()
        await asyncio.gather(one.task, return_exceptions=True)

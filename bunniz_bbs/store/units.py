"""Units of work that go on to their end, whoever asked for them."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from bunniz_bbs.domain.errors import StoreDown

T = TypeVar("T")


class Units:
    """Runs units of work, each in a task of its own, until it is closed."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()
        self._closed = False

    async def run(self, unit: Coroutine[Any, Any, T]) -> T:
        """Run a unit in a task that outlives a caller who goes away.

        Raises:
            StoreDown: Nothing is begun any more.
        """
        if self._closed:
            unit.close()
            raise StoreDown
        task = asyncio.create_task(unit)
        self._running.add(task)
        task.add_done_callback(self._ended)
        await asyncio.wait({task})
        return task.result()

    async def close(self) -> None:
        """Begin nothing more and wait for what runs. Closing twice is closing."""
        self._closed = True
        while self._running:
            await asyncio.wait(self._running)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # Seen: nobody may be left to fetch it.

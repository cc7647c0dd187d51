"""Attackers of one kind, in a process of their own."""

import asyncio
from collections.abc import Mapping
from typing import Final

from benchmarks.door import Door
from tests.attacks.kinds import KINDS

BY_NAME: Final = {kind.name: kind for kind in KINDS}


class Attackers:
    """As many as there are keys."""

    def __init__(self, port: int, keys: Mapping[str, bytes]) -> None:
        self._door = Door(port, keys)
        self._tasks: list[asyncio.Task[None]] = []

    async def begin(self, kind: str, count: int) -> None:
        """So many attack until they are told to stop."""
        attack = BY_NAME[kind].attack
        for person in list(self._door.keys)[:count]:
            self._tasks.append(asyncio.ensure_future(attack(self._door, person)))

    async def stop(self) -> list[str]:
        """Everybody goes; what kept somebody from attacking."""
        for task in self._tasks:
            task.cancel()
        ends = await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        return [repr(one) for one in ends if isinstance(one, Exception)]

    async def close(self) -> None:
        """Everybody goes."""
        await self.stop()

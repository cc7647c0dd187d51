"""Very many members, in several processes, as one alone would take too long."""

from collections.abc import Mapping
from typing import Final

from benchmarks.members import Members
from benchmarks.worker import Worker

PROCESSES: Final = 3


class Crowd:
    """Everybody who has a key, in as many processes as are of use."""

    def __init__(self, port: int, keys: Mapping[str, bytes]) -> None:
        names = list(keys)
        parts = [names[at::PROCESSES] for at in range(PROCESSES)]
        self._workers = [
            Worker(Members, port, {name: keys[name] for name in part}) for part in parts
        ]
        self._there = 0

    def grow(self, place: str, count: int) -> None:
        """Let more come to a place, until so many are there and rest."""
        before, self._there = self._there, count
        for at, worker in enumerate(self._workers):
            more = len(range(at, count, PROCESSES)) - len(range(at, before, PROCESSES))
            worker.tell("come_in", place, more)
        for worker in self._workers:
            worker.answer()

    def close(self) -> None:
        """Everybody leaves."""
        for worker in self._workers:
            worker.close()

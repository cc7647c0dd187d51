"""One who speaks and many who read, in two processes: a line, and who has it when."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, Final

from benchmarks.door import keys_of
from benchmarks.members import Members
from benchmarks.worker import Worker
from tests.attacks.server import Server

GAP: Final = 1.05
"""Seconds between lines; a member may say one a second."""
SETTLE: Final = 0.15


class Talk:
    """A room in which one speaks, whom more and more can hear."""

    def __init__(self, server: Server, most: int) -> None:
        server.admit(["speaker", *(f"reader{at:03}" for at in range(most - 1))])
        self._speaker = Worker(Members, server.port, keys_of(server, "speaker"))
        self._readers = Worker(Members, server.port, keys_of(server, "reader"))
        self._there, self._said = 1, 0
        self._speaker.ask("come_in", "go lounge")

    def grow(self, crowd: int) -> None:
        """Let readers come until so many are there, the speaker included."""
        self._readers.ask("come_in", "go lounge", crowd - self._there)
        self._there = crowd

    def say(self, measured: Any = None) -> float:
        """Say a line; milliseconds until the last reader has it.

        Args:
            measured: A context manager around all that the line makes the server do,
                and nothing else.
        """
        self._said += 1
        word = f"crowd{self._there}line{self._said:03}"
        self._speaker.ask("type", word)
        self._readers.tell("await_word", word)
        time.sleep(SETTLE)
        with measured or nullcontext():
            began = self._speaker.ask("enter")
            seen = self._readers.answer()
            time.sleep(SETTLE)
        time.sleep(max(0.0, GAP - (time.perf_counter() - began)))
        return float(1000 * (max(seen) - began))

    def taken(self) -> int:
        """Bytes that all readers together were sent so far."""
        return int(self._readers.ask("taken"))

    def close(self) -> None:
        """Everybody leaves."""
        self._speaker.close()
        self._readers.close()


@contextmanager
def a_talk(server: Server, most: int) -> Iterator[Talk]:
    """A room for so many at most."""
    talk = Talk(server, most)
    try:
        yield talk
    finally:
        talk.close()

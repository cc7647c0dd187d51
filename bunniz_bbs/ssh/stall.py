"""Cuts off a client that takes nothing of what waits for it."""

import asyncio
from collections.abc import Callable
from typing import Final

PROGRESS: Final = 4096
"""Bytes that a client must have taken meanwhile to be waited for again."""


class Stall:
    """A clock that runs while bytes wait for one client.

    It leaves a slow client alone and ends one that stands still. What a client sends
    counts for nothing: only what it takes does.
    """

    def __init__(self, waiting: Callable[[], int], cut: Callable[[], None]) -> None:
        """A clock.

        Args:
            waiting: How many bytes wait for the client.
            cut: Ends the connection.
        """
        self._waiting = waiting
        self._cut = cut
        self._timer: asyncio.TimerHandle | None = None

    def begin(self, seconds: float) -> None:
        """Give the client so long to take something; a clock that runs goes on."""
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(seconds, self._look, seconds, self._waiting())

    def end(self) -> None:
        """The client takes what is sent to it, or is gone."""
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _look(self, seconds: float, before: int) -> None:
        self._timer = None
        if self._waiting() <= before - PROGRESS:
            self.begin(seconds)
        else:
            self._cut()

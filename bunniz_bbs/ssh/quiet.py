"""Keeps what clients send, and who they are, out of what the server says of itself.

The event loop and Python write down exceptions with their words, and callbacks with
their arguments: lines of members, names, addresses. Here a line holds the type of an
exception and a place in the code, and each place is named once in a while.
"""

import asyncio
import logging
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Final

from bunniz_bbs.domain.incidents import describe

SECONDS: Final = 60.0
"""A place that was named is not named again so soon."""
REMEMBERED: Final = 256
_log = logging.getLogger("bunniz.loop")


class _Report:
    """Says of each mistake where it arose."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._said: dict[str, float] = {}

    def of(self, error: BaseException | None, otherwise: str) -> None:
        """Say where an error arose, or a fixed word where there is none."""
        said = describe(error) if error is not None else otherwise
        now = self._monotonic()
        if now - self._said.get(said, -SECONDS) < SECONDS:
            return
        if len(self._said) >= REMEMBERED:
            self._said.clear()
        self._said[said] = now
        _log.error("%s", said)

    def loop(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Called by the event loop with a callback or a task that failed."""
        error = context.get("exception")
        self.of(error, f"unfinished {type(context.get('task')).__name__}")

    def unraisable(self, failed: Any) -> None:
        """Called by Python for what failed where nobody can catch it."""
        self.of(failed.exc_value, "unraisable")

    def thread(self, failed: Any) -> None:
        """Called by Python for a thread that failed."""
        self.of(failed.exc_value, "thread")


def hush(loop: asyncio.AbstractEventLoop) -> Callable[[], None]:
    """From now on name places only; returns what makes everything as it was."""
    report = _Report(time.monotonic)
    before = loop.get_exception_handler()
    hooks = sys.unraisablehook, threading.excepthook
    # asyncio's own log repeats arguments, and one line for each write to a dead peer.
    asyncio_log = logging.getLogger("asyncio")
    level = asyncio_log.level
    asyncio_log.setLevel(logging.CRITICAL)
    loop.set_exception_handler(report.loop)
    sys.unraisablehook, threading.excepthook = report.unraisable, report.thread

    def speak_again() -> None:
        asyncio_log.setLevel(level)
        loop.set_exception_handler(before)
        sys.unraisablehook, threading.excepthook = hooks

    return speak_again

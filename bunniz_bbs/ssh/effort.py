"""Shares the processor: who wants much of it takes turns with others who do.

Nothing here makes anybody wait who uses as little as a person does.
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import ContextVar, copy_context
from time import perf_counter
from types import TracebackType
from typing import Any, Final

from bunniz_bbs.ssh.allowance import Allowance

SHARE: Final = 0.1
"""Of a processor, over time: what a visit may use without taking turns."""
AT_ONCE: Final = 0.1
"""Seconds of work beyond its share that a visit may ask for at once."""
TURNS: Final = 0.25
"""Of a processor: what all who take turns have together."""
ARRIVALS: Final = (1, 16.0)
"""Screens that may begin: at once, and a second after that."""


class Turns:
    """One for the whole house."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self._work = Allowance(0, TURNS, clock())
        self._arrivals = Allowance(*ARRIVALS, clock())

    def take(self, work: float) -> float:
        """Seconds until it is somebody's turn who has done so much since their last.

        The more there are who wait, the longer that is: nobody's turn is another's.
        """
        return self._work.take(work, self.clock())

    def arrive(self) -> float:
        """Seconds until one more screen may begin: the first picture is the dearest."""
        return self._arrivals.take(1, self.clock())


class Effort:
    """What one client makes the processor do."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.spent = 0.0
        """Seconds of work, so far."""
        self._counted = 0.0
        self._left = AT_ONCE
        self._then = turns.clock()

    def start[T](self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Begin a task: what it does counts, and what those do that it begins."""
        context = copy_context()
        context.run(_working.set, self)
        return context.run(asyncio.ensure_future, work)

    def rest(self) -> float:
        """Seconds to wait before more is done for this client; for most of them 0."""
        now = self.turns.clock()
        work, self._counted = self.spent - self._counted, self.spent
        left = self._left + SHARE * (now - self._then) - work
        self._left, self._then = min(AT_ONCE, left), now
        return self.turns.take(min(work, AT_ONCE)) if left < 0 else 0.0

"""Shares the processor: who wants much of it takes turns with all others who do.

Whoever uses as little as a person does waits for nobody.
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import ContextVar, copy_context
from time import thread_time
from typing import Any, Final, TypeVar

from bunniz_bbs.ssh.allowance import Allowance

SHARE: Final = 0.15
"""Of a processor: what a client may use over time without taking turns."""
AT_ONCE: Final = 0.15
"""Seconds of work that it may ask for at once, beyond that."""
TURNS: Final = 0.25
"""Of a processor: what all who take turns have together."""
LATELY: Final = 0.25
"""Seconds after which somebody who has had a turn and wants no other is not counted."""
ARRIVALS: Final = (1, 16.0)
"""Screens that may begin: at once, and a second after that."""

T = TypeVar("T")


class Turns:
    """What all clients of one house wait for."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        # Twice as fast as on average, so that those who do little are soon through.
        self._line = Allowance(0, 2 * TURNS, clock())
        self._waiting: dict[Effort, float] = {}
        self._swept = 0.0
        self._arrivals = Allowance(*ARRIVALS, clock())

    def take(self, who: "Effort", work: float) -> float:
        """Seconds until somebody's next turn, after one that took so much work.

        All who wait have equal parts, and no two turns come at once: four pages that
        are drawn at the same moment are four times as long a moment for the others.
        """
        now = self.clock()
        if now - self._swept > LATELY:
            self._swept = now
            waiting = self._waiting.items()
            self._waiting = {one: till for one, till in waiting if till > now - LATELY}
        self._waiting[who] = now
        seconds = work * len(self._waiting) / TURNS
        seconds = max(seconds, self._line.take(work, now))
        self._waiting[who] += seconds
        return seconds

    def arrive(self) -> float:
        """Seconds until one more screen may begin: a first picture costs the most."""
        return self._arrivals.take(1, self.clock())


class Effort:
    """What one client makes the processor do."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.spent = 0.0
        """Seconds of work until now."""
        self._counted = 0.0
        self._left = AT_ONCE
        self._then = turns.clock()

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Begin a task whose work counts, like that of all tasks that it begins."""
        context = copy_context()
        context.run(_whose.set, self)
        return context.run(asyncio.ensure_future, work)

    def rest(self, pressing: bool) -> float:
        """Seconds that the client must wait before more is done for it; mostly 0.

        Args:
            pressing: Whether it has been waiting for more all the time since it was
                asked last: that is no calm, by which anybody would earn anything.
        """
        now = self.turns.clock()
        work, self._counted = self.spent - self._counted, self.spent
        earned = 0.0 if pressing else SHARE * (now - self._then)
        self._left = max(-AT_ONCE, min(AT_ONCE, self._left + earned - work))
        turn = self._left < 0
        seconds = self.turns.take(self, min(work, AT_ONCE)) if turn else 0.0
        self._then = now + seconds
        return seconds


class _Counted(Coroutine[Any, Any, T]):
    """A coroutine of which every step is counted."""

    def __init__(self, work: Coroutine[Any, Any, T], effort: Effort) -> None:
        self._work = work
        self._effort = effort

    def send(self, value: Any) -> Any:
        """Go on."""
        began = thread_time()
        try:
            return self._work.send(value)
        finally:
            self._effort.spent += thread_time() - began

    def throw(self, *error: Any) -> Any:
        """Go on with an error."""
        began = thread_time()
        try:
            return self._work.throw(*error)
        finally:
            self._effort.spent += thread_time() - began

    def close(self) -> None:
        """End."""
        self._work.close()

    def __await__(self) -> Any:
        return self._work.__await__()


_whose: ContextVar[Effort | None] = ContextVar("whose", default=None)


def count_work(loop: asyncio.AbstractEventLoop) -> None:
    """See to it that tasks on a loop are counted, where they are some client's."""
    loop.set_task_factory(_task)


def _task(
    loop: asyncio.AbstractEventLoop, work: Any, **how: Any
) -> "asyncio.Future[Any]":
    effort = _whose.get()
    counted = work if effort is None else _Counted(work, effort)
    return asyncio.Task(counted, loop=loop, **how)

"""The server with a meter in it: `python -m benchmarks.probe serve …`.

What a layer costs is the processor time of its functions on the loop's thread, without
that of layers which they call. The program itself is as it ships. SIGUSR1 starts and
pauses the meter; SIGUSR2 makes it print one line of JSON, milliseconds by layer.
"""

import asyncio
import json
import signal
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Generator
from functools import wraps
from typing import Any, Final

from textual.screen import Screen as TextualScreen

from bunniz_bbs.bus.memory import MemoryBus
from bunniz_bbs.cli import main
from bunniz_bbs.services.rooms import RoomService
from bunniz_bbs.ssh.guard import GuardedConnection
from bunniz_bbs.tui.gallery import Gallery
from bunniz_bbs.tui.live_feed import LiveFeed

SAID: Final = "spent by layer: "

READ: Final = "reading and decrypting what is typed"
SERVICE: Final = "the service: may it be said, keep it, tell it"
TELL: Final = "handing it to each session's ear"
DECIDE: Final = "deciding for each screen whether it takes the shared frame"
PAINT: Final = "laying the line out and painting it, once for each look"
OWN: Final = "drawing the speaker's own screen beyond that"
SEND: Final = "encrypting and sending"
QUEUES: Final = "the speaker's app: Enter through Textual's queues, the field"
TURNS: Final = "callbacks of the loop that are no layer's"
LOOP: Final = "the loop itself: waiting, choosing who is next"
THREADS: Final = "other threads: the data file"
LAYERS: Final = (
    *(SEND, DECIDE, TELL, PAINT, OWN, QUEUES, SERVICE, READ),
    *(TURNS, LOOP, THREADS),
)

# The outermost of each layer are enough: to count costs time as well.
FUNCTIONS: Final[tuple[tuple[type, str, str], ...]] = (
    (GuardedConnection, "data_received", READ),
    (GuardedConnection, "send_packet", SEND),
    (MemoryBus, "tell", TELL),
    (Gallery, "_go_round", DECIDE),
    (LiveFeed, "_paint", PAINT),
    (Gallery, "lay", PAINT),
    (TextualScreen, "_compositor_refresh", OWN),
)
COROUTINES: Final[tuple[tuple[type, str, str], ...]] = ((RoomService, "say", SERVICE),)


class Meter:
    """Processor time by layer, on the thread of the loop."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._counted: Counter[str] = Counter()
        self._began: Counter[str] | None = None
        self._inner = 0

    def timed(self, layer: Callable[..., str], run: Callable[..., Any]) -> Any:
        """The same function, whose own time goes to a layer."""

        @wraps(run)
        def timed(*args: Any, **named: Any) -> Any:
            outer, self._inner = self._inner, 0
            began = time.thread_time_ns()
            try:
                return run(*args, **named)
            finally:
                whole = time.thread_time_ns() - began
                self.spent[layer(*args)] += whole - self._inner
                self._inner = outer + whole

        return timed

    def watch(self) -> None:
        """Measure from now on, in this thread."""
        for owner, name, layer in FUNCTIONS:
            given = getattr(owner, name)
            setattr(owner, name, self.timed(lambda *_, layer=layer: layer, given))
        for owner, name, layer in COROUTINES:
            setattr(owner, name, self._stepwise(layer, getattr(owner, name)))
        turn = self.timed(_whose, asyncio.Handle._run)
        asyncio.Handle._run = turn  # type: ignore[method-assign]
        signal.signal(signal.SIGUSR1, self._start_or_pause)
        signal.signal(signal.SIGUSR2, self._tell)

    def _stepwise(self, layer: str, run: Callable[..., Any]) -> Any:
        @wraps(run)
        async def stepwise(*args: Any, **named: Any) -> Any:
            send = self.timed(lambda *_: layer, _send)
            return await _Steps(run(*args, **named), send)

        return stepwise

    def _now(self) -> Counter[str]:
        """All that was spent until now, with what no layer's functions did."""
        now = Counter(self.spent)
        thread = time.thread_time_ns()
        now[LOOP] = thread - now.total()
        now[THREADS] = time.process_time_ns() - thread
        return now

    def _start_or_pause(self, *_: Any) -> None:
        now, self._began = self._began, None
        if now is None:
            self._began = self._now()
            return
        for layer, spent in self._now().items():
            self._counted[layer] += spent - now[layer]

    def _tell(self, *_: Any) -> None:
        counted, self._counted = self._counted, Counter()
        told = {layer: max(0, counted[layer]) / 1e6 for layer in LAYERS}
        print(SAID + json.dumps(told), flush=True)


class _Steps:
    """A coroutine whose every step goes through something."""

    def __init__(
        self, coroutine: Coroutine[Any, Any, Any], send: Callable[..., Any]
    ) -> None:
        self._coroutine = coroutine
        self._send = send

    def __await__(self) -> Generator[Any, Any, Any]:
        answer = None
        while True:
            try:
                waits_for = self._send(self._coroutine, answer)
            except StopIteration as end:
                return end.value
            answer = yield waits_for


def _send(coroutine: Coroutine[Any, Any, Any], answer: Any) -> Any:
    return coroutine.send(answer)


def _whose(handle: asyncio.Handle) -> str:
    """The layer of one turn of the loop: a task's step, or a plain callback."""
    owner = getattr(getattr(handle, "_callback", None), "__self__", None)
    return QUEUES if isinstance(owner, asyncio.Task) else TURNS


if __name__ == "__main__":
    Meter().watch()
    main()

"""What one person reads and types in line mode: line after line, nothing redrawn."""

import asyncio
from collections.abc import Callable, Collection, Hashable
from typing import Final

from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import TooFast
from bunniz_bbs.i18n import Words
from bunniz_bbs.plain.streams import LineStreams
from bunniz_bbs.services.limits import Limits, Rate

TYPED: Final = Rate(burst=400, seconds=0.05)
"""Lines that are taken: the longest post at once, then twenty a second."""
MOST_HELD: Final = 100
"""Lines that wait while somebody types; of more only the last are shown."""


class Left(Exception):
    """Somebody leaves in peace."""


class Paper:
    """Writes answers at once, and what comes by itself when nobody is typing."""

    def __init__(
        self, streams: LineStreams, clock: Clock, words: Callable[[], Words]
    ) -> None:
        """A sheet.

        Args:
            streams: Whoever reads and types.
            clock: For how fast they may type.
            words: Their language at the moment.
        """
        self.streams = streams
        self._clock = clock
        self._words = words
        self._limits = Limits(clock)
        self._prompt = ""
        self._asking = False
        self._handed_back: list[str] = []
        self._held: dict[Hashable, str] = {}
        self._came = 0
        self._waits = asyncio.Event()

    # -- what is said

    async def say(self, *lines: str) -> None:
        """Write lines, one under the other."""
        self.streams.write("".join(line + "\n" for line in lines))
        await self.streams.drain()

    async def come(self, line: str, name: Hashable = None) -> None:
        """Write a line that comes by itself; it waits while something is being typed.

        Args:
            line: The line.
            name: By which it can be taken back while it waits; None: it cannot.
        """
        if self.streams.unfinished:
            self._held[object() if name is None else name] = line
            self._came += 1
            if len(self._held) > MOST_HELD:
                del self._held[next(iter(self._held))]
            self._waits.set()
            return
        await self._interrupt([*self._take_held(), line])

    def take_back(self, names: Collection[Hashable]) -> None:
        """Forget lines that have gone before they could be read."""
        for name in names:
            if self._held.pop(name, None) is not None:
                self._came -= 1

    async def follow(self) -> None:
        """Write what waited as soon as nothing is being typed any more, for ever."""
        while True:
            await self._waits.wait()
            await self.streams.wait_idle()
            await self._interrupt(self._take_held())

    async def _interrupt(self, lines: list[str]) -> None:
        """Write lines where a question may stand open; then it is asked again."""
        if not lines:
            return
        open_line = self._asking and self._prompt and self.streams.terminal
        await self.say(*([""] if open_line else []), *lines)
        if open_line:
            self.streams.write(self._prompt + " ")

    def _take_held(self) -> list[str]:
        held, came = list(self._held.values()), self._came
        self._held.clear()
        self._came = 0
        self._waits.clear()
        if not held:
            return []
        words = self._words()
        told = words.many(
            "{n} line came while you typed:", "{n} lines came while you typed:", came
        )
        if came > len(held):
            told += " " + words("Only the last {n} are shown.", n=len(held))
        return [told, *held]

    async def end(self, *lines: str) -> None:
        """Say the last words, also where a question stands open."""
        if self._asking and self.streams.terminal:
            lines = ("", *lines)
        self._asking = False
        await self.say(*lines)

    # -- what is typed

    async def ask(self, prompt: str = "") -> str:
        """Ask for a line.

        Raises:
            Left: There will be no more.
            Gone: The client is not there any more.
        """
        if self._handed_back:
            return self._handed_back.pop()
        try:
            self._limits.take(TYPED, self)
        except TooFast as fast:
            await self._clock.sleep(fast.seconds)
        self._prompt, self._asking = prompt, True
        if prompt:
            # Where keys are echoed the answer stands behind the question.
            self.streams.write(prompt + (" " if self.streams.terminal else "\n"))
            await self.streams.drain()
        line = await self.streams.read_line()
        if line is None:
            raise Left
        self._asking = False
        if held := self._take_held():
            await self.say(*held)
        return line

    def hand_back(self, line: str) -> None:
        """Let a line be the answer to the next question."""
        self._handed_back.append(line)

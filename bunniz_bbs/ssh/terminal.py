"""One client's terminal: its size, what it can show, and a way to write to it."""

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from bunniz_bbs.ssh.channel import GuardedChannel
from bunniz_bbs.tui.capabilities import Capabilities

WIDTHS: Final = (20, 500)
HEIGHTS: Final = (5, 200)
UNKNOWN: Final = (80, 24)
"""The size where a client says 0: common where it has no terminal itself."""
MOST_CELLS: Final = 30_000
"""Columns times rows that are drawn: 300×100, or 500×60. A larger window shows nothing
below; it would cost everybody else a moment with each page."""
RESIZES_PER_SECOND: Final = 10
_TERM: Final = re.compile(r"[A-Za-z0-9._+-]{1,40}")
TYPED_AHEAD: Final = 256
"""Bytes that are kept of what is typed before the first screen is there."""
USUAL_TERM: Final = "xterm-256color"

ENTER: Final = "\x1b[?1049h\x1b[?7l\x1b[?25l\x1b[?1000h\x1b[?1006h\x1b[?2004h"
"""Alternate screen, no wrapping, no cursor, clicks and wheel, pastes marked (xterm
control sequences, ctlseqs)."""
RESTORE: Final = "\x1b[0m\x1b[?2004l\x1b[?1006l\x1b[?1000l\x1b[?7h"
LEAVE: Final = f"{RESTORE}\x1b[H\x1b[2J\x1b[?1049l\x1b[?25h"
"""Everything as it was before; nothing stays in the alternate screen."""
VANISH: Final = f"{LEAVE}\x1b[H\x1b[2J\x1b[3J"
"""The same, and the screen before the visit and its scrollback are cleared too."""


def clamp(width: int, height: int) -> tuple[int, int]:
    """A size that can be drawn, from what a client says."""
    width = min(max(width or UNKNOWN[0], WIDTHS[0]), WIDTHS[1])
    height = min(max(height or UNKNOWN[1], HEIGHTS[0]), HEIGHTS[1])
    return width, min(height, MOST_CELLS // width)


def known_term(term: str) -> str:
    """The terminal's name, or a usual one where it is no name."""
    return term if _TERM.fullmatch(term) else USUAL_TERM


class Terminal:
    """What is written here reaches one client, in one piece a frame."""

    def __init__(
        self, channel: GuardedChannel, term: str, size: tuple[int, int]
    ) -> None:
        self._channel = channel
        self.term = known_term(term)
        self.size = size
        self.resized: Callable[[tuple[int, int]], None] = lambda size: None
        """Told of each new size."""
        self.typed: Callable[[bytes], None] = self._keep
        """Told of what is typed; until somebody listens, a little is kept."""
        self._ahead = bytearray()
        self.rest: Callable[[bool], float] = lambda pressing: 0.0
        """Seconds to wait before a size is told, for what the one before has cost."""
        self._wanted = size
        self._going_on = False
        self._resizing: asyncio.TimerHandle | None = None
        self.in_lines = False
        """Whether it is written to in plain lines, with no control sequence at all."""
        self._gone = False
        self._entered = False

    @property
    def capabilities(self) -> Capabilities:
        """What the terminal can show."""
        return Capabilities.of(self.term, self._channel.colorterm)

    def write(self, text: str) -> None:
        """Send a piece of text; what cannot be sent any more is dropped."""
        if text:
            self.send(text.encode("utf-8", "replace"))

    def send(self, data: bytes) -> None:
        """Send bytes; what cannot be sent any more is dropped."""
        if self._gone:
            return
        with suppress(OSError):  # the client closed the channel meanwhile
            self._channel.write(data)

    def _keep(self, data: bytes) -> None:
        self._ahead += data[: TYPED_AHEAD - len(self._ahead)]

    def listen(self, typed: Callable[[bytes], None]) -> None:
        """Tell somebody of what is typed, what came before them included."""
        self.typed = typed
        if self._ahead:
            typed(bytes(self._ahead))
            self._ahead.clear()

    def resize(self, width: int, height: int) -> None:
        """The window has another size; it is told on at a bearable rate."""
        self._wanted = clamp(width, height)
        if self._resizing is None and not self._gone:
            self._going_on = False
            self._follow()

    def _follow(self) -> None:
        self._resizing = None
        if self._wanted != self.size:
            self.size = self._wanted
            self.resized(self.size)
            loop = asyncio.get_running_loop()
            self._resizing = loop.call_later(1 / RESIZES_PER_SECOND, self._rested)

    def _rested(self) -> None:
        seconds = 0.0
        if self._wanted != self.size:
            seconds, self._going_on = self.rest(self._going_on), True
        loop = asyncio.get_running_loop()
        self._resizing = loop.call_later(seconds, self._follow)

    def enter(self) -> None:
        """Take the terminal over."""
        self._entered = True
        self.write(ENTER)

    def leave(self) -> None:
        """Give the terminal back as it was."""
        if self._entered:
            self._entered = False
            self.write(LEAVE)

    def vanish(self) -> None:
        """Give the terminal back cleared where it can be, and write nothing more."""
        if not self.in_lines:
            self.write(VANISH)
        self.close()

    def close(self) -> None:
        """Write nothing more, and listen to nobody."""
        self._gone = True
        self.typed = lambda data: None
        self.resized = lambda size: None
        self._ahead.clear()
        if self._resizing:
            self._resizing.cancel()

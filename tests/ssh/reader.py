"""Somebody who looks at a screen, and every byte that is written to their terminal."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.ssh.channel import GuardedChannel
from bunniz_bbs.ssh.effort import Effort, Turns
from bunniz_bbs.ssh.screen import Screen
from bunniz_bbs.ssh.terminal import Terminal
from bunniz_bbs.tui.widgets.entry import Entry
from bunniz_bbs.wiring.reception import HouseReception
from tests.ssh.gate import until
from tests.tui.house import TestHouse
from tests.tui.visit import Visit

PASTE = b"\x1b[200~%b\x1b[201~"


class Line:
    """Stands where a channel is, and keeps what is written on it."""

    def __init__(self, colorterm: str = "truecolor") -> None:
        self.colorterm = colorterm
        self.raw = bytearray()
        """Every byte, standard error included."""

    def write(self, data: bytes, kind: int | None = None) -> None:
        """Take what would go to the client."""
        self.raw += data


class Reader(Visit):
    """A visit on the real screen, terminal, driver and keyboard."""

    def __init__(self, screen: Screen, line: Line, size: tuple[int, int]) -> None:
        self._screen = screen
        self.line = line
        self.size = size
        app = screen._app
        assert app is not None
        self._keyboard = cast(Any, screen._terminal.typed).__self__
        super().__init__(cast(Any, app), cast(Any, None))

    async def rest(self) -> None:
        """Let everything come to its end, be drawn, and leave."""
        before = -1
        while len(self.line.raw) > before and self.app.screen_stack:
            before = len(self.line.raw)
            await super().rest()
            await asyncio.sleep(0)

    async def send(self, *keys: bytes) -> None:
        """Send keys as a terminal does, each when the one before has had its effect."""
        for key in keys:
            self._screen.take(key)
            await until(lambda: not self._keyboard._patience())  # as after a lone Esc
            await self.rest()

    async def go(self, place: str | int) -> None:
        """Go somewhere, as from a list of places."""
        page = self.page
        self.app.call_later(self.app.go, place, page)
        await self.holds(lambda: self.page is not page)
        await self.rest()

    async def put(self, field: str, text: str) -> None:
        """Put a text into a line to type in, past its own filters."""
        with self.app._context():
            entry = self.page.query_one(field, Entry)
            entry.focus()
            entry.value = text
        await self.rest()

    async def paste(self, text: str) -> None:
        """Paste a text; one that holds the mark of its own end is typed from there."""
        await self.send(PASTE % text.encode("utf-8", "replace"))

    async def shows(self, mark: str) -> None:
        """Wait until a text with this mark has been written to the terminal."""
        await until(lambda: mark.encode() in self.line.raw)
        await self.rest()

    def take(self) -> bytes:
        """What was written since the last look."""
        raw = bytes(self.line.raw)
        self.line.raw.clear()
        return raw

    def no_words_act(self) -> None:
        """Nothing on the screen can be clicked that is not ours; nothing broke."""
        for strip in self.app.screen._compositor.render_strips():
            for segment in strip:
                style = segment.style
                assert not style or (style.link is None and "@click" not in style.meta)
        assert self.app._exception is None
        assert not self.app._exit


@asynccontextmanager
async def reading(
    house: TestHouse,
    key: KeyDigest,
    place: str | None = None,
    *,
    size: tuple[int, int] = (500, 200),
    term: str = "xterm-256color",
) -> AsyncIterator[Reader]:
    """Somebody at a terminal of this kind and size."""
    line = Line()
    terminal = Terminal(cast(GuardedChannel, line), term, size)
    reception = HouseReception(house.wired)

    def nothing(held: bool = False) -> None:
        """No line is there to be held or cut."""

    effort = Effort(Turns(asyncio.get_running_loop().time))
    screen = Screen(terminal, effort, reception, key, place, nothing, nothing)
    running = asyncio.ensure_future(screen.run())
    await until(lambda: screen._app and cast(Any, screen._app).page)
    reader = Reader(screen, line, size)
    await reader.rest()
    try:
        yield reader
    finally:
        screen.leave()
        await running

"""Somebody at a terminal of their own, in this process: asyncssh's client and pyte."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncssh
import pyte

from tests.ssh.gate import PATIENCE, Gate, until

_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_ON_AT_FIRST = frozenset({7, 25})
"""Modes that a terminal begins with: wrapping, a visible cursor."""


class Seat(asyncssh.SSHClientSession[bytes]):
    """What somebody sees, and the keys they press."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        """Everything that was written to the terminal."""
        self.channel: asyncssh.SSHClientChannel[bytes]
        self.left = asyncio.Event()
        """Set when the visit has ended."""
        self.status: int | None = None

    def connection_made(self, chan: asyncssh.SSHClientChannel[bytes]) -> None:
        """The channel is open."""
        self.channel = chan

    def data_received(self, data: bytes, datatype: int | None) -> None:
        """Something is written to the terminal."""
        self.raw += data
        self._stream.feed(data)

    def exit_status_received(self, status: int) -> None:
        """The visit has ended with a status."""
        self.status = status

    def connection_lost(self, exc: Exception | None) -> None:
        """The channel is closed."""
        self.left.set()

    @property
    def text(self) -> str:
        """The screen as lines, spaces at their ends cut."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    @property
    def flat(self) -> str:
        """The screen as one line, for sentences that were wrapped."""
        return " ".join(self.text.split())

    async def sees(self, *texts: str) -> None:
        """Wait until all of these stand on the screen."""
        try:
            await until(lambda: all(one in self.flat for one in texts))
        except TimeoutError:
            raise AssertionError(f"waited for {texts}, saw:\n{self.text}") from None

    async def moves(self, before: int, seconds: float = 0.3) -> None:
        """Wait until something more is drawn; where nothing is, for a moment only."""
        with suppress(TimeoutError):
            await until(lambda: len(self.raw) > before, seconds)

    async def rests(self) -> None:
        """Wait until nothing more is drawn."""
        before = -1
        while len(self.raw) > before:
            before = len(self.raw)
            await self.moves(before)

    def modes_left_on(self) -> set[int]:
        """Private modes that are not as a terminal begins with them."""
        on: dict[int, bool] = {}
        for numbers, how in _MODE.findall(bytes(self.raw)):
            for number in numbers.split(b";"):
                on[int(number)] = how == b"h"
        return {one for one, is_on in on.items() if is_on != (one in _ON_AT_FIRST)}

    def press(self, *keys: bytes) -> None:
        """Press keys."""
        for key in keys:
            self.channel.write(key)

    def stop_reading(self) -> None:
        """Take nothing more from the line."""
        self.channel.get_connection()._transport.pause_reading()

    def read_on(self) -> None:
        """Take what has come meanwhile, and more."""
        self.channel.get_connection()._transport.resume_reading()

    async def ends(self) -> int | None:
        """Wait until the visit has ended; its exit status."""
        async with asyncio.timeout(PATIENCE):
            await self.left.wait()
        return self.status


@asynccontextmanager
async def seated(
    front: Gate,
    person: str | asyncssh.SSHKey | None,
    command: str | None = None,
    *,
    size: tuple[int, int] = (80, 24),
    term: str = "xterm-256color",
    buffer: int | None = None,
    seconds: float = PATIENCE * 4,
    **options: Any,
) -> AsyncIterator[Seat]:
    """A person on the full screen, who stays no longer than so many seconds."""
    line = await front.line(buffer)
    async with (
        front.connect(person, sock=line) as client,
        asyncio.timeout(seconds),
    ):
        _, seat = await client.create_session(
            lambda: Seat(size),
            command,
            term_type=term,
            term_size=size,
            encoding=None,
            **options,
        )
        assert isinstance(seat, Seat)
        yield seat

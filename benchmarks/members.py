"""Members who sit in a room: they type, they speak, and they note when they see it."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Final, cast

import asyncssh
from asyncssh.constants import MSG_REQUEST_SUCCESS

from benchmarks.door import Door

SIZE: Final = (80, 24)
QUIET: Final = 0.3
"""Seconds without a byte after which a screen is there."""
KEYS: Final = b"QXZ"
"""Letters that no colour, no position and nobody's line has in it."""
BACKSPACE: Final = b"\x7f"
BETWEEN_KEYS: Final = 0.04
BETWEEN_PINGS: Final = 0.01
PATIENCE: Final = 90.0
"""Seconds until a screen is there where very many come."""
LOST: Final = 10.0
"""Seconds after which a key's echo is taken for lost."""


class Seat(asyncssh.SSHClientSession[bytes]):
    """One member's terminal, which is looked at no further than it must be."""

    channel: asyncssh.SSHClientChannel[bytes]

    def __init__(self) -> None:
        self.taken = 0
        """Bytes that came so far."""
        self.at = 0.0
        """When the last of them did."""
        self._wanted = b""
        self._tail = b""
        self._seen: asyncio.Future[float] | None = None

    def connection_made(self, chan: asyncssh.SSHClientChannel[bytes]) -> None:
        """The channel is open."""
        self.channel = chan

    def data_received(self, data: bytes, datatype: int | None) -> None:
        """Something is drawn."""
        self.at = time.perf_counter()
        self.taken += len(data)
        if self._seen is not None and not self._seen.done():
            text = self._tail + data
            self._tail = text[-64:]
            if self._wanted in text:
                self._seen.set_result(self.at)

    def awaits(self, text: bytes) -> "asyncio.Future[float]":
        """When this will have been drawn from now on, by `time.perf_counter`."""
        self._wanted, self._tail = text, b""
        self._seen = asyncio.get_running_loop().create_future()
        return self._seen

    async def rests(self) -> None:
        """Wait until a screen is there and nothing more is drawn."""
        async with asyncio.timeout(PATIENCE):
            while not self.taken or time.perf_counter() - self.at < QUIET:  # noqa: ASYNC110
                await asyncio.sleep(0.02)


class Members:
    """Everybody of one process; the first of them is the one who types."""

    def __init__(self, port: int, keys: Mapping[str, bytes]) -> None:
        self._door = Door(port, keys)
        self._seats: list[Seat] = []
        self._lines: list[asyncssh.SSHClientConnection] = []

    async def come_in(self, place: str, count: int | None = None) -> float:
        """Let so many more come to a place, one after the other; seconds it took."""
        began = time.perf_counter()
        names = list(self._door.keys)[len(self._seats) :][:count]
        for name in names:
            line = await self._door.enter(name)
            _, seat = await line.create_session(
                Seat, place, term_type="xterm-256color", term_size=SIZE, encoding=None
            )
            self._lines.append(line)
            self._seats.append(cast(Seat, seat))
        for seat in self._seats:
            await seat.rests()
        return time.perf_counter() - began

    async def shake(self) -> None:
        """The next one logs in, asks for nothing and goes."""
        line = await self._door.enter(list(self._door.keys)[len(self._seats)])
        line.abort()

    async def taken(self) -> int:
        """Bytes that all of them were sent so far."""
        return sum(seat.taken for seat in self._seats)

    async def echo(self, seconds: float) -> list[float]:
        """How long each key took until it stood on the screen, in milliseconds."""
        seat = self._seats[0]
        took: list[float] = []
        end = time.perf_counter() + seconds
        while (began := time.perf_counter()) < end:
            key = KEYS[len(took) % len(KEYS) :][:1]
            seen = seat.awaits(key)
            seat.channel.write(key)
            took.append(1000 * (await _within(seen, began) - began))
            seat.channel.write(BACKSPACE)
            await asyncio.sleep(BETWEEN_KEYS)
        return took

    async def ping(self, seconds: float) -> list[float]:
        """How long the server took to say that it is there, in milliseconds.

        It is asked at an even rate whether it has answered or not: all of the time
        that it is away is seen, and not its beginning alone.
        """
        asked, began = [], time.perf_counter()
        for number in range(int(seconds / BETWEEN_PINGS)):
            due = began + number * BETWEEN_PINGS
            await asyncio.sleep(due - time.perf_counter())
            asked.append(asyncio.ensure_future(self._ask()))
        return await asyncio.gather(*asked)

    async def _ask(self) -> float:
        began = time.perf_counter()
        answer, _ = await self._lines[0]._make_global_request(b"keepalive@openssh.com")
        if answer != MSG_REQUEST_SUCCESS:
            raise ConnectionError("the server does not answer")
        return 1000 * (time.perf_counter() - began)

    async def type(self, word: str) -> None:
        """The first types a word, and waits until it stands there."""
        seat = self._seats[0]
        seen = seat.awaits(word[-1:].encode())
        seat.channel.write(word.encode())
        await _within(seen, time.perf_counter())
        await seat.rests()

    async def enter(self) -> float:
        """The first presses Enter; when that was, by `time.perf_counter`."""
        began = time.perf_counter()
        self._seats[0].channel.write(b"\r")
        return began

    async def await_word(self, word: str) -> list[float]:
        """When each of them had a word on the screen, by `time.perf_counter`."""
        began = time.perf_counter()
        seen = [seat.awaits(word.encode()) for seat in self._seats]
        return await asyncio.gather(*(_within(one, began) for one in seen))

    async def chat(self, lines: int, seconds: float) -> None:
        """They say so many lines in turn, evenly over so many seconds."""
        for number in range(lines):
            seat = self._seats[number % len(self._seats)]
            seat.channel.write(f"line {number} of a talk that goes on\r".encode())
            await asyncio.sleep(seconds / lines)

    async def close(self) -> None:
        """Everybody leaves."""
        for line in self._lines:
            line.abort()


async def _within(seen: "asyncio.Future[float]", began: float) -> float:
    with suppress(TimeoutError):
        return await asyncio.wait_for(seen, LOST)
    return began + LOST

"""Standard input, output and error of a one-shot verb, over an SSH channel."""

import asyncio
from contextlib import suppress
from typing import Final

from bunniz_bbs.domain.text import printable
from bunniz_bbs.ssh.channel import GuardedChannel

STDERR: Final = 1
"""SSH_EXTENDED_DATA_STDERR, RFC 4254 §5.2."""
MOST_INPUT: Final = 2 * 2**20 + 1
"""Bytes that are kept of what a client sends; the rest is dropped. It is more than a
verb asks for, so that one that is sent too much can tell."""
END_OF_INPUT, INTERRUPT, BACKSPACES = 0x04, 0x03, b"\x08\x7f"


class ChannelStreams:
    """What a verb reads from and writes to.

    With a terminal (`ssh -t`) the client's own end is raw: keys are echoed here, Ctrl+D
    ends the input, and lines end with a carriage return too.
    """

    def __init__(self, channel: GuardedChannel, *, terminal: bool) -> None:
        self._channel = channel
        self._terminal = terminal
        self._input = bytearray()
        self._ended = asyncio.Event()
        self._more = asyncio.Event()
        self._closed = asyncio.Event()
        self._drained = asyncio.Event()
        self._drained.set()

    # -- for the verb

    async def read_all(self, limit: int) -> bytes:
        """Everything up to the end of input, at most `limit` bytes and one more."""
        while not self._ended.is_set() and len(self._input) <= limit:
            self._more.clear()
            await self._more.wait()
        return bytes(self._input[: limit + 1])

    def write(self, text: str) -> None:
        """Write to standard output."""
        self._send(text, None)

    def error(self, text: str) -> None:
        """Write to standard error."""
        self._send(text, None if self._terminal else STDERR)

    async def drain(self) -> None:
        """Return when what was written is on its way, or cannot be."""
        if self._drained.is_set() or self._closed.is_set():
            return
        waits = [
            asyncio.ensure_future(self._drained.wait()),
            asyncio.ensure_future(self._closed.wait()),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def wait_closed(self) -> None:
        """Return when the client has gone."""
        await self._closed.wait()

    def _send(self, text: str, kind: int | None) -> None:
        # The last filter before somebody's terminal, whatever path a text took here.
        lines = [printable(line) for line in text.split("\n")]
        text = ("\r\n" if self._terminal else "\n").join(lines)
        with suppress(OSError):  # the client closed the channel meanwhile
            self._channel.write(text.encode("utf-8", "replace"), kind)

    # -- for the channel

    def take(self, data: bytes) -> None:
        """The client sent something."""
        if self._ended.is_set():
            return
        if self._terminal:
            self._type(data)
        else:
            self._keep(data)
        self._more.set()

    def end(self) -> None:
        """The client will send nothing more."""
        self._ended.set()
        self._more.set()

    def close(self) -> None:
        """The client is gone."""
        self.end()
        self._closed.set()

    def pause(self) -> None:
        """The client takes nothing more for now."""
        self._drained.clear()

    def resume(self) -> None:
        """The client takes more again."""
        self._drained.set()

    def _keep(self, data: bytes) -> None:
        self._input += data[: MOST_INPUT - len(self._input)]

    def _type(self, data: bytes) -> None:
        """Keys of a raw terminal, echoed as a line discipline would."""
        echo = bytearray()
        for one in data:
            if one == END_OF_INPUT:
                self.end()
                break
            if one == INTERRUPT:
                self.close()
                break
            if one in BACKSPACES:
                echo += self._erase()
            elif one == 0x0D:
                self._keep(b"\n")
                echo += b"\r\n"
            elif one >= 0x20 or one == 0x0A:
                self._keep(bytes([one]))
                echo += b"\r\n" if one == 0x0A else bytes([one])
        # Whoever does not look at what they type needs no echo of it.
        if echo and self._drained.is_set():
            with suppress(OSError):
                self._channel.write(bytes(echo))

    def _erase(self) -> bytes:
        """Take back one letter; what a terminal must be told for it."""
        if not self._input or self._input[-1:] == b"\n":
            return b""
        while self._input[-1] & 0xC0 == 0x80 and len(self._input) > 1:
            self._input.pop()  # a letter may be several bytes
        self._input.pop()
        return b"\b \b"

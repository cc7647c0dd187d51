"""A client without a screen, in memory."""

import asyncio
import json

from bunniz_bbs.plain.verbs import run_verb
from tests.services.living import Living, key_of

PATIENCE = 10.0


class MemoryStreams:
    """What a client sends and gets. It behaves as the channel of the SSH front does."""

    def __init__(self, body: bytes = b"", *, ended: bool = True) -> None:
        """A client.

        Args:
            body: What it sends at once.
            ended: Whether that is all; otherwise `send`, `end` or `close` follow.
        """
        self.out = ""
        self.err = ""
        self.read = asyncio.Event()
        """Set when the verb begins to read standard input."""
        self._input = bytearray(body)
        self._ended = asyncio.Event()
        self._more = asyncio.Event()
        self._closed = asyncio.Event()
        self._written = asyncio.Event()
        self._taking = asyncio.Event()
        self._taking.set()
        if ended:
            self._ended.set()

    # -- what the verb uses

    async def read_all(self, limit: int) -> bytes:
        """Everything up to the end of input, at most `limit` bytes and one more."""
        self.read.set()
        while not self._ended.is_set() and len(self._input) <= limit:
            self._more.clear()
            await self._more.wait()
        return bytes(self._input[: limit + 1])

    def write(self, text: str) -> None:
        """Write to standard output."""
        self.out += text
        self._written.set()

    def error(self, text: str) -> None:
        """Write to standard error."""
        self.err += text

    async def drain(self) -> None:
        """Return when what was written is on its way, or cannot be."""
        if not self._closed.is_set():
            await self._taking.wait()

    async def wait_closed(self) -> None:
        """Return when the client has gone."""
        await self._closed.wait()

    # -- what the client does

    def send(self, data: bytes) -> None:
        """Send some more."""
        self._input += data
        self._more.set()

    def end(self) -> None:
        """Send nothing more."""
        self._ended.set()
        self._more.set()

    def close(self) -> None:
        """Go away."""
        self.end()
        self._closed.set()
        self._taking.set()

    def stall(self) -> None:
        """Take nothing more for now."""
        self._taking.clear()

    def go_on(self) -> None:
        """Take more again."""
        self._taking.set()

    async def until_read(self) -> None:
        """Return when the verb reads standard input."""
        async with asyncio.timeout(PATIENCE):
            await self.read.wait()

    async def until_out(self, text: str) -> None:
        """Return when a text has been written; a test does not wait for ever."""
        try:
            async with asyncio.timeout(PATIENCE):
                while text not in self.out:
                    self._written.clear()
                    await self._written.wait()
        except TimeoutError:
            raise AssertionError(f"{text!r} is not in {self.out!r}") from None


class Client:
    """Somebody's client, which runs one verb after the other."""

    def __init__(self, home: Living, name: str) -> None:
        self._home = home
        self._key = key_of(name)

    async def run(self, line: str, body: str | bytes = b"") -> tuple[int, str, str]:
        """Run a verb to its end: the exit status, standard output and error."""
        streams = MemoryStreams(body.encode() if isinstance(body, str) else body)
        status = await self.verb(line, streams)
        return status, streams.out, streams.err

    async def json(self, line: str, body: str = "") -> tuple[int, object]:
        """Run a verb with `--json`: the exit status and the document."""
        status, out, err = await self.run(f"{line} --json", body)
        assert err == ""
        assert out.isascii()
        return status, json.loads(out)

    def begin(self, line: str, streams: MemoryStreams) -> asyncio.Task[int]:
        """Begin a verb that goes on for a while."""
        return asyncio.create_task(self.verb(line, streams))

    async def verb(self, line: str, streams: MemoryStreams) -> int:
        """The verb itself."""
        wired = self._home.wired
        return await run_verb(wired.services, wired.registry, self._key, line, streams)

"""What may stand where a database was expected, or between it and the house."""

import asyncio
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listening(answer: Answer) -> AsyncIterator[int]:
    """Something listens on loopback; gives its port."""
    tasks: set[asyncio.Task[None]] = set()

    def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.create_task(_served(answer, reader, writer)))

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _served(
    answer: Answer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    try:
        with suppress(OSError):
            await answer(reader, writer)
    finally:
        writer.transport.abort()


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Takes everything and says nothing."""
    while await reader.read(4096):
        pass


async def web(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers as a web server does."""
    await reader.read(4096)
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    await writer.drain()


async def version_14(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Greets as an old PostgreSQL does."""
    while True:
        length = int.from_bytes(await reader.readexactly(4), "big")
        body = await reader.readexactly(length - 4)
        if body[:4] != struct.pack("!I", 80877103):
            break
        writer.write(b"N")  # No TLS here.
    for kind, content in (
        (b"R", struct.pack("!I", 0)),
        (b"S", b"server_version\x0014.9\0"),
        (b"S", b"client_encoding\0UTF8\0"),
        (b"K", struct.pack("!II", 1, 1)),
        (b"Z", b"I"),
    ):
        writer.write(kind + struct.pack("!I", len(content) + 4) + content)
    await writer.drain()
    await reader.read(4096)


class Wire:
    """A line to a server that can be cut, and that can go dead with no word."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._alive = asyncio.Event()
        self._alive.set()
        self._ends: set[asyncio.StreamWriter] = set()
        self.port = 0

    def url(self, url: str) -> str:
        """The same database, through this line."""
        parts = urlsplit(url)
        place = parts.netloc.replace(f":{self._to}", f":{self.port}")
        return parts._replace(netloc=place).geturl()

    def cut(self) -> None:
        """Break every connection that there is."""
        for end in self._ends:
            end.transport.abort()

    def go_dead(self) -> None:
        """Carry nothing from now on, and tell neither side."""
        self._alive.clear()

    def revive(self) -> None:
        """Carry again."""
        self._alive.set()

    async def answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Carry between one client and the server."""
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        ends = {writer, back}
        self._ends |= ends
        try:
            await asyncio.gather(self._carry(reader, back), self._carry(there, writer))
        finally:
            self._ends -= ends
            back.transport.abort()

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while content := await reader.read(65536):
            await self._alive.wait()
            writer.write(content)
            await writer.drain()
        writer.write_eof()


@asynccontextmanager
async def wire(port: int) -> AsyncIterator[Wire]:
    """A line to the server on a port."""
    made = Wire(port)
    async with listening(made.answer) as made.port:
        yield made
        made.revive()

"""Callers at the gate who prove nothing, and one who proves a key and stands there."""

import asyncio
import random
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Final

from tests.ssh.gate import Gate
from tests.ssh.raw import raw

HELD: Final = 100
"""Lines that one caller holds open at once."""
PACE: Final = 0.02
PATIENCE: Final = 1.0
"""Seconds for which an answer to rubbish is waited for."""
MOST_CALLS: Final = 20_000
GREETING: Final = b"SSH-2.0-x\r\n"


Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def called(gate: Gate) -> AsyncIterator[Line]:
    """A line to a gate, hung up at the end."""
    line = await asyncio.open_connection("127.0.0.1", gate.port)
    try:
        yield line
    finally:
        line[1].transport.abort()


async def hung_up(reader: asyncio.StreamReader) -> None:
    """Wait until the other end hangs up."""
    with suppress(ConnectionError):
        while await reader.read(65_536):
            pass


async def opens_halfway(gate: Gate, person: str) -> None:
    """Says hello and nothing more, on as many lines as it can hold."""
    held: deque[AsyncExitStack] = deque()
    try:
        for number in range(MOST_CALLS):
            held.append(AsyncExitStack())
            _, writer = await held[-1].enter_async_context(called(gate))
            writer.write((b"", b"SSH-2", GREETING)[number % 3])
            if len(held) > HELD:
                await held.popleft().aclose()
            await asyncio.sleep(PACE)
    finally:
        for line in held:
            await line.aclose()


async def opens_with_rubbish(gate: Gate, person: str) -> None:
    """Sends what is no SSH, or nearly is."""
    chance = random.Random(person)
    for _ in range(MOST_CALLS):
        async with called(gate) as (reader, writer):
            writer.write(_rubbish(chance))
            with suppress(TimeoutError):
                await asyncio.wait_for(hung_up(reader), PATIENCE)
        await asyncio.sleep(PACE)


async def waits_at_the_gate(gate: Gate, person: str) -> None:
    """Says hello, and waits to be hung up on."""
    async with called(gate) as (reader, writer):
        writer.write(GREETING)
        await hung_up(reader)


def _rubbish(chance: random.Random) -> bytes:
    return chance.choice(
        (
            b"GET / HTTP/1.1\r\n\r\n",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
            b"SSH-2.0-" + b"x" * 5000 + b"\r\n",
            b"x" * 100_000,
            GREETING + chance.randbytes(400),
            GREETING + b"\0\0\0\x0c\x0a\x14" + chance.randbytes(10),
            GREETING + b"\xff" * 100,
        )
    )


async def stands_in_the_hall(gate: Gate, person: str) -> None:
    """Proves a key and never asks for anything."""
    async with raw(gate) as client:
        await client.log_in(gate.keys[person])
        await client.ended.wait()

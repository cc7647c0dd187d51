"""Clients that send too much, too small or without end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from asyncssh.constants import MSG_CHANNEL_OPEN_FAILURE, MSG_IGNORE
from asyncssh.packet import String, UInt32

from tests.ssh.gate import Gate, until
from tests.ssh.raw import RawClient, raw

MOST_UNSENT: Final = 2**18
"""Bytes that wait in the attacker's own memory at most."""
PACE: Final = 0.5
"""Seconds between two connections: what one source from outside is allowed."""
MOST_VISITS: Final = 1000


@asynccontextmanager
async def logged_in(gate: Gate, person: str) -> AsyncIterator[RawClient]:
    """A client that has proven its key and asked for nothing."""
    async with raw(gate) as client:
        await client.log_in(gate.keys[person])
        gate.entered += 1
        yield client


async def sent(client: RawClient) -> None:
    """Wait until the line has taken most of what was sent."""
    await asyncio.sleep(0)
    while not client.ended.is_set():
        line = client._transport
        if line is None or line.get_write_buffer_size() < MOST_UNSENT:
            return
        await asyncio.sleep(0.01)


async def asks_for_tiny_packets(gate: Gate, person: str) -> None:
    """Wants every screen in packets of one byte; hung up on, it comes again."""
    for _ in range(MOST_VISITS):
        async with logged_in(gate, person) as client:
            client.open(packet=1)
            await client.ended.wait()
        await asyncio.sleep(PACE)


async def floods_with_variables(gate: Gate, person: str) -> None:
    """Names one environment variable after the other, each a large one."""
    async with logged_in(gate, person) as client:
        channel = await client.channel()
        assert channel is not None
        number = 0
        while not client.ended.is_set():
            name, value = String(f"V{number}"), String(b"x" * 16_000)
            client.ask(channel, "env", name, value, reply=False)
            number += 1
            await sent(client)


async def floods_with_channels(gate: Gate, person: str) -> None:
    """Opens channel upon channel; cut off, it comes again."""
    for _ in range(MOST_VISITS):
        async with logged_in(gate, person) as client:
            for number in range(20_000):
                client.open(number)
                await sent(client)
                if client.ended.is_set():
                    break
            await client.next(MSG_CHANNEL_OPEN_FAILURE)
        await asyncio.sleep(PACE)


async def bursts_of_tiny_packets(gate: Gate, person: str) -> None:
    """Sends packets that say nothing, as fast as the line takes them."""
    async with logged_in(gate, person) as client:
        await client.channel()
        while not client.ended.is_set():
            for _ in range(200):
                client.send_packet(MSG_IGNORE, String(b""))
            await sent(client)


async def exchanges_keys_without_end(gate: Gate, person: str) -> None:
    """Asks for new keys as soon as it has some; cut off, it comes again."""
    for _ in range(MOST_VISITS):
        async with logged_in(gate, person) as client:
            while not client.ended.is_set():
                client._send_kexinit()
                client._kexinit_sent = True
                await until(lambda: client._kex_complete or client.ended.is_set())
        await asyncio.sleep(PACE)


async def resizes_like_a_storm(gate: Gate, person: str) -> None:
    """Is another window with every packet, from the smallest to beyond the largest."""
    sizes = ((0, 0), (40, 15), (2**32 - 1, 2**32 - 1), (200, 60), (500, 200))
    async with logged_in(gate, person) as client:
        channel = await client.shell(window=2**31)
        while not client.ended.is_set():
            for width, height in sizes:
                numbers = (UInt32(width), UInt32(height), UInt32(0), UInt32(0))
                client.ask(channel, "window-change", *numbers, reply=False)
            await sent(client)

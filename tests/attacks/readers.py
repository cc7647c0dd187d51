"""Clients that take nothing of what is drawn for them."""

import asyncio
from typing import Final

from asyncssh.constants import MSG_IGNORE
from asyncssh.packet import String

from tests.ssh.gate import Gate
from tests.ssh.raw import RawClient, raw

BIG: Final = (300, 100)
"""A window whose every picture is far larger than what may wait."""
SMALL_BUFFER: Final = 4096
LARGEST_WINDOW: Final = 2**32 - 1
TOP_UP: Final = 2**24
TURNS: Final = (b"?", b"\x1b[A", b"q")
"""Keys of which each draws the whole page anew."""
BUSY_TURNS: Final = 50
REST: Final = 0.02


async def stops_reading(gate: Gate, person: str) -> None:
    """Asks for many pictures, takes none, and falls silent."""
    async with raw(gate, buffer=SMALL_BUFFER) as client:
        await client.log_in(gate.keys[person])
        channel = await client.shell(size=BIG)
        client.stop_reading()
        for _ in range(BUSY_TURNS):
            await _turn(client, channel)
        await client.ended.wait()


async def talks_without_reading(gate: Gate, person: str) -> None:
    """Takes nothing and sends IGNORE, as if it were still there."""
    async with raw(gate, buffer=SMALL_BUFFER) as client:
        await client.log_in(gate.keys[person])
        channel = await client.shell(size=BIG)
        client.stop_reading()
        while not client.ended.is_set():
            client.send_packet(MSG_IGNORE, String(b"still here"))
            await _turn(client, channel)


async def opens_no_window(gate: Gate, person: str) -> None:
    """Takes what is on the line, and lets nothing be sent on its channel."""
    async with raw(gate) as client:
        await client.log_in(gate.keys[person])
        channel = await client.shell(size=BIG, window=0)
        while not client.ended.is_set():
            await _turn(client, channel)


async def opens_huge_windows(gate: Gate, person: str) -> None:
    """Lets gigabytes be sent, and more again and again, and takes nothing."""
    async with raw(gate, buffer=SMALL_BUFFER) as client:
        await client.log_in(gate.keys[person])
        channel = await client.shell(size=BIG, window=LARGEST_WINDOW)
        client.stop_reading()
        while not client.ended.is_set():
            client.grant(channel, TOP_UP)
            await _turn(client, channel)


async def _turn(client: RawClient, channel: int) -> None:
    for key in TURNS:
        if client.ended.is_set():
            return
        client.data(channel, key)
        await asyncio.sleep(REST)

"""Clients that type what no hand can type."""

from typing import Final

from asyncssh.constants import MSG_CHANNEL_WINDOW_ADJUST
from asyncssh.packet import String

from tests.ssh.gate import Gate
from tests.ssh.raw import RawClient, raw

SERVERS_WINDOW: Final = 65_536
PIECE: Final = 16_384
OPEN_PASTE: Final = b"\x1b[200~"
KEYS: Final = b"jk\x1b[A\x1b[B?\x1b[C\x1b[D n/\x7f\t"
"""Arrows, letters and chords, over and over."""


async def presses_every_key(gate: Gate, person: str) -> None:
    """Holds down the whole keyboard on the first page."""
    await _types(gate, person, KEYS * 1000)


async def types_without_end(gate: Gate, person: str) -> None:
    """Fills the line to type in, in a room."""
    await _types(gate, person, b"word " * 4000, place="go lounge")


async def pastes_without_end(gate: Gate, person: str) -> None:
    """Opens a paste and never closes it."""
    await _types(gate, person, b"x" * PIECE, before=OPEN_PASTE, place="go lounge")


async def _types(
    gate: Gate, person: str, keys: bytes, *, before: bytes = b"", place: str = "go home"
) -> None:
    async with raw(gate) as client:
        await client.log_in(gate.keys[person])
        channel = await client.channel(window=2**31)
        assert channel is not None
        client.pty(channel)
        client.ask(channel, "exec", String(place))
        client.data(channel, before)
        window = SERVERS_WINDOW - len(before)
        while not client.ended.is_set():
            for start in range(0, len(keys), PIECE):
                piece = keys[start : start + PIECE]
                while window < len(piece) and not client.ended.is_set():
                    window += await _granted(client)
                client.data(channel, piece)
                window -= len(piece)


async def _granted(client: RawClient) -> int:
    """Wait until the server lets one send more, however long that takes."""
    kind, payload = await client.answers.get()
    if kind != MSG_CHANNEL_WINDOW_ADJUST:
        return 0
    return int.from_bytes(payload[4:8], "big")

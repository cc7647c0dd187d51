"""What a verb reads and writes over a channel."""

import asyncio
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bunniz_bbs.ssh import streams as module
from bunniz_bbs.ssh.channel import GuardedChannel
from bunniz_bbs.ssh.streams import STDERR, ChannelStreams
from tests.ssh.front import Front
from tests.ssh.seat import seated


class Wire:
    """Takes what is written."""

    def __init__(self) -> None:
        self.out = bytearray()
        self.err = bytearray()
        self.closed = False

    def write(self, data: bytes, kind: int | None = None) -> None:
        """Something is written."""
        if self.closed:
            raise BrokenPipeError
        (self.err if kind == STDERR else self.out).extend(data)


def some_streams(*, terminal: bool = False) -> tuple[ChannelStreams, Wire]:
    """Streams, and what reaches the client."""
    wire = Wire()
    return ChannelStreams(cast(GuardedChannel, wire), terminal=terminal), wire


async def test_input_is_read_to_its_end() -> None:
    """In whatever pieces it comes; what comes after the end is none."""
    streams, _ = some_streams()
    reading = asyncio.create_task(streams.read_all(100))
    for piece in (b"one ", b"two", b""):
        streams.take(piece)
        await asyncio.sleep(0)
    streams.end()
    streams.take(b"three")

    assert await reading == b"one two"


async def test_input_is_read_to_a_limit() -> None:
    """And one byte more, which tells that there was more."""
    streams, _ = some_streams()
    streams.take(b"x" * 50)

    assert await streams.read_all(10) == b"x" * 11


@pytest.mark.parametrize("terminal", [False, True])
async def test_input_is_kept_to_a_limit(
    monkeypatch: pytest.MonkeyPatch, terminal: bool
) -> None:
    """Also where nobody reads it."""
    monkeypatch.setattr(module, "MOST_INPUT", 10)
    streams, _ = some_streams(terminal=terminal)
    for _ in range(5):
        streams.take(b"xxxxxxx")

    assert bytes(streams._input) == b"x" * 10


async def test_keys_are_echoed_and_edited() -> None:
    """As a line discipline would; Ctrl+D ends."""
    streams, wire = some_streams(terminal=True)
    streams.take("abé\x7fc\rd\x08\x08e\x04more".encode())

    assert await streams.read_all(100) == b"abc\ne"
    assert wire.out.decode() == "abé\b \bc\r\nd\b \be"


async def test_ctrl_c_is_the_end_of_all() -> None:
    """What was typed is not sent."""
    streams, _ = some_streams(terminal=True)
    streams.take(b"half\x03")

    await streams.wait_closed()


@given(some.lists(some.binary(max_size=20), max_size=20))
def test_any_keys_are_survived(pieces: list[bytes]) -> None:
    """Backspaces at the beginning, halves of letters, controls."""

    async def work() -> None:
        streams, wire = some_streams(terminal=True)
        for piece in pieces:
            streams.take(piece)
        assert 0x1B not in wire.out

    asyncio.run(work())


async def test_nothing_but_letters_is_written() -> None:
    """Whatever is in a text: no control reaches a terminal."""
    for terminal, line in ((True, "\r\n"), (False, "\n")):
        streams, wire = some_streams(terminal=terminal)
        streams.write("a\x1b[31m\x07b\u202e\x9b\nc\r\n")
        streams.error("d\x1b]0;x\x07\n")

        wanted = f"a[31mb{line}c{line}", f"d]0;x{line}"
        out, err = wire.out.decode(), wire.err.decode()
        assert (out, err) == (("".join(wanted), "") if terminal else wanted)


async def test_a_client_that_is_gone_is_written_to_in_vain() -> None:
    """That is no error."""
    streams, wire = some_streams()
    wire.closed = True
    streams.write("x")
    streams.close()
    streams.pause()
    await streams.drain()


async def test_draining_waits_for_a_slow_client() -> None:
    """Until it takes more, or is gone."""
    for end in ("resume", "close"):
        streams, _ = some_streams()
        await streams.drain()
        streams.pause()
        draining = asyncio.create_task(streams.drain())
        await asyncio.sleep(0.01)
        assert not draining.done()
        getattr(streams, end)()
        await draining


async def test_a_post_is_typed_on_a_terminal(front: Front) -> None:
    """`ssh -t HOST post …`: what is typed is seen, Ctrl+D sends it."""
    await front.person("rosa")
    async with seated(front, "rosa", "post general -t Bread") as seat:
        seat.press(b"and buttre\x7f\x7fer", b"\r", b"\x04")
        assert await seat.ends() == 0
        assert "and butter" in seat.text

    async with front.connect("rosa") as client:
        done = await client.run("read general 1")
        assert "and butter" in str(done.stdout)

"""Clients that send too much, too small or the wrong thing: they hurt nobody else."""

import asyncio
import random

import pytest
from asyncssh.constants import MSG_CHANNEL_SUCCESS, MSG_DEBUG, MSG_IGNORE
from asyncssh.packet import Boolean, String, UInt32

from bunniz_bbs.ssh import guard
from bunniz_bbs.ssh.terminal import HEIGHTS, RESIZES_PER_SECOND, WIDTHS
from tests.ssh.front import Front, held, open_sockets, until
from tests.ssh.raw import RawClient, raw
from tests.ssh.seat import seated

ONE_READ = 256 * 1024
"""What the event loop takes from a socket at once, at most."""


@pytest.fixture
async def rosas(front: Front) -> Front:
    """A front whose house rosa and lune are in."""
    await front.person("rosa")
    await front.person("lune")
    return front


async def still_serves(front: Front) -> None:
    """Somebody else is served."""
    async with front.connect("lune") as client:
        assert (await client.run("whoami")).exit_status == 0


@pytest.mark.parametrize("size", [1, 100, 32_000])
async def test_a_flood_of_bytes_is_read_at_a_bearable_rate(
    rosas: Front, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """It waits in the client's own memory, not in ours."""
    burst, loop = 100_000, asyncio.get_running_loop()
    monkeypatch.setattr(guard, "BURST", burst)
    async with raw(rosas) as client:
        await client.log_in(rosas.keys["rosa"])
        await client.channel()
        (server,) = rosas.connections
        read, take = 0, server.data_received

        def count(data: bytes, datatype: int | None = None) -> None:
            nonlocal read
            read += len(data)
            take(data, datatype)

        monkeypatch.setattr(server, "data_received", count)
        began = loop.time()
        for _ in range(1_000_000 // (size + 100)):
            client.send_packet(MSG_IGNORE, String(b"x" * size))
        most = 0
        while loop.time() - began < 1.5:
            most = max(most, held(server))
            await asyncio.sleep(0.01)
        seconds = loop.time() - began

        assert 0 < read < burst + guard.RATE * seconds + ONE_READ
        assert most < 400_000
        await still_serves(rosas)
    await rosas.gone()


@pytest.mark.parametrize(
    "state", ["at the gate", "inside", "on a channel", "on a screen"]
)
async def test_no_message_out_of_turn_does_harm(rosas: Front, state: str) -> None:
    """Each of the 256 kinds with junk in it, in each state: ignored or hung up on."""
    sockets = open_sockets()
    for kind in range(256):
        chance = random.Random(f"{state}{kind}")
        junk = chance.choice(
            (
                b"",
                chance.randbytes(chance.randint(1, 60)),
                UInt32(0) + chance.randbytes(20),
                UInt32(0) + String("exec") + Boolean(True) + String("\xff"),
                UInt32(0) + UInt32(2**32 - 1) + b"x" * 40,
                String("x" * 1000) * 3,
            )
        )
        async with raw(rosas) as client:
            await reach(client, rosas, state)
            before = len(rosas.reception.entered)
            client.send_packet(kind, junk)
            client.send_packet(MSG_DEBUG, Boolean(True), String("x"), String(""))
            client.request("x", "none")
            await client.next()
            assert len(rosas.reception.entered) == before
        if state == "at the gate":
            assert not rosas.listener._visits
    await rosas.gone()

    await until(lambda: open_sockets() <= sockets)
    await still_serves(rosas)


async def reach(client: RawClient, front: Front, state: str) -> None:
    """Bring a client to where a message is sent."""
    if state == "at the gate":
        return
    await client.log_in(front.keys["rosa"])
    if state == "inside":
        return
    channel = await client.channel()
    assert channel is not None
    if state == "on a screen":
        client.pty(channel)
        client.ask(channel, "shell")
        await client.next(MSG_CHANNEL_SUCCESS)


async def test_a_storm_of_sizes_is_followed_at_ten_a_second(rosas: Front) -> None:
    """Each of them would lay out the page anew; the last one counts."""
    async with seated(rosas, "rosa") as seat:
        await seat.sees("Boards")
        (visit,) = rosas.listener._visits
        terminal = visit._terminal
        assert terminal is not None
        told: list[tuple[int, int]] = []
        follow = terminal.resized

        def note(size: tuple[int, int]) -> None:
            told.append(size)
            follow(size)

        terminal.resized = note
        loop = asyncio.get_running_loop()
        began = loop.time()
        for number in range(400):
            seat.channel.change_terminal_size(40 + number % 50, 15 + number % 20)
            await asyncio.sleep(0.001)
        for wild in ((0, 0), (1, 1), (2**32 - 1, 2**32 - 1), (100, 30)):
            seat.channel.change_terminal_size(*wild)
        await until(lambda: told[-1:] == [(100, 30)])
        seconds = loop.time() - began

        assert len(told) <= 2 + seconds * RESIZES_PER_SECOND
        assert all(WIDTHS[0] <= width <= WIDTHS[1] for width, _ in told)
        assert all(HEIGHTS[0] <= height <= HEIGHTS[1] for _, height in told)


async def test_keys_in_a_flood_end_nothing(rosas: Front) -> None:
    """Thousands at once: they are taken one by one, and Ctrl+X does not wait."""
    async with seated(rosas, "rosa", "go lounge") as seat:
        await seat.sees("Lounge")
        (visit,) = rosas.listener._visits
        seat.press(b"word " * 8000)
        await until(lambda: visit._channel is None or visit._channel._recv_paused)
        seat.press(b"\x18")

        assert await seat.ends() == 0
    await rosas.gone()


HOSTILE = [
    b"\x1b[48;9999999;9999999;1;1t",
    b"\x1b[9999999999u\x1b[0:R\x1b[48;0;0;0;0t\x1b[<0;1;1M",
    b"\x1b[200~" + b"x" * 200_000 + b"\x1b[201~",
    b"\x1b[200~never closed",
    random.Random(4).randbytes(20_000).replace(b"\x18", b""),
    b"\x1b" * 5000,
    b"\xff\xfe\x9b\x9d" * 500,
    b"\x1b[<0;99999999999999999999;1M\x1b[<0;1;99999M",
    b"\x03\x11\x13\x1a\x1c" * 50,
]


@pytest.mark.parametrize("where", [None, "go lounge", "go general"])
async def test_hostile_typing_leaves_others_alone(
    rosas: Front, where: str | None
) -> None:
    """Reports, broken sequences, open pastes: no incident, and lune goes on."""
    async with seated(rosas, "lune", "go lounge") as lune:
        await lune.sees("Lounge")
        for number, hostile in enumerate(HOSTILE):
            async with seated(rosas, "rosa", where) as seat:
                await seat.moves(0, 5)
                for start in range(0, len(hostile), 4096):
                    seat.press(hostile[start : start + 4096])
                    await asyncio.sleep(0)
                lune.press(f"mine {number}\r".encode())
                await lune.sees(f"mine {number}")
    await rosas.gone()

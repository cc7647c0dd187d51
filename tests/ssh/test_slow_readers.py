"""Who takes nothing costs little and is seen out; who takes it late misses nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from asyncssh.constants import MSG_CHANNEL_SUCCESS, MSG_IGNORE
from asyncssh.packet import String

from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.plain.streams import Streams
from bunniz_bbs.ssh import guard
from bunniz_bbs.ssh.doing import Verb
from bunniz_bbs.ssh.guard import GuardedConnection
from bunniz_bbs.ssh.screen import Screen
from bunniz_bbs.ssh.stall import PROGRESS, Stall
from tests.ssh.front import Front, WatchedReception, a_front, held, until
from tests.ssh.raw import RawClient, raw
from tests.ssh.seat import seated

BIG = (300, 100)
"""A window whose every picture is far larger than what may wait."""
MOST_HELD = 600_000
"""Bytes held at most for a client with such a window: one picture, and a little."""


@asynccontextmanager
async def restless(client: RawClient, channel: int) -> AsyncIterator[list[int]]:
    """Somebody who keeps the screen changing; notes what the server holds."""
    seen: list[int] = [0]

    async def work() -> None:
        while not client.ended.is_set():
            for key in (b"?", b"\x1b[A", b"q"):
                with suppress(OSError):
                    client.data(channel, key)
                    client.send_packet(MSG_IGNORE, String(b"still here"))
                await asyncio.sleep(0.02)

    task = asyncio.create_task(work())
    try:
        yield seen
    finally:
        task.cancel()


@pytest.fixture
async def rosas(front: Front) -> Front:
    """A front whose house rosa is in."""
    await front.person("rosa")
    return front


async def most_held(server: GuardedConnection) -> int:
    """The most that is held for a client until it is cut off."""
    most = 0
    async with asyncio.timeout(20):
        while not server.gone.is_set():
            most = max(most, held(server))
            await asyncio.sleep(0.01)
    return most


async def test_who_stops_reading_the_line_is_cut_off(
    rosas: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when they go on talking: only taking counts."""
    monkeypatch.setattr(guard, "STALL_SECONDS", 1.0)
    async with raw(rosas, buffer=4096) as client:
        await client.log_in(rosas.keys["rosa"])
        channel = await client.shell(size=BIG)
        (server,) = rosas.connections
        client.stop_reading()

        async with restless(client, channel):
            assert await most_held(server) < MOST_HELD
    await rosas.gone()


async def test_who_opens_no_window_is_cut_off(
    rosas: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line is read, the channel is not."""
    monkeypatch.setattr(Screen, "stall_seconds", 1.0)
    async with raw(rosas) as client:
        await client.log_in(rosas.keys["rosa"])
        channel = await client.shell(size=BIG, window=0)
        (server,) = rosas.connections

        async with restless(client, channel):
            assert await most_held(server) < MOST_HELD
    await rosas.gone()


async def test_a_line_that_comes_and_goes_opens_no_window(
    rosas: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one buffer may take again is not sent into another that is full."""
    monkeypatch.setattr(Screen, "stall_seconds", 2.0)
    async with raw(rosas) as client:
        await client.log_in(rosas.keys["rosa"])
        channel = await client.shell(size=BIG, window=0)
        (server,) = rosas.connections

        async def flicker() -> None:
            while True:
                server.pause_writing()
                server.resume_writing()
                await asyncio.sleep(0.005)

        task = asyncio.create_task(flicker())
        async with restless(client, channel):
            assert await most_held(server) < MOST_HELD
        task.cancel()


async def test_who_leaves_an_exchange_of_keys_unfinished_is_cut_off(
    rosas: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Meanwhile nothing piles up that would have to wait for new keys."""
    monkeypatch.setattr(guard, "EXCHANGE_SECONDS", 1.0)
    async with raw(rosas) as client:
        await client.log_in(rosas.keys["rosa"])
        channel = await client.shell(size=BIG)
        (server,) = rosas.connections
        client._send_kexinit()
        client._kex_complete = True  # so that it talks on
        client._recv_handler = lambda: False  # and answers nothing

        async with restless(client, channel):
            assert await most_held(server) < MOST_HELD
    await rosas.gone()


async def test_replies_that_wait_for_new_keys_are_bounded(
    rosas: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client that asks and asks in the middle of an exchange is cut off."""
    monkeypatch.setattr(guard, "MOST_UNSENT", 200_000)
    async with raw(rosas) as client:
        await client.log_in(rosas.keys["rosa"])
        channel = await client.channel()
        assert channel is not None
        client._send_kexinit()
        client._kex_complete = True
        client._recv_handler = lambda: False
        (server,) = rosas.connections
        for _ in range(5000):
            client.ask(channel, "made-up")
        async with asyncio.timeout(10):
            await server.gone.wait()


async def test_who_exchanges_keys_without_end_is_cut_off(rosas: Front) -> None:
    """A few times is everybody's right; each costs a millisecond."""
    async with raw(rosas) as client:
        await client.log_in(rosas.keys["rosa"])
        for _ in range(guard.EXCHANGES[0] + 1):
            if client.ended.is_set():
                break
            client._send_kexinit()
            client._kexinit_sent = True
            await until(lambda: client._kex_complete or client.ended.is_set())

        assert client.ended.is_set()
    await rosas.gone()


async def test_a_screen_survives_an_exchange_of_keys(rosas: Front) -> None:
    """What was drawn meanwhile is there when it is over."""
    async with seated(rosas, "rosa") as seat:
        await seat.sees("Boards")
        client = seat.channel.get_connection()
        (server,) = rosas.connections
        for _ in range(3):
            server._rekey_time = 0  # the server's turn is due
            seat.press(b"?")
            await seat.sees("Esc")
            client._rekey_time = 0  # the client's as well
            seat.press(b"\x1b")
            await seat.sees("Boards")
        assert server.clear
        assert server._exchange is None


@pytest.mark.parametrize("how", ["line", "window"])
async def test_who_reads_on_sees_the_right_screen(rosas: Front, how: str) -> None:
    """However much was dropped: the picture is theirs who never slept."""
    await rosas.person("lune")
    size = (200, 60)
    async with (
        seated(rosas, "lune", "go lounge", size=size) as lune,
        seated(rosas, "rosa", "go lounge", size=size) as fresh,
    ):
        await lune.sees("Lounge")
        await fresh.sees("Lounge")
        before = set(rosas.connections)
        async with seated(
            rosas, "rosa", "go lounge", size=size, window=20_000, buffer=4096
        ) as seat:
            await seat.sees("Lounge")
            (server,) = set(rosas.connections) - before
            sleep, wake = (
                (seat.stop_reading, seat.read_on)
                if how == "line"
                else (seat.channel.pause_reading, seat.channel.resume_reading)
            )
            sleep()
            (visit,) = [
                one for one in rosas.listener._visits if one.connection is server
            ]
            said = 0
            while not said or not visit._doing._app._stale:
                assert said < 500
                lune.press(f"line {said} {'x' * 150}".encode(), b"\r")
                await fresh.sees(f"line {said} ")
                said += 1
            assert f"line {said - 1} " not in seat.text
            wake()
            await seat.sees(f"line {said - 1} ")

            await until(lambda: seat.text == fresh.text)


class Talkative(WatchedReception):
    """A house with a verb that writes more than fits in any buffer."""

    LENGTH = 3_000_000

    async def verb(self, key: KeyDigest, command: str, streams: Streams) -> int:
        """Write and write."""
        streams.write("x" * self.LENGTH + "\n")
        await streams.drain()
        return 0


@pytest.mark.parametrize("window", [2**16, 2**21, 2**31])
async def test_a_long_answer_comes_whole_to_a_slow_reader(
    tmp_path_factory: pytest.TempPathFactory, window: int
) -> None:
    """Whatever window it opens: the line sets the pace, nobody is cut off."""
    folder = tmp_path_factory.mktemp("house")
    async with a_front(folder, Talkative) as front:
        await front.person("rosa")
        async with raw(front, buffer=16_384) as client:
            await client.log_in(front.keys["rosa"])
            channel = await client.channel(window=window)
            assert channel is not None
            client.ask(channel, "exec", String("anything"))
            await client.next(MSG_CHANNEL_SUCCESS)
            (server,) = front.connections
            client.stop_reading()
            await until(lambda: server._congested or window < 2**20)
            assert server._unsent() < 200_000
            client.read_on()
            taken = 0
            while taken < Talkative.LENGTH:
                part = len((await client.next(94))[1]) - 8
                assert part > 0
                taken += part
                client.grant(channel, part)

            assert taken == Talkative.LENGTH + 1


async def test_input_that_no_verb_asks_for_is_not_kept(
    rosas: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`ssh HOST listen lounge </dev/zero` costs two megabytes at most."""
    monkeypatch.setattr("bunniz_bbs.ssh.streams.MOST_INPUT", 50_000)
    async with raw(rosas) as client:
        await client.log_in(rosas.keys["rosa"])
        channel = await client.channel()
        assert channel is not None
        client.ask(channel, "exec", String("listen lounge"))
        await client.next(MSG_CHANNEL_SUCCESS)
        (visit,) = rosas.listener._visits
        assert isinstance(visit._doing, Verb)
        streams = visit._doing._streams
        await client.pour(channel, 300_000)

        await until(lambda: len(streams._input) == 50_000)


async def test_an_echo_that_nobody_reads_is_not_kept(rosas: Front) -> None:
    """Typing into a closed window fills nothing."""
    async with raw(rosas) as client:
        await client.log_in(rosas.keys["rosa"])
        channel = await client.channel(window=0)
        assert channel is not None
        client.pty(channel)
        client.ask(channel, "exec", String("listen lounge"))
        await client.next(MSG_CHANNEL_SUCCESS)
        (server,) = rosas.connections
        await client.pour(channel, 300_000)

        assert held(server) < 100_000


async def test_a_slow_reader_is_waited_for_and_a_still_one_is_not() -> None:
    """What counts is that something was taken."""
    waiting, cuts = [100_000], []
    stall = Stall(lambda: waiting[0], lambda: cuts.append(1))
    stall.begin(0.03)
    for _ in range(3):
        timer = stall._timer
        waiting[0] -= PROGRESS
        await until(lambda before=timer: stall._timer is not before)
        assert cuts == []
    waiting[0] -= PROGRESS - 1
    await until(lambda: cuts == [1])
    assert stall._timer is None

    stall.begin(0.01)
    stall.end()
    await asyncio.sleep(0.03)
    assert cuts == [1]

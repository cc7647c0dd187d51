"""Ends of every kind: at once, in the middle of a beginning, with the server."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from asyncssh.constants import (
    MSG_CHANNEL_CLOSE,
    MSG_CHANNEL_EOF,
    MSG_CHANNEL_SUCCESS,
)
from asyncssh.packet import String, UInt32

from bunniz_bbs.bus.ports import HOUSE
from bunniz_bbs.domain.events import HouseClosing
from bunniz_bbs.domain.ids import KeyDigest, RoomSlug
from bunniz_bbs.plain.streams import Streams
from bunniz_bbs.ssh import visit as module
from bunniz_bbs.ssh.terminal import VANISH
from bunniz_bbs.tui.app import BunnizApp
from bunniz_bbs.tui.capabilities import Capabilities
from tests.ssh.front import Front, WatchedReception, a_front, until
from tests.ssh.raw import RawClient, raw
from tests.ssh.seat import seated


class SlowReception(WatchedReception):
    """Lets nobody in before a test says so."""

    async def app(
        self, key: KeyDigest, place: str | None, capabilities: Capabilities
    ) -> BunnizApp:
        """The full-screen program of one visit."""
        self.asked, self.go = asyncio.Event(), asyncio.Event()
        self.asked.set()
        await self.go.wait()
        return await super().app(key, place, capabilities)


class StuckReception(WatchedReception):
    """Has a verb that never ends by itself, whatever its client does."""

    async def verb(self, key: KeyDigest, command: str, streams: Streams) -> int:
        """Wait for ever."""
        streams.write("begun\n")
        await asyncio.Event().wait()
        return 0


@pytest.fixture
async def slow(tmp_path: Path) -> AsyncIterator[Front]:
    """A front whose house is slow to open; rosa is one of its people."""
    async with a_front(tmp_path, SlowReception) as front:
        await front.person("rosa")
        yield front


@pytest.fixture
async def rosas(front: Front) -> Front:
    """A front whose house rosa and lune are in."""
    await front.person("rosa")
    await front.person("lune")
    return front


async def begun(client: RawClient, front: Front) -> int:
    """Come in where nobody is let in yet; the channel."""
    await client.log_in(front.keys["rosa"])
    channel = await client.shell()
    reception = front.reception
    assert isinstance(reception, SlowReception)
    await reception.asked.wait()
    return channel


def let_in(front: Front) -> None:
    """The house opens."""
    assert isinstance(front.reception, SlowReception)
    front.reception.go.set()


FORMS = (b"\x18", b"\x1b[120;5u", b"\x1b[27;5;120~")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("where", [None, "go lounge", "go general"])
async def test_ctrl_x_vanishes_in_any_form_and_in_any_pieces(
    rosas: Front, where: str | None, form: bytes
) -> None:
    """The terminal is empty, the status 0, and the last thing written is that."""
    async with seated(rosas, "rosa", where) as seat:
        await seat.sees({"go lounge": "Lounge", "go general": "General"}.get(where, ""))
        await seat.moves(0)
        for one in form:
            seat.press(bytes([one]))
            await asyncio.sleep(0)

        assert await seat.ends() == 0
        assert seat.raw.endswith(VANISH.encode())
        assert seat.text.strip() == ""
        assert seat.modes_left_on() == set()
    await rosas.gone()


async def test_ctrl_x_before_the_first_page_is_there(slow: Front) -> None:
    """Somebody looked over a shoulder: nothing is drawn any more."""
    async with raw(slow) as client:
        channel = await begun(client, slow)
        client.data(channel, b"\x18")
        output = await client.output()

        assert output == VANISH.encode()
        let_in(slow)
    await until(lambda: not slow.listener._visits)


async def test_ctrl_x_before_anything_was_asked_for(rosas: Front) -> None:
    """Keys can be quicker than a client."""
    async with raw(rosas) as client:
        await client.log_in(rosas.keys["rosa"])
        channel = await client.channel()
        assert channel is not None
        client.pty(channel)
        client.data(channel, b"\x18")
        client.ask(channel, "shell")

        assert await client.output() == VANISH.encode()
    await rosas.gone()
    await until(lambda: not rosas.listener._visits)


async def test_ctrl_x_leaves_a_verb_on_a_terminal_too(rosas: Front) -> None:
    """What a verb has shown is cleared as well."""
    async with seated(rosas, "rosa", "listen lounge") as seat:
        await until(lambda: rosas.listener._visits)
        seat.press(b"\x18")

        assert await seat.ends() == 0
        assert seat.raw.endswith(VANISH.encode())


@pytest.mark.parametrize("how", ["line", "channel", "end of input"])
async def test_who_is_gone_before_the_first_page_leaves_nothing(
    slow: Front, how: str
) -> None:
    """No app is run for nobody."""
    async with raw(slow) as client:
        channel = await begun(client, slow)
        if how == "channel":
            client.send_packet(MSG_CHANNEL_CLOSE, UInt32(channel))
            await client.next(MSG_CHANNEL_CLOSE)
        elif how == "end of input":
            client.send_packet(MSG_CHANNEL_EOF, UInt32(channel))
            client.ask(channel, "made-up")
            await client.next(100)
        else:
            client.abort()
            await slow.gone()
        (visit,) = slow.listener._visits
        let_in(slow)
        await visit.ended.wait()
        assert not slow.listener._visits
    await slow.gone()


@pytest.mark.parametrize("steps", range(0, 60, 4))
async def test_a_line_that_breaks_at_any_moment_of_a_beginning(
    rosas: Front, steps: int
) -> None:
    """After so many turns of the loop: the visit ends, no task and no room is left."""
    async with raw(rosas) as client:
        await client.log_in(rosas.keys["rosa"])
        channel = await client.channel()
        assert channel is not None
        client.pty(channel)
        client.ask(channel, "exec", String("go lounge"))
        await client.next(MSG_CHANNEL_SUCCESS)
        for _ in range(steps):
            await asyncio.sleep(0)
    await rosas.gone()

    await until(lambda: not rosas.listener._visits)
    assert not rosas.wired.held.of(RoomSlug("lounge")).present


async def test_a_lost_line_keeps_what_was_begun(rosas: Front) -> None:
    """A draft is there again, and the room is left."""
    async with seated(rosas, "rosa", "go general") as seat:
        await seat.sees("General")
        seat.press(b"c")
        await seat.sees("New thread")
        seat.press(b"Bread", b"\r", b"and butter")
        await seat.sees("and butter")
    await until(lambda: not rosas.listener._visits)

    async with seated(rosas, "rosa", "go general") as seat:
        await seat.sees("General")
        seat.press(b"c")
        await seat.sees("Bread", "and butter")


async def test_a_visit_that_does_not_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client that is gone is worked for so long and no longer."""
    monkeypatch.setattr(module, "WIND_DOWN_SECONDS", 0.1)
    async with a_front(tmp_path, StuckReception) as front:
        await front.person("rosa")
        async with raw(front) as client:
            await client.log_in(front.keys["rosa"])
            channel = await client.channel()
            assert channel is not None
            client.ask(channel, "exec", String("x"))
            await client.next(94)
        await front.gone()
        await until(lambda: not front.listener._visits)


async def stop(front: Front) -> None:
    """Stop the server as the command line does."""
    front.reception.draining = True
    front.wired.services.bus.tell(HOUSE, HouseClosing())
    await front.listener.drain(5)
    await front.listener.close()


async def test_a_stopping_server_tells_everybody_and_waits(rosas: Front) -> None:
    """Screens get a word, verbs end, idlers go, and nobody new comes in."""
    async with (
        seated(rosas, "rosa", "go lounge") as seat,
        raw(rosas) as listening,
        raw(rosas) as idle,
    ):
        await seat.sees("Lounge")
        await listening.log_in(rosas.keys["lune"])
        channel = await listening.channel()
        assert channel is not None
        listening.ask(channel, "exec", String("listen lounge"))
        await listening.next(MSG_CHANNEL_SUCCESS)
        await idle.log_in(rosas.keys["lune"])
        port = rosas.port
        loop = asyncio.get_running_loop()
        began = loop.time()
        await stop(rosas)

        assert loop.time() - began < 4
        assert await seat.ends() == 0
        assert "The server stops now" in seat.flat
        assert seat.modes_left_on() == set()
        await listening.ended.wait()
        await idle.ended.wait()
        with pytest.raises(ConnectionError):
            await asyncio.open_connection("127.0.0.1", port)
    assert not rosas.listener._visits


async def test_a_stopping_server_tells_who_is_just_coming_in(slow: Front) -> None:
    """A visit that has no page yet is told as well, and is not begun."""
    async with seated(slow, "rosa") as seat:
        reception = slow.reception
        assert isinstance(reception, SlowReception)
        await until(lambda: slow.listener._visits)
        await reception.asked.wait()
        stopping = asyncio.create_task(stop(slow))
        await until(lambda: reception.draining)
        reception.go.set()

        assert await seat.ends() == 0
        assert "The server stops now" in seat.flat
        await stopping


async def test_a_server_that_must_stop_now_ends_what_does_not(tmp_path: Path) -> None:
    """A visit that hangs holds nothing up."""
    async with a_front(tmp_path, StuckReception) as front:
        await front.person("rosa")
        async with raw(front) as client:
            await client.log_in(front.keys["rosa"])
            channel = await client.channel()
            assert channel is not None
            client.ask(channel, "exec", String("x"))
            await client.next(94)
            tasks = asyncio.all_tasks()
            await front.listener.drain(0.1)
            await front.listener.close()
            assert not front.listener._visits
            assert not [
                one
                for one in tasks - {asyncio.current_task()}
                if one.done() and not one.cancelled() and one.exception()
            ]
            await client.ended.wait()

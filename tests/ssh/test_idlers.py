"""Who has logged in and asks for nothing does not stay."""

import pytest
from asyncssh.constants import MSG_CHANNEL_CLOSE, MSG_CHANNEL_SUCCESS
from asyncssh.packet import String

from bunniz_bbs.ssh import doorkeeper
from tests.ssh.front import Front
from tests.ssh.raw import raw
from tests.ssh.seat import seated


@pytest.fixture
async def quick(front: Front, monkeypatch: pytest.MonkeyPatch) -> Front:
    """A front with little patience, and somebody in its house."""
    monkeypatch.setattr(doorkeeper, "IDLE_SECONDS", 0.2)
    monkeypatch.setattr(doorkeeper, "LINGER_SECONDS", 0.2)
    await front.person("rosa")
    return front


async def test_who_opens_no_channel_is_seen_out(quick: Front) -> None:
    """The timer of the log-in has ended by then; this is another one."""
    async with raw(quick) as client:
        await client.log_in(quick.keys["rosa"])
        await client.ended.wait()
    await quick.gone()


async def test_who_asks_for_nothing_on_a_channel_is_seen_out(quick: Front) -> None:
    """A terminal and a variable are not a visit."""
    async with raw(quick) as client:
        await client.log_in(quick.keys["rosa"])
        channel = await client.channel()
        assert channel is not None
        client.pty(channel)
        client.ask(channel, "env", String("COLORTERM"), String("truecolor"))
        await client.ended.wait()
    await quick.gone()


async def test_who_stays_after_a_visit_is_seen_out(quick: Front) -> None:
    """Also with a second channel open, and without closing the first."""
    async with raw(quick) as client:
        await client.log_in(quick.keys["rosa"])
        channel = await client.channel()
        assert channel is not None
        assert await client.channel(1) is not None
        client.ask(channel, "exec", String("whoami"))
        await client.next(MSG_CHANNEL_CLOSE)
        await client.ended.wait()
    await quick.gone()


async def test_who_visits_stays_as_long_as_they_like(quick: Front) -> None:
    """A verb beside a screen that ends does not end the screen."""
    async with seated(quick, "rosa") as seat:
        await seat.sees("Boards")
        client = seat.channel.get_connection()
        assert (await client.run("whoami")).exit_status == 0
        (server,) = quick.connections
        (keeper,) = {server.get_owner()}
        assert isinstance(keeper, doorkeeper.Doorkeeper)
        assert keeper._waiting is None

        seat.press(b"q")
        assert await seat.ends() == 0
    await quick.gone()


async def test_a_second_verb_in_time_is_welcome(quick: Front) -> None:
    """Clients that share a connection ask one thing after the other."""
    async with raw(quick) as client:
        await client.log_in(quick.keys["rosa"])
        for number in range(3):
            channel = await client.channel(number)
            assert channel is not None
            client.ask(channel, "exec", String("whoami"))
            await client.next(MSG_CHANNEL_SUCCESS)
            assert await client.output() == b"You are rosa, member.\n"
            client.send_packet(MSG_CHANNEL_CLOSE, channel.to_bytes(4, "big"))
        await client.ended.wait()

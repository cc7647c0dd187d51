"""Sessions are offered, and nothing beside them."""

import asyncssh
import pytest
from asyncssh.constants import (
    MSG_CHANNEL_CLOSE,
    MSG_CHANNEL_FAILURE,
    MSG_CHANNEL_OPEN_CONFIRMATION,
    MSG_CHANNEL_OPEN_FAILURE,
    MSG_CHANNEL_SUCCESS,
    MSG_DISCONNECT,
    MSG_GLOBAL_REQUEST,
    MSG_REQUEST_FAILURE,
    MSG_REQUEST_SUCCESS,
)
from asyncssh.packet import Boolean, String, UInt32

from bunniz_bbs.ssh.channel import LONGEST_VARIABLE, SMALLEST_PACKET
from bunniz_bbs.ssh.doing import LONGEST_COMMAND
from bunniz_bbs.ssh.guard import MOST_CHANNELS, MOST_REFUSALS
from tests.ssh.front import Front, until
from tests.ssh.raw import RawClient, raw
from tests.ssh.seat import seated

ADDRESS = String("127.0.0.1") + UInt32(22)
KINDS = {
    "direct-tcpip": ADDRESS + ADDRESS,
    "forwarded-tcpip": ADDRESS + ADDRESS,
    "direct-streamlocal@openssh.com": String("/tmp/x") + String("") + UInt32(0),
    "forwarded-streamlocal@openssh.com": String("/tmp/x") + String(""),
    "tun@openssh.com": UInt32(1) + UInt32(0),
    "x11": ADDRESS,
    "auth-agent@openssh.com": b"",
    "made-up": b"",
    "": b"",
}
REQUESTS = {
    "tcpip-forward": ADDRESS,
    "cancel-tcpip-forward": ADDRESS,
    "streamlocal-forward@openssh.com": String("/tmp/x"),
    "cancel-streamlocal-forward@openssh.com": String("/tmp/x"),
    "hostkeys-prove-00@openssh.com": String("x"),
    "made-up": b"",
}
ON_CHANNELS = {
    "x11-req": Boolean(False) + String("MIT") + String("00") + UInt32(0),
    "auth-agent-req@openssh.com": b"",
    "subsystem": String("sftp"),
    "break": UInt32(500),
    "made-up": b"",
}


async def entered(front: Front, client: RawClient) -> None:
    """Log a client in as somebody."""
    if "rosa" not in front.keys:
        await front.person("rosa")
    await client.log_in(front.keys["rosa"])


async def answered(client: RawClient, channel: int, name: str, *rest: bytes) -> bool:
    """Whether a request on a channel is granted."""
    client.ask(channel, name, *rest)
    kind, _ = await client.next(MSG_CHANNEL_SUCCESS, MSG_CHANNEL_FAILURE)
    return kind == MSG_CHANNEL_SUCCESS


@pytest.mark.parametrize("kind", KINDS)
async def test_no_other_channel_opens(front: Front, kind: str) -> None:
    """Forwarding, sockets, tunnels, X11 and agents are refused."""
    async with raw(front) as client:
        await entered(front, client)

        assert await client.channel(kind=kind, rest=KINDS[kind]) is None


@pytest.mark.parametrize("name", REQUESTS)
async def test_no_request_to_the_server_is_granted(front: Front, name: str) -> None:
    """Nobody makes the server listen, or sign with its host key."""
    async with raw(front) as client:
        await entered(front, client)
        client.send_packet(
            MSG_GLOBAL_REQUEST, String(name), Boolean(True), REQUESTS[name]
        )
        kind, payload = await client.next(MSG_REQUEST_SUCCESS, MSG_REQUEST_FAILURE)

        assert (kind, payload) == (MSG_REQUEST_FAILURE, b"")


async def test_a_client_may_see_whether_the_server_is_there(front: Front) -> None:
    """A keepalive is answered, as often as it comes."""
    async with raw(front) as client:
        await entered(front, client)
        for _ in range(MOST_REFUSALS * 3):
            name = String("keepalive@openssh.com")
            client.send_packet(MSG_GLOBAL_REQUEST, name, Boolean(True))
            kind, _ = await client.next(MSG_REQUEST_SUCCESS, MSG_REQUEST_FAILURE)
            assert kind == MSG_REQUEST_SUCCESS


@pytest.mark.parametrize("name", ON_CHANNELS)
async def test_a_channel_gives_no_more_than_a_terminal(front: Front, name: str) -> None:
    """No agent, no X11, no files; the channel is as good as before."""
    async with raw(front) as client:
        await entered(front, client)
        channel = await client.channel()
        assert channel is not None

        assert not await answered(client, channel, name, ON_CHANNELS[name])
        if name == "subsystem":
            return
        assert await answered(client, channel, "exec", String("whoami"))
        assert b"rosa" in await client.output()


@pytest.mark.parametrize("command", ["scp -t /tmp", "scp -f /etc/passwd", "sh", "; id"])
async def test_a_command_is_a_verb_or_nothing(front: Front, command: str) -> None:
    """No shell stands behind it."""
    await front.person("rosa")

    async with front.connect("rosa") as client:
        done = await client.run(command)

    assert done.exit_status in (2, 3)
    assert "There is no command" in done.stderr


@pytest.mark.parametrize("command", [b"x" * (LONGEST_COMMAND + 1), b"\xff\xfe"])
async def test_a_command_is_a_text_of_bearable_length(
    front: Front, command: bytes
) -> None:
    """Others are refused before anything reads them."""
    async with raw(front) as client:
        await entered(front, client)
        channel = await client.channel()
        assert channel is not None

        assert not await answered(client, channel, "exec", String(command))


async def test_colorterm_is_the_one_variable_that_is_taken(front: Front) -> None:
    """What a client sends of itself is left at the door."""
    async with raw(front) as client:
        await entered(front, client)
        channel = await client.channel()
        assert channel is not None
        for name in ("LANG", "LC_ALL", "TERM", "HOME", "PATH", "TEXTUAL_DEBUG", ""):
            granted = await answered(client, channel, "env", String(name), String("C"))
            assert not granted
        long = String("x" * (LONGEST_VARIABLE + 1))
        assert not await answered(client, channel, "env", String("COLORTERM"), long)
        true = String("truecolor")
        assert await answered(client, channel, "env", String("COLORTERM"), true)

        (server,) = front.connections
        (kept,) = server._channels.values()
        assert kept._env == {b"COLORTERM": b"truecolor"}


async def test_a_flood_of_variables_is_not_kept(front: Front) -> None:
    """One name takes one place, however often it comes."""
    async with raw(front) as client:
        await entered(front, client)
        channel = await client.channel()
        assert channel is not None
        for number in range(2000):
            for name in (f"V{number}", "COLORTERM"):
                value = String(f"{number}")
                client.ask(channel, "env", String(name), value, reply=False)

        assert await answered(client, channel, "exec", String("whoami"))
        assert await client.output() == b"You are rosa, member.\n"


@pytest.mark.parametrize(("said", "mark"), [("24bit", b";2;"), ("", b";5;")])
async def test_colours_are_as_the_terminal_says(
    front: Front, said: str, mark: bytes
) -> None:
    """By COLORTERM where it is sent, by the terminal's name where not."""
    await front.person("rosa")

    async with seated(front, "rosa", env={"COLORTERM": said}) as seat:
        await seat.sees("Boards")

        assert b"\x1b[38" + mark in seat.raw or b";48" + mark in seat.raw


async def test_a_connection_has_two_channels_at_most(front: Front) -> None:
    """One that closes makes room for another."""
    async with raw(front) as client:
        await entered(front, client)
        opened = [await client.channel(number) for number in range(MOST_CHANNELS)]
        assert None not in opened
        assert await client.channel(7) is None
        assert opened[0] is not None
        client.send_packet(MSG_CHANNEL_CLOSE, UInt32(opened[0]))
        await client.next(MSG_CHANNEL_CLOSE)
        await until(lambda: len(front.connections[0]._channels) < MOST_CHANNELS)

        assert await client.channel(8) is not None


@pytest.mark.parametrize("how", ["channels", "requests", "mixed"])
async def test_who_goes_on_asking_for_what_is_refused_is_cut_off(
    front: Front, how: str
) -> None:
    """A flood costs ten answers."""
    async with raw(front) as client:
        await entered(front, client)
        for number in range(MOST_REFUSALS + 1):
            if how == "requests" or (how == "mixed" and number % 2):
                client.send_packet(MSG_GLOBAL_REQUEST, String("x"), Boolean(True))
            else:
                client.open(number, kind="direct-tcpip", rest=ADDRESS + ADDRESS)
        refusals = 0
        wanted = MSG_CHANNEL_OPEN_FAILURE, MSG_REQUEST_FAILURE, MSG_DISCONNECT
        while (await client.next(*wanted))[0] in wanted[:2]:
            refusals += 1

        assert refusals == MOST_REFUSALS
        await client.ended.wait()
    await front.gone()


@pytest.mark.parametrize("size", [0, 1, SMALLEST_PACKET - 1])
async def test_packets_too_small_for_a_screen_are_refused(
    front: Front, size: int
) -> None:
    """A screen in packets of one byte stalls everybody else for a second."""
    async with raw(front) as client:
        await entered(front, client)
        client.open(packet=size)
        kind, _ = await client.next(MSG_CHANNEL_OPEN_CONFIRMATION, MSG_DISCONNECT)

        assert kind in (0, MSG_DISCONNECT)
    await front.gone()


async def test_forwarding_with_a_real_client_is_refused(front: Front) -> None:
    """-R, and -L when something is sent through it."""
    await front.person("rosa")

    async with front.connect("rosa") as client:
        with pytest.raises(asyncssh.ChannelListenError):
            await client.forward_remote_port("", 0, "127.0.0.1", 22)
        with pytest.raises(asyncssh.ChannelOpenError):
            await client.open_connection("127.0.0.1", 22)
        with pytest.raises(asyncssh.ChannelOpenError):
            await client.open_unix_connection("/tmp/x")
        with pytest.raises(asyncssh.Error):
            await client.start_sftp_client()

        assert (await client.run("whoami")).exit_status == 0


async def test_without_a_terminal_it_is_plain_lines(front: Front) -> None:
    """A shell without a terminal, and whoever asks for lines by name."""
    await front.person("rosa")

    async with front.connect("rosa") as client:
        for command in (None, "plain", " plain general "):
            done = await client.run(command, input="0\n/whoami\n")

            assert done.exit_status == 0
            assert "You are rosa" in str(done.stdout) or command is None
            assert "You have left." in str(done.stdout)
        assert (await client.run("go general")).exit_status == 2


@pytest.mark.parametrize(
    ("command", "term"),
    [("plain", "xterm"), (None, "dumb"), ("go", "dumb"), ("go general", "dumb")],
)
async def test_a_terminal_gets_plain_lines_where_it_must(
    front: Front, command: str | None, term: str
) -> None:
    """By name, or where it can draw nothing; Ctrl+X leaves it as it is."""
    await front.person("rosa")
    async with seated(front, "rosa", command, term=term) as seat:
        await seat.sees("Your choice:")
        seat.press(b"typed", b"\x18")

        assert await seat.ends() == 0
        assert 0x1B not in seat.raw


async def test_what_a_dead_client_typed_is_kept_as_a_draft(front: Front) -> None:
    """Its connection is cut in the middle of a line."""
    rosa = await front.person("rosa")
    async with seated(front, "rosa", "plain general") as seat:
        await seat.sees("Your choice:")
        seat.press(b"c\r", b"Bread\r", b"one\r", b"tw")
        await seat.sees("tw")
        seat.channel.get_connection().abort()
    await front.gone()
    await until(lambda: not front.listener._visits)
    draft = await front.wired.services.drafts.get(rosa, "board:general")

    assert draft
    assert (draft.title, draft.body) == ("Bread", "one\ntw")


async def test_a_visit_that_has_begun_is_asked_nothing_more(front: Front) -> None:
    """A second shell, command or terminal on the same channel is refused."""
    async with raw(front) as client:
        await entered(front, client)
        channel = await client.channel()
        assert channel is not None
        client.pty(channel)
        await client.next(MSG_CHANNEL_SUCCESS)
        assert await answered(client, channel, "shell")
        assert not await answered(client, channel, "shell")
        assert not await answered(client, channel, "exec", String("whoami"))
        client.pty(channel)
        kind, _ = await client.next(MSG_CHANNEL_SUCCESS, MSG_CHANNEL_FAILURE)

        assert kind == MSG_CHANNEL_FAILURE

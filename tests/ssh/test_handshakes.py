"""Before anybody has proven a key: half an opening, garbage, and too many at once."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

from bunniz_bbs.ssh import options, sources
from tests.ssh.front import Front, a_front, open_sockets, until

LOGIN_SECONDS: Final = 1
RECORDED: Final = 300
"""Broken openings that are tried."""


@pytest.fixture
async def hasty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Front]:
    """A front that waits for a log-in for a second only; rosa is in its house."""
    monkeypatch.setattr(options, "LOGIN_SECONDS", LOGIN_SECONDS)
    async with a_front(tmp_path) as made:
        await made.person("rosa")
        yield made


class Line:
    """A line to a front, on which something was sent."""

    def __init__(self, ends: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
        self._reader, self._writer = ends

    async def answered(self) -> bytes:
        """What is answered until the server hangs up."""
        answer = b""
        with suppress(ConnectionError):
            async with asyncio.timeout(10):
                while part := await self._reader.read(65536):
                    answer += part
        await self.close()
        return answer

    async def close(self) -> None:
        """Hang up."""
        self._writer.close()
        with suppress(ConnectionError):
            await self._writer.wait_closed()


async def opened(front: Front, data: bytes = b"") -> Line:
    """A line on which this was sent."""
    line = Line(await asyncio.open_connection("127.0.0.1", front.port))
    line._writer.write(data)
    return line


async def test_half_an_opening_is_closed_in_time(hasty: Front) -> None:
    """However far it goes, it takes a place for so long and no longer."""
    whole = await recording(hasty)
    await hasty.gone()
    sockets = open_sockets()
    loop = asyncio.get_running_loop()
    began = loop.time()
    halves = (b"", b"SSH", b"SSH-2.0-x\r\n", whole[:200], whole[: len(whole) // 2])
    lines = [await opened(hasty, half) for half in halves]
    for line in lines:
        await line.answered()

    assert loop.time() - began < LOGIN_SECONDS + 1.5
    await hasty.gone()
    await until(lambda: open_sockets() <= sockets)


@pytest.mark.parametrize(
    "garbage",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"SSH-1.5-old\r\n",
        b"SSH-2.0-\xff\xfe\r\n",
        b"SSH-2.0-" + b"x" * 5000 + b"\r\n",
        b"x" * 100_000,
        b"SSH-2.0-x\r\n" + b"\xff" * 100,
        b"SSH-2.0-x\r\n" + b"\0\0\0\x0c\x0a\x05" + b"\0" * 10,
        b"SSH-2.0-x\r\n" * 500,
    ],
    ids=range(9),
)
async def test_what_is_not_ssh_is_hung_up_on(hasty: Front, garbage: bytes) -> None:
    """And others get in."""
    await (await opened(hasty, garbage)).answered()
    await hasty.gone()

    async with hasty.connect("rosa") as client:
        assert (await client.run("whoami")).exit_status == 0


async def recording(front: Front) -> bytes:
    """What a client sends that logs in and asks for something."""
    sent = bytearray()

    async def copy(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
        while data := await source.read(65536):
            if to is upwards:
                sent.extend(data)
            to.write(data)
        to.close()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal upwards
        answers, upwards = await asyncio.open_connection("127.0.0.1", front.port)
        with suppress(ConnectionError):
            await asyncio.gather(copy(reader, upwards), copy(answers, writer))

    upwards: asyncio.StreamWriter
    server = await asyncio.start_server(relay, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, front.connect("rosa", port=port) as client:
        await client.run("whoami")
    return bytes(sent)


def broken(whole: bytes, seed: int) -> bytes:
    """An opening with something wrong in it."""
    chance = random.Random(seed)
    data = bytearray(whole[: chance.randint(1, len(whole))])
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(4):
            case 0:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[at : at + chance.randint(1, 8)]
            case 2:
                data[at:at] = chance.randbytes(chance.randint(1, 16))
            case _:
                data[at : at + 4] = chance.choice(
                    (b"\xff" * 4, b"\0\0\0\0", b"\0\4\0\0")
                )
    return bytes(data)


async def test_broken_openings_leave_nothing_behind(hasty: Front) -> None:
    """Hundreds of them: no connection, no file, no task stays, and others get in."""
    whole = await recording(hasty)
    await hasty.gone()
    sockets, tasks = open_sockets(), len(asyncio.all_tasks())

    for start in range(0, RECORDED, 50):
        lines = [
            await opened(hasty, broken(whole, seed))
            for seed in range(start, start + 50)
        ]
        for line in lines:
            await line.answered()
    await hasty.gone()

    await until(lambda: open_sockets() <= sockets)
    await until(lambda: len(asyncio.all_tasks()) <= tasks)
    async with hasty.connect("rosa") as client:
        assert (await client.run("whoami")).exit_status == 0


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> int:
    """A gate with few places."""
    monkeypatch.setattr(sources, "AT_THE_GATE", 8)
    return 8


async def test_half_openings_lock_nobody_out(front: Front, narrow: int) -> None:
    """The gate is full of them: for somebody who comes in, the oldest goes."""
    await front.person("rosa")
    lines = [await opened(front, b"SSH-2.0-x\r\n") for _ in range(narrow * 4)]
    await until(lambda: len(front.connections) <= narrow)

    async with front.connect("rosa") as client:
        assert (await client.run("whoami")).exit_status == 0
    for line in lines:
        await line.close()
    await front.gone()


async def test_who_has_come_in_gives_no_place_away(front: Front, narrow: int) -> None:
    """A full gate ends no visit."""
    await front.person("rosa")

    async with front.connect("rosa") as client:
        await client.run("whoami")
        lines = [await opened(front) for _ in range(narrow * 2)]
        await until(lambda: len(front.connections) == narrow + 1)
        assert (await client.run("whoami")).exit_status == 0
    for line in lines:
        await line.close()


async def test_a_full_house_takes_nobody_more(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One more is hung up on at once; when somebody goes there is room again."""
    monkeypatch.setattr(sources, "TOTAL", 1)
    await front.person("rosa")

    async with front.connect("rosa") as client:
        assert await (await opened(front)).answered() == b""
        assert (await client.run("whoami")).exit_status == 0
    await front.gone()
    async with front.connect("rosa") as client:
        assert (await client.run("whoami")).exit_status == 0

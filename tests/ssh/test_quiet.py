"""What the server says of itself when something breaks: a kind, a place, no word."""

import asyncio
import gc
import logging
import sys
import threading
from collections.abc import AsyncIterator

import asyncssh
import pytest

from bunniz_bbs.ssh.quiet import hush
from tests.ssh.front import Front, until
from tests.ssh.raw import raw
from tests.ssh.seat import seated

SECRET = "what rosa wrote from 192.0.2.7"


@pytest.fixture
async def hushed() -> AsyncIterator[None]:
    """A loop that names places only."""
    speak_again = hush(asyncio.get_running_loop())
    yield
    speak_again()


def fail(secret: str) -> None:
    """Break with a secret in the words and in the locals."""
    raise ValueError(secret)


def taken(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged until now, which is then forgotten."""
    for one in caplog.records:
        assert SECRET not in one.getMessage()
        assert one.exc_info is None
    said = [f"{one.name}: {one.getMessage()}" for one in caplog.records]
    caplog.clear()
    return said


PLACE = "bunniz.loop: ValueError at ssh/test_quiet.py:"


class Trash:
    """Breaks when it is thrown away."""

    def __del__(self) -> None:
        """Break."""
        fail(SECRET)


@pytest.mark.usefixtures("hushed")
class TestHush:
    """While a loop is hushed."""

    async def test_a_callback_names_its_place(
        self, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """Not its arguments, which asyncio would print."""
        asyncio.get_running_loop().call_soon(fail, SECRET)
        await until(lambda: caplog.records)

        (said,) = taken(caplog)
        assert said.startswith(PLACE)
        assert capfd.readouterr() == ("", "")

    async def test_a_task_that_nobody_awaits_names_its_place(
        self, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """When it is thrown away."""

        async def work() -> None:
            fail(SECRET)

        task = asyncio.create_task(work())
        await until(task.done)
        del task
        gc.collect()

        (said,) = taken(caplog)
        assert said.startswith(PLACE)
        assert capfd.readouterr() == ("", "")

    async def test_what_cannot_be_raised_names_its_place(
        self, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """In destructors and in threads."""
        trash = Trash()
        del trash
        gc.collect()
        thread = threading.Thread(target=fail, args=(SECRET,))
        thread.start()
        thread.join()

        assert [one.startswith(PLACE) for one in taken(caplog)] == [True]
        assert capfd.readouterr() == ("", "")

    async def test_a_place_is_named_once_in_a_while(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        """A flood of mistakes is one line."""
        for number in range(50):
            asyncio.get_running_loop().call_soon(fail, f"{SECRET} {number}")
        await asyncio.sleep(0.01)

        assert len(taken(caplog)) == 1

    async def test_what_has_no_error_has_a_fixed_word(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        """A message of asyncio can hold anything."""
        loop = asyncio.get_running_loop()
        loop.call_exception_handler({"message": SECRET, "task": None})

        assert taken(caplog) == ["bunniz.loop: unfinished NoneType"]

    async def test_asyncio_itself_is_silent(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        """It says one line for each write to a dead peer, 18,000 were seen."""
        logging.getLogger("asyncio").warning("socket.send() raised exception.")

        assert taken(caplog) == []


async def test_afterwards_everything_is_as_it_was() -> None:
    """Two servers in one process, or a test, do not change each other."""
    loop = asyncio.get_running_loop()
    log = logging.getLogger("asyncio")
    before = loop.get_exception_handler(), sys.unraisablehook, log.level
    hush(loop)()

    assert (loop.get_exception_handler(), sys.unraisablehook, log.level) == before


async def test_a_whole_visit_writes_down_nothing_of_anybody(
    front: Front, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not at any level that is on: no name, address, version, variable or word."""
    canaries = {
        "username": "jane-realname",
        "client_version": "Canary-Client-7",
        "term": "canary-term",
        "words": "a-canary-line",
        "command": "canary-verb",
        "variable": "canary-locale",
    }
    await front.person("rosa")
    async with seated(
        front,
        "rosa",
        "go lounge",
        term=canaries["term"],
        env={"LANG": canaries["variable"], "COLORTERM": canaries["variable"]},
    ) as seat:
        await seat.sees("Lounge")
        seat.press(canaries["words"].encode(), b"\r")
        await seat.sees(canaries["words"])
        client = seat.channel.get_connection()
        await client.run(canaries["command"])
        seat.press(b"\x18")
        await seat.ends()
    async with raw(front) as hostile:
        hostile.request(canaries["username"], "password")
        hostile.request(canaries["username"], "none")
        hostile.probe(b"junk", b"ssh-ed25519", canaries["username"])
        await hostile.outcome()
        hostile.send_packet(200, canaries["words"].encode())
        hostile.send_packet(1, canaries["words"].encode())
    with pytest.raises(asyncssh.Error):
        async with front.connect(
            "rosa",
            username=canaries["username"],
            client_version=canaries["client_version"],
            kex_algs=["ecdh-sha2-nistp256"],
        ):
            pass
    await front.gone()

    out, err = capfd.readouterr()
    logged = "\n".join(repr(vars(one)) for one in caplog.get_records("call"))
    said = out + err + logged
    assert [one for one in canaries.values() if one in said] == []
    assert "127.0.0.1" not in said

"""Twenty hostile terminals at once: nobody's visit breaks, least of all another's."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import asyncssh
import pytest

from bunniz_bbs.domain.people import Role
from bunniz_bbs.ssh import effort
from bunniz_bbs.ssh.terminal import HEIGHTS, WIDTHS
from tests.ssh.front import Front
from tests.ssh.gate import until
from tests.ssh.hostile import Hostile
from tests.ssh.seat import Seat, seated

EACH: Final = 252
"""Inputs of each of the twenty: more than 5,000 together."""
AT_ONCE: Final = 20
"""Inputs that are sent before it is waited that they have been dealt with."""
SIZES: Final = ((0, 0), (1, 1), (2**32 - 1, 2**32 - 1), (500, 200), (40, 15), (80, 24))


@dataclass(frozen=True)
class Post:
    """Where a hostile client attacks from: what it asks for, and what it presses."""

    command: str | None
    pressed: tuple[bytes, ...] = ()
    known: bool = True


POSTS: Final = (
    *(Post(None), Post("go general"), Post("go 1"), Post("go lounge")) * 3,
    *(Post("go general", (b"c",)), Post("go 1", (b"Q",)), Post(None, (b"?",))),
    *(Post(None, (b"/", b"log\r")), Post(None, (b"l",))),
    *(Post(None, known=False), Post(None, (b"\r",) * 2, known=False)),
    Post(None, (b"\r",) * 4, known=False),
)
"""Home, board, thread, room; composer, quote, help, log, language; the door."""


class Blind(Seat):
    """A client that does not look at what it is shown."""

    def data_received(self, data: bytes, datatype: int | None) -> None:
        """Forget it."""
        self.raw[:] = data


@asynccontextmanager
async def entering(
    front: Front, key: asyncssh.SSHKey, post: Post
) -> AsyncIterator[Blind]:
    """A hostile client at its post."""
    async with front.connect(key) as client:
        _, seat = await client.create_session(
            lambda: Blind((80, 24)),
            post.command,
            term_type="xterm-256color",
            term_size=(80, 24),
            encoding=None,
        )
        assert isinstance(seat, Blind)
        await until(lambda: seat.raw)
        for key_pressed in post.pressed:
            seat.press(key_pressed)
            await dealt_with(front, seat)
        yield seat


def keyboard_of(front: Front, seat: Seat) -> Any:
    """The server's keyboard that reads a client; None where the visit has ended."""
    here = seat.channel.get_extra_info("sockname")
    for visit in front.listener._visits:
        connection, terminal = visit.connection, visit._terminal
        line = connection and connection._transport
        if terminal and line and line.get_extra_info("peername") == here:
            return getattr(terminal.typed, "__self__", None)
    return None


async def dealt_with(front: Front, seat: Seat) -> None:
    """Wait until what was sent has had its effect, but for what may still go on."""
    keyboard = keyboard_of(front, seat)

    def idle() -> bool:
        return keyboard is None or seat.left.is_set() or not keyboard._asking

    await asyncio.sleep(0)
    await until(idle, 60)


class Attack:
    """One hostile client, which comes back when it is thrown out."""

    def __init__(self, front: Front, number: int, key: asyncssh.SSHKey) -> None:
        self._front = front
        self._post = POSTS[number]
        self._key = key
        self._hostile = Hostile(number)
        self.sent = 0
        """Inputs that were sent to a visit that lived."""
        self.thrown_out = 0

    async def run(self, all_in: asyncio.Barrier, count: int) -> None:
        """Attack, as soon as all are in."""
        inputs = iter([self._hostile.next() for _ in range(count)])
        left = True
        while left:
            async with entering(self._front, self._key, self._post) as seat:
                if not self.sent:
                    await all_in.wait()
                    seat.press(self._hostile.giant())
                left = await self._press(seat, inputs)
                self.thrown_out += left

    async def _press(self, seat: Blind, inputs: Iterator[bytes]) -> bool:
        """Send inputs until the visit ends; whether it did before all were sent."""
        for sent in inputs:
            if seat.left.is_set():
                return True
            seat.press(sent)
            self.sent += 1
            if self.sent % AT_ONCE == 0:
                size = SIZES[self.sent // AT_ONCE % len(SIZES)]
                seat.channel.change_terminal_size(*size)
                await dealt_with(self._front, seat)
        await dealt_with(self._front, seat)
        return False


@pytest.mark.timeout(240)
async def test_hostile_input_breaks_nothing(
    front: Front, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """5,000 inputs, twenty screens; meanwhile somebody talks as if nothing was."""
    monkeypatch.setattr(effort, "AT_ONCE", float("inf"))  # nobody has to take turns
    keys: list[asyncssh.SSHKey] = []
    for number, post in enumerate(POSTS):
        key = asyncssh.generate_private_key("ssh-ed25519")
        keys.append(key)
        if post.known:
            await front.person(f"mallory{number}", Role.MODERATOR, key=key)
    rosa = await front.person("rosa")
    await front.person("lune")
    await front.wired.services.threads.start(rosa, "general", "Bread", "Hello.\n" * 40)
    assert len(POSTS) == 20
    attacks = [Attack(front, number, key) for number, key in enumerate(keys)]
    all_in = asyncio.Barrier(len(attacks))

    async with seated(front, "lune", "go lounge", size=(80, 100), seconds=220) as lune:
        await lune.sees("Lounge")
        running = asyncio.gather(
            *(attack.run(all_in, EACH * rounds) for attack in attacks)
        )
        said = 0
        while not running.done() or said < 3:
            said += 1
            lune.press(f"mine {said}.\r".encode())
            await lune.sees(f"mine {said}.")
            await asyncio.wait([running], timeout=2)  # a person's pace
        await running

        assert not lune.left.is_set()
        assert sum(attack.sent for attack in attacks) >= 5000 * rounds
        for visit in front.listener._visits:
            assert visit._terminal is not None
            assert WIDTHS[0] <= visit._terminal.size[0] <= WIDTHS[1]
            assert HEIGHTS[0] <= visit._terminal.size[1] <= HEIGHTS[1]
    await front.gone()

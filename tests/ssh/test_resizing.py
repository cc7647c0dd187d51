"""A window of another size: one picture, at a bearable rate, of a bounded size."""

import asyncio
import logging
from typing import Any, cast

import pytest
from asyncssh.packet import UInt32
from textual._compositor import Compositor

from bunniz_bbs.ssh import guard
from bunniz_bbs.ssh.channel import GuardedChannel
from bunniz_bbs.ssh.terminal import MOST_CELLS, Terminal, clamp
from tests.ssh.front import Front, until
from tests.ssh.raw import raw
from tests.ssh.seat import Seat, seated

ONE_READ = 256 * 1024
"""What the event loop takes from a socket at once, at most."""


@pytest.fixture
async def rosas(front: Front) -> Front:
    """A front whose house rosa is in."""
    await front.person("rosa")
    return front


def resize(seat: Seat, width: int, height: int) -> None:
    """Make somebody's window another one."""
    seat.screen.resize(height, width)
    seat.channel.change_terminal_size(width, height)


def drawn(front: Front) -> str:
    """What the one visit's app has on its screen."""
    (visit,) = front.listener._visits
    app = cast(Any, visit._doing)._app
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


async def test_another_size_is_painted_once(
    rosas: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not after each step in which a page finds its place."""
    async with seated(rosas, "rosa") as seat:
        await seat.sees("Boards")
        await seat.rests()
        painted: list[bool] = []
        render = Compositor.render_update

        def note(compositor: Compositor, **how: Any) -> Any:
            painted.append(how.get("full", False))
            return render(compositor, **how)

        monkeypatch.setattr(Compositor, "render_update", note)
        resize(seat, 100, 30)
        await until(lambda: painted)
        await seat.rests()

        assert painted[0]
        assert len(painted) <= 2  # one more where the machine is slow
        assert seat.text == drawn(rosas)


async def test_every_page_fits_after_a_storm(rosas: Front) -> None:
    """Also one that was behind another meanwhile, and with keys in between."""
    async with seated(rosas, "rosa", "go lounge") as seat:
        await seat.sees("Lounge")
        for number in range(12):
            resize(seat, 60 + 7 * number, 20 + number)
            seat.press(b"?" if number == 4 else b"a" if number < 4 else b"j")
            await asyncio.sleep(0.02)
        resize(seat, 90, 33)
        await until(lambda: seat.text == drawn(rosas) and "aaaa" in seat.text)


@pytest.mark.parametrize("width", [20, 100, 300, 301, 500, 2**32 - 1])
def test_a_huge_window_is_drawn_in_part(width: int) -> None:
    """As wide as it is, and not as high."""
    wide, high = clamp(width, 2**32 - 1)

    assert wide == clamp(width, 24)[0]
    assert wide * high <= MOST_CELLS


async def test_the_next_size_waits_for_its_turn() -> None:
    """It is asked for once, when there is one; the last of many sizes counts."""
    terminal = Terminal(cast(GuardedChannel, None), "xterm", (80, 24))
    told: list[tuple[int, int]] = []
    asked: list[bool] = []

    def rest(pressing: bool) -> float:
        asked.append(pressing)
        return 0.05

    terminal.resized, terminal.rest = told.append, rest
    terminal.resize(100, 30)
    assert told == [(100, 30)]
    for width in range(50, 60):
        terminal.resize(width, 20)
    await until(lambda: asked)
    assert told == [(100, 30)]
    terminal.resize(70, 20)
    await until(lambda: len(told) == 2 and terminal._resizing is None)

    assert told[-1] == (70, 20)
    assert asked == [False]  # nobody had been waiting before


async def test_requests_are_read_at_a_bearable_rate(
    rosas: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small as they are, each is work: they count for more than their bytes."""
    burst, loop = 50_000, asyncio.get_running_loop()
    monkeypatch.setattr(guard, "BURST", burst)
    async with raw(rosas) as client:
        await client.log_in(rosas.keys["rosa"])
        channel = await client.shell(window=2**31)
        (server,) = rosas.connections
        served, count = 0, server.count_request

        def note() -> None:
            nonlocal served
            served += 1
            count()

        monkeypatch.setattr(server, "count_request", note)
        began = loop.time()
        for number in range(30_000):
            sizes = (UInt32(40 + number % 50), UInt32(20), UInt32(0), UInt32(0))
            client.ask(channel, "window-change", *sizes, reply=False)
        await asyncio.sleep(1.5)
        seconds = loop.time() - began

        own = 60  # bytes of each, at least
        most = (burst + guard.RATE * seconds) / (own + guard.REQUEST) + ONE_READ / own
        assert 0 < served < most


async def test_who_goes_in_the_middle_of_a_resize_leaves_no_word(
    rosas: Front, caplog: pytest.LogCaptureFixture
) -> None:
    """A page that is taken apart is not drawn any more."""
    with caplog.at_level(logging.WARNING):
        for number in range(12):
            async with seated(rosas, "rosa") as seat:
                await seat.sees("Boards")
                resize(seat, 60 + number, 20)
                seat.press(*(b"?", b"?")[: number % 3])
                await asyncio.sleep(number * 0.004)
                if number % 2:
                    seat.press(b"\x18")
                else:
                    seat.channel.get_connection().abort()
            await rosas.gone()

    assert [one.getMessage() for one in caplog.records] == []

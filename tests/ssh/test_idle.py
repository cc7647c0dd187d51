"""What a visit costs when nothing happens, and what is left of it afterwards."""

import asyncio
import gc
import weakref
from typing import Any

import pytest

from bunniz_bbs.ssh.visit import Visit
from bunniz_bbs.tui.app import BunnizApp
from tests.ssh.front import Front, a_key, open_sockets, until
from tests.ssh.seat import seated

TRIES = 5
"""Looks at a visit, of which one finds that nothing goes on."""
VISITS = 40
"""Visits that are counted; a leak of one object a visit shows."""


@pytest.fixture
async def rosas(front: Front) -> Front:
    """A front whose house rosa is in."""
    await front.person("rosa")
    return front


PLACES = {
    "home": (None, b""),
    "a room": ("go lounge", b"half a line"),
    "a board": ("go general", b""),
    "the composer": ("go general", b"c"),
    "the line for commands": (None, b"/go"),
    "help": (None, b"?"),
}


@pytest.mark.parametrize("place", [*PLACES, "the door"])
async def test_a_visit_in_which_nothing_happens_wakes_nothing(
    rosas: Front, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """No clock runs for it, no task turns, no byte is sent."""
    loop = asyncio.get_running_loop()
    where, keys = PLACES.get(place, (None, b""))
    person = a_key() if place == "the door" else "rosa"
    async with seated(rosas, person, where) as seat:
        await seat.moves(0)
        await seat.rests()
        seat.press(*(bytes([one]) for one in keys))
        await seat.rests()
        set_up: list[str] = []

        def note(name: str) -> None:
            there = getattr(loop, name)

            def noting(*args: Any, **how: Any) -> Any:
                set_up.append(f"{name} {args}")
                return there(*args, **how)

            monkeypatch.setattr(loop, name, noting)

        for _ in range(TRIES):  # what coming in has begun may still go on
            set_up.clear()
            before = len(seat.raw)
            waiting = asyncio.Event()
            loop.call_later(1.2, waiting.set)
            for name in ("call_later", "call_at", "call_soon", "call_soon_threadsafe"):
                note(name)
            await waiting.wait()
            monkeypatch.undo()
            if len(set_up) <= 1:
                break

        # This test itself was woken once.
        assert [one for one in set_up if "task_wakeup" not in one] == []
        assert len(set_up) <= 1
        assert len(seat.raw) == before
        left = [one for one in loop._scheduled if not one.cancelled()]  # type: ignore[attr-defined]
        assert [one for one in left if "bunniz" in repr(one)] == []


def alive(kind: type) -> int:
    """How many of a kind there are."""
    gc.collect()
    return sum(isinstance(one, kind) for one in gc.get_objects())


async def test_visits_leave_nothing_behind(rosas: Front) -> None:
    """No app, no visit, no task and no socket, however they ended."""
    apps: list[weakref.ref[BunnizApp]] = []

    async def one(number: int) -> None:
        where = (None, "go lounge", "go general")[number % 3]
        async with seated(rosas, "rosa", where) as seat:
            await seat.moves(0)
            for visit in rosas.listener._visits:
                app = getattr(visit._doing, "_app", None)
                if app is not None:
                    apps.append(weakref.ref(app))
            match number % 4:
                case 0:
                    seat.press(b"\x18")
                    await seat.ends()
                case 1:
                    seat.press(b"\x1b")
                    seat.press(b"q")
                case 2:
                    seat.press(b"half a key \x1b[")

    await one(0)
    await rosas.gone()
    tasks, sockets = len(asyncio.all_tasks()), open_sockets()
    for number in range(VISITS):
        await one(number)
    await rosas.gone()
    await until(lambda: not rosas.listener._visits)
    await until(lambda: len(asyncio.all_tasks()) <= tasks)

    assert open_sockets() <= sockets
    gc.collect()
    assert len(apps) >= VISITS // 2
    # The last one may still be referred to by what Python keeps of the last event.
    assert sum(one() is not None for one in apps) <= 1
    assert alive(Visit) <= 1

"""How a room's lines get to screens: at what cost, and what is kept of them."""

import asyncio
import gc
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bunniz_bbs.bus.ports import room_topic
from bunniz_bbs.commands.registry import Reply
from bunniz_bbs.domain.events import LineSaid
from bunniz_bbs.domain.ids import LineId, RoomSlug
from bunniz_bbs.domain.rooms import Line
from bunniz_bbs.tui import gallery as drawing
from bunniz_bbs.tui.gallery import Gallery
from bunniz_bbs.tui.live_feed import LiveFeed
from tests.ssh.company import Company, Look, Member, a_company
from tests.ssh.gate import until

LOUNGE = RoomSlug("lounge")
OF_A_SESSION = ("MessagePump", "App", "Ear", "Timer", "Worker", "Visit", "Screen")
"""How the names of the tasks begin that a session has."""


@pytest.fixture
async def company(tmp_path: Path) -> AsyncIterator[Company]:
    """Two who see the same, one who sees less, and somebody who is only heard."""
    looks = (Look("lune"), Look("rosa"), Look("iris", (60, 20), "linux", ""))
    async with a_company(tmp_path, looks) as made:
        await made.outsider("vera")
        yield made


async def say(company: Company, text: str, **how: Any) -> Line:
    """Somebody says something, a little after what was said before."""
    company.clock.move(seconds=1)
    said = await company.rooms.say(company.people[-1], LOUNGE, text, **how)
    assert isinstance(said, Line)
    return said


def live(member: Member) -> LiveFeed:
    """The room's lines on somebody's page."""
    assert member.room is not None
    return member.room.live


def gallery_of(company: Company) -> Gallery:
    """What all visits share."""
    return company.members[0].app.session.gallery


async def test_a_room_in_the_background_only_counts(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No frame leaves, and nothing of a visit that looks elsewhere is woken."""
    for one in company.members:
        one.seat.press(b"\x1bOP")
        await one.seat.sees("Help")
    await company.rests()
    before = [len(one.seat.raw) for one in company.members]
    loop, woken = asyncio.get_running_loop(), []
    call_soon = loop.call_soon

    def noting(callback: Any, *args: Any, **how: Any) -> Any:
        task = getattr(callback, "__self__", None)
        if isinstance(task, asyncio.Task):
            woken.append(getattr(task.get_coro(), "__qualname__", ""))
        return call_soon(callback, *args, **how)

    monkeypatch.setattr(loop, "call_soon", noting)
    for number in range(3):
        await say(company, f"line {number}")
    monkeypatch.undo()
    await company.rests()

    assert [one for one in woken if one.startswith(OF_A_SESSION)] == []
    assert [len(one.seat.raw) for one in company.members] == before
    assert [one.app.session.rooms[LOUNGE] for one in company.members] == [3, 3, 3]


async def test_a_mistake_ends_the_visit_that_it_is_in_alone(
    company: Company,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Who is shown a line before and after the one whose screen broke sees it."""
    lune, rosa, iris = company.members

    def broken(shown: LineId) -> None:
        raise ValueError("what was said")

    monkeypatch.setattr(live(rosa).lines, "since", broken)
    await say(company, "first")  # the first one is drawn by each for itself
    await company.rests()
    await say(company, "and this")
    assert await rosa.seat.ends() == 1
    assert "this visit ended" in rosa.seat.flat
    company.members.remove(rosa)
    await say(company, "we go on")

    await lune.seat.sees("and this", "we go on")
    await iris.seat.sees("and this", "we go on")
    await company.are_right()
    (incident,) = [one for one in caplog.messages if "incident" in one]
    assert "ValueError" in incident
    assert "what was said" not in caplog.text
    caplog.clear()


async def test_nothing_is_kept_of_lines_that_are_gone(company: Company) -> None:
    """Neither laid out nor painted, also where the page that showed them is closed."""
    lune, rosa, iris = company.members
    shared = gallery_of(company)
    removed = await say(company, "removed")
    await say(company, "timed", timer=timedelta(minutes=1))
    await say(company, "lasting")
    await company.are_right()
    assert "removed" in repr(list(shared._laid.values()))
    rosa.seat.press(b"/leave\r")
    await until(lambda: rosa.room is None)
    iris.seat.press(b"\x1bOP")
    await iris.seat.sees("Help")

    await company.rooms.take_out(removed)
    del removed
    company.clock.move(minutes=1)
    await company.are_right()
    gc.collect()
    assert "removed" not in repr(list(shared._laid.items()))
    assert not [one for one in shared._laid if one.timed]
    assert "lasting" in repr(list(shared._laid.items()))

    company.clock.move(hours=1)
    await company.are_right()
    gc.collect()
    assert list(shared._laid) == []
    assert not shared._frames
    assert not shared._behind
    assert "lasting" not in repr(live(lune).widget._lines)


async def test_a_long_room_costs_no_more_to_draw(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many lines are laid out among 1,000 as among 50."""
    laid: list[Line] = []
    room_line = drawing.room_line

    def counting(session: Any, said: Line, width: int) -> Any:
        laid.append(said)
        return room_line(session, said, width)

    monkeypatch.setattr(drawing, "room_line", counting)
    held, first = company.front.wired.held, await say(company, "line")
    counts = []
    for many in (50, 1000):
        memory = held.of(LOUNGE)
        for number in range(len(memory.lines), many):
            memory.add(replace(first, id=LineId(f"{first.id}{number:04}")))
        gallery_of(company)._laid.clear()
        laid.clear()
        for one in company.members:
            one.app.call_later(live(one).refresh)
        await company.are_right()
        counts.append(len(laid))

    assert 0 < counts[1] == counts[0] < 50


async def test_lines_above_the_view_go_unseen(company: Company) -> None:
    """No screen is drawn again for what it does not show."""
    old = await say(company, "long ago")
    for number in range(40):
        await say(company, f"line {number}")
    for one in company.members:
        one.app.call_later(live(one).refresh)
    await company.are_right()
    before = [len(one.seat.raw) for one in company.members]

    await company.rooms.take_out(old)
    await company.are_right()
    assert [len(one.seat.raw) for one in company.members] == before
    lune = company.members[0]
    lune.seat.press(*[b"\x1b[5~"] * 6)
    await lune.seat.sees("line 0")
    assert "long ago" not in lune.seat.text


async def test_a_line_that_comes_late_stands_in_its_place(company: Company) -> None:
    """What was said on another node before what is shown already is not lost."""
    first = await say(company, "first")
    last = await say(company, "last")
    await company.are_right()
    between = replace(first, id=LineId(f"{first.id}0"), text="between")
    assert first.id < between.id < last.id

    company.front.wired.held.take_line(between)
    bus = company.front.wired.services.bus
    bus.tell(room_topic(LOUNGE), LineSaid(between))

    await company.are_right()
    for one in company.members:
        assert one.seat.text.index("first") < one.seat.text.index("between")
        assert one.seat.text.index("between") < one.seat.text.index("last")


async def test_what_is_drawn_and_not_shown_still_comes(company: Company) -> None:
    """A widget is drawn, too, where only others around it have changed."""
    await say(company, "first")
    await company.are_right()
    await say(company, "second")
    for one in company.members:
        with one.app._context():
            one.app.screen._compositor.render_strips()

    await company.are_right()
    for one in company.members:
        assert "second" in one.seat.text


async def test_a_view_holds_its_place_whatever_draws_it(company: Company) -> None:
    """Also where a timer ticks in the moment in which a line comes."""
    await say(company, "with a timer", timer=timedelta(minutes=5))
    for number in range(40):
        await say(company, f"line {number}")
    await company.are_right()
    lune = company.members[0]
    lune.seat.press(b"\x1b[5~")
    await lune.seat.sees("↓")
    await company.are_right()
    before = lune.seat.text

    for number in range(3):
        company.clock.move(seconds=59)
        await say(company, f"more {number}")
        await company.are_right()

    assert lune.seat.text == before


async def test_an_answer_stays_below_a_line_from_a_slow_clock(
    company: Company,
) -> None:
    """Another node's line was said before the answer, and comes after it."""
    first = await say(company, "first")
    await company.are_right()
    company.clock.move(seconds=9)
    lune = company.members[0]
    assert lune.room is not None
    with lune.app._context():
        lune.room.answered(Reply(("The house answers.",)), "names")
    await company.are_right()

    late = replace(first, id=LineId(f"{first.id}0"), text="late")
    company.front.wired.held.take_line(late)
    bus = company.front.wired.services.bus
    bus.tell(room_topic(LOUNGE), LineSaid(late))

    await company.are_right()
    assert lune.seat.text.index("late") < lune.seat.text.index("The house answers.")


async def test_no_frame_is_for_another_kind_of_terminal(tmp_path: Path) -> None:
    """As large, and with other colours, letters or words: each is drawn for itself."""
    looks = (
        Look("lune"),
        Look("finn", colorterm=""),
        Look("otto", term="vt100", colorterm=""),
        Look("ruby", language="fr"),
        Look("rosa"),
    )
    async with a_company(tmp_path, looks) as company:
        company.members[-1].app.call_later(
            partial(company.members[-1].app.paint, light=True)
        )
        for one in company.members:
            company.clock.move(seconds=2)
            timer = timedelta(hours=1)
            await company.rooms.say(one.actor, LOUNGE, "été 日本", timer=timer)
            await company.are_right()

"""A line is painted once, and every screen is as if it had been drawn for it alone."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Final, TypeAlias

import pytest

from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.domain.rooms import LineKind
from bunniz_bbs.domain.words import LANGUAGES
from bunniz_bbs.tui.gallery import Frames
from bunniz_bbs.tui.guarded import GuardedApp
from bunniz_bbs.tui.screens.room import RoomPage
from tests.ssh.company import Company, Look, Member, a_company

EVENINGS: Final = 10
SEQUENCES: Final = 16
"""In one evening: the same people stay, in whatever state they are."""
STEPS: Final = 9
LOOKED_AT: Final = 3
"""After so many steps all screens are looked at."""

LOOKS: Final = (
    Look("lune"),
    Look("rosa"),
    Look("finn", colorterm=""),
    Look("iris", (60, 20), "linux", "", "fr"),
    Look("otto", (80, 24), "vt100", "", "de"),
    Look("ruby", (120, 30), language="nl"),
    Look("hugo", (120, 30), language="nl"),
    Look("mila", (40, 15), "xterm-mono", ""),
)
SIZES: Final = ((80, 24), (80, 24), (40, 15), (120, 30), (140, 12), (20, 5), (61, 9))
TEXTS: Final = (
    *("ja", "merci", "I read you", "日本語です", "e\u0301te\u0301 a\u0308h"),
    *("word " * 30, "日本" * 45, "x" * 400, "🙂 wide 🙂 " * 9, "a\u0301" * 100),
    "long " * 190,
)
KEYS: Final = (
    *(b"\x1b[5~", b"\x1b[5~", b"\x1b[6~", b"\x1bOP", b"\x14", b"\x1b", b"\t"),
    *(b"h", b"ros", "日é".encode(), b"\x15", b"\x7f", b"\x1b[D", b"\r"),
    *(b"\x15/names\r", b"\x15/topic\r", b"\x15/nmaes\r", b"\x15/me waves\r"),
    *(b"\x15/ephemeral 10m\r", b"\x15/ephemeral off\r", b"\x15hi there\r"),
    *(b"\x15/leave\r", b"\x15/join den\r", b"\x15/help\r", b"\x15/eph\t"),
)


@dataclass
class Seen:
    """How often lines came to a screen in which way."""

    ways: Counter[str] = field(default_factory=Counter)
    shared: int = 0
    """Frames that somebody else had painted."""


def why_not(page: RoomPage) -> str:
    """What keeps a page from being shown a line in the others' frame; empty: nothing."""
    app, feed = page._own, page._feed
    if app is None or app.front is not page:
        return "covered"
    if app.blocked:
        return "asleep"
    if feed.back:
        return "scrolled up"
    if page._shown is None:
        return "empty"
    if page.feed.since(page._shown) is None:
        seen = page.feed._seen
        return "divided" if seen and seen >= page._shown else "answered"
    return ""


@contextmanager
def watched(seen: Seen) -> Iterator[None]:
    """Note how lines reach screens."""
    painted: list[bool] = []
    catch_up, paint_through = RoomPage.catch_up, GuardedApp.paint_through

    def noting(page: RoomPage, frames: Frames) -> None:
        reason, made = why_not(page), len(frames)
        painted.clear()
        catch_up(page, frames)
        if any(painted):
            seen.shared += len(frames) == made
            seen.ways["together"] += 1
            assert not reason
        else:
            seen.ways[reason or "does not fit"] += 1

    def painting(app: GuardedApp, frame: bytes) -> bool:
        painted.append(paint_through(app, frame))
        return painted[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RoomPage, "catch_up", noting)
        patch.setattr(GuardedApp, "paint_through", painting)
        yield


# -- what can happen

Step: TypeAlias = Callable[[Company, Random], Awaitable[str]]


def anybody(company: Company, chance: Random) -> Member:
    return chance.choice(company.members)


async def say(company: Company, chance: Random, text: str = "") -> str:
    """Somebody says something; mostly in the room where the others are."""
    who = chance.choice(company.people)
    text = text or chance.choice(TEXTS)
    kind = chance.choice((LineKind.SAY, LineKind.SAY, LineKind.ME))
    timer = timedelta(minutes=chance.choice((1, 5))) if chance.random() < 0.2 else None
    room = "den" if chance.random() < 0.1 else "lounge"
    company.clock.move(seconds=chance.choice((0, 0, 1, 2)))
    with suppress(BunnizError):  # so fast nobody may talk
        await company.rooms.say(who, room, text, kind=kind, timer=timer)
    return f"{who.name} says {text[:9]!r} in {room} for {timer}"


async def burst(company: Company, chance: Random) -> str:
    """Many lines at once."""
    many = chance.randrange(2, 14)
    for _ in range(many):
        await say(company, chance, chance.choice(TEXTS[:6]))
        if chance.random() < 0.3:
            await asyncio.sleep(0)
    return f"a burst of {many}"


async def remove(company: Company, chance: Random) -> str:
    """A line is taken out, mostly one of the last."""
    lines = list(company.front.wired.held.of("lounge").lines.values())
    if not lines:
        return "nothing to remove"
    gone = chance.choice(lines[-4:] if chance.random() < 0.7 else lines)
    await company.rooms.take_out(gone)
    return f"remove {gone.text[:9]!r}"


async def wait(company: Company, chance: Random) -> str:
    """Time passes, and lines go."""
    seconds = chance.choice((5, 30, 60, 61, 240, 900, 1800, 3600))
    company.clock.move(seconds=seconds)
    return f"{seconds} seconds pass"


async def press(company: Company, chance: Random) -> str:
    """Somebody presses something."""
    who, key = anybody(company, chance), chance.choice(KEYS)
    who.seat.press(key)
    return f"{who.actor.name} presses {key!r}"


async def scroll(company: Company, chance: Random) -> str:
    """Somebody looks for what was said before, or comes back from there."""
    who, key = anybody(company, chance), chance.choice((b"\x1b[5~", b"\x1b[6~"))
    who.seat.press(*[key] * chance.randrange(1, 4))
    return f"{who.actor.name} scrolls with {key!r}"


async def resize(company: Company, chance: Random) -> str:
    """A window gets another size, or two in short order."""
    who = anybody(company, chance)
    sizes = chance.sample(SIZES, chance.choice((1, 1, 2)))
    for columns, rows in sizes:
        who.seat.screen.resize(rows, columns)
        who.seat.channel.change_terminal_size(columns, rows)
    return f"{who.actor.name} resizes to {sizes}"


async def come(company: Company, chance: Random) -> str:
    """Everybody who is elsewhere comes to the room."""
    for one in company.members:
        if one.room is None and (page := one.app.page):
            one.app.call_later(one.app.go, "lounge", page)
    return "all come"


async def topic(company: Company, chance: Random) -> str:
    """The room is about something else."""
    text = chance.choice(("calm", "", "日本 " * 20))
    await company.rooms.set_topic(company.people[0], "lounge", text)
    return f"topic {text!r}"


async def look(company: Company, chance: Random) -> str:
    """Somebody wants other colours or another language."""
    who = anybody(company, chance)
    light, language = chance.choice((True, False)), chance.choice(LANGUAGES)
    if chance.random() < 0.5:
        who.app.call_later(partial(who.app.paint, light=light))
        return f"{who.actor.name} wants light: {light}"
    who.app.call_later(who.app.speak, language)
    return f"{who.actor.name} speaks {language}"


async def notice(company: Company, chance: Random) -> str:
    """Something is said below the lines, or nothing any more."""
    who = anybody(company, chance)
    text = chance.choice(("", "short", "a long notice " * 20))
    who.app.call_later(who.app.tell, text)
    return f"{who.actor.name} is told {text[:9]!r}"


async def sleep(company: Company, chance: Random) -> str:
    """Somebody's client takes nothing while a lot is said, until it reads on."""
    who = anybody(company, chance)
    if who.asleep:
        who.asleep = False
        who.seat.read_on()
        return f"{who.actor.name} reads on"
    who.asleep = True
    who.seat.stop_reading()
    for _ in range(chance.choice((3, 60))):
        company.clock.move(seconds=1)
        with suppress(BunnizError):
            await company.rooms.say(company.people[-1], "lounge", TEXTS[-1])
        await asyncio.sleep(0)
    return f"{who.actor.name} stops reading"


STEPS_OF: Final[dict[Step, int]] = {
    **{say: 30, burst: 8, remove: 6, wait: 5, press: 25, scroll: 5, resize: 6},
    **{come: 4, topic: 2, look: 5, notice: 4, sleep: 2},
}


async def a_sequence(company: Company, chance: Random, done: list[str]) -> None:
    """Things happen, in whatever haste, and every screen is right after a few."""
    if chance.random() < 0.8:
        done.append(await come(company, chance))
    for number in range(1, STEPS + 1):
        (step,) = chance.choices(list(STEPS_OF), list(STEPS_OF.values()))
        done.append(await step(company, chance))
        for _ in range(chance.choice((0, 0, 1, 3))):
            await asyncio.sleep(0)
        if number % LOOKED_AT == 0:
            if number == STEPS:
                wake(company)
            done.append("-- looked at")
            await company.are_right()


def wake(company: Company) -> None:
    """Whoever takes nothing reads on."""
    for one in company.members:
        if one.asleep:
            one.asleep = False
            one.seat.read_on()


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for a moment of calm waits a shorter one."""
    monkeypatch.setattr("bunniz_bbs.tui.screens.home.CALM", 0.01)
    monkeypatch.setattr("bunniz_bbs.tui.screens.room.FRAME_SECONDS", 0.005)
    monkeypatch.setattr("bunniz_bbs.ssh.terminal.RESIZES_PER_SECOND", 100)
    monkeypatch.setattr("bunniz_bbs.ssh.keyboard.ESC_SECONDS", 0.01, raising=False)


async def test_every_screen_is_as_if_drawn_for_it_alone(
    tmp_path: Path, rounds: int
) -> None:
    """Whatever happens in whichever order: each cell, each colour and the cursor."""
    seen = Seen()
    with watched(seen):
        for seed in range(EVENINGS * rounds):
            chance, done = Random(seed), []
            folder = tmp_path / str(seed)
            folder.mkdir()
            looks = (*LOOKS[:2], *chance.sample(LOOKS[2:], chance.randrange(1, 4)))
            async with a_company(folder, looks) as company:
                await company.outsider("vera")
                for _ in range(SEQUENCES):
                    done.clear()
                    try:
                        await a_sequence(company, chance, done)
                    except AssertionError as wrong:
                        story = "\n".join(done)
                        raise AssertionError(f"seed {seed}:\n{story}\n{wrong}") from None
    print(seen)
    ways = seen.ways
    assert ways["together"] > sum(ways.values()) / 4
    assert seen.shared > ways["together"] / 8
    reasons = "asleep", "covered", "scrolled up", "empty", "divided", "answered"
    assert all(ways[one] > 5 for one in (*reasons, "does not fit")), ways

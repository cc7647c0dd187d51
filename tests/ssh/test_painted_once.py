"""A line is painted once, and every screen is as if it had been drawn for it alone."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Final, TypeAlias

import pytest

from bunniz_bbs.bus.ports import room_topic
from bunniz_bbs.commands.registry import Reply
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.events import LineSaid
from bunniz_bbs.domain.ids import LineId, RoomSlug
from bunniz_bbs.domain.rooms import LineKind
from bunniz_bbs.domain.words import LANGUAGES
from bunniz_bbs.tui.gallery import Frames
from bunniz_bbs.tui.guarded import GuardedApp
from bunniz_bbs.tui.live_feed import LiveFeed
from tests.ssh.company import Company, Look, Member, a_company

EVENINGS: Final = 8
SEQUENCES: Final = 19
"""In one evening: the same people stay, in whatever state they are."""
STEPS: Final = 4
"""In one sequence; after them all screens are looked at."""

LOUNGE: Final = RoomSlug("lounge")
LOOKS: Final = (
    Look("lune"),
    Look("rosa"),
    Look("finn", colorterm=""),
    Look("emma"),
    Look("iris", (60, 20), "linux", "", "fr"),
    Look("otto", (80, 24), "vt100", "", "de"),
    Look("ruby", (120, 30), language="nl"),
    Look("hugo", (120, 30), language="nl"),
    Look("mila", (40, 15), "xterm-mono", ""),
)
SIZES: Final = ((80, 24), (40, 15), (120, 30), (140, 12), (20, 5), (61, 9))
TEXTS: Final = (
    *("ja", "merci", "I read you", "日本語です", "e\u0301te\u0301 a\u0308h"),
    *("word " * 30, "日本" * 45, "x" * 400, "🙂 wide 🙂 " * 9, "a\u0301" * 100),
    "long " * 190,
)
KEYS: Final = (
    *(b"\x1b[5~", b"\x1b[6~", b"\x14", b"\x1b", b"\t"),
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


def why_not(live: LiveFeed) -> str:
    """What keeps a page from showing a line in the others' frame; empty: nothing."""
    app, lines = live._app, live.lines
    if app is None or app.front is not live._page:
        return "covered"
    if app.blocked:
        return "asleep"
    if live.widget.back:
        return "scrolled up"
    if live.shown is None:
        return "empty"
    if lines.since(live.shown) is None:
        seen = lines._seen
        return "divided" if seen and seen >= live.shown else "answered"
    return ""


@contextmanager
def watched(seen: Seen) -> Iterator[None]:
    """Note how lines reach screens."""
    painted: list[bool] = []
    catch_up, paint_through = LiveFeed.catch_up, GuardedApp.paint_through

    def noting(live: LiveFeed, frames: Frames) -> None:
        reason, made = why_not(live), len(frames)
        painted.clear()
        catch_up(live, frames)
        if any(painted):
            seen.shared += len(frames) == made
            seen.ways["together"] += 1
        else:
            seen.ways[reason or "does not fit"] += 1

    def painting(app: GuardedApp, frame: bytes) -> bool:
        painted.append(paint_through(app, frame))
        return painted[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LiveFeed, "catch_up", noting)
        patch.setattr(GuardedApp, "paint_through", painting)
        yield


# -- what can happen

Step: TypeAlias = Callable[[Company, Random], Awaitable[str]]


def anybody(company: Company, chance: Random) -> Member:
    return chance.choice(company.members)


async def pass_time(company: Company, seconds: float) -> None:
    """Let time pass, as it does: not without anybody having a turn."""
    if seconds:
        await turns(6)
        company.clock.move(seconds=seconds)
        await turns(6)


async def turns(many: int) -> None:
    """Let everybody have so many turns."""
    for _ in range(many):
        await asyncio.sleep(0)


async def say(company: Company, chance: Random, text: str = "") -> str:
    """Somebody says something; mostly in the room where the others are."""
    who = chance.choice(company.people)
    kind = chance.choice((LineKind.SAY, LineKind.SAY, LineKind.ME))
    timer = timedelta(minutes=chance.choice((1, 5))) if chance.random() < 0.2 else None
    room = "den" if chance.random() < 0.1 else "lounge"
    if not text:
        await pass_time(company, chance.choice((0, 0, 1, 2)))
    text = text or chance.choice(TEXTS)
    with suppress(BunnizError):  # so fast nobody may talk
        await company.rooms.say(who, room, text, kind=kind, timer=timer)
    return f"{who.name} says {text[:9]!r} in {room} for {timer}"


async def burst(company: Company, chance: Random) -> str:
    """Many lines at once."""
    many = chance.randrange(2, 10)
    await pass_time(company, 1)
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
    await pass_time(company, seconds)
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
    for size in sizes:
        who.resize(*size)
    return f"{who.actor.name} resizes to {sizes}"


async def come(company: Company, chance: Random) -> str:
    """Everybody who is elsewhere comes to the room."""
    for one in company.members:
        elsewhere = one.room is None or one.room.room.slug != "lounge"
        if elsewhere and (page := one.app.page):
            one.app.call_later(one.app.go, "lounge", page)
    return "all come"


async def begin(company: Company) -> str:
    """All terminals are as they were at first, and as one would have them."""
    for one in company.members:
        screen, session = one.seat.screen, one.app.session
        if (screen.columns, screen.lines) != one.look.size:
            one.resize(*one.look.size)
        if session.light:
            one.app.call_later(partial(one.app.paint, light=False))
        if session.words.language != one.look.language:
            one.app.call_later(one.app.speak, one.look.language)
        one.seat.press(b"\x1b[6~", b"\x15")
    return "all begin anew"


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


async def cover(company: Company, chance: Random) -> str:
    """Somebody reads help, perhaps in the moment in which a line comes, or has read."""
    who = anybody(company, chance)
    if (page := who.room) is None:
        who.seat.press(b"\x1b")
        return f"{who.actor.name} goes back"
    if chance.random() < 0.5:
        who.seat.press(b"\x1bOP")
        if chance.random() < 0.5:
            return f"{who.actor.name} asks for help"
        await company.rests()
        who.seat.press(b"\x1b")
        await company.rests()
        return f"{who.actor.name} has seen help"
    said = await say(company, chance)
    with who.app._context():
        who.app.show_help(page)
    return f"{said}, and {who.actor.name} has help"


async def answer(company: Company, chance: Random) -> str:
    """The house answers somebody; then a line comes from a node whose clock is slow."""
    who = anybody(company, chance)
    lines = company.front.wired.held.of(LOUNGE).lines
    if (page := who.room) is None or not lines:
        return "nobody asks"
    await pass_time(company, 1)
    with who.app._context():
        page.answered(Reply(("The house answers.",)), "names")
    newest = next(reversed(lines.values()))
    now = company.clock.now()
    late = replace(
        newest,
        id=LineId(f"{newest.id}0"),
        sent_at=now - timedelta(seconds=0.5),
        expires_at=now + timedelta(minutes=9),
        timed=False,
    )
    company.front.wired.held.take_line(late)
    company.front.wired.services.bus.tell(room_topic(LOUNGE), LineSaid(late))
    return f"{who.actor.name} is answered"


async def sleep(company: Company, chance: Random) -> str:
    """Somebody's client takes nothing while a lot is said, until it reads on."""
    who = anybody(company, chance)
    if who.asleep:
        who.asleep = False
        who.seat.read_on()
        return f"{who.actor.name} reads on"
    who.asleep = True
    who.seat.stop_reading()
    for _ in range(chance.choice((3, 40))):
        await pass_time(company, 1)
        with suppress(BunnizError):
            await company.rooms.say(company.people[-1], "lounge", "x" * 500)
    return f"{who.actor.name} stops reading"


STEPS_OF: Final[dict[Step, int]] = {
    **{say: 40, burst: 8, remove: 6, wait: 5, press: 22, scroll: 4, resize: 5},
    **{come: 4, cover: 8, answer: 2, topic: 2, look: 4, notice: 3, sleep: 1},
}


async def a_sequence(company: Company, chance: Random, done: list[str]) -> None:
    """Things happen, in whatever haste, and every screen is right after a few."""
    if chance.random() < 0.8:
        done.append(await begin(company))
    if chance.random() < 0.8:
        done.append(await come(company, chance))
    for _ in range(STEPS):
        (step,) = chance.choices(list(STEPS_OF), list(STEPS_OF.values()))
        done.append(await step(company, chance))
        await turns(chance.choice((0, 0, 1, 3)))
    if chance.random() < 0.5:
        wake(company)
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
    monkeypatch.setattr("bunniz_bbs.tui.live_feed.FRAME_SECONDS", 0.005)
    monkeypatch.setattr("bunniz_bbs.ssh.terminal.RESIZES_PER_SECOND", 100)
    monkeypatch.setattr("bunniz_bbs.ssh.keyboard.ESCAPE_SECONDS", 0.02)


@pytest.mark.timeout(0)  # an evening may last as long as a seat's patience, and ends
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
            looks = (*LOOKS[:3], *chance.sample(LOOKS[3:], chance.randrange(3)))
            async with a_company(folder, looks) as company:
                await company.outsider("vera")
                for _ in range(SEQUENCES):
                    done.clear()
                    try:
                        await a_sequence(company, chance, done)
                    except AssertionError as wrong:
                        story = "\n".join(done)
                        told = f"seed {seed}:\n{story}\n{wrong}"
                        raise AssertionError(told) from None
                wake(company)
                await company.are_right()
    ways = seen.ways
    assert ways["together"] > sum(ways.values()) / 4
    assert seen.shared > ways["together"] / 20
    reasons = "asleep", "covered", "scrolled up", "empty", "divided", "answered"
    assert all(ways[one] > 3 for one in (*reasons, "does not fit")), ways

"""How to get to each screen, from the key that is pressed to what is shown."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from textual.pilot import Pilot

from bunniz_bbs.domain.errors import Banned
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.tui.app import BunnizApp
from bunniz_bbs.tui.page import Page
from tests.shots.content import TITLE, WORDS, Told, talk
from tests.tui.house import until

Walk = Callable[[Told, BunnizApp, "Pilot[Any]"], Awaitable[None]]


@dataclass(frozen=True)
class Scene:
    """A screen, and the way to it."""

    walk: Walk
    who: Callable[[Told], Actor | None] = lambda told: told.lune
    place: str | None = None
    ban: Banned | None = None


async def stay(told: Told, app: BunnizApp, pilot: "Pilot[Any]") -> None:
    """Go nowhere."""


def keys(*pressed: str) -> Walk:
    """Press keys; a word of several letters that is no key is typed."""

    async def walk(told: Told, app: BunnizApp, pilot: "Pilot[Any]") -> None:
        for one in pressed:
            await pilot.press(*(one[1:] if one.startswith("'") else [one]))
            await pilot.pause()

    return walk


async def code(told: Told, app: BunnizApp, pilot: "Pilot[Any]") -> None:
    """Read on until a code is asked for: on a phone that takes more than a key."""
    answer = app.screen.query_one("#answer")
    for _ in range(9):
        if not answer.display:
            await keys("enter")(told, app, pilot)


async def wrong_code(told: Told, app: BunnizApp, pilot: "Pilot[Any]") -> None:
    await code(told, app, pilot)
    await keys("'ABCD-EFGH-JKLM-NPQR", "enter")(told, app, pilot)
    await _said(app, pilot)


async def name(told: Told, app: BunnizApp, pilot: "Pilot[Any]") -> None:
    code_ = await told.house.services.invites.create(
        CONSOLE, 1, timedelta(days=1), Role.MEMBER
    )
    await code(told, app, pilot)
    await keys("'" + code_, "enter")(told, app, pilot)
    app.page.query_one("#answer").value = "stille weide"  # type: ignore[union-attr]


async def _said(app: BunnizApp, pilot: "Pilot[Any]") -> None:
    page = app.page
    assert isinstance(page, Page)
    await until(pilot, lambda: page.query_one("#notice").display)


async def room(told: Told, app: BunnizApp, pilot: "Pilot[Any]") -> None:
    """The lounge after a look elsewhere, with a timer set."""
    await talk(told)
    await keys("'/ephemeral 10m", "enter", "escape")(told, app, pilot)
    rooms, clock = told.house.services.rooms, told.house.clock
    clock.move(minutes=4)
    await rooms.say(told.rosa, "lounge", WORDS["news"])
    clock.move(seconds=20)
    await pilot.pause()
    await app.go("lounge", app.pages()[0])
    await pilot.pause()
    await keys("'merci, vraiment")(told, app, pilot)


async def empty_room(told: Told, app: BunnizApp, pilot: "Pilot[Any]") -> None:
    await keys("'/names", "enter")(told, app, pilot)


async def compose(told: Told, app: BunnizApp, pilot: "Pilot[Any]") -> None:
    """A new thread that is being written."""
    await keys("c", "'" + TITLE, "enter")(told, app, pilot)
    await pilot.press(*"What may I lend? ")
    await keys("enter", "enter", "'- books", "enter", "'- a **bold** idea")(
        told, app, pilot
    )


async def preview(told: Told, app: BunnizApp, pilot: "Pilot[Any]") -> None:
    await compose(told, app, pilot)
    await keys("tab")(told, app, pilot)


async def refusal(told: Told, app: BunnizApp, pilot: "Pilot[Any]") -> None:
    """A post by somebody who is muted."""
    await told.house.services.moderation.mute(
        told.heron, "lune", timedelta(hours=2), "three warnings about names today"
    )
    await compose(told, app, pilot)
    await keys("ctrl+s")(told, app, pilot)
    await _said(app, pilot)


async def log(told: Told, app: BunnizApp, pilot: "Pilot[Any]") -> None:
    moderation = told.house.services.moderation
    await moderation.mute(
        told.heron, "rosa", timedelta(hours=2), "wrote the number of a client twice"
    )
    told.house.clock.move(minutes=5)
    await moderation.unmute(told.heron, "rosa", "understood, and removed it")
    await keys("/", "'log", "enter")(told, app, pilot)


def help_of(walk: Walk = stay) -> Walk:
    """The help of the screen that a walk ends at."""

    async def then(told: Told, app: BunnizApp, pilot: "Pilot[Any]") -> None:
        await walk(told, app, pilot)
        await keys("f1")(told, app, pilot)

    return then


BANNED: Final = Banned(
    "sold addresses of members to somebody outside, after two talks with the team",
    None,
)

SCENES: Final[Mapping[str, Scene]] = {
    "door-1-language": Scene(stay, lambda told: None),
    "door-2-limits": Scene(keys("enter"), lambda told: None),
    "door-3-rules": Scene(keys("enter", "enter"), lambda told: None),
    "door-4-code": Scene(code, lambda told: None),
    "door-4-wrong": Scene(wrong_code, lambda told: None),
    "door-5-name": Scene(name, lambda told: None),
    "door-help": Scene(help_of(code), lambda told: None),
    "home": Scene(stay),
    "home-calm": Scene(stay, lambda told: told.calm),
    "home-ask": Scene(keys("/", "'mon")),
    "home-escape": Scene(keys("escape")),
    "home-rules": Scene(keys("/", "'rules", "enter")),
    "board": Scene(stay, place="money"),
    "board-empty": Scene(stay, place="rights"),
    "thread": Scene(stay, place="tax"),
    "thread-top": Scene(keys("home"), place="tax"),
    "thread-markdown": Scene(stay, place="markdown"),
    "thread-delete": Scene(keys("home", "d"), place="tax"),
    "compose": Scene(compose, place="money"),
    "compose-quote": Scene(keys("home", "down", "Q"), place="tax"),
    "preview": Scene(preview, place="money"),
    "refusal": Scene(refusal, place="money"),
    "room": Scene(room, place="lounge"),
    "room-empty": Scene(empty_room, place="lounge"),
    "help-home": Scene(help_of()),
    "help-thread": Scene(help_of(), place="tax"),
    "help-room": Scene(help_of(), place="lounge"),
    "language": Scene(keys("l")),
    "log": Scene(log, lambda told: told.heron),
    "closed": Scene(stay, lambda told: None, ban=BANNED),
}

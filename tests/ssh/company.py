"""Members in a room of one front, each at a terminal of their own, and what it shows.

What a terminal shows is compared, cell by cell, with what its app would draw if it drew
everything anew from what the room holds now.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import Any, Final, TypeAlias

import pyte
from pyte.screens import Char
from textual._styles_cache import StylesCache

from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.domain.words import Language
from bunniz_bbs.tui.app import BunnizApp
from bunniz_bbs.tui.capabilities import Capabilities
from bunniz_bbs.tui.filters import only_ours
from bunniz_bbs.tui.screens.room import RoomPage
from bunniz_bbs.tui.widgets.editor import Editor
from bunniz_bbs.tui.widgets.entry import Entry
from bunniz_bbs.tui.widgets.one_line import OneLine
from bunniz_bbs.wiring import Wired, keeping
from tests.services.still import StillClock
from tests.ssh.front import Front, WatchedReception, a_front
from tests.ssh.gate import until
from tests.ssh.seat import Seat, seated

SOON: Final = 0.25
"""Seconds within which nothing may be due for a house to be called quiet."""

Row: TypeAlias = tuple[Char, ...]


class Hosts(WatchedReception):
    """The house's reception, which notes the program that each visit is shown."""

    def __init__(self, wired: Wired) -> None:
        super().__init__(wired)
        self.apps: dict[KeyDigest, BunnizApp] = {}

    async def app(
        self, key: KeyDigest | None, place: str | None, capabilities: Capabilities
    ) -> BunnizApp:
        """The full-screen program of one visit."""
        app = await super().app(key, place, capabilities)
        if key is not None:
            self.apps[key] = app
        return app


@lru_cache(20_000)
def row(text: str, width: int) -> Row:
    """The cells of one row of a terminal, from all that is written to it."""
    screen = pyte.Screen(width, 1)
    pyte.Stream(screen).feed("\x1b[?7l" + text)
    return tuple(screen.buffer[0][x] for x in range(width))


@dataclass
class Member:
    """Somebody with their terminal, and the program that draws on it."""

    look: "Look"
    actor: Actor
    seat: Seat
    app: BunnizApp
    asleep: bool = False
    """Whether their client takes nothing at the moment."""

    @property
    def room(self) -> RoomPage | None:
        """The room that is in front."""
        page = self.app.front
        return page if isinstance(page, RoomPage) else None

    def resize(self, columns: int, rows: int) -> None:
        """Their window gets another size."""
        self.seat.screen.resize(rows, columns)
        self.seat.channel.change_terminal_size(columns, rows)

    # -- what is shown

    def shown(self) -> list[Row]:
        """What the terminal shows."""
        screen = self.seat.screen
        lines = [screen.buffer[y] for y in range(screen.lines)]
        return [tuple(one[x] for x in range(screen.columns)) for one in lines]

    def cursor(self) -> tuple[int, int] | None:
        """Where the terminal's cursor is; None: it is hidden."""
        cursor = self.seat.screen.cursor
        return None if cursor.hidden else (cursor.x, cursor.y)

    # -- what should be

    def drawn(self) -> list[Row]:
        """What the program draws when it draws everything."""
        app = self.app
        with app._context():
            compositor = app.screen._compositor
            strips = compositor.render_strips()
            texts = [only_ours(strip.render(app.console)) for strip in strips]
        return [row(text, compositor.size.width) for text in texts]

    def cursor_drawn(self) -> tuple[int, int] | None:
        """Where the cursor belongs; None: it is hidden."""
        focused = self.app.focused
        if not isinstance(focused, Entry | Editor):
            return None
        at = focused.cursor_screen_offset
        return at.x, at.y

    @contextmanager
    def looked_at(self, *, anew: bool) -> Iterator[None]:
        """Leave all as it is, whatever is drawn; `anew`: from nothing kept."""
        page = self.room
        if page is None or not page.composed:
            yield
            return
        feed = page.live.widget
        kept = feed._lines, feed.back, feed._styles_cache, page.live.shown
        if anew:
            feed._lines, feed._styles_cache = None, StylesCache()
            for one in page.query(OneLine):
                one._width = -1
        try:
            yield
        finally:
            feed._lines, feed.back, feed._styles_cache, page.live.shown = kept

    def wrong(self) -> str:
        """What is not on the terminal as it should be; empty: nothing."""
        for anew in (False, True):
            with self.looked_at(anew=anew):
                drawn, how = self.drawn(), "drawn anew" if anew else "drawn"
            shown = self.shown()
            if [*map(len, shown)] != [*map(len, drawn)]:
                return f"{self.actor.name}, drawn for another size"
            if shown != drawn:
                return f"{self.actor.name}, {how}:\n{_apart(shown, drawn)}"
        if self.cursor() != self.cursor_drawn():
            return f"{self.actor.name}: {self.cursor()}, not {self.cursor_drawn()}"
        return ""


def _apart(shown: Sequence[Row], drawn: Sequence[Row]) -> str:
    """Both pictures, and the first cell that differs."""
    told = []
    for got, wanted in zip(shown, drawn, strict=True):
        texts = ["".join(one.data for one in cells) for cells in (got, wanted)]
        told.append(
            f" |{texts[0]}|" if got == wanted else f"!|{texts[0]}|\n?|{texts[1]}|"
        )
    cells = [
        f"{y},{x}: {one} instead of {other}"
        for y, rows in enumerate(zip(shown, drawn, strict=True))
        for x, (one, other) in enumerate(zip(*rows, strict=True))
        if one != other
    ]
    return "\n".join([*told, cells[0]])


@dataclass(frozen=True)
class Look:
    """A terminal, and who sits at it."""

    name: str
    size: tuple[int, int] = (80, 24)
    term: str = "xterm-256color"
    colorterm: str = "truecolor"
    language: Language = "en"


@dataclass
class Company:
    """Members in one house, and its clock."""

    front: Front
    clock: StillClock
    members: list[Member] = field(default_factory=list)
    people: list[Actor] = field(default_factory=list)
    """Who may talk, at a terminal or not."""

    async def outsider(self, name: str) -> None:
        """Somebody who talks, and looks at no screen here."""
        self.people.append(await self.front.person(name, Role.MODERATOR))

    @property
    def rooms(self) -> Any:
        """What is said."""
        return self.front.wired.services.rooms

    @property
    def awake(self) -> Sequence[Member]:
        """Those whose clients take what is sent."""
        return [one for one in self.members if not one.asleep]

    async def rests(self) -> None:
        """Wait until nothing is due, on either side."""
        calm, before, loop = 0, -1, asyncio.get_running_loop()
        end = monotonic() + 10
        while calm < 3:
            await asyncio.sleep(0.001)
            got = sum(len(one.seat.raw) for one in self.members)
            calm = 0 if got != before or _due_soon(loop) else calm + 1
            before = got
            assert monotonic() < end, "it never rests"

    async def are_right(self) -> None:
        """Wait until every terminal shows what a full repaint would."""
        await self.rests()
        for one in self.awake:
            with suppress(TimeoutError):
                await until(lambda one=one: not one.wrong(), 2.0)
            assert not one.wrong(), one.wrong()


def _due_soon(loop: Any) -> bool:
    """Whether a loop has something to do now, or soon."""
    soon = loop.time() + SOON
    return bool(loop._ready) or any(
        one._when < soon and not one._cancelled for one in loop._scheduled
    )


@asynccontextmanager
async def a_company(
    folder: Path, looks: Sequence[Look], place: str = "lounge"
) -> AsyncIterator[Company]:
    """Members who sit in a room."""
    clock = StillClock()
    async with AsyncExitStack() as stack:
        front = await stack.enter_async_context(a_front(folder, Hosts, clock))
        await stack.enter_async_context(keeping(front.wired))
        company = Company(front, clock)
        hosts = front.reception
        assert isinstance(hosts, Hosts)
        for look in looks:
            actor = await front.person(look.name, Role.MODERATOR, look.language)
            seat = await stack.enter_async_context(
                seated(
                    front,
                    look.name,
                    f"go {place}",
                    size=look.size,
                    term=look.term,
                    env={"COLORTERM": look.colorterm},
                    window=20_000,
                    buffer=4096,
                )
            )
            key = front.digest(front.keys[look.name])
            await until(lambda key=key: key in hosts.apps)
            company.people.append(actor)
            company.members.append(Member(look, actor, seat, hosts.apps[key]))
        for one in company.members:
            await until(lambda one=one: one.room)
        await company.rests()
        yield company

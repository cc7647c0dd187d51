"""One visit in a test: keys go in, and what stands on the screen is looked at."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from bunniz_bbs.tui.app import BunnizApp
from bunniz_bbs.tui.page import Page

PATIENCE = 5.0
"""Seconds until something that should hold is given up."""
GLANCE = 0.05
"""Seconds after which a page that was left meanwhile is waited for no more."""


class Visit:
    """Somebody at their terminal."""

    def __init__(self, app: BunnizApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def text(self) -> str:
        """Everything on the screen."""
        return text_of(self.app)

    @property
    def lines(self) -> list[str]:
        """Everything on the screen, line by line."""
        return self.text.split("\n")

    @property
    def page(self) -> Page:
        """The page in front."""
        page = self.app.page
        assert page is not None
        return page

    async def press(self, *keys: str) -> None:
        """Press keys, each when the one before has had its effect."""
        for key in keys:
            await self._take(key, CHARACTERS.get(key, key if len(key) == 1 else None))
        await self.rest()

    async def type(self, text: str) -> None:
        """Type a text, as fast as the front gives keys to the app."""
        for one in text:
            await self._take(NAMES.get(one, one), None if one == "\n" else one)
        await self.rest()

    async def rest(self) -> None:
        """Let everything that was begun come to its end, and be drawn."""
        for later in (self.app.when_settled, self.app.screen.call_after_refresh):
            done = asyncio.Event()
            later(done.set)
            with suppress(TimeoutError):
                async with asyncio.timeout(GLANCE):
                    await done.wait()

    async def _take(self, key: str, character: str | None) -> None:
        """Give the app a key as the front does, and wait as it does."""
        name = _character_to_key(key) if len(key) == 1 else key
        self.app.post_message(events.Key(name, character))
        settled = asyncio.Event()
        self.app.when_settled(settled.set)
        await settled.wait()

    async def ask(self, text: str) -> None:
        """Type on the line for commands and places."""
        await self.press("slash")
        await self.type(text)
        await self.press("enter")

    async def say(self, text: str) -> None:
        """Say something in a room."""
        await self.type(text)
        await self.press("enter")

    async def resize(self, width: int, height: int) -> None:
        """The window has another size."""
        await self.pilot.resize_terminal(width, height)
        await self.pilot.pause()

    async def holds(self, condition: Callable[[], object]) -> None:
        """Wait until something holds."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():
                    await self.rest()
                    await asyncio.sleep(0)
        except TimeoutError:
            raise AssertionError(f"never came to hold:\n{self.text}") from None

    async def sees(self, *texts: str) -> None:
        """Wait until all of these stand on the screen."""
        await self.holds(lambda: all(one in self.text for one in texts))

    async def lacks(self, *texts: str) -> None:
        """Wait until none of these stands on the screen."""
        await self.holds(lambda: not any(one in self.text for one in texts))

    async def ends(self) -> int | None:
        """Wait until the visit has ended; its exit status."""
        await self.holds(lambda: self.app._exit)
        return self.app.return_code


CHARACTERS = {"question_mark": "?", "slash": "/", "space": " "}
"""What keys type that are called by a name."""

NAMES = {" ": "space", "\n": "enter", "\t": "tab"}
"""How Textual calls keys that are no name themselves."""


def text_of(app: BunnizApp) -> str:
    """What stands on an app's screen."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


@asynccontextmanager
async def visiting(
    app: BunnizApp, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Visit]:
    """Let a visit run until the block ends."""
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Visit(app, pilot)

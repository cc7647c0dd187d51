"""The full screen: an app, its terminal and its keyboard, for the length of a visit."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, cast

from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.domain.text import printable
from bunniz_bbs.ssh.driver import SshDriver
from bunniz_bbs.ssh.effort import Effort
from bunniz_bbs.ssh.keyboard import Keyboard
from bunniz_bbs.ssh.reception import Reception
from bunniz_bbs.ssh.terminal import Terminal
from bunniz_bbs.tui.guarded import GuardedApp
from bunniz_bbs.tui.ink import wrap


class Screen:
    """Runs the house's program on one client's terminal."""

    stall_seconds = 18.0

    def __init__(
        self,
        terminal: Terminal,
        effort: Effort,
        reception: Reception,
        key: KeyDigest | None,
        place: str | None,
        hold: Callable[[bool], None],
        cut: Callable[[], None],
    ) -> None:
        """A screen.

        Args:
            terminal: Where it is drawn.
            effort: What is done for the client.
            reception: The house.
            key: The proven key; None: there is none.
            place: What is opened at first; None: home.
            hold: Told True to stop the client sending, False to let it go on.
            cut: Ends the connection.
        """
        self._terminal = terminal
        self._effort = effort
        terminal.rest = effort.rest
        self._reception = reception
        self._key = key
        self._place = place
        self._hold = hold
        self._cut = cut
        self._app: GuardedApp | None = None
        self._keyboard: Keyboard | None = None
        self._blocked = False
        self._left = False
        self._closing = False

    async def run(self) -> int:
        """Show the program until the visit ends; returns the exit status."""
        await asyncio.sleep(self._effort.turns.arrive())
        capabilities = self._terminal.capabilities
        app = await self._reception.app(self._key, self._place, capabilities)
        if self._left:
            return 0
        self._app = app
        app.blocked = self._blocked
        if self._closing:
            app.house_closes()
        self._keyboard = keyboard = Keyboard(
            *(app.post_message, app.when_settled, self._hold, self._cut),
            *(app.paste_too_long, self._effort.rest),
        )
        keyboard.block(self._blocked)
        app.driver_class = cast(Any, partial(SshDriver, self._terminal, keyboard))
        status = await app.visit(self._terminal.size)
        self._app = None
        if app.farewell and not self._left:
            self.say(app.farewell)
        return status

    def take(self, data: bytes) -> None:
        """Keys."""
        self._terminal.typed(data)

    def end_of_input(self) -> None:
        """Nobody is there to press a key any more."""
        self.leave()

    def leave(self) -> None:
        """End at once, with no word; what was begun is kept."""
        self._left = True
        if self._app:
            self._app.quick_exit()

    def house_closes(self) -> None:
        """End with a word, also where the first page is not there yet."""
        self._closing = True
        if self._app:
            self._app.house_closes()

    def pause(self) -> None:
        """Draw nothing, and let keys wait: nobody looks at what comes of them."""
        self._blocked = True
        if self._keyboard:
            self._keyboard.block(True)
        if self._app:
            self._app.blocked = True

    def resume(self) -> None:
        """Draw again: all that changed meanwhile."""
        self._blocked = False
        if self._app:
            self._app.call_later(self._app.unblock)
        if self._keyboard:
            self._keyboard.block(False)

    def say(self, text: str) -> None:
        """Say something on the terminal as it was before the visit."""
        self._terminal.leave()
        lines = wrap(text, self._terminal.size[0] - 1)
        self._terminal.write("".join(printable(line) + "\r\n" for line in lines))

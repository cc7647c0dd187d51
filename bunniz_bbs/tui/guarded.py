"""A Textual app that is safe to give to somebody else's terminal.

Textual is made for programs that run on their user's own machine. Here the user is
far away and may be hostile: nothing that opens, writes, copies or runs on the server
is left within reach, and one app's crash says nothing of what was on its screen.
"""

import asyncio
import io
import logging
import secrets
import sys
import threading
from collections.abc import Callable
from typing import Any, ClassVar, Final, cast

from rich.console import Console, RenderableType
from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.message_pump import MessagePump
from textual.screen import Screen

from bunniz_bbs.domain.incidents import describe, report
from bunniz_bbs.tui.capabilities import Capabilities
from bunniz_bbs.tui.filters import line_filters

SOON: Final = 50
"""Turns of the event loop in which a key has mostly had its effect."""
A_MOMENT: Final = 0.002
"""Seconds between two looks after that."""
LAYOUT_SECONDS: Final = 0.05
"""How long a page may take to find its place in a window of another size; Textual would
paint it after each of its steps."""
_log = logging.getLogger("bunniz.visit")


class GuardedApp(App[int]):
    """One visit's program: no palette, no screenshots, no clipboard, no browser."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, capabilities: Capabilities) -> None:
        super().__init__()
        self.farewell = ""
        """What the terminal shows when the visit has ended; empty: nothing."""
        self.blocked = False
        """Whether the terminal takes nothing more for now; frames are then dropped."""
        # Neither is used; each would be two widgets more on every page.
        self._disable_tooltips = self._disable_notifications = True
        self._laying_out = False
        self._stale = False
        self._broken = False
        # Textual asks the server's own environment; what counts is the visitor's.
        self.no_color = capabilities.colour == "none"
        self._filters = line_filters(capabilities.colour)
        self.console = Console(
            color_system="truecolor",  # a filter leaves what the terminal has
            file=io.StringIO(),
            force_terminal=True,
            markup=False,
            highlight=False,
            emoji=False,
            legacy_windows=False,
            safe_box=False,
            _environ={},
        )
        # Textual swaps the process's streams while an app runs: with many apps at once
        # they would end up in the hands of one that is gone. So they become themselves.
        self._capture_stdout = cast(Any, sys.stdout)
        self._capture_stderr = cast(Any, sys.stderr)

    # -- life

    async def visit(self, size: tuple[int, int]) -> int:
        """Run until the visit ends; returns its exit status.

        Unlike `run_async` it leaves the event loop as it is: Textual would change how
        every task of the process starts.
        """
        self._thread_init()  # type: ignore[no-untyped-call]
        self._loop = asyncio.get_running_loop()
        self._thread_id = threading.get_ident()
        with self._context():
            try:
                await self._process_messages(terminal_size=size)
            finally:
                await asyncio.shield(self._shutdown())
                self._loop = None
                self._thread_id = 0
        return self.return_code or 0

    async def _shutdown(self) -> None:
        # Textual closes the pages first, and with them goes what was typed.
        try:
            await self.depart()
        finally:
            await super()._shutdown()

    async def depart(self) -> None:
        """Keep what was begun; called when the visit ends, however it does."""

    def crash_words(self, incident: str) -> str:
        """What somebody reads when their visit broke."""
        return incident

    def house_closes(self) -> None:
        """The server stops: end the visit in peace."""
        self.exit(0)

    def when_settled(self, then: Callable[[], None]) -> None:
        """Call back when all that the app was given has had its effect.

        A key goes to the app, on to the widget in front, from there up to its page and
        to the app, whose action may tell the widget and the page something again: it
        has had its effect when all of them wait for something new.
        """
        # Not at once: a callback may give the next key, and ask again.
        asyncio.get_running_loop().call_soon(self._look_again, then, 1)

    def _look_again(self, then: Callable[[], None], looks: int) -> None:
        if self._loop is None or self._exit or self.is_settled:
            then()
        elif looks < SOON:
            self._loop.call_soon(self._look_again, then, looks + 1)
        else:  # something takes its time
            self._loop.call_later(A_MOMENT, self._look_again, then, looks)

    @property
    def is_settled(self) -> bool:
        """Whether nothing that the app was given is still at work."""
        pumps: list[MessagePump] = [self]
        if self.screen_stack:
            front = self.screen_stack[-1]
            pumps += front.focused.ancestors_with_self if front.focused else [front]
        return all(map(_waits, pumps))

    def paste_too_long(self) -> None:
        """Something too long was pasted and dropped as a whole."""

    def quick_exit(self) -> None:
        """End the visit at once, with no word."""
        self.farewell = ""
        self.exit(0)

    def action_quick_exit(self) -> None:
        """Leave at once; the SSH front does so before the key gets here."""
        self.quick_exit()

    # -- mistakes of ours

    def _handle_exception(self, error: Exception) -> None:
        """End this visit with a sentence and a number; the log gets no words."""
        cause = getattr(error, "error", error)  # of a worker, what failed in it
        if self._exit:
            # A page that is half gone cannot be drawn; nobody is there to see it.
            _log.warning("while leaving: %s", describe(cause))
        elif not self._broken:
            self._broken = True
            self._exception = error
            cast(Any, self)._exception_event.set()
            incident = report(cause, _log, secrets.token_bytes)
            self.farewell = self.crash_words(incident)
        self._return_code = 1
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        """Never show a trace: it would hold what was on the screen."""
        error = sys.exc_info()[1]
        self._handle_exception(
            error if isinstance(error, Exception) else RuntimeError()
        )

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()

    # -- back-pressure

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if not self.drops_frame():
            super()._display(screen, renderable)

    def drops_frame(self) -> bool:
        """Whether a frame would be dropped now; a whole one then makes up for it."""
        dropped = self.blocked or self._laying_out
        self._stale = self._stale or dropped
        return dropped

    def unblock(self) -> None:
        """Paint again: everything, where frames were dropped meanwhile."""
        self.blocked = False
        self._catch_up()

    async def _on_resize(self, event: events.Resize) -> None:
        """The window has another size: paint once, when everything has its place."""
        if self._size not in (None, event.size) and not self._laying_out:
            self._laying_out = True
            self.set_timer(LAYOUT_SECONDS, self._laid_out)
        await super()._on_resize(event)

    def _laid_out(self) -> None:
        self._laying_out = False
        self._catch_up()

    def _catch_up(self) -> None:
        painting = not (self.blocked or self._laying_out)
        if painting and self._stale and self._running and self.screen_stack:
            self._stale = False
            screen = self.screen
            super()._display(screen, screen._compositor.render_update(full=True))

    def paint_through(self, frame: bytes) -> bool:
        """Send a frame that was painted elsewhere; whether the terminal takes it now.

        It must be what this app would draw itself: nothing here knows of it.
        """
        paint = getattr(self._driver, "paint", None)
        if self.blocked or self._laying_out or self._exit or paint is None:
            return False
        paint(frame)
        return True

    # -- what Textual offers and a server must not

    def copy_to_clipboard(self, text: str) -> None:
        """Keep it for pasting within this visit; the visitor's clipboard is theirs."""
        self._clipboard = text

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open nothing: it would open on the server."""

    def deliver_text(self, *args: Any, **kwargs: Any) -> str | None:
        """Deliver nothing: it would be written on the server's disk."""
        return None

    def deliver_binary(self, *args: Any, **kwargs: Any) -> str | None:
        """Deliver nothing: it would be written on the server's disk."""
        return None

    def deliver_screenshot(self, *args: Any, **kwargs: Any) -> str | None:
        """Deliver nothing: it would be written on the server's disk."""
        return None

    def save_screenshot(self, *args: Any, **kwargs: Any) -> str:
        """Save nothing: it would be written on the server's disk."""
        return ""

    def action_screenshot(self, *args: Any, **kwargs: Any) -> None:
        """Take no picture of what somebody reads."""

    def action_suspend_process(self) -> None:
        """Stop nothing: it would stop the whole server."""

    async def action_simulate_key(self, key: str) -> None:
        """Press nothing in somebody's name."""

    def action_command_palette(self) -> None:
        """There is none."""

    def action_help_quit(self) -> None:
        """Ctrl+C ends nothing here and says nothing of Ctrl+Q."""

    async def action_quit(self) -> None:
        """Ctrl+Q ends nothing here: it is too near to other keys."""

    def _set_pointer_shape(self, shape: str) -> None:
        """Leave the visitor's mouse alone."""

    def bell(self) -> None:
        """Ring nothing: somebody may be asleep beside it."""


def _waits(pump: MessagePump) -> bool:
    """Whether nothing is left to do for a part of an app, and it does nothing."""
    queue: Any = pump._message_queue
    ready: Any = queue.ready_event
    return queue.empty() and bool(ready._waiters)

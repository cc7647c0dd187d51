"""A Textual driver over an SSH channel."""

from typing import Any

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message

from bunniz_bbs.ssh.keyboard import Keyboard
from bunniz_bbs.ssh.terminal import Terminal
from bunniz_bbs.tui.filters import only_ours


class SshDriver(Driver):
    """Draws on one client's terminal and reads its keys."""

    def __init__(
        self,
        terminal: Terminal,
        keyboard: Keyboard,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=False, mouse=mouse, size=size)
        self._terminal = terminal
        self._keyboard = keyboard
        self._frame: list[str] = []
        self._due = False

    def write(self, data: str) -> None:
        """Add to the frame; it leaves at `flush`, or at this loop turn's end."""
        self._frame.append(data)
        if not self._due:
            self._due = True
            self._loop.call_soon(self.flush)

    def flush(self) -> None:
        """Send the frame as one piece."""
        self._due = False
        if self._frame:
            text = "".join(self._frame)
            self._frame.clear()
            self._terminal.write(only_ours(text))

    def paint(self, frame: bytes) -> None:
        """Send a frame that was painted for several terminals, after what is due."""
        if self._frame:
            self.flush()
        self._terminal.send(frame)

    def send_message(self, message: Message) -> None:
        """Give the app a message; drivers of real terminals do it from a thread."""
        self._app.post_message(message)

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        self._terminal.resized = self._resized
        self._terminal.enter()
        self._resized(self._terminal.size)
        self._terminal.listen(self._keyboard.feed)

    def _resized(self, size: tuple[int, int]) -> None:
        shown = Size(*size)
        self._app.post_message(events.Resize(shown, shown))

    def disable_input(self) -> None:
        """Read nothing more."""
        self._keyboard.close()

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        self.disable_input()
        self._frame.clear()
        self._terminal.leave()

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Open nothing: it would open on the server."""

    def deliver_binary(self, *args: Any, **kwargs: Any) -> None:
        """Deliver nothing: it would be written on the server's disk."""

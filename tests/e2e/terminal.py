"""The system's ssh on a pseudo-terminal, seen through a terminal emulator."""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

import pyte

PATIENCE: Final = 15.0
"""Seconds after which what is waited for will not come any more."""

KEYS: Final = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "pgup": "\x1b[5~",
    "pgdn": "\x1b[6~",
    "backspace": "\x7f",
    "home": "\x1b[H",
    "f1": "\x1bOP",
    "f10": "\x1b[21~",
    "^D": "\x04",
    "^N": "\x0e",
    "^O": "\x0f",
    "^S": "\x13",
    "^T": "\x14",
    "^X": "\x18",
    "^Z": "\x1a",
}

_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_ON_AT_FIRST: Final = frozenset({7, 25})
"""Modes that a terminal begins with: wrapping, a visible cursor."""


class Terminal:
    """One person's terminal, with an ssh client in it."""

    def __init__(
        self, command: Sequence[str], size: tuple[int, int] = (80, 24)
    ) -> None:
        width, height = size
        self.screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        """Everything that was ever written to the terminal."""
        self._fd, inner = os.openpty()
        _resize(inner, width, height)
        self._client = subprocess.Popen(
            list(command),
            stdin=inner,
            stdout=inner,
            stderr=inner,
            start_new_session=True,
            env=os.environ | {"TERM": "xterm-256color"},
        )
        os.close(inner)

    # -- seeing

    def read(self, seconds: float = 0.05) -> bool:
        """Take what the client writes; whether there was something."""
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # the other end is closed
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)

    @property
    def text(self) -> str:
        """The screen as lines, spaces at their ends cut."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def await_text(self, *wanted: str, seconds: float = PATIENCE) -> None:
        """Wait until all of these stand on the screen."""
        self._await(
            lambda: all(one in self.text for one in wanted), f"{wanted!r}", seconds
        )

    def await_no_text(self, *gone: str, seconds: float = PATIENCE) -> None:
        """Wait until none of these stands on the screen."""
        self._await(
            lambda: not any(one in self.text for one in gone), f"no {gone!r}", seconds
        )

    def _await(self, holds: Callable[[], bool], what: str, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"waited for {what}, saw:\n{self.text}")
            self.read()

    def press_until(self, key: str, wanted: str) -> None:
        """Press a key again and again until something stands on the screen."""
        for _ in range(20):
            self.settle()
            if wanted in self.text:
                return
            self.press(key)
        self.await_text(wanted)

    def settle(self) -> None:
        """Wait until nothing more is drawn for a moment."""
        while self.read(0.25):
            pass

    def modes_left_on(self) -> set[int]:
        """Private modes that are not as a terminal begins with them."""
        on: dict[int, bool] = {}
        for numbers, how in _MODE.findall(bytes(self.raw)):
            for number in numbers.split(b";"):
                on[int(number)] = how == b"h"
        return {one for one, is_on in on.items() if is_on != (one in _ON_AT_FIRST)}

    # -- doing

    def press(self, *keys: str) -> None:
        """Press keys, each by its name, or by itself when it is one letter.

        After Esc the terminal rests for a moment, as a hand does: an Esc with something
        right behind it is another key.
        """
        for key in keys:
            assert key in KEYS or len(key) == 1, f"no key is called {key}"
            os.write(self._fd, KEYS.get(key, key).encode())
            if key == "esc":
                self.read(0.2)

    def type(self, text: str, *keys: str) -> None:
        """Type a text, then press keys."""
        os.write(self._fd, text.encode())
        self.press(*keys)

    def send(self, data: bytes) -> None:
        """Send anything at all."""
        os.write(self._fd, data)

    def resize(self, width: int, height: int) -> None:
        """Change the window; the emulator follows where it can."""
        _resize(self._fd, width, height)
        self._client.send_signal(signal.SIGWINCH)
        if 0 < width < 1000 and 0 < height < 1000:
            self.screen.resize(height, width)

    # -- ending

    def await_exit(self, seconds: float = PATIENCE) -> int:
        """Wait until the client ends; its exit status."""
        end = time.monotonic() + seconds
        while (status := self._client.poll()) is None:
            self.read()
            if time.monotonic() > end:
                raise AssertionError(f"the client did not end, saw:\n{self.text}")
        while self.read(0.05):
            pass
        return status

    def kill(self) -> None:
        """Let the client vanish, as when a battery is empty."""
        self._client.kill()
        self._client.wait()

    def close(self) -> None:
        """End the client, however it stands."""
        self.kill()
        with suppress(OSError):
            os.close(self._fd)


def _resize(fd: int, width: int, height: int) -> None:
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

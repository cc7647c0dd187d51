"""From what a client's terminal sends to events that an app may be given.

Anybody can send anything: sequences that claim another window size, that break the
parser, that open a paste and never close it. What is not a key, a click or a paste of
bearable length ends here.
"""

import asyncio
import codecs
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from textual import constants, events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.message import Message

LONGEST_PASTE: Final = 64 * 1024
"""Bytes between the marks of a paste; a longer one is dropped as a whole."""
MOST_WAITING: Final = 2000
"""Events that may wait; then the client is not read until they are fewer."""
MOST_ERRORS: Final = 5
"""Times that a client may break the parser before it is cut off."""
TICK_SECONDS: Final = constants.ESCAPE_DELAY + 0.01

QUICK_EXIT: Final = re.compile(rb"\x18|\x1b\[120;5u|\x1b\[27;5;120~")
"""Ctrl+X, and what terminals with extended keys send for it (xterm, kitty)."""
_PASTE_BEGIN: Final = b"\x1b[200~"
_PASTE_END: Final = b"\x1b[201~"
_WANTED: Final = (
    events.Key,
    events.Paste,
    events.MouseDown,
    events.MouseUp,
    events.MouseScrollDown,
    events.MouseScrollUp,
)


class _Parser(XTermParser):
    """Textual's parser, less the keys that no terminal sends unasked.

    Their parser keeps what was typed in a cache of the whole process, and fails on
    numbers that are no characters.
    """

    def _parse_extended_key(self, sequence: str) -> None:  # type: ignore[override]
        return None


class Keyboard:
    """Reads one client."""

    def __init__(
        self,
        give: Callable[[Message], object],
        settled: Callable[[Callable[[], None]], None],
        hold: Callable[[bool], None],
        broken: Callable[[], None],
        too_long: Callable[[], None],
    ) -> None:
        """A keyboard.

        Args:
            give: Takes an event.
            settled: Calls back when all that was given has had its effect.
            hold: Told True to stop the client sending, False to let it go on.
            broken: Called when the client breaks the parser again and again.
            too_long: Called when a paste was too long and was dropped.
        """
        self._give = give
        self._settled = settled
        self._hold = hold
        self._broken = broken
        self._too_long = too_long
        self._loop = asyncio.get_running_loop()
        self._parser = _Parser()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._events: deque[Message] = deque()
        self._unsettled = False
        """Whether an event was given whose effect may not be there yet."""
        self._asking = False
        """Whether we will be told when it is."""
        self._tick: asyncio.TimerHandle | None = None
        self._held = False
        self._errors = 0
        self._tail = b""
        self._pasted = -1
        """Bytes of the paste that is open; below zero: none is."""
        self._closed = False

    def feed(self, data: bytes) -> None:
        """Take what came from the client."""
        if self._closed:
            return
        for piece in self._bounded(data):
            self._parse(self._decoder.decode(piece))
        self._hand_on()

    def close(self) -> None:
        """Take nothing more."""
        self._closed = True
        self._events.clear()
        if self._tick:
            self._tick.cancel()

    # -- pastes

    def _bounded(self, data: bytes) -> Iterator[bytes]:
        """The data less pastes that are too long; marks are never cut in two."""
        data, self._tail = self._tail + data, b""
        while data:
            mark = _PASTE_BEGIN if self._pasted < 0 else _PASTE_END
            at = data.find(mark)
            if at < 0:
                cut = len(data) - _partial(data, mark)
                # A lone Esc is a key; it must not wait for more to come.
                if self._pasted < 0 and data[cut:] == b"\x1b":
                    cut = len(data)
                yield from self._piece(data[:cut])
                self._tail = data[cut:]
                return
            yield from self._piece(data[:at])
            data = data[at + len(mark) :]
            if self._pasted < 0:
                self._pasted = 0
                yield mark
            else:
                if self._pasted <= LONGEST_PASTE:
                    yield mark
                self._pasted = -1

    def _piece(self, data: bytes) -> list[bytes]:
        """What may be parsed of a piece that has no mark in it."""
        if self._pasted < 0:
            return [data] if data else []
        before = self._pasted
        self._pasted += len(data)
        if self._pasted <= LONGEST_PASTE:
            return [data] if data else []
        if before <= LONGEST_PASTE:
            # What was taken of it so far goes too: half a paste is no help.
            self._renew()
            self._too_long()
        return []

    def _renew(self) -> None:
        self._parser = _Parser()
        self._decoder.reset()

    # -- events

    def _parse(self, text: str) -> None:
        try:
            self._keep(self._parser.feed(text))
        except (ValueError, OverflowError, ArithmeticError, RuntimeError, ParseError):
            # The parser is a generator and dead once it has failed.
            self._renew()
            self._errors += 1
            if self._errors >= MOST_ERRORS:
                self._broken()
        if self._parser._timeout_time is not None and self._tick is None:
            self._tick = self._loop.call_later(TICK_SECONDS, self._on_tick)

    def _on_tick(self) -> None:
        """An Esc that nothing followed is the key Esc."""
        self._tick = None
        if self._closed:
            return
        try:
            self._keep(self._parser.tick())
        except (RuntimeError, ParseError):
            self._renew()
        if self._parser._timeout_time is not None:
            self._tick = self._loop.call_later(TICK_SECONDS, self._on_tick)
        self._hand_on()

    def _keep(self, parsed: Iterable[Message]) -> None:
        for event in parsed:
            if isinstance(event, _WANTED):
                self._events.append(event)

    def _hand_on(self) -> None:
        """Give events on, one at a time.

        Textual hands a letter straight to the field in front and a Backspace around by
        the app. Given at once, as a slow line delivers them, they would change places.
        """
        if self._events and not self._unsettled:
            self._unsettled = True
            self._give(self._events.popleft())
        if self._events and not self._asking:
            self._asking = True
            self._settled(self._next)
        if (len(self._events) > MOST_WAITING) != self._held:
            self._held = not self._held
            self._hold(self._held)

    def _next(self) -> None:
        self._unsettled = self._asking = False
        if not self._closed:
            self._hand_on()


def _partial(data: bytes, mark: bytes) -> int:
    """How many bytes at the end of the data could begin the mark."""
    for length in range(min(len(mark) - 1, len(data)), 0, -1):
        if data.endswith(mark[:length]):
            return length
    return 0

"""From what a client's terminal sends to events that an app may be given.

Anybody can send anything: sequences that claim another window size, that break the
parser, that open a paste and never close it. What is not a key, a click or a paste of
bearable length ends here.
"""

import asyncio
import codecs
from collections import deque
from collections.abc import Callable, Iterable
from typing import Final

from textual import constants, events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.message import Message

from bunniz_bbs.ssh.pastes import BEGIN, END, Paste, partial

SLICE: Final = 64
"""Bytes that are parsed at once."""
MOST_EVENTS: Final = 256
"""Events that may wait; while there are so many, no more is parsed."""
MOST_RAW: Final = 4096
"""Bytes that may wait to be parsed; then the client is not read for a while."""
MOST_ERRORS: Final = 5
"""Times that a client may break the parser before it is cut off."""
FARTHEST: Final = 1000
"""A click beyond this column or row is none."""
ESCAPE_SECONDS: Final = constants.ESCAPE_DELAY + 0.01
"""An Esc that nothing follows for so long is the key Esc."""
MARK_SECONDS: Final = 1.0
"""How long the rest of a paste's mark is waited for."""
PASTE_SECONDS: Final = 5.0
"""A paste in which nothing comes for so long has ended."""

_WANTED: Final = (
    events.Key,
    events.Paste,
    events.MouseDown,
    events.MouseUp,
    events.MouseScrollDown,
    events.MouseScrollUp,
)
_BREAKS: Final = (ValueError, OverflowError, ArithmeticError, RuntimeError, ParseError)
"""What Textual's parser is known to raise."""


class _Parser(XTermParser):
    """Textual's parser, less the keys that no terminal sends unasked.

    Their parser keeps what was typed in a cache of the whole process, and fails on
    numbers that are no characters.
    """

    def _parse_extended_key(self, sequence: str) -> None:  # type: ignore[override]
        return None

    def waits(self) -> bool:
        """Whether what was sent last may go on."""
        return self._timeout_time is not None

    def settle(self) -> Iterable[Message]:
        """What was sent last does not go on: what it is then."""
        if self.waits():
            self._timeout_time = 0.0
        return list(self.tick())


class Keyboard:
    """Reads one client."""

    def __init__(
        self,
        give: Callable[[Message], object],
        settled: Callable[[Callable[[], None]], None],
        hold: Callable[[bool], None],
        broken: Callable[[], None],
        too_long: Callable[[], None],
        rest: Callable[[bool], float] = lambda pressing: 0.0,
    ) -> None:
        """A keyboard.

        Args:
            give: Takes an event.
            settled: Calls back when all that was given has had its effect.
            hold: Told True to stop the client sending, False to let it go on.
            broken: Called when the client breaks the parser again and again.
            too_long: Called when a paste was too long and was dropped.
            rest: Seconds to wait before the next event is given; told whether events
                have been waiting all the time since it was asked last.
        """
        self._give = give
        self._settled = settled
        self._hold = hold
        self._broken = broken
        self._too_long = too_long
        self._rest = rest
        self._loop = asyncio.get_running_loop()
        self._renew()
        self._raw = bytearray()
        """What is not parsed yet."""
        self._events: deque[Message] = deque()
        """What is parsed and not given yet."""
        self._paste: Paste | None = None
        self._unsettled = False
        """Whether an event was given whose effect may not be there yet."""
        self._going_on = False
        self._pressing = False
        """Whether the last event was given in a row in which more was waiting."""
        self._asking = False
        """Whether we will be told when it is."""
        self._resting: asyncio.TimerHandle | None = None
        self._blocked = False
        self._timer: asyncio.TimerHandle | None = None
        self._held = False
        self._errors = 0
        self._closed = False

    def feed(self, data: bytes) -> None:
        """Take what came from the client."""
        if not self._closed:
            self._raw += data
            self._go_on()

    def block(self, blocked: bool) -> None:
        """Give nothing while the client does not look at what came of it."""
        self._blocked = blocked
        if not (blocked or self._closed):
            self._go_on()

    def close(self) -> None:
        """Take nothing more."""
        self._closed = True
        self._events.clear()
        self._raw.clear()
        self._paste = None
        for timer in (self._timer, self._resting):
            if timer:
                timer.cancel()

    def _go_on(self) -> None:
        """Parse what may be parsed, and give on what may be given."""
        while len(self._events) < MOST_EVENTS and self._step():
            pass
        self._wait()
        if (len(self._raw) > MOST_RAW) != self._held:
            self._held = not self._held
            self._hold(self._held)
        self._hand_on()

    # -- bytes

    def _step(self) -> bool:
        """Parse a little more; False when there is nothing to parse now."""
        mark = BEGIN if self._paste is None else END
        piece = bytes(self._raw[:SLICE])
        at = piece.find(mark)
        found = at >= 0
        piece = piece[:at] if found else piece[: len(piece) - partial(piece, mark)]
        del self._raw[: len(piece) + (len(mark) if found else 0)]
        self._read(piece)
        if found:
            self._turn()
        return found or bool(piece)

    def _read(self, piece: bytes) -> None:
        """Read keys, or a piece of a paste."""
        if self._paste is None:
            if text := self._decoder.decode(piece):
                self._parse(lambda: self._parser.feed(text))
        elif self._paste.add(piece):
            self._too_long()

    def _turn(self) -> None:
        """A paste begins or ends."""
        if self._paste is None:
            self._parse(self._parser.settle)
            self._paste = Paste()
            return
        if not self._paste.too_long and (text := self._paste.text):
            self._events.append(events.Paste(text))
        self._paste = None

    # -- what does not go on

    def _wait(self) -> None:
        """See to it that what does not go on ends."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        seconds = self._patience()
        if seconds and not self._closed and len(self._events) < MOST_EVENTS:
            self._timer = self._loop.call_later(seconds, self._give_up)

    def _patience(self) -> float:
        """How long it is waited for more; 0: nothing is waited for."""
        if self._paste is not None:
            return PASTE_SECONDS
        if len(self._raw) > 1:
            return MARK_SECONDS
        return ESCAPE_SECONDS if self._raw or self._parser.waits() else 0

    def _give_up(self) -> None:
        """Nothing more has come: what is there is all."""
        self._timer = None
        rest = bytes(self._raw)
        self._raw.clear()
        self._read(rest)
        if self._paste is not None:
            self._turn()
        else:
            self._parse(self._parser.settle)
        self._go_on()

    # -- events

    def _renew(self) -> None:
        self._parser = _Parser()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def _parse(self, parse: Callable[[], Iterable[Message]]) -> None:
        try:
            for event in parse():
                if isinstance(event, _WANTED) and not _is_far(event):
                    self._events.append(event)
        except _BREAKS:
            # The parser is a generator and dead once it has failed.
            self._renew()
            self._errors += 1
            if self._errors == MOST_ERRORS:
                self._broken()

    def _hand_on(self) -> None:
        """Give events on, one at a time.

        Textual hands a letter straight to the field in front and a Backspace around by
        the app. Given at once, as a slow line delivers them, they would change places.
        """
        if self._blocked:
            return
        if self._events and not self._unsettled:
            self._unsettled = True
            event = self._events.popleft()
            self._pressing = self._going_on and bool(self._events)
            self._give(event)
        if self._events and not self._asking:
            self._asking = True
            self._settled(self._next)

    def _next(self) -> None:
        if self._closed:
            return
        if seconds := self._rest(self._pressing):
            self._resting = self._loop.call_later(seconds, self._rested)
        else:
            self._rested()

    def _rested(self) -> None:
        self._resting = None
        self._unsettled = self._asking = False
        self._going_on = True
        self._go_on()
        self._going_on = False


def _is_far(event: Message) -> bool:
    """Whether it is a click where no window reaches."""
    return isinstance(event, events.MouseEvent) and max(event.x, event.y) > FARTHEST

"""Lines that are typed, one after the other: what line mode reads and writes."""

import asyncio
import codecs
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from bunniz_bbs.domain.text import printable
from bunniz_bbs.plain.streams import Gone
from bunniz_bbs.ssh.channel import GuardedChannel
from bunniz_bbs.ssh.streams import ChannelStreams
from bunniz_bbs.tui.ink import cells, letters

LONGEST_LINE: Final = 4096
"""Characters of a line that are taken: more than fits anywhere, so that whatever takes
the line says that it is too long, and nothing is cut in silence."""
AHEAD: Final = 8192
"""Characters that may wait to be read before the client is asked to wait."""
END_OF_INPUT, RUB_OUT_ALL, BREAKS, BACKSPACES = "\x04", "\x15", "\r\n", "\x08\x7f"
LEAVE_KEYS: Final = re.compile(rb"[\x03\x18]")
"""Ctrl+C and Ctrl+X: they do not wait until it is their turn."""
_SEQUENCE: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|(?=[^\[O]))")
"""A key that types no letter, such as an arrow (ECMA-48 §5.4); or a bare Esc."""
_BEGUN: Final = re.compile(r"\x1b(?:\[[0-?]{0,30}[ -/]{0,9}|O)?")
"""What such a key may begin with; the rest of it may be on its way."""


class TypedLines(ChannelStreams):
    """Reads lines. On a terminal what is typed is echoed when it is its turn.

    What is typed before it is asked for waits unseen, so that it does not stand amid
    what is being written.
    """

    def __init__(
        self, channel: GuardedChannel, hold: Callable[[bool], None], *, terminal: bool
    ) -> None:
        """Lines of one client.

        Args:
            channel: Where it is.
            hold: Told True to stop the client sending, False to let it go on.
            terminal: Whether it has one, which is then raw.
        """
        super().__init__(channel, terminal=terminal)
        self.terminal = terminal
        self._hold = hold
        self._held = False
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._ahead = ""
        self._line = ""
        self._after_return = False
        self._reading = False
        self._idle = asyncio.Event()
        self._idle.set()
        self._closing = asyncio.Event()

    # -- for line mode

    @property
    def unfinished(self) -> str:
        """What was typed of a line that is not sent yet."""
        return self._line

    async def read_line(self) -> str | None:
        """The next line that is sent; None: there will be no more.

        Raises:
            Gone: The client is not there any more.
        """
        self._reading = True
        try:
            while True:
                if self._closed.is_set():
                    raise Gone
                if (line := self._take_line()) is not None:
                    return line
                if self._ended.is_set():
                    return self._last()
                self._more.clear()
                await self._more.wait()
        finally:
            self._reading = False

    async def wait_idle(self) -> None:
        """Return when no line is begun."""
        await self._idle.wait()

    async def wait_closing(self) -> None:
        """Return when the server stops."""
        await self._closing.wait()

    # -- for the channel

    def take(self, data: bytes) -> None:
        """The client sent something."""
        if self._ended.is_set():
            return
        if LEAVE_KEYS.search(data):
            self._echo("\r\n")
            self.close()
            return
        self._ahead += self._decoder.decode(data)
        self._balance()
        self._more.set()

    def house_closes(self) -> None:
        """The server stops."""
        self._closing.set()

    # -- one line

    def _balance(self) -> None:
        """Let the client wait while much of what it sent has not been read."""
        full = len(self._ahead) > AHEAD
        if full is not self._held:
            self._held = full
            self._hold(full)

    def _take_line(self) -> str | None:
        """Read on to the end of a line; None: it has not come yet."""
        at, done, echo = 0, False, ""
        while at < len(self._ahead) and not done:
            one = self._ahead[at]
            if one == "\x1b":
                if _BEGUN.fullmatch(self._ahead, at):
                    break
                found = _SEQUENCE.match(self._ahead, at)
                at = found.end() if found else at + 1
                continue
            at += 1
            # A terminal sends a return, a file may have both; together they are one.
            second = one == "\n" and self._after_return
            self._after_return = one == "\r"
            if second:
                continue
            if one == END_OF_INPUT and self.terminal:
                self.end()
                at = len(self._ahead)
            elif one in BREAKS:
                done = True
                echo += "\r\n"
            else:
                echo += self._put(one)
        self._ahead = self._ahead[at:]
        self._echo(echo)
        line = self._line
        if done:
            self._line = ""
        if self._line:
            self._idle.clear()
        else:
            self._idle.set()
        self._balance()
        return line if done else None

    def _put(self, one: str) -> str:
        """A key of a line; what a terminal must be told for it."""
        if not self.terminal:
            self._line += printable(one)[: LONGEST_LINE - len(self._line)]
            return ""
        if one in BACKSPACES:
            return self._rub_out([*letters(self._line)][-1:])
        if one == RUB_OUT_ALL:
            return self._rub_out([*letters(self._line)])
        typed = printable(" " if one == "\t" else one)
        typed = typed[: LONGEST_LINE - len(self._line)]
        self._line += typed
        return typed

    def _rub_out(self, gone: list[str]) -> str:
        """Take back the last letters; what a terminal must be told for it."""
        text = "".join(gone)
        self._line = self._line[: len(self._line) - len(text)]
        return "\b \b" * cells(text)

    def _echo(self, text: str) -> None:
        # Whoever does not look at what they type needs no echo of it.
        if text and self.terminal and self._drained.is_set():
            with suppress(OSError):
                self._channel.write(text.encode("utf-8", "replace"))

    def _last(self) -> str | None:
        """What a file ends with where its last line has no end.

        On a terminal it was not sent: Enter does that.
        """
        if self.terminal or not self._line:
            return None
        line, self._line = self._line, ""
        return line

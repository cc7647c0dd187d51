"""One channel: a visit on the full screen, or one verb. The one place for catching all.

A visit's crash is that visit's: whatever goes wrong in it ends here, with a number for
the visitor and a place in the code for the log.
"""

import asyncio
import logging
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Final, cast

import asyncssh

from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.domain.incidents import describe, new_incident
from bunniz_bbs.domain.text import printable
from bunniz_bbs.ssh.driver import SshDriver
from bunniz_bbs.ssh.guard import GuardedChannel, GuardedConnection
from bunniz_bbs.ssh.keyboard import QUICK_EXIT, Keyboard
from bunniz_bbs.ssh.reception import Reception
from bunniz_bbs.ssh.streams import ChannelStreams
from bunniz_bbs.ssh.terminal import Terminal, clamp
from bunniz_bbs.tui.guarded import GuardedApp
from bunniz_bbs.tui.ink import wrap

LONGEST_COMMAND: Final = 4096
RESIZES_PER_SECOND: Final = 10
LINGER_SECONDS: Final = 2.0
"""How long a client may keep the connection after its visit has ended."""
WIND_DOWN_SECONDS: Final = 8.0
"""How long a visit may take to keep its drafts once its client is gone."""
SCREEN_STALL_SECONDS: Final = 20.0
VERB_STALL_SECONDS: Final = 600.0
"""How long a client may leave its window closed: a pager reads at a person's pace."""
HIGH_WATER: Final = 48 * 1024
_GO: Final = re.compile(r"go(?:\s+(?P<place>\S{1,80}))?\s*")
_log = logging.getLogger("bunniz.visit")


class Visit(asyncssh.SSHServerSession[bytes]):
    """What one channel asks for, until it ends."""

    def __init__(
        self,
        reception: Reception,
        key: KeyDigest,
        asked: Callable[[], None],
        begun: Callable[["Visit"], None],
    ) -> None:
        """A visit.

        Args:
            reception: The house.
            key: The proven key.
            asked: Called when the client has asked for a screen or a verb.
            begun: Called with this visit when it begins.
        """
        self._reception = reception
        self._key = key
        self._asked = asked
        self._begun = begun
        self._channel: GuardedChannel | None = None
        self._terminal: Terminal | None = None
        self._streams: ChannelStreams | None = None
        self._keyboard: Keyboard | None = None
        self._app: GuardedApp | None = None
        self._place: str | None = None
        self._command: str | None = None
        self._running: asyncio.Task[None] | None = None
        self._stalled: asyncio.TimerHandle | None = None
        self._resizing: asyncio.TimerHandle | None = None
        self._wanted: tuple[int, int] | None = None
        self._left = False
        self.ended = asyncio.Event()
        """Set when the visit has ended."""

    # -- what the client asks for

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        """The channel is open."""
        self._channel = cast(GuardedChannel, chan)
        self._channel.set_write_buffer_limits(high=HIGH_WATER, low=HIGH_WATER // 4)

    def pty_requested(
        self, term_type: str, term_size: tuple[int, int, int, int], term_modes: Any
    ) -> bool:
        """The client has a terminal."""
        if self._terminal is None and self._channel is not None:
            width, height = term_size[:2]
            self._terminal = Terminal(self._channel, term_type, clamp(width, height))
        return True

    def shell_requested(self) -> bool:
        """The client wants in; without a terminal it is told how."""
        if self._terminal is None:
            self._command = ""
        return True

    def exec_requested(self, command: str) -> bool:
        """The client wants one thing: a place on the full screen, or a verb."""
        if len(command) > LONGEST_COMMAND:
            return False
        go = _GO.fullmatch(command.strip())
        if go and self._terminal is not None:
            self._place = go["place"]
        else:
            self._command = command
        return True

    def subsystem_requested(self, subsystem: str) -> bool:
        """There are none: no files are moved here."""
        return False

    def session_started(self) -> None:
        """Begin."""
        assert self._channel is not None
        if self._command is not None:
            # Before the first byte of input comes, which may be at once.
            on_terminal = self._terminal is not None
            self._streams = ChannelStreams(self._channel, terminal=on_terminal)
        self._asked()
        self._begun(self)
        self._running = asyncio.get_running_loop().create_task(self._run())

    @property
    def running(self) -> bool:
        """Whether the visit has begun and not ended."""
        return self._running is not None and not self._running.done()

    # -- life

    async def _run(self) -> None:
        status = 1
        try:
            if self._command is not None and self._streams is not None:
                status = await self._reception.verb(
                    self._key, self._command, self._streams
                )
            else:
                status = await self._screen()
        except asyncio.CancelledError:
            raise
        except Exception as error:
            incident = new_incident(secrets.token_bytes)
            _log.error("incident %s: %s", incident, describe(error))
            self._say(f"{incident}\n")
        finally:
            self._end(status)

    async def _screen(self) -> int:
        terminal = self._terminal
        assert terminal is not None
        try:
            app = await self._reception.app(
                self._key, self._place, terminal.capabilities
            )
        except BunnizError as error:
            return self._reception_closed(error)
        self._app = app
        if self._left:
            return 0
        self._keyboard = Keyboard(
            app.post_message,
            app.when_settled,
            self._hold,
            self._cut,
            app.paste_too_long,
        )
        app.driver_class = cast(Any, partial(SshDriver, terminal, self._keyboard))
        status = await app.visit(terminal.size)
        if app.farewell and not self._left:
            self._say(app.farewell + "\n")
        return status

    def _reception_closed(self, error: BunnizError) -> int:
        _log.warning("a visit could not begin: %s", type(error).__name__)
        return error.exit_code

    def _say(self, text: str) -> None:
        if self._terminal is not None and not self._left:
            lines = wrap(text, self._terminal.size[0] - 1)
            self._terminal.write("\r\n".join(printable(line) for line in lines))

    def _end(self, status: int) -> None:
        """Tell the client how it ended; a client that then stays is cut off."""
        self.ended.set()
        if self._terminal:
            self._terminal.leave()
        for timer in (self._stalled, self._resizing):
            if timer:
                timer.cancel()
        channel, self._channel = self._channel, None
        if channel is None:
            return
        connection = channel.get_connection()
        with suppress(OSError):
            channel.exit(status)
        if isinstance(connection, GuardedConnection):
            asyncio.get_running_loop().call_later(LINGER_SECONDS, _part, connection)

    def close_kindly(self) -> None:
        """The server stops: let the visit keep what it can, and end."""
        if self._app:
            self._app.house_closes()
        elif self._streams:
            self._streams.close()

    # -- what the client sends

    def data_received(self, data: bytes, datatype: int | None) -> None:
        """Keys, or a verb's input."""
        if self._terminal is not None and self._command is None:
            if QUICK_EXIT.search(data):
                self._vanish()
            elif not self._left:
                self._terminal.typed(data)
        elif self._streams is not None:
            self._streams.take(data)

    def eof_received(self) -> bool:
        """The client sends nothing more; what it reads goes on."""
        if self._streams is not None:
            self._streams.end()
        elif self._command is None:
            self._wind_down()
        return True

    def signal_received(self, signal: str) -> None:
        """Nothing here is a process."""

    def terminal_size_changed(
        self, width: int, height: int, pixwidth: int, pixheight: int
    ) -> None:
        """The window has another size; told on at a bearable rate."""
        self._wanted = clamp(width, height)
        if self._terminal is not None and self._resizing is None:
            loop = asyncio.get_running_loop()
            self._resizing = loop.call_later(1 / RESIZES_PER_SECOND, self._rested)
            self._resize()

    def _rested(self) -> None:
        self._resizing = None
        self._resize()

    def _resize(self) -> None:
        terminal, wanted = self._terminal, self._wanted
        if terminal and wanted and wanted != terminal.size:
            terminal.size = wanted
            terminal.resized(wanted)

    # -- leaving

    def _vanish(self) -> None:
        """Clear the terminal and be gone, with no word."""
        if self._left or self._terminal is None:
            return
        self._left = True
        self._terminal.vanish()
        if self._channel is not None:
            with suppress(OSError):
                self._channel.exit(0)
        if self._app:
            self._app.quick_exit()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone: keep drafts, leave rooms, end."""
        if self._terminal:
            self._terminal.detach()
        if self._streams:
            self._streams.close()
        for timer in (self._stalled, self._resizing):
            if timer:
                timer.cancel()
        self._channel = None
        self._wind_down()

    def _wind_down(self) -> None:
        self._left = True
        if self._app:
            self._app.quick_exit()
        task = self._running
        if task is not None and not task.done() and self._command is None:
            asyncio.get_running_loop().call_later(WIND_DOWN_SECONDS, task.cancel)

    # -- back-pressure

    def pause_writing(self) -> None:
        """The client takes nothing more: frames are dropped, and a clock starts."""
        if self._streams:
            self._streams.pause()
        if self._terminal:
            self._terminal.blocked = True
        if self._app:
            self._app.blocked = True
        if self._stalled is None:
            verb = self._command is not None
            seconds = VERB_STALL_SECONDS if verb else SCREEN_STALL_SECONDS
            loop = asyncio.get_running_loop()
            self._stalled = loop.call_later(seconds, self._cut)

    def resume_writing(self) -> None:
        """The client takes more again: all is painted anew."""
        if self._stalled:
            self._stalled.cancel()
            self._stalled = None
        if self._streams:
            self._streams.resume()
        if self._terminal:
            self._terminal.blocked = False
        if self._app:
            self._app.call_later(self._app.unblock)

    def _hold(self, held: bool) -> None:
        if self._channel is None:
            return
        if held:
            self._channel.pause_reading()
        else:
            self._channel.resume_reading()

    def _cut(self) -> None:
        if self._channel is not None:
            connection = self._channel.get_connection()
            if isinstance(connection, GuardedConnection):
                connection.cut()


def _part(connection: GuardedConnection) -> None:
    """End a connection on which nothing goes on any more."""
    if not connection._channels:
        connection.cut()

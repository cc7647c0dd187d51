"""One channel, from what is asked for on it to its end. The one place that catches all.

A visit's crash is that visit's: whatever goes wrong in it ends here, with a sentence
and a number for the visitor, and a place in the code for the log.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Final, cast

import asyncssh

from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.domain.incidents import describe, report
from bunniz_bbs.i18n import Words
from bunniz_bbs.i18n.refusals import refusal
from bunniz_bbs.ssh.channel import GuardedChannel
from bunniz_bbs.ssh.doing import Doing, what_is_asked
from bunniz_bbs.ssh.effort import Effort
from bunniz_bbs.ssh.guard import GuardedConnection
from bunniz_bbs.ssh.quick_exit import QuickExit
from bunniz_bbs.ssh.reception import Reception
from bunniz_bbs.ssh.sayings import broken, told
from bunniz_bbs.ssh.stall import Stall
from bunniz_bbs.ssh.terminal import Terminal, clamp

WIND_DOWN_SECONDS: Final = 8.0
"""How long a visit may take to keep its drafts once its client is gone."""
WORDS_SECONDS: Final = 2.0
"""How long a visit that broke looks for its visitor's language."""
_log = logging.getLogger("bunniz.visit")


class Visit(asyncssh.SSHServerSession[bytes]):
    """What one channel asks for, until it ends."""

    def __init__(
        self,
        reception: Reception,
        key: KeyDigest | None,
        effort: Effort,
        begun: Callable[["Visit"], None],
        ended: Callable[["Visit"], None],
    ) -> None:
        """A visit.

        Args:
            reception: The house.
            key: The proven key; None: there is none.
            effort: What is done for the client.
            begun: Called with this visit when the client has asked for something.
            ended: Called with it when that has ended.
        """
        self._reception = reception
        self._key = key
        self._effort = effort
        self._begun = begun
        self._ended = ended
        self._channel: GuardedChannel | None = None
        self._terminal: Terminal | None = None
        self._doing: Doing | None = None
        self._quick = QuickExit()
        self._running: asyncio.Task[None] | None = None
        self._winding: asyncio.TimerHandle | None = None
        self._stall = Stall(self._unsent, self._cut)
        self._at_end = False
        self._left = False
        self.ended = asyncio.Event()
        """Set when the visit has ended."""

    # -- what the client asks for

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        """The channel is open."""
        self._channel = cast(GuardedChannel, chan)

    def pty_requested(
        self, term_type: str, term_size: tuple[int, int, int, int], term_modes: Any
    ) -> bool:
        """The client has a terminal."""
        if self._channel is None or self._doing:
            return False
        self._terminal = Terminal(self._channel, term_type, clamp(*term_size[:2]))
        return True

    def shell_requested(self) -> bool:
        """The client wants in; without a terminal it is told how."""
        return self._ask("")

    def exec_requested(self, command: str) -> bool:
        """The client wants one thing: a place on the full screen, or a verb."""
        return self._ask(command)

    def _ask(self, command: str) -> bool:
        if self._channel is not None:
            self._doing = what_is_asked(
                *(self._channel, self._terminal, self._effort, self._reception),
                *(self._key, command),
            )
        return self._doing is not None

    def session_started(self) -> None:
        """Begin."""
        if self._doing is None:  # the channel was closed meanwhile
            return
        if self._left:
            self._doing.leave()
        elif self._at_end:
            self._doing.end_of_input()
        if self._reception.draining:
            self._doing.house_closes()
        self._begun(self)
        self._running = self._effort.start(self._run(self._doing))

    # -- life

    async def _run(self, doing: Doing) -> None:
        status = 1
        try:
            status = await doing.run()
        except BunnizError as error:
            _log.warning("a visit could not begin: %s", type(error).__name__)
            status = error.exit_code
            doing.say(told(await self._words(), partial(refusal, error=error)))
        except Exception as error:
            incident = report(error, _log, secrets.token_bytes)
            doing.say(told(await self._words(), partial(broken, incident=incident)))
        finally:
            self._end(status)

    async def _words(self) -> Words | None:
        """The visitor's language; None where it is not known."""
        try:
            async with asyncio.timeout(WORDS_SECONDS):
                return await self._reception.words(self._key)
        except Exception as error:  # what broke may break this as well
            _log.warning("no words: %s", describe(error))
            return None

    def _end(self, status: int) -> None:
        """Give the terminal back and tell the client how it ended."""
        if self._terminal:
            self._terminal.leave()
            self._terminal.close()
        self._stall.end()
        if self._winding:
            self._winding.cancel()
        channel, self._channel, self._doing = self._channel, None, None
        if channel is not None:
            with suppress(OSError):
                channel.exit(status)
        self.ended.set()
        self._ended(self)

    @property
    def connection(self) -> GuardedConnection | None:
        """What the visit came on; None once it is over."""
        return self._channel.connection if self._channel else None

    def _cut(self) -> None:
        if connection := self.connection:
            connection.cut()

    def close_kindly(self) -> None:
        """The server stops: let the visit keep what it can, and end."""
        if self._doing:
            self._doing.house_closes()

    async def stop(self) -> None:
        """End now; returns when it has."""
        if self._running:
            self._running.cancel()
            await asyncio.wait([self._running])
        if not self.ended.is_set():  # it had not as much as begun
            self._end(1)

    # -- what the client sends

    def glance(self, data: bytes) -> None:
        """See what has come before it is anybody's turn: Ctrl+X does not wait."""
        if self._terminal is not None and self._quick.pressed(data):
            self._vanish(self._terminal)

    def data_received(self, data: bytes, datatype: int | None) -> None:
        """Keys, or a verb's input."""
        if self._left:
            return
        if self._doing:
            self._doing.take(data)
        elif self._terminal:
            self._terminal.typed(data)

    def eof_received(self) -> bool:
        """The client sends nothing more; what it reads goes on."""
        self._at_end = True
        if self._doing:
            self._doing.end_of_input()
        return True

    def terminal_size_changed(
        self, width: int, height: int, pixwidth: int, pixheight: int
    ) -> None:
        """The window has another size."""
        if self._terminal:
            self._terminal.resize(width, height)

    # -- leaving

    def _vanish(self, terminal: Terminal) -> None:
        """Clear the terminal and be gone, with no word."""
        if self._left:
            return
        terminal.vanish()
        if self._channel is not None:
            with suppress(OSError):
                self._channel.exit(0)
        self._wind_down()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone: keep drafts, leave rooms, end."""
        self._stall.end()
        self._channel = None
        if self._terminal:
            self._terminal.close()
        self._wind_down()

    def _wind_down(self) -> None:
        self._left = True
        if self._doing:
            self._doing.leave()
        if self._running and not self._running.done() and self._winding is None:
            loop = asyncio.get_running_loop()
            self._winding = loop.call_later(WIND_DOWN_SECONDS, self._running.cancel)

    # -- back-pressure

    def pause_writing(self) -> None:
        """The client takes nothing more: frames are dropped, and a clock starts."""
        if self._doing:
            self._doing.pause()
            self._stall.begin(self._doing.stall_seconds)

    def resume_writing(self) -> None:
        """The client takes more again."""
        self._stall.end()
        if self._doing:
            self._doing.resume()

    def _unsent(self) -> int:
        return self._channel.get_write_buffer_size() if self._channel else 0

"""What a visit does on its channel: a screen, lines, or a verb."""

import re
from typing import Final, Protocol

from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.ssh.channel import GuardedChannel
from bunniz_bbs.ssh.effort import Effort
from bunniz_bbs.ssh.line_input import TypedLines
from bunniz_bbs.ssh.reception import Reception
from bunniz_bbs.ssh.screen import Screen
from bunniz_bbs.ssh.streams import ChannelStreams
from bunniz_bbs.ssh.terminal import Terminal

LONGEST_COMMAND: Final = 4096
_GO: Final = re.compile(r"(?P<how>go|plain)(?:\s+(?P<place>\S{1,80}))?")
_READER: Final = 600.0
"""Seconds that a person takes to read on, or a pager with them."""


class Doing(Protocol):
    """What a visit does, from its beginning to an exit status."""

    stall_seconds: float
    """How long a client may take nothing of what waits for it."""

    async def run(self) -> int:
        """Do it; returns the exit status."""

    def take(self, data: bytes) -> None:
        """The client sent something."""

    def end_of_input(self) -> None:
        """The client will send nothing more."""

    def leave(self) -> None:
        """The client is gone, or wants to be: end, and keep what can be kept."""

    def house_closes(self) -> None:
        """The server stops: end in peace."""

    def pause(self) -> None:
        """The client takes nothing more for now."""

    def resume(self) -> None:
        """The client takes more again."""

    def say(self, text: str) -> None:
        """Say something that stays on the terminal."""


class Verb:
    """One verb, from a client that has no screen or wants none."""

    stall_seconds = _READER

    def __init__(
        self,
        channel: GuardedChannel,
        reception: Reception,
        key: KeyDigest | None,
        command: str,
        *,
        terminal: bool,
    ) -> None:
        self._reception = reception
        self._key = key
        self._command = command
        self._streams = ChannelStreams(channel, terminal=terminal)
        self.take = self._streams.take
        self.end_of_input = self._streams.end
        self.leave = self.house_closes = self._streams.close
        self.pause = self._streams.pause
        self.resume = self._streams.resume

    async def run(self) -> int:
        """Run the verb; returns its exit status."""
        return await self._reception.verb(self._key, self._command, self._streams)

    def say(self, text: str) -> None:
        """Say something on standard error."""
        self._streams.error(text + "\n")


class Lines:
    """The house in plain lines, for screen readers and bad lines."""

    stall_seconds = _READER

    def __init__(
        self,
        channel: GuardedChannel,
        reception: Reception,
        key: KeyDigest | None,
        place: str | None,
        *,
        terminal: bool,
    ) -> None:
        self._reception = reception
        self._key = key
        self._place = place
        self._streams = TypedLines(channel, channel.hold, terminal=terminal)
        self.take = self._streams.take
        self.end_of_input = self._streams.end
        self.leave = self._streams.close
        self.house_closes = self._streams.house_closes
        self.pause = self._streams.pause
        self.resume = self._streams.resume

    async def run(self) -> int:
        """Ask and answer until the visit ends; returns the exit status."""
        return await self._reception.lines(self._key, self._place, self._streams)

    def say(self, text: str) -> None:
        """Say something where everything is said."""
        self._streams.write(text + "\n")


def what_is_asked(
    channel: GuardedChannel,
    terminal: Terminal | None,
    effort: Effort,
    reception: Reception,
    key: KeyDigest | None,
    command: str,
) -> Doing | None:
    """What a client asks for; None: nothing that there is.

    Whoever names no verb gets a screen where there is a terminal that can show one,
    else plain lines, which anybody can ask for by name.
    """
    if len(command) > LONGEST_COMMAND:
        return None
    asked = command.strip()
    go = _GO.fullmatch(asked or "go")
    on_terminal = terminal is not None
    can_draw = terminal is not None and terminal.term != "dumb"
    if go and (go["how"] == "plain" or (not can_draw and (on_terminal or not asked))):
        if terminal:
            terminal.in_lines = True
        return Lines(channel, reception, key, go["place"], terminal=on_terminal)
    if go and terminal:
        return Screen(
            *(terminal, effort, reception, key, go["place"]),
            *(channel.hold, channel.cut),
        )
    return Verb(channel, reception, key, command, terminal=on_terminal)

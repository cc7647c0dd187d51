"""What a visit does on its channel: a screen, or a verb."""

import re
from typing import Final, Protocol

from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.ssh.channel import GuardedChannel
from bunniz_bbs.ssh.reception import Reception
from bunniz_bbs.ssh.screen import Screen
from bunniz_bbs.ssh.streams import ChannelStreams
from bunniz_bbs.ssh.terminal import Terminal

LONGEST_COMMAND: Final = 4096
_GO: Final = re.compile(r"go(?:\s+(?P<place>\S{1,80}))?")


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

    stall_seconds = 600.0  # a pager reads at a person's pace

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


def what_is_asked(
    channel: GuardedChannel,
    terminal: Terminal | None,
    reception: Reception,
    key: KeyDigest | None,
    command: str,
) -> Doing | None:
    """What a client asks for; None: nothing that there is.

    Whoever has a terminal and names no verb gets a screen. Without a terminal the empty
    verb tells how to come in with one.
    """
    if len(command) > LONGEST_COMMAND:
        return None
    go = _GO.fullmatch(command.strip() or "go")
    if go and terminal:
        return Screen(terminal, reception, key, go["place"], channel.hold, channel.cut)
    on_terminal = terminal is not None
    return Verb(channel, reception, key, command, terminal=on_terminal)

"""What the SSH front asks of the house, and nothing more."""

from typing import Protocol

from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.i18n import Words
from bunniz_bbs.plain.streams import LineStreams, Streams
from bunniz_bbs.tui.capabilities import Capabilities
from bunniz_bbs.tui.guarded import GuardedApp


class Reception(Protocol):
    """Receives whoever comes in: a key that was proven, known here or not, or None."""

    @property
    def draining(self) -> bool:
        """Whether new visits are turned away because the server stops."""

    def digest(self, blob: bytes) -> KeyDigest:
        """All that is kept of a key."""

    async def words(self, key: KeyDigest | None) -> Words | None:
        """The language of whoever holds a key; None where it is not known."""

    async def app(
        self, key: KeyDigest | None, place: str | None, capabilities: Capabilities
    ) -> GuardedApp:
        """The full-screen program of one visit.

        Raises:
            BunnizError: The visit cannot begin.
        """

    async def verb(self, key: KeyDigest | None, command: str, streams: Streams) -> int:
        """Run a one-shot verb; returns the exit status."""

    async def lines(
        self, key: KeyDigest | None, place: str | None, streams: LineStreams
    ) -> int:
        """Show the house in plain lines; returns the exit status."""

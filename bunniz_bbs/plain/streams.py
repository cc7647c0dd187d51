"""What the fronts without a screen are given to read from and write to."""

from typing import Protocol


class Gone(ConnectionAbortedError):
    """The client has gone, or wants to be: nothing more is read or said."""


class Streams(Protocol):
    """Standard input, output and error of a client that has no screen."""

    async def read_all(self, limit: int) -> bytes:
        """Everything up to the end of input, at most `limit` bytes and one more."""

    def write(self, text: str) -> None:
        """Write to standard output."""

    def error(self, text: str) -> None:
        """Write to standard error."""

    async def drain(self) -> None:
        """Return when what was written is on its way."""

    async def wait_closed(self) -> None:
        """Return when the client has gone."""


class LineStreams(Streams, Protocol):
    """The same, where lines are typed and answered one after the other."""

    @property
    def terminal(self) -> bool:
        """Whether keys are echoed here; else the client's own end does that."""

    @property
    def unfinished(self) -> str:
        """What was typed of a line that is not sent yet, where that can be told."""

    async def read_line(self) -> str | None:
        """The next line that is sent; None: there will be no more.

        Raises:
            Gone: The client is not there any more.
        """

    async def wait_idle(self) -> None:
        """Return when no line is begun."""

    async def wait_closing(self) -> None:
        """Return when the server stops."""

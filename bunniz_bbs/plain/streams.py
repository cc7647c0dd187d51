"""What a one-shot verb is given to read from and write to."""

from typing import Protocol


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

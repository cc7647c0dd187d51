"""Somebody in line mode: what they type, and all that they were ever shown."""

import asyncio
from typing import cast

from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.plain.lines import run_lines
from bunniz_bbs.ssh.channel import GuardedChannel
from bunniz_bbs.ssh.line_input import TypedLines
from tests.services.living import Living, key_of

PATIENCE = 10.0


class Wire:
    """A channel that notes what is written on it."""

    def __init__(self) -> None:
        self.raw = bytearray()
        self.written = asyncio.Event()
        self.held = False

    def write(self, data: bytes, kind: int | None = None) -> None:
        """Something is written."""
        self.raw += data
        self.written.set()

    def hold(self, held: bool) -> None:
        """The client is asked to wait, or may go on."""
        self.held = held


def typed_lines(*, terminal: bool) -> tuple[TypedLines, Wire]:
    """Streams as they ship, and what reaches the client."""
    wire = Wire()
    channel = cast(GuardedChannel, wire)
    return TypedLines(channel, wire.hold, terminal=terminal), wire


class Reader:
    """One visit in line mode, without SSH."""

    def __init__(
        self,
        home: Living,
        key: KeyDigest | str | None,
        place: str | None = None,
        *,
        terminal: bool = False,
    ) -> None:
        """Come in.

        Args:
            home: The house.
            key: The key, or the name of whoever has it; None: there is none.
            place: What is opened at first.
            terminal: Whether keys are typed on one.
        """
        self.lines, self._wire = typed_lines(terminal=terminal)
        self._enter = "\r" if terminal else "\n"
        self._read = 0
        self.task = asyncio.create_task(
            run_lines(
                home.services,
                home.wired.registry,
                key_of(key) if isinstance(key, str) else key,
                place,
                self.lines,
            )
        )

    @property
    def out(self) -> str:
        """All that was ever written."""
        return self._wire.raw.decode().replace("\r\n", "\n")

    @property
    def raw(self) -> bytes:
        """The same as bytes."""
        return bytes(self._wire.raw)

    def keys(self, text: str) -> None:
        """Press keys."""
        self.lines.take(text.encode())

    def type(self, *lines: str) -> None:
        """Type lines, each with Enter."""
        self.keys("".join(line + self._enter for line in lines))

    async def reads(self, *texts: str) -> None:
        """Wait until these come, one after the other, after what was read before."""
        for text in texts:
            try:
                async with asyncio.timeout(PATIENCE):
                    while (at := self.out.find(text, self._read)) < 0:
                        self._wire.written.clear()
                        await self._wire.written.wait()
            except TimeoutError:
                raise AssertionError(
                    f"waited for {text!r}, saw: {self.out[self._read :]}"
                ) from None
            self._read = at + len(text)

    async def ends(self) -> int:
        """Wait until the visit has ended; its exit status."""
        async with asyncio.timeout(PATIENCE):
            return await self.task

    async def leaves(self) -> str:
        """Come to the end of the input; all that was said."""
        self.lines.end()
        assert await self.ends() == 0
        return self.out

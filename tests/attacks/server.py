"""A server in a process of its own, and what can be seen of it from outside."""

import asyncio
import base64
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import psutil

from bunniz_bbs.cli.console import ask_server
from bunniz_bbs.config.settings import Settings
from tests.e2e.house import House
from tests.ssh.gate import Gate, a_key

MEGABYTE: Final = 2**20


class Server(Gate):
    """A house that runs, people who may enter it, and the figures of its process."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._house = House(folder)
        self.keys = {}

    # -- its life

    def start(self) -> None:
        """Start it, and wait until it listens."""
        self._house.start()
        self.port = self._house.port
        self._greeting = len(self._house.output)
        self._process = psutil.Process(self._house.pid)

    def close(self) -> None:
        """End it."""
        self._house.close()

    def admit(self, names: Iterable[str]) -> None:
        """Let people in, each with a key of their own, as `people add` does."""
        asyncio.run(self._admit(names))

    async def _admit(self, names: Iterable[str]) -> None:
        house = self._house
        settings = Settings("", 0, house.config, house.data, house.keys)
        for name in names:
            key = self.keys[name] = a_key()
            blob = base64.b64encode(key.public_data).decode()
            given = {"name": name, "key": blob, "role": "member", "language": "en"}
            await ask_server(settings, "people add", given)

    # -- its figures

    @property
    def said(self) -> list[str]:
        """What it has written since it began to listen, to either output."""
        return self._house.output[self._greeting :]

    def megabytes(self) -> float:
        """Memory that it has resident."""
        return float(self._process.memory_info().rss) / MEGABYTE

    def files(self) -> int:
        """Files and sockets that it has open."""
        return int(self._process.num_fds())

    def cpu(self) -> float:
        """Seconds of processor that its threads have used, to the microsecond."""
        tasks = Path(f"/proc/{self._process.pid}/task").glob("*/schedstat")
        return sum(int(one.read_text().split()[0]) for one in tasks) / 1e9

    def peers(self) -> set[int]:
        """The clients' ports of its open connections."""
        return {
            one.raddr.port
            for one in self._process.net_connections("tcp")
            if one.raddr and one.status == psutil.CONN_ESTABLISHED
        }

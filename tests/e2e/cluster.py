"""A house on two nodes: one PostgreSQL, one broker, and cables that can be cut."""

import asyncio
import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

from bunniz_bbs.config.secrets import ensure_secrets
from tests.bus.brokers import Broker
from tests.e2e.cable import Cable
from tests.e2e.house import ROOT, House
from tests.e2e.terminal import Terminal
from tests.store.server import Server


class Cluster:
    """Two servers with the same secrets, each with its own cable to the broker."""

    def __init__(self, folder: Path, database: Server) -> None:
        self.database = database
        self.broker = Broker(folder)
        self.broker.start()
        self.cables = [Cable(self.broker.port) for _ in range(2)]
        name = asyncio.run(database.create())
        self.config = folder / "boards.yaml"
        shutil.copy(ROOT / "boards.yaml", self.config)
        self.nodes: list[House] = []
        for number, cable in enumerate(self.cables):
            place = folder / f"node{number}"
            place.mkdir()
            environment = {
                "BUNNIZ_STORE": database.url(name, tcp=True),
                "BUNNIZ_BUS": f"nats://127.0.0.1:{cable.port}",
            }
            self.nodes.append(House(place, self.config, environment))

    def start(self) -> None:
        """Make secrets, give both nodes the same, and start them."""
        one, other = self.nodes
        ensure_secrets(one.keys, os.urandom, data_exists=False)
        shutil.copytree(one.keys, other.keys)
        one.start()
        other.start()
        # One person, one key, whichever node they come in by.
        other.key = one.key  # type: ignore[method-assign]

    def admit(self, person: str, role: str = "member", language: str = "en") -> None:
        """Let a person in."""
        self.nodes[0].admit(person, role, language)

    def close(self) -> None:
        """End everything."""
        for node in self.nodes:
            node.close()
        for cable in self.cables:
            cable.close()
        self.broker.kill()


class TwoNodes:
    """A cluster as if it were one house: each person comes in by a node of their own.

    The first one who comes has the first node, the second one the other, and so on.
    """

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._seats: dict[str, House] = {}

    def _node(self, person: str) -> House:
        nodes = self._cluster.nodes
        return self._seats.setdefault(person, nodes[len(self._seats) % len(nodes)])

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cluster.nodes[0], name)

    def enter(self, person: str, *words: str, **named: Any) -> Terminal:
        """A person's terminal, as they connect."""
        return self._node(person).enter(person, *words, **named)

    def ask(
        self, person: str, *words: str, **named: Any
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a one-shot verb as a person."""
        return self._node(person).ask(person, *words, **named)

    def restart(self, number: int = signal.SIGTERM) -> None:
        """Stop both servers and start them again."""
        for node in self._cluster.nodes:
            node.restart(number)

    def close(self) -> None:
        """End everything."""
        self._cluster.close()

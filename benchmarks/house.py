"""A server to measure, on a house that is thrown away."""

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.million import Million, fill
from benchmarks.texts import Texts
from bunniz_bbs.config.load import load_house
from bunniz_bbs.config.secrets import load_secrets
from bunniz_bbs.store.sqlite import open_sqlite
from bunniz_bbs.wiring.clock import SystemClock
from bunniz_bbs.wiring.stores import DATA_FILE
from tests.attacks.server import Server
from tests.e2e.house import ROOT

LIVED_IN: Final = 120_000
"""Posts of a house in which people have written for a while."""
PROBED: Final = (sys.executable, "-m", "benchmarks.probe")


class MeasuredServer(Server):
    """A server whose house may have been lived in, or that may be looked into."""

    @property
    def pid(self) -> int:
        """Its process."""
        return self._house.pid

    def probe(self) -> None:
        """Count what each layer does, from the next start on."""
        self._house.program = PROBED
        self._house.environment["PYTHONPATH"] = str(ROOT)

    def fill(self, posts: int = LIVED_IN) -> Million:
        """Stop it, put posts into its house, and start it again."""
        self._house.stop()
        made = asyncio.run(self._fill(posts))
        self.start()
        return made

    async def _fill(self, posts: int) -> Million:
        key = load_secrets(self._house.keys).data_key
        store = await open_sqlite(self._house.data / DATA_FILE, key)
        try:
            house = load_house(self._house.config)
            return await fill(store.writer, house, SystemClock().now(), Texts(), posts)
        finally:
            await store.close()


@contextmanager
def a_server(*, probed: bool = False) -> Iterator[MeasuredServer]:
    """A server that has just started, with nobody in its house."""
    with tempfile.TemporaryDirectory() as folder:
        server = MeasuredServer(Path(folder) / "house")
        if probed:
            server.probe()
        try:
            server.start()
            yield server
        except Exception as error:
            error.add_note("\n".join(["the server said:", *server.said]))
            raise
        finally:
            server.close()

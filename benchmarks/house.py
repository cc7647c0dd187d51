"""A server to measure, on a house that is thrown away."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.attacks.server import Server


@contextmanager
def a_server() -> Iterator[Server]:
    """A server that has just started, with nobody in its house."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "house")
        try:
            server.start()
            yield server
        finally:
            server.close()

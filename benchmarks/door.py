"""The server as a client's process knows it: a port, and keys that open it."""

from collections.abc import Mapping

import asyncssh

from tests.attacks.server import Server
from tests.ssh.gate import NO_CONFIG, Gate


class Door(Gate):
    """Where one comes in."""

    def __init__(self, port: int, keys: Mapping[str, bytes]) -> None:
        self.port = port
        self.keys = {
            name: asyncssh.import_private_key(key) for name, key in keys.items()
        }

    async def enter(self, name: str) -> asyncssh.SSHClientConnection:
        """A person's client, logged in."""
        settings = NO_CONFIG | {"client_keys": [self.keys[name]], "port": self.port}
        return await asyncssh.connect("127.0.0.1", **settings)


def keys_of(server: Server, beginning: str) -> dict[str, bytes]:
    """The keys of everybody whose name begins so, as another process may be given."""
    return {
        name: key.export_private_key()
        for name, key in server.keys.items()
        if name.startswith(beginning)
    }

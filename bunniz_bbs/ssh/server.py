"""Listens for connections, and closes them kindly."""

import asyncio
import errno
import logging
import secrets
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final

import asyncssh

from bunniz_bbs.config.settings import Algorithms, SourceLimits
from bunniz_bbs.ssh.doorkeeper import Doorkeeper
from bunniz_bbs.ssh.effort import Turns, count_work
from bunniz_bbs.ssh.guard import GuardedConnection
from bunniz_bbs.ssh.options import make_options
from bunniz_bbs.ssh.quiet import hush
from bunniz_bbs.ssh.reception import Reception
from bunniz_bbs.ssh.sources import Sources
from bunniz_bbs.ssh.visit import Visit

BACKLOG: Final = 128
CUT_SECONDS: Final = 1.0


class CannotListen(Exception):
    """The address cannot be listened on; says what is so, and what to do."""


def refuse_textual_environment(environment: Mapping[str, str]) -> None:
    """Refuse to serve where Textual's debugging is switched on.

    It would write every key that members press to a file on the server.

    Raises:
        CannotListen: It is.
    """
    found = sorted(name for name in environment if name.startswith("TEXTUAL"))
    if found:
        raise CannotListen(
            f"{found[0]} is set, which makes Textual write down what members type. "
            f"Unset it: env -u {found[0]} …"
        )


class Connections(set[GuardedConnection]):
    """Those that are there; counts those that have ended."""

    ended = 0

    def discard(self, element: object) -> None:
        """One has ended."""
        super().discard(element)
        self.ended += 1


class Listener:
    """A port on which visits come in."""

    def __init__(
        self,
        server: asyncio.Server,
        fingerprint: str,
        connections: "Connections",
        visits: set[Visit],
        speak_again: Callable[[], None],
    ) -> None:
        self._server = server
        self._connections = connections
        self._visits = visits
        self._speak_again = speak_again
        self.fingerprint = fingerprint
        """The host key's, as OpenSSH shows it: `SHA256:…`."""

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def present(self) -> int:
        """How many connections there are, of whatever kind."""
        return len(self._connections)

    @property
    def ended(self) -> int:
        """How many there were."""
        return self._connections.ended

    async def drain(self, seconds: float) -> None:
        """Take no new connections and let visits end by themselves for a while."""
        self._server.close()
        visits = list(self._visits)
        for visit in visits:
            visit.close_kindly()
        # Visits that end see their connections out themselves.
        busy = {visit.connection for visit in visits}
        for connection in [one for one in self._connections if one not in busy]:
            connection.cut()
        ended = [visit.ended.wait() for visit in visits]
        gone = [one.gone.wait() for one in self._connections]
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*ended, *gone), seconds)

    async def close(self) -> None:
        """End what is left."""
        self._server.close()
        left = list(self._connections)
        for connection in left:
            connection.cut()
        ended = [visit.ended.wait() for visit in list(self._visits)]
        gone = [one.gone.wait() for one in left]
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*ended, *gone), CUT_SECONDS)
        await asyncio.gather(*(visit.stop() for visit in list(self._visits)))
        self._speak_again()


async def listen(
    reception: Reception,
    host_key: bytes,
    host: str,
    port: int,
    *,
    algorithms: Algorithms = "default",
    source_limits: SourceLimits = "remote",
) -> Listener:
    """Listen on an address.

    Args:
        reception: Receives whoever has proven a key.
        host_key: An ed25519 private key in OpenSSH's format.
        host: An address or a name of this machine.
        port: 0: any free port.
        algorithms: What is offered to clients.
        source_limits: Whose connections are counted one source at a time.

    Raises:
        CannotListen: The address cannot be used; says why.
    """
    # Below WARNING it writes down addresses, user names and commands.
    logging.getLogger("asyncssh").setLevel(logging.WARNING)
    loop = asyncio.get_running_loop()
    sources = Sources(time.monotonic, secrets.token_bytes(32), source_limits)
    turns = Turns(loop.time)
    connections = Connections()
    visits: set[Visit] = set()
    count_work(loop)

    options = make_options(host_key, lambda: Doorkeeper(reception, visits), algorithms)

    def connection() -> GuardedConnection:
        made = GuardedConnection(loop, options, sources, turns, connections.discard)
        connections.add(made)
        return made

    try:
        server = await loop.create_server(
            connection, host, port, backlog=BACKLOG, reuse_address=True
        )
    except OSError as error:
        raise CannotListen(_why(error, host, port)) from None
    except (UnicodeError, OverflowError):
        raise CannotListen(f"{host}:{port} is not an address to listen on.") from None
    fingerprint = asyncssh.import_private_key(host_key).get_fingerprint()
    return Listener(server, fingerprint, connections, visits, hush(loop))


def _why(error: OSError, host: str, port: int) -> str:
    where = f"{host}:{port}"
    if isinstance(error, socket.gaierror):
        return f"{where}: no such address on this machine. Check --host."
    if error.errno == errno.EADDRINUSE:
        return (
            f"{where}: the port is in use. Stop what uses it, or choose another with "
            f"--port."
        )
    if error.errno == errno.EACCES:
        return f"{where}: ports below 1024 are the system's. Choose a higher --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{where}: this machine does not have that address. Check --host."
    return f"{where}: cannot be listened on ({error.strerror or 'unknown error'})."

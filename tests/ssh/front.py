"""The SSH front as it ships, in this process, on a real house."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import asyncssh

from bunniz_bbs.bus.memory import MemoryBus
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.domain.words import Language
from bunniz_bbs.services.codes import key_digest
from bunniz_bbs.ssh.guard import GuardedConnection
from bunniz_bbs.ssh.server import Listener, listen
from bunniz_bbs.wiring import Wired, build
from bunniz_bbs.wiring.clock import SystemClock
from bunniz_bbs.wiring.reception import HouseReception
from tests.services.houses import a_house
from tests.ssh.gate import Gate, a_key, until
from tests.store.fresh import open_fresh


@cache
def host_key() -> bytes:
    """The host key of every front in the tests."""
    made = asyncssh.generate_private_key("ssh-ed25519")
    return made.export_private_key()


@cache
def an_rsa_key(bits: int = 3072) -> asyncssh.SSHKey:
    """An RSA key; making one takes a while, so it is made once."""
    return a_key("ssh-rsa", key_size=bits)


class WatchedReception(HouseReception):
    """The house's own, which notes who came in."""

    def __init__(self, wired: Wired) -> None:
        super().__init__(wired)
        self.entered: list[KeyDigest] = []
        """Whose key was proven, in the order in which they came."""

    def digest(self, blob: bytes) -> KeyDigest:
        """All that is kept of a key."""
        made = super().digest(blob)
        self.entered.append(made)
        return made


def held(connection: GuardedConnection) -> int:
    """Bytes that the server holds for one client, in whichever buffer they are."""
    line = connection._transport
    deferred = sum(len(b"".join(args)) for _, args in connection._deferred_packets)
    channels = connection._channels.values()
    taken = sum(len(data) for one in channels for data, _ in one._recv_buf)
    waiting = line.get_write_buffer_size() if line else 0
    sent = sum(one.get_write_buffer_size() for one in channels)
    return len(connection._inpbuf) + waiting + deferred + sent + taken


def open_sockets() -> int:
    """Sockets of this process; the data file is opened as often as it is of use."""
    found = 0
    for one in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found += str(one.readlink()).startswith("socket:")
    return found


@dataclass
class Front(Gate):
    """A port that is listened on, the house behind it, and the keys of its people."""

    wired: Wired
    reception: WatchedReception
    listener: Listener
    keys: dict[str, asyncssh.SSHKey] = field(default_factory=dict)

    @property
    def port(self) -> int:
        """Where it listens, on 127.0.0.1."""
        return self.listener.port

    def digest(self, key: asyncssh.SSHKey) -> KeyDigest:
        """What is kept of a key."""
        return key_digest(self.wired.pepper, key.public_data)

    @property
    def connections(self) -> list[GuardedConnection]:
        """Connections that are open on the server's side."""
        return list(self.listener._connections)

    async def person(
        self,
        name: str,
        role: Role = Role.MEMBER,
        language: Language = "en",
        key: asyncssh.SSHKey | None = None,
    ) -> Actor:
        """Let somebody in, with a key of their own."""
        key = key or a_key()
        self.keys[name] = key
        account = await self.wired.services.people.add(
            CONSOLE, name, self.digest(key), role, language
        )
        return Actor.of(account)

    async def gone(self) -> None:
        """Wait until every connection has ended on the server's side."""
        await until(lambda: not self.connections)


@asynccontextmanager
async def a_front(
    folder: Path,
    receive: type[WatchedReception] = WatchedReception,
    clock: Clock | None = None,
) -> AsyncIterator[Front]:
    """A front on an empty house."""
    clock = clock or SystemClock()
    store = await open_fresh(folder / "house.db", b"d" * 32)
    try:
        wired = build(store, MemoryBus(), clock, a_house(), b"p" * 32)
        reception = receive(wired)
        listener = await listen(reception, host_key(), "127.0.0.1", 0)
        try:
            yield Front(wired, reception, listener)
        finally:
            await listener.close()
    finally:
        await store.close()

"""A port that members and strangers come to, whichever process listens on it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

import asyncssh

PATIENCE: Final = 15.0
"""Seconds after which what is waited for will not come any more."""

NO_CONFIG: Final[dict[str, Any]] = dict(
    known_hosts=None, username="x", config=None, agent_path=None, client_keys=None
)
"""A client that looks at nothing of this machine."""


def a_key(kind: str = "ssh-ed25519", **how: Any) -> asyncssh.SSHKey:
    """A key that nobody has used yet."""
    return asyncssh.generate_private_key(kind, **how)


async def until(holds: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - what holds is on both sides
            await asyncio.sleep(0.005)


class Keyless(asyncssh.SSHClient):
    """A client that answers what it is asked, with nothing, and notes it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, int]] = []
        """The title and the text of each round, and how many questions it had."""
        self.banners: list[str] = []

    def auth_banner_received(self, msg: str, lang: str) -> None:
        """What is said before the log-in."""
        self.banners.append(msg)

    def kbdint_auth_requested(self) -> str:
        """Any way of asking will do."""
        return ""

    def kbdint_challenge_received(
        self, name: str, instructions: str, lang: str, prompts: Any
    ) -> list[str]:
        """Answer each question with nothing."""
        self.asked.append((name, instructions, len(prompts)))
        return [""] * len(prompts)


class Gate:
    """Where one comes in, and the keys of those who may."""

    port: int
    """Where is listened, on 127.0.0.1."""
    keys: dict[str, asyncssh.SSHKey]
    entered = 0
    """How often an attacker has logged in, by its own account."""

    async def line(self, buffer: int | None = None) -> socket.socket:
        """A line to the front; with a small `buffer` its kernel holds little."""
        line = socket.socket()
        line.setblocking(False)
        if buffer:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(line, ("127.0.0.1", self.port))
        return line

    @asynccontextmanager
    async def connect(
        self, person: str | asyncssh.SSHKey | None, **options: Any
    ) -> AsyncIterator[asyncssh.SSHClientConnection]:
        """A person's client, logged in; None: one that has no key."""
        key = self.keys[person] if isinstance(person, str) else person
        who = {"client_keys": [key]} if key else {"client_factory": Keyless}
        settings = NO_CONFIG | {"port": self.port} | who | options
        async with asyncio.timeout(PATIENCE):
            client = await asyncssh.connect("127.0.0.1", **settings)
        try:
            yield client
        finally:
            client.abort()

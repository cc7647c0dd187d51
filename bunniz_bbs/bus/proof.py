"""Who this node is, told to a broker only over a connection that is as it should be."""

import ssl
from collections.abc import Callable
from typing import Any

from nats.errors import Error as NatsError

from bunniz_bbs.bus.servers import Servers


class NotEncrypted(NatsError):
    """The broker does not speak TLS though it was to."""


class _Context(ssl.SSLContext):
    """Notes that it was used: a broker can offer to go on without encryption."""

    used = False

    def wrap_bio(self, *given: Any, **named: Any) -> ssl.SSLObject:
        self.used = True
        return super().wrap_bio(*given, **named)


class Proof:
    """What one connection is made with; its client asks for it when it needs it."""

    def __init__(self, servers: Servers) -> None:
        self._servers = servers
        self._context: _Context | None = None
        if servers.encrypted:
            self._context = _Context(ssl.PROTOCOL_TLS_CLIENT)
            self._context.load_default_certs()

    def options(self) -> dict[str, Any]:
        """The options of the client that concern who is spoken to."""
        user, password = self._servers.user, self._servers.password
        if user is None:
            told = {}
        elif password is None:
            told = {"token": self._told(user)}
        else:
            told = {"user": self._told(user), "password": self._told(password)}
        return {"tls": self._context, **told}

    def check(self) -> None:
        """Refuse a connection that was to be encrypted and is not.

        Raises:
            NotEncrypted: It is not.
        """
        if self._context and not self._context.used:
            raise NotEncrypted

    def _told(self, word: str) -> Callable[[], str]:
        def tell() -> str:
            self.check()
            return word

        return tell

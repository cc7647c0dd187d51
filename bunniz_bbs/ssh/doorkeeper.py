"""Lets whoever has logged in open channels, and sees idlers out."""

import asyncio
from typing import Final

import asyncssh

from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.ssh.channel import GuardedChannel
from bunniz_bbs.ssh.guard import GuardedConnection
from bunniz_bbs.ssh.reception import Reception
from bunniz_bbs.ssh.visit import Visit

IDLE_SECONDS: Final = 10.0
"""How long somebody who has logged in may take to ask for something."""
LINGER_SECONDS: Final = 2.0
"""How long a client may keep the connection after its last visit has ended."""
FLUSH_ROUNDS: Final = 10
"""How often it is waited so long for a slow client to take the rest."""


class Doorkeeper(asyncssh.SSHServer):
    """Turns a proven key, or none, into somebody who may open a channel.

    Which key was proven is the connection's business; whether it is known here is
    nobody's business before.
    """

    def __init__(self, reception: Reception, visits: set[Visit]) -> None:
        self._reception = reception
        self._visits = visits
        """All that go on in the house."""
        self._mine: set[Visit] = set()
        self._connection: GuardedConnection | None = None
        self._key: KeyDigest | None = None
        self._inside = False
        self._waiting: asyncio.TimerHandle | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """A client has come to the gate."""
        assert isinstance(conn, GuardedConnection)
        self._connection = conn

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        self._connection = None
        self._stop_waiting()

    # -- logging in

    def begin_auth(self, username: str) -> bool:
        """Nobody comes in by a name; the one a client gives is not looked at."""
        return True

    def public_key_auth_supported(self) -> bool:
        """Keys are the one way to be somebody."""
        return True

    def auth_completed(self) -> None:
        """A log-in has completed: with a proven key, as nobody, or not at all."""
        connection = self._connection
        assert connection is not None
        if connection.proven is not None:
            self._key = self._reception.digest(connection.proven)
        elif not connection.keyless:
            connection.cut()
            return
        self._inside = True
        connection.come_in()
        self._wait(IDLE_SECONDS, 0)

    # -- visits

    def session_requested(self) -> tuple[GuardedChannel, Visit] | bool:
        """Open a channel for one visit, if there is room for it."""
        connection = self._connection
        if not self._inside or connection is None or not connection.has_room():
            return False
        if self._reception.draining:
            return False
        visit = Visit(
            *(self._reception, self._key, connection.effort),
            *(self._begun, self._ended),
        )
        return GuardedChannel(connection), visit

    def _begun(self, visit: Visit) -> None:
        self._visits.add(visit)
        self._mine.add(visit)
        self._stop_waiting()

    def _ended(self, visit: Visit) -> None:
        self._visits.discard(visit)
        self._mine.discard(visit)
        if not self._mine and self._connection:
            self._wait(LINGER_SECONDS, FLUSH_ROUNDS)

    # -- seeing idlers out

    def _wait(self, seconds: float, rounds: int) -> None:
        self._stop_waiting()
        loop = asyncio.get_running_loop()
        self._waiting = loop.call_later(seconds, self._look, seconds, rounds)

    def _stop_waiting(self) -> None:
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None

    def _look(self, seconds: float, rounds: int) -> None:
        """End a connection on which nothing goes on, once all of it was sent."""
        self._waiting = None
        if self._connection is None:
            return
        if rounds and self._connection.unsent():
            self._wait(seconds, rounds - 1)
        else:
            self._connection.cut()

"""Asks each connection for its key, and lets proven ones in."""

import asyncio
from collections.abc import Callable
from typing import Final

import asyncssh

from bunniz_bbs.domain.errors import KeyUnfit
from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.ssh.guard import GuardedChannel, GuardedConnection
from bunniz_bbs.ssh.keys import fit_blob
from bunniz_bbs.ssh.options import PACKET, WINDOW
from bunniz_bbs.ssh.reception import Reception
from bunniz_bbs.ssh.visit import Visit

IDLE_SECONDS: Final = 10.0
"""How long somebody who has logged in may take to ask for something."""

UNFIT: Final = (
    "Cette clé n'est pas acceptée ici. / Deze sleutel wordt hier niet aanvaard. /\r\n"
    "This key is not accepted here. / Dieser Schlüssel wird hier nicht angenommen.\r\n"
    '  ssh-keygen -t ed25519 -C "" -f ~/.ssh/bunniz\r\n'
)
"""Said before log-in, when no language is known yet; once a connection."""


class Doorkeeper(asyncssh.SSHServer):
    """Turns a proven key into somebody who may open a channel.

    A client may show keys that it never signs with. Only a signature that verified
    proves one, and every acceptable key gets the same answer: whether it is known here
    is nobody's business before it is proven.
    """

    def __init__(self, reception: Reception, visits: Callable[[Visit], None]) -> None:
        self._reception = reception
        self._visits = visits
        self._connection: GuardedConnection | None = None
        self._key: KeyDigest | None = None
        self._waiting: asyncio.TimerHandle | None = None
        self._told = False

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """A client has come to the gate."""
        assert isinstance(conn, GuardedConnection)
        self._connection = conn

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        self._connection = None
        self._asked()

    # -- proving a key

    def begin_auth(self, username: str) -> bool:
        """A key is always needed; the name a client logs in with is not looked at."""
        return True

    def public_key_auth_supported(self) -> bool:
        """Keys are the one way in."""
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Whether a key is of an accepted kind; nothing else is decided here."""
        try:
            fit_blob(key.public_data)
        except KeyUnfit:
            if not self._told and self._connection:
                self._told = True
                self._connection.send_auth_banner(UNFIT)
            return False
        return True

    def auth_completed(self) -> None:
        """A log-in has completed: with a proven key, or not at all."""
        assert self._connection is not None
        blob = self._connection.admit()
        if blob is None:
            self._connection.cut()
            return
        self._key = self._reception.digest(blob)
        loop = asyncio.get_running_loop()
        self._waiting = loop.call_later(IDLE_SECONDS, self._connection.cut)

    # -- opening a channel

    def session_requested(self) -> tuple[GuardedChannel, Visit] | bool:
        """Open a channel for one visit, if there is room for it."""
        connection = self._connection
        if self._key is None or connection is None or not connection.has_room():
            return False
        if self._reception.draining:
            return False
        visit = Visit(self._reception, self._key, self._asked, self._visits)
        return self._channel(connection), visit

    def _channel(self, connection: GuardedConnection) -> GuardedChannel:
        return GuardedChannel(
            connection,
            connection._loop,
            allow_pty=True,
            line_editor=False,
            line_echo=False,
            line_history=0,
            max_line_length=0,
            encoding=None,
            errors="strict",
            window=WINDOW,
            max_pktsize=PACKET,
        )

    def _asked(self) -> None:
        """The client has asked for something, so it is no idler."""
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None

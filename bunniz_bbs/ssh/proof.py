"""Who a connection is: whoever signed for it, and nobody else.

A client may show keys that it never signs with, change its name between two messages
and try one method after the other. What counts is one signature, verified in the very
step that completes the log-in. Whoever answers keyboard-interactive instead, where
nothing is asked, comes in as nobody.
"""

from collections.abc import Sequence
from typing import Any, Final

import asyncssh
from asyncssh.auth import KbdIntChallenge
from asyncssh.connection import SSHServerConnection
from asyncssh.constants import MSG_USERAUTH_REQUEST
from asyncssh.packet import SSHPacket, String

from bunniz_bbs.domain.errors import KeyUnfit
from bunniz_bbs.ssh.keys import SIGNATURES, fit_blob, signed_with
from bunniz_bbs.ssh.sayings import UNFIT

MOST_OFFERS: Final = 12
"""Keys that a client may offer or sign with before it is cut off."""
MOST_ATTEMPTS: Final = 40
"""Steps of any kind that a client may take to log in."""


class ProvingConnection(SSHServerConnection):
    """A connection that lets in whoever proves a key."""

    proven: bytes | None = None
    """The blob of the key that signed, in the step that is being taken now."""
    keyless = False
    """Whether the step that is being taken now lets somebody in without a key."""
    _offers = 0
    _attempts = 0
    _told = False

    async def reload_config(self) -> None:
        """Nothing here depends on the name that a client logs in with."""

    def _process_userauth_request(
        self, pkttype: int, pktid: int, packet: SSHPacket
    ) -> Any:
        if not self._auth_complete:
            self._forget()
            self._attempts += 1
            if self._attempts > MOST_ATTEMPTS:
                raise asyncssh.ProtocolError("too many attempts to log in")
        return super()._process_userauth_request(pkttype, pktid, packet)

    # asyncssh finds the handlers of messages by number, not by name.
    _packet_handlers = {  # noqa: RUF012 - asyncssh's own name and shape
        **SSHServerConnection._packet_handlers,
        MSG_USERAUTH_REQUEST: _process_userauth_request,
    }

    async def validate_public_key(
        self, username: str, key_data: bytes, msg: bytes, signature: bytes
    ) -> bool:
        """Whether a key would do; with a signature, whether it was proven.

        Nothing here asks who a key belongs to: the answer is the same for every key of
        an accepted kind. Certificates are none.
        """
        self._forget()
        if self._auth_complete:
            return False
        self._offers += 1
        if self._offers > MOST_OFFERS:
            raise asyncssh.ProtocolError("too many keys offered")
        try:
            key = fit_blob(key_data)
            if msg and signed_with(signature) not in SIGNATURES:
                raise KeyUnfit("its signatures are too old a kind")
        except KeyUnfit:
            self._tell_unfit()
            return False
        if not msg:
            return True
        key.set_touch_required(True)
        if not key.verify(String(self._session_id) + msg, signature):
            return False
        # Encoded anew: the same key in another spelling is the same key.
        self.proven = key.public_data
        return True

    def kbdint_auth_supported(self) -> bool:
        """A client that has no key comes in without one."""
        return True

    async def get_kbdint_challenge(
        self, username: str, lang: str, submethods: str
    ) -> KbdIntChallenge:
        """Ask nothing (RFC 4256 §3.2 allows it): there is nothing to know."""
        self._forget()
        return "", "", "", ()

    async def validate_kbdint_response(
        self, username: str, responses: Sequence[str]
    ) -> KbdIntChallenge:
        """Let a client in as nobody; whatever it showed before counts for nothing."""
        self._forget()
        self.keyless = not self._auth_complete and not responses
        return self.keyless

    def _forget(self) -> None:
        """Another step begins: what the last one proved is not of it."""
        self.proven = None
        self.keyless = False

    def _tell_unfit(self) -> None:
        if not self._told:
            self._told = True
            self.send_auth_banner(UNFIT)

    async def send_userauth_success(self) -> None:
        """Let the client in, and forget the name that it called itself."""
        self._username = ""
        await super().send_userauth_success()

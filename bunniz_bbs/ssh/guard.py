"""Keeps one client's connection from costing the others anything.

asyncssh counts neither what it has handed to the kernel nor what a client makes it
allocate. These two classes do; they override private names of it, which is why its
version is pinned to a minor.
"""

import asyncio
import socket
import struct
from collections.abc import Callable
from typing import Any, Final, cast

import asyncssh
from asyncssh.channel import SSHServerChannel
from asyncssh.connection import SSHServerConnection
from asyncssh.constants import MSG_USERAUTH_REQUEST
from asyncssh.packet import SSHPacket

from bunniz_bbs.ssh.keys import SIGNATURES, signed_with
from bunniz_bbs.ssh.sources import Place, Sources

STALL_SECONDS: Final = 15.0
"""How long a client may take nothing of what was sent to it."""
MOST_UNSENT: Final = 2**20
"""Bytes that may wait for one client."""
RATE: Final = 128 * 1024
"""Bytes a second that one client is read at, after a burst."""
BURST: Final = 512 * 1024
SMALLEST_PACKET: Final = 1024
MOST_CHANNELS: Final = 2
MOST_REFUSALS: Final = 10
MOST_OFFERS: Final = 12
"""Keys that a client may offer before it is cut off."""
LONGEST_VARIABLE: Final = 64
_TCP_OPTIONS: Final = (
    # Finds a dead peer in 25 seconds, without waking anybody here.
    ("TCP_KEEPIDLE", 10),
    ("TCP_KEEPINTVL", 5),
    ("TCP_KEEPCNT", 3),
    ("TCP_USER_TIMEOUT", 20_000),
)


class GuardedChannel(SSHServerChannel[bytes]):
    """A session's channel: no environment but COLORTERM, no agent, no X11."""

    def process_open(
        self, send_chan: int, send_window: int, send_pktsize: int, session: Any
    ) -> None:
        """Refuse packets so small that one screen would need thousands of them."""
        if send_pktsize < SMALLEST_PACKET:
            raise asyncssh.ProtocolError("maximum packet size too small")
        super().process_open(send_chan, send_window, send_pktsize, session)

    def _process_env_request(self, packet: SSHPacket) -> bool:
        name, value = packet.get_string(), packet.get_string()
        packet.check_end()
        if name != b"COLORTERM" or len(value) > LONGEST_VARIABLE:
            return False
        self._env[name] = value
        return True

    def _process_x11_req_request(self, packet: SSHPacket) -> bool:
        return False

    def _process_auth_agent_req_at_openssh_dot_com_request(  # type: ignore[override]
        self, packet: SSHPacket
    ) -> bool:
        return False  # asyncssh would answer later, after making a socket

    @property
    def colorterm(self) -> str:
        """What the terminal says of its colours; the only variable that is read."""
        return self._env.get(b"COLORTERM", b"").decode("ascii", "replace")


class GuardedConnection(SSHServerConnection):
    """A client's connection, with a limit on all that it can make the server hold."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        options: asyncssh.SSHServerConnectionOptions,
        sources: Sources,
        ended: Callable[["GuardedConnection"], None],
    ) -> None:
        super().__init__(loop, options, None, None)
        self.proven: bytes | None = None
        """The blob of the key that signed last, in this very attempt to log in."""
        self.gone = asyncio.Event()
        """Set when the connection has ended."""
        self._ended = ended
        self._sources = sources
        self._place: Place | None = None
        self._offers = 0
        self._refusals = 0
        self._stalled: asyncio.TimerHandle | None = None
        self._tokens = float(BURST)
        self._counted_at = 0.0
        self._paused = False

    # -- coming and going

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection, or drop it where there is no place for one more."""
        peer = transport.get_extra_info("peername")
        address = str(peer[0]) if isinstance(peer, tuple) else ""
        self._place = self._sources.enter(address)
        if self._place is None:
            self._cancel_login_timer()
            self._end()
            _reset(cast(asyncio.Transport, transport))
            return
        self._counted_at = self._loop.time()
        super().connection_made(transport)
        _tune(cast(asyncio.Transport, transport))
        # Addresses are of no use from here on, so nothing holds them.
        self._peer_addr = self._peer_host = ""
        self._peer_port = 0
        cast(asyncio.Transport, transport).set_write_buffer_limits(
            high=64 * 1024, low=16 * 1024
        )

    def _cleanup(self, exc: Exception | None) -> None:
        if self._stalled:
            self._stalled.cancel()
            self._stalled = None
        if self._place:
            self._place.leave()
        super()._cleanup(exc)
        self._end()

    def _end(self) -> None:
        self.gone.set()
        self._ended(self)

    def cut(self) -> None:
        """End the connection now, whatever still waits to be sent."""
        self._force_close(None)

    async def reload_config(self) -> None:
        """Nothing here depends on the name that a client logs in with."""

    # -- who it is

    def _process_userauth_request(
        self, pkttype: int, pktid: int, packet: SSHPacket
    ) -> Any:
        if not self._auth_complete:
            self.proven = None
        return super()._process_userauth_request(pkttype, pktid, packet)

    # asyncssh finds the handlers of messages by number, not by name.
    _packet_handlers = {  # noqa: RUF012 - asyncssh's own name and shape
        **SSHServerConnection._packet_handlers,
        MSG_USERAUTH_REQUEST: _process_userauth_request,
    }

    async def validate_public_key(
        self, username: str, key_data: bytes, msg: bytes, signature: bytes
    ) -> bool:
        """Whether a key may be used; with a signature, whether it was proven."""
        self.proven = None
        if self._auth_complete:
            return False
        self._offers += 1
        if self._offers > MOST_OFFERS:
            raise asyncssh.ProtocolError("too many keys offered")
        if msg and signed_with(signature) not in SIGNATURES:
            return False
        if not await super().validate_public_key("", key_data, msg, signature):
            return False
        if msg:
            key = asyncssh.public_key.decode_ssh_public_key(key_data)
            # Encoded anew: the same key in another spelling is the same key.
            self.proven = key.public_data
        return True

    async def _validate_client_certificate(
        self, username: str, key_data: bytes
    ) -> None:
        """Certificates prove nothing here."""

    def admit(self) -> bytes | None:
        """The proven key of a log-in that has just completed; None: there is none."""
        if self._place:
            self._place.proven()
        return self.proven

    # -- what comes in

    def data_received(self, data: bytes, datatype: int | None = None) -> None:
        """Read at a bounded rate."""
        now = self._loop.time()
        self._tokens = min(BURST, self._tokens + (now - self._counted_at) * RATE)
        self._counted_at = now
        self._tokens -= len(data)
        super().data_received(data, datatype)
        if (self._tokens < 0 or len(self._inpbuf) > BURST) and not self._paused:
            self._rest(max(0.01, -self._tokens / RATE))

    def _rest(self, seconds: float) -> None:
        if self._transport is None:
            return
        self._paused = True
        self._transport.pause_reading()
        self._loop.call_later(seconds, self._read_on)

    def _read_on(self) -> None:
        self._paused = False
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()

    def has_room(self) -> bool:
        """Whether the client may open one more channel."""
        return len(self._channels) < MOST_CHANNELS

    def send_channel_open_failure(
        self, send_chan: int, code: int, reason: str, lang: str
    ) -> None:
        """Refuse a channel; a client that goes on asking is cut off.

        Raises:
            ProtocolError: It has asked too often.
        """
        self._refusals += 1
        if self._refusals > MOST_REFUSALS:
            raise asyncssh.ProtocolError("too many refused requests")
        super().send_channel_open_failure(send_chan, code, reason, lang)

    # -- what goes out

    def pause_writing(self) -> None:
        """The kernel takes no more: frames are dropped, and a clock starts."""
        for session in self._sessions():
            session.pause_writing()
        if self._stalled is None:
            self._stalled = self._loop.call_later(STALL_SECONDS, self.cut)

    def resume_writing(self) -> None:
        """The kernel takes more again."""
        if self._stalled:
            self._stalled.cancel()
            self._stalled = None
        for session in self._sessions():
            session.resume_writing()

    def _sessions(self) -> list[Any]:
        return [one._session for one in self._channels.values() if one._session]

    def _send(self, data: bytes) -> None:
        transport = self._transport
        if transport and transport.get_write_buffer_size() > MOST_UNSENT:
            self.cut()
            return
        super()._send(data)


def _tune(transport: asyncio.Transport) -> None:
    """Small kernel buffers, so that a client that reads nothing is noticed."""
    found = transport.get_extra_info("socket")
    if found is None or found.family not in (socket.AF_INET, socket.AF_INET6):
        return
    found.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 64 * 1024)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
    for name, value in _TCP_OPTIONS:
        number = getattr(socket, name, None)
        if number is not None:
            found.setsockopt(socket.IPPROTO_TCP, number, value)


def _reset(transport: asyncio.Transport) -> None:
    """Close without a farewell and without leaving a socket in TIME_WAIT."""
    found = transport.get_extra_info("socket")
    if found is not None:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()

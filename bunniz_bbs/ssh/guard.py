"""Keeps one client's connection from costing the others anything.

asyncssh counts neither what it has handed to the kernel nor what a client makes it
allocate. These classes do; they override private names of it, which is why its version
is pinned to a minor.
"""

import asyncio
import logging
import secrets
import sys
from collections.abc import Callable
from typing import Any, Final, cast

import asyncssh
from asyncssh.constants import (
    MSG_GLOBAL_REQUEST,
    MSG_IGNORE,
    MSG_KEXINIT,
    MSG_REQUEST_FAILURE,
    MSG_REQUEST_SUCCESS,
)
from asyncssh.packet import PacketDecodeError, SSHPacket

from bunniz_bbs.domain.incidents import report
from bunniz_bbs.ssh.allowance import Allowance
from bunniz_bbs.ssh.effort import Effort, Turns
from bunniz_bbs.ssh.line import reset, tune
from bunniz_bbs.ssh.proof import ProvingConnection
from bunniz_bbs.ssh.sources import Place, Sources
from bunniz_bbs.ssh.stall import Stall

STALL_SECONDS: Final = 15.0
"""How long a client may take nothing of what was sent to it."""
EXCHANGE_SECONDS: Final = 15.0
"""How long a client may leave a new exchange of keys unfinished."""
MOST_UNSENT: Final = 2**20
"""Bytes that may wait for one client, however it comes to that."""
OVERHEAD: Final = 200  # bytes of a packet that waits for new keys, beside its own
HIGH_WATER: Final = 32 * 1024
"""Bytes that may wait for the kernel before a session's output is held back."""
RATE: Final = 128 * 1024
"""Bytes a second that one client is read at, after a burst."""
BURST: Final = 512 * 1024
EXCHANGES: Final = (10, 1 / 30)
"""Exchanges of keys that a client may begin: at once, and a second after that."""
REQUEST: Final = 128
"""Bytes that a request on a channel counts for, beside its own: each is work."""
MOST_CHANNELS: Final = 2
MOST_REFUSALS: Final = 10
_log = logging.getLogger("bunniz.visit")


class GuardedConnection(ProvingConnection):
    """A client's connection, with limits on all that it can make the server hold."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        options: asyncssh.SSHServerConnectionOptions,
        sources: Sources,
        turns: Turns,
        ended: Callable[["GuardedConnection"], None],
    ) -> None:
        super().__init__(loop, options, None, None)
        self.gone = asyncio.Event()
        """Set when the connection has ended."""
        self.effort = Effort(turns)
        """What is done for the client, on all its channels."""
        self._ended = ended
        self._sources = sources
        self._place: Place | None = None
        self._refusals = 0
        self._congested = False
        self._deferred = 0
        self._stall = Stall(self._unsent, self.cut)
        self._exchange: asyncio.TimerHandle | None = None
        self._resting: asyncio.TimerHandle | None = None
        self._bytes = Allowance(BURST, RATE, loop.time())
        self._exchanges = Allowance(*EXCHANGES, loop.time())

    # -- coming and going

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection, or drop it where there is no place for one more."""
        line = cast(asyncio.Transport, transport)
        peer = line.get_extra_info("peername")
        address = str(peer[0]) if isinstance(peer, tuple) else ""
        self._place = self._sources.enter(address, self.cut)
        if self._place is None:
            self._cancel_login_timer()
            self._end()
            reset(line)
            return
        super().connection_made(line)
        # Addresses are of no use from here on, so nothing holds them.
        self._peer_addr = self._peer_host = ""
        self._peer_port = 0
        tune(line)
        line.set_write_buffer_limits(high=HIGH_WATER, low=HIGH_WATER // 4)

    def _force_close(self, exc: Exception | None) -> None:
        self._inpbuf = b""  # what a client that is cut off has sent is not read
        super()._force_close(exc)

    def _cleanup(self, exc: Exception | None) -> None:
        self._stall.end()
        for timer in (self._exchange, self._resting):
            if timer:
                timer.cancel()
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

    def come_in(self) -> None:
        """The client has proven a key, and gives no place away any more."""
        if self._place:
            self._place.proven()

    def internal_error(self, exc_info: Any = None, error_logger: Any = None) -> None:
        """End the connection on which something of ours broke, and say where."""
        error = (exc_info or sys.exc_info())[1]
        if error and self._auth_complete and not isinstance(error, PacketDecodeError):
            report(error, _log, secrets.token_bytes)
        super().internal_error(exc_info, error_logger)

    # -- what comes in

    def data_received(self, data: bytes, datatype: int | None = None) -> None:
        """Read at a bounded rate."""
        if self._transport is None:
            return
        early = self._bytes.take(len(data), self._loop.time())
        super().data_received(data, datatype)
        if (early or len(self._inpbuf) > BURST) and self._resting is None:
            self._rest(max(0.01, early))

    def _rest(self, seconds: float) -> None:
        if self._transport is not None:
            self._transport.pause_reading()
            self._resting = self._loop.call_later(seconds, self._read_on)

    def _read_on(self) -> None:
        self._resting = None
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
        self._refuse()
        super().send_channel_open_failure(send_chan, code, reason, lang)

    def _process_global_request(
        self, pkttype: int, pktid: int, packet: SSHPacket
    ) -> None:
        """Answer at once: a client may see whether we are here, and nothing else."""
        granted = packet.get_string() == b"keepalive@openssh.com"
        wants_reply = packet.get_boolean()
        if wants_reply and not granted:
            self._refuse()
        if wants_reply:
            self.send_packet(MSG_REQUEST_SUCCESS if granted else MSG_REQUEST_FAILURE)

    def _refuse(self) -> None:
        self._refusals += 1
        if self._refusals > MOST_REFUSALS:
            raise asyncssh.ProtocolError("too many refused requests")

    def count_request(self) -> None:
        """The client asks for something on a channel: it is read the later for it."""
        self._bytes.take(REQUEST, self._loop.time())

    # -- exchanges of keys

    def _process_kexinit(self, pkttype: int, pktid: int, packet: SSHPacket) -> Any:
        if not self._exchanges.has(1, self._loop.time()):
            raise asyncssh.ProtocolError("too many exchanges of keys")
        return super()._process_kexinit(pkttype, pktid, packet)

    def _send_kexinit(self) -> None:
        super()._send_kexinit()
        if self._auth_complete and self._exchange is None:
            self._exchange = self._loop.call_later(EXCHANGE_SECONDS, self.cut)

    def send_newkeys(self, k: bytes, h: bytes) -> None:
        """Use new keys, and send what had to wait for them."""
        super().send_newkeys(k, h)
        if self._exchange:
            self._exchange.cancel()
            self._exchange = None
        self._flush()

    # asyncssh finds the handlers of messages by number, not by name.
    _packet_handlers = {  # noqa: RUF012 - asyncssh's own name and shape
        **ProvingConnection._packet_handlers,
        MSG_GLOBAL_REQUEST: _process_global_request,
        MSG_KEXINIT: _process_kexinit,
    }

    # -- what goes out

    @property
    def clear(self) -> bool:
        """Whether the line takes a session's output now."""
        return self._kex_complete and not self._congested

    def unsent(self) -> int:
        """Bytes that wait for the client."""
        channels = self._channels.values()
        return self._unsent() + sum(one.get_write_buffer_size() for one in channels)

    def _unsent(self) -> int:
        return self._transport.get_write_buffer_size() if self._transport else 0

    def pause_writing(self) -> None:
        """The kernel takes no more: channels hold back, and a clock starts."""
        self._congested = True
        self._stall.begin(STALL_SECONDS)

    def resume_writing(self) -> None:
        """The kernel takes more again."""
        self._congested = False
        self._stall.end()
        self._flush()

    def _flush(self) -> None:
        for channel in list(self._channels.values()):
            channel._flush_send_buf()

    def send_packet(self, pkttype: int, *args: bytes, handler: Any = None) -> None:
        """Send a packet, now or when keys are exchanged.

        asyncssh sends an empty one before each packet, which chained ciphers need
        (RFC 4251 §9.3.1). There is none here, and it would double the writes.
        """
        if pkttype == MSG_IGNORE:
            return
        super().send_packet(pkttype, *args, handler=handler)
        if not self._deferred_packets:
            self._deferred = 0
            return
        self._deferred += sum(map(len, args)) + OVERHEAD
        if self._deferred > MOST_UNSENT:
            self.cut()

    def _send(self, data: bytes) -> None:
        super()._send(data)
        if self._unsent() > MOST_UNSENT:
            self.cut()

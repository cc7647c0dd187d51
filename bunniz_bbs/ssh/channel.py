"""One session's channel: what a client may ask for on it, and how much waits in it."""

from typing import TYPE_CHECKING, Any, Final, cast

import asyncssh
from asyncssh.channel import SSHServerChannel
from asyncssh.constants import (
    MSG_CHANNEL_DATA,
    MSG_CHANNEL_EOF,
    MSG_CHANNEL_EXTENDED_DATA,
    MSG_CHANNEL_REQUEST,
)
from asyncssh.packet import SSHPacket, String, UInt32

from bunniz_bbs.ssh.options import PACKET, WINDOW

if TYPE_CHECKING:
    from bunniz_bbs.ssh.guard import GuardedConnection

SMALLEST_PACKET: Final = 1024
LONGEST_VARIABLE: Final = 64
HIGH_WATER: Final = 16 * 1024
"""Bytes that may wait in a channel before no more is drawn."""


class GuardedChannel(SSHServerChannel[bytes]):
    """A session's channel: no environment but COLORTERM, no agent, no X11."""

    def __init__(self, connection: "GuardedConnection") -> None:
        super().__init__(
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
        self.set_write_buffer_limits(high=HIGH_WATER, low=HIGH_WATER // 4)

    # -- what a client may ask for

    def process_open(
        self, send_chan: int, send_window: int, send_pktsize: int, session: Any
    ) -> None:
        """Refuse packets so small that one screen would need thousands of them."""
        if send_pktsize < SMALLEST_PACKET:
            raise asyncssh.ProtocolError("maximum packet size too small")
        super().process_open(send_chan, send_window, send_pktsize, session)

    def _process_request(self, pkttype: int, pktid: int, packet: SSHPacket) -> None:
        if self.connection is not None:
            self.connection.count_request()
        super()._process_request(pkttype, pktid, packet)

    # asyncssh finds the handlers of messages by number, not by name.
    _packet_handlers = {  # noqa: RUF012 - asyncssh's own name and shape
        **SSHServerChannel._packet_handlers,
        MSG_CHANNEL_REQUEST: _process_request,
    }

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

    # -- what comes in

    def hold(self, held: bool) -> None:
        """Stop the client sending, or let it go on."""
        if held:
            self.pause_reading()
        else:
            self.resume_reading()

    def _accept_data(self, data: bytes, datatype: int | None = None) -> None:
        """Show the session what has come, also while it takes nothing."""
        if self._session is not None:
            cast(Any, self._session).glance(data)
        super()._accept_data(data, datatype)

    # -- what goes out

    def write(self, data: bytes, datatype: int | None = None) -> None:
        """Send what can go at once at once; the rest waits its turn.

        Raises:
            OSError: The channel is not open any more.
        """
        waits = self._send_buf or not self._line_is_clear()
        fits = 0 < len(data) <= min(self._send_window, self._send_pktsize)
        if waits or not fits or datatype is not None or self._send_state != "open":
            super().write(data, datatype)
            return
        self._send_window -= len(data)
        self.send_packet(MSG_CHANNEL_DATA, String(data))

    def _flush_send_buf(self) -> None:
        """Send what the client has room for, as long as the line takes it.

        asyncssh would hand everything to the connection at once, where a client that
        opens a large window and reads nothing lets it pile up uncounted.
        """
        while self._send_buf and self._send_window and self._line_is_clear():
            size = min(self._send_window, self._send_pktsize)
            waiting, datatype = self._send_buf[0]
            data = bytes(waiting[:size])
            if len(waiting) > size:
                del waiting[:size]
            else:
                del self._send_buf[0]
            self._send_buf_len -= len(data)
            self._send_window -= len(data)
            if datatype is None:
                self.send_packet(MSG_CHANNEL_DATA, String(data))
            else:
                kind = UInt32(datatype)
                self.send_packet(MSG_CHANNEL_EXTENDED_DATA, kind, String(data))
        self._pause_resume_writing()
        if not self._send_buf:
            if self._send_state == "eof_pending":
                self.send_packet(MSG_CHANNEL_EOF)
                self._send_state = "eof"
            elif self._send_state == "close_pending":
                self._close_send()

    def log_sent_packet(self, *args: Any, **kwargs: Any) -> None:
        """Log nothing: it is what somebody reads."""

    def _line_is_clear(self) -> bool:
        return self.connection is not None and self.connection.clear

    # -- the end

    @property
    def connection(self) -> "GuardedConnection | None":
        """What the channel is open on; None once it is closed."""
        return cast("GuardedConnection | None", self._conn)

    def cut(self) -> None:
        """End the connection now."""
        if self.connection:
            self.connection.cut()

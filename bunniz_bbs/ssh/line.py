"""What is asked of the kernel for each connection."""

import asyncio
import socket
import struct
from typing import Final

SEND_BUFFER: Final = 64 * 1024
RECEIVE_BUFFER: Final = 16 * 1024
_TCP_OPTIONS: Final = (
    # Finds a dead peer in 25 seconds, without waking anybody here.
    ("TCP_KEEPIDLE", 10),
    ("TCP_KEEPINTVL", 5),
    ("TCP_KEEPCNT", 3),
    ("TCP_USER_TIMEOUT", 20_000),
)
_AT_ONCE: Final = struct.pack("ii", 1, 0)


def tune(transport: asyncio.Transport) -> None:
    """Small buffers, so that a client that reads nothing is noticed; and keepalive."""
    found = transport.get_extra_info("socket")
    if found is None or found.family not in (socket.AF_INET, socket.AF_INET6):
        return
    found.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
    for name, value in _TCP_OPTIONS:
        number = getattr(socket, name, None)  # not every system has each of them
        if number is not None:
            found.setsockopt(socket.IPPROTO_TCP, number, value)


def reset(transport: asyncio.Transport) -> None:
    """Close without a farewell and without leaving a socket in TIME_WAIT."""
    found = transport.get_extra_info("socket")
    if found is not None:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
    transport.abort()

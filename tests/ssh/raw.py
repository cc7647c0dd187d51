"""A client that sends SSH's packets one by one, in any order and of any shape.

asyncssh's own client does the key exchange; from there on a test says what is sent,
and sees everything that is answered.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, cast

import asyncssh
from asyncssh.connection import SSHClientConnection
from asyncssh.constants import (
    MSG_CHANNEL_CLOSE,
    MSG_CHANNEL_DATA,
    MSG_CHANNEL_OPEN,
    MSG_CHANNEL_OPEN_CONFIRMATION,
    MSG_CHANNEL_OPEN_FAILURE,
    MSG_CHANNEL_REQUEST,
    MSG_CHANNEL_SUCCESS,
    MSG_CHANNEL_WINDOW_ADJUST,
    MSG_DISCONNECT,
    MSG_SERVICE_ACCEPT,
    MSG_USERAUTH_FAILURE,
    MSG_USERAUTH_REQUEST,
    MSG_USERAUTH_SUCCESS,
)
from asyncssh.packet import Boolean, Byte, SSHPacket, String, UInt32

from tests.ssh.gate import NO_CONFIG, PATIENCE, Gate

PK_OK: Final = 60
"""SSH_MSG_USERAUTH_PK_OK, RFC 4252 §7."""
INFO_RESPONSE: Final = 61
"""SSH_MSG_USERAUTH_INFO_RESPONSE, RFC 4256 §3.4."""
OUTCOMES: Final = (MSG_USERAUTH_FAILURE, MSG_USERAUTH_SUCCESS, PK_OK)
"""What ends one step of a log-in; 60 is also a question of keyboard-interactive."""


@dataclass(frozen=True)
class Signed:
    """What a signature is over, where that is not what is sent with it."""

    session: bytes | None = None
    user: str | None = None
    service: str = "ssh-connection"
    algorithm: bytes | None = None
    blob: bytes | None = None


def _offer(
    algorithm: bytes, blob: bytes, service: str = "ssh-connection"
) -> tuple[bytes, ...]:
    """The fields of a request that a signature is sent with."""
    method = (String(service), String("publickey"), Boolean(True))
    return (*method, String(algorithm), String(blob))


class RawClient(SSHClientConnection):
    """A connection whose packets are in the hands of a test."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        options = asyncssh.SSHClientConnectionOptions(**NO_CONFIG)
        super().__init__(loop, options)
        # Nothing is held back because of what has not happened yet.
        self._auth_complete = True
        self._channels = cast(Any, _Nothing(self))
        self._auth = cast(Any, self)
        self.answers: asyncio.Queue[tuple[int, bytes]] = asyncio.Queue()
        """What the server sent after the key exchange; type 0 means it hung up."""
        self.ready = asyncio.Event()
        """Set when log-ins are taken."""
        self.ended = asyncio.Event()
        """Set when the server has hung up."""

    def process_packet(self, pkttype: int, pktid: int, packet: SSHPacket) -> Any:
        """Note everything beside the key exchange."""
        if pkttype == MSG_SERVICE_ACCEPT:
            self._auth_in_progress = True
            self.ready.set()
            return True
        if pkttype in (2, 7, 20, 21):
            return super().process_packet(pkttype, pktid, packet)
        self.answers.put_nowait((pkttype, packet.get_full_payload()[1:]))
        return True

    def cancel(self) -> None:
        """Called where asyncssh ends a log-in of its own."""

    def _send_disconnect(self, code: int, reason: str, lang: str) -> None:
        pass

    def _cleanup(self, exc: Exception | None) -> None:
        self._auth = None
        super()._cleanup(exc)
        self.ended.set()
        self.ready.set()
        self.answers.put_nowait((0, b""))

    # -- seeing

    async def next(self, *kinds: int) -> tuple[int, bytes]:
        """The next packet of these kinds; (0, b"") when the server has hung up."""
        async with asyncio.timeout(PATIENCE):
            while True:
                kind, payload = await self.answers.get()
                if kind == 0:
                    self.answers.put_nowait((0, b""))
                if kind in (0, *kinds) or not kinds:
                    return kind, payload

    def stop_reading(self) -> None:
        """Take nothing more from the line."""
        assert self._transport is not None
        self._transport.pause_reading()

    def read_on(self) -> None:
        """Take what has come meanwhile, and more."""
        assert self._transport is not None
        self._transport.resume_reading()

    # -- logging in

    def request(self, user: str, method: str, *rest: bytes) -> None:
        """Send one authentication request."""
        head = (String(user), String("ssh-connection"), String(method))
        self.send_packet(MSG_USERAUTH_REQUEST, *head, *rest)

    def probe(self, blob: bytes, algorithm: bytes, user: str = "x") -> None:
        """Ask whether a key would do."""
        self.request(user, "publickey", Boolean(False), String(algorithm), String(blob))

    def sign(
        self,
        key: asyncssh.SSHKey,
        *,
        blob: bytes | None = None,
        algorithm: bytes | None = None,
        user: str = "x",
        signed: Signed | None = None,
        spoil: bool = False,
    ) -> None:
        """Log in with a key's signature, or with one that is wrong in some way.

        Args:
            key: What signs.
            blob: The key that is offered; None: the one that signs.
            algorithm: How it signs.
            user: The name that is given.
            signed: What the signature is over; what it leaves out is as it is sent.
            spoil: Change the signature's last bit.
        """
        algorithm = algorithm or key.sig_algorithms[0]
        blob = blob or key.public_data
        signed = signed or Signed()
        said = b"".join(
            (
                String(self._session_id if signed.session is None else signed.session),
                Byte(MSG_USERAUTH_REQUEST),
                String(user if signed.user is None else signed.user),
                *_offer(
                    signed.algorithm or algorithm, signed.blob or blob, signed.service
                ),
            )
        )
        signature = bytearray(key.sign(said, algorithm))
        if spoil:
            signature[-1] ^= 1
        self.send_packet(
            MSG_USERAUTH_REQUEST,
            String(user),
            *_offer(algorithm, blob),
            String(bytes(signature)),
        )

    def answer(self, *responses: bytes) -> None:
        """Answer the questions of keyboard-interactive."""
        self.send_packet(INFO_RESPONSE, UInt32(len(responses)), *map(String, responses))

    async def outcome(self) -> int:
        """How the last step ended: a failure, a success, a key that would do, 0."""
        return (await self.next(*OUTCOMES, MSG_DISCONNECT))[0]

    async def log_in(self, key: asyncssh.SSHKey) -> None:
        """Log in as a client does."""
        self.sign(key)
        assert await self.outcome() == MSG_USERAUTH_SUCCESS

    # -- channels

    def open(
        self,
        number: int = 0,
        kind: str = "session",
        window: int = 2**21,
        packet: int = 2**15,
        rest: bytes = b"",
    ) -> None:
        """Ask for a channel."""
        sizes = (UInt32(number), UInt32(window), UInt32(packet))
        self.send_packet(MSG_CHANNEL_OPEN, String(kind), *sizes, rest)

    async def channel(self, number: int = 0, **how: Any) -> int | None:
        """Open a channel; the server's number of it, None where it was refused."""
        self.open(number, **how)
        kind, payload = await self.next(
            MSG_CHANNEL_OPEN_CONFIRMATION, MSG_CHANNEL_OPEN_FAILURE
        )
        if kind != MSG_CHANNEL_OPEN_CONFIRMATION:
            return None
        return int.from_bytes(payload[4:8], "big")

    def ask(self, channel: int, request: str, *rest: bytes, reply: bool = True) -> None:
        """Send a request on a channel."""
        head = (UInt32(channel), String(request), Boolean(reply))
        self.send_packet(MSG_CHANNEL_REQUEST, *head, *rest)

    def pty(
        self, channel: int, term: str = "xterm-256color", size: Any = (80, 24)
    ) -> None:
        """Ask for a terminal."""
        width, height = size
        numbers = (UInt32(width), UInt32(height), UInt32(0), UInt32(0))
        self.ask(channel, "pty-req", String(term), *numbers, String(b"\0"))

    def data(self, channel: int, data: bytes) -> None:
        """Send data on a channel."""
        self.send_packet(MSG_CHANNEL_DATA, UInt32(channel), String(data))

    async def pour(self, channel: int, size: int, *, window: int = 65536) -> None:
        """Send so much data, as fast as the server lets one."""
        while size:
            piece = min(size, window, 16_384)
            self.data(channel, b"x" * piece)
            size -= piece
            window -= piece
            if window == 0:
                kind, payload = await self.next(MSG_CHANNEL_WINDOW_ADJUST)
                assert kind
                window += int.from_bytes(payload[4:8], "big")

    def grant(self, channel: int, size: int) -> None:
        """Let the server send so many bytes more."""
        self.send_packet(MSG_CHANNEL_WINDOW_ADJUST, UInt32(channel), UInt32(size))

    async def shell(self, *, size: Any = (80, 24), **how: Any) -> int:
        """Come in on the full screen; the server's number of the channel."""
        channel = await self.channel(**how)
        assert channel is not None
        self.pty(channel, size=size)
        self.ask(channel, "shell")
        await self.next(MSG_CHANNEL_SUCCESS)
        await self.next(MSG_CHANNEL_SUCCESS)
        return channel

    async def output(self, until: int = MSG_CHANNEL_CLOSE) -> bytes:
        """What is written on a channel until it is closed."""
        taken = bytearray()
        while True:
            kind, payload = await self.next()
            if kind in (0, until):
                return bytes(taken)
            if kind == MSG_CHANNEL_DATA:
                taken += payload[8:]


class _Nothing(dict[int, Any]):
    """Hands packets of every channel to the client itself."""

    def __init__(self, client: RawClient) -> None:
        super().__init__()
        self._client = client

    def __missing__(self, number: int) -> RawClient:
        return self._client


@asynccontextmanager
async def raw(front: Gate, *, buffer: int | None = None) -> AsyncIterator[RawClient]:
    """A client that has done its key exchange.

    With a small `buffer` its kernel takes little of what it does not read.
    """
    loop = asyncio.get_running_loop()
    client = RawClient(loop)
    try:
        async with asyncio.timeout(PATIENCE):
            line = await front.line(buffer)
            await loop.create_connection(lambda: client, sock=line)
            await client.ready.wait()
        yield client
    finally:
        client.abort()

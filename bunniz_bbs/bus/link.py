"""A connection to the broker, made anew for ever.

Each connection is a client of its own, which never reconnects by itself: whatever one
has not sent when it ends is thrown away with it, so that nothing stale is sent later.
"""

import asyncio
import logging
import socket
import struct
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle
from typing import Final

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.errors import SlowConsumerError

from bunniz_bbs.bus.proof import Proof
from bunniz_bbs.bus.servers import Servers
from bunniz_bbs.bus.tally import Tally
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.incidents import describe

CONNECT_SECONDS: Final = 2.0
FLUSH_SECONDS: Final = 0.5
LONGEST_PAUSE: Final = 1.0
"""Seconds between two tries, at most."""
PENDING_MESSAGES: Final = 8192
PENDING_BYTES: Final = 32 * 1024 * 1024
"""What may wait here to be read; what comes on top is lost, and shows as a gap."""
UNSENT_BYTES: Final = 2 * 1024 * 1024
_FIRST_PAUSE: Final = 0.1
_RESET: Final = struct.pack("ii", 1, 0)
_log = logging.getLogger("bunniz.bus")


@dataclass(frozen=True, slots=True)
class Ends:
    """What a link tells its owner; none of these may raise."""

    up: Callable[[], None]
    """There is a connection, and what is sent on it arrives here too."""
    down: Callable[[], None]
    """There is none any more."""
    lost: Callable[[], None]
    """Messages that came were not taken in."""
    heard: Callable[[bytes], Awaitable[None]]
    """A message came; this one may raise."""


class Link:
    """Sends to and hears from everybody on one subject, while there is a connection."""

    def __init__(
        self,
        servers: Servers,
        subject: str,
        clock: Clock,
        random: Callable[[int], bytes],
        ends: Ends,
    ) -> None:
        self._urls = cycle(servers.urls)
        self._servers = servers
        self._subject = subject
        self._clock = clock
        self._random = random
        self._ends = ends
        self._client: Client | None = None
        self._over = asyncio.Event()
        self._closing = False
        self._quiet = False
        self._reason: BaseException | None = None
        self._slow = Tally(_log, "messages came faster than they were taken in")
        self._failed = Tally(_log, "trouble on the bus")

    @property
    def closing(self) -> bool:
        """Whether it is to end."""
        return self._closing

    @property
    def up(self) -> bool:
        """Whether there is a connection, as far as is known."""
        return self._client is not None

    async def run(self) -> None:
        """Connect, and connect again, until closed."""
        # What the client logs by itself can hold what it was sent.
        logging.getLogger("nats").setLevel(logging.CRITICAL + 1)
        pause = _FIRST_PAUSE
        while not self._closing:
            client = await self._connect()
            if client:
                pause = _FIRST_PAUSE
                await self._use(client)
            # Nodes that lost the broker at once do not come back at once.
            await self._clock.sleep(pause * (0.5 + self._random(1)[0] / 512))
            pause = min(pause * 2, LONGEST_PAUSE)

    async def send(self, data: bytes) -> bool:
        """Send a message; whether it is on its way. Waits a second at most."""
        if (client := self._client) is None:
            return False
        try:
            await client.publish(self._subject, data)
        except (NatsError, OSError) as error:
            _log.warning("could not send to the broker: %s", describe(error))
            self.drop()
            return False
        return True

    def drop(self) -> None:
        """Give this connection up, with all that was not sent on it, for a new one."""
        if (client := self._client) is not None:
            self._client = None
            _cut(client)
            self._over.set()
            self._ends.down()

    async def close(self) -> None:
        """Send what was still to be sent, for half a second, and disconnect."""
        # The client eats cancellations: what runs here has to look for itself.
        self._closing = True
        client, self._client = self._client, None
        if client is not None:
            with suppress(NatsError, OSError, TimeoutError):
                async with asyncio.timeout(FLUSH_SECONDS):
                    await client.flush()
            await _end(client)
        self._over.set()

    async def _connect(self) -> Client | None:
        client, proof, self._reason = Client(), Proof(self._servers), None
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await client.connect(
                    servers=[next(self._urls)],
                    error_cb=self._trouble,
                    closed_cb=self._closed,
                    allow_reconnect=False,
                    max_reconnect_attempts=1,
                    reconnect_time_wait=0,
                    flush_timeout=1.0,
                    pending_size=UNSENT_BYTES,
                    **proof.options(),
                )
                proof.check()
                await client.subscribe(
                    self._subject,
                    cb=self._heard,
                    pending_msgs_limit=PENDING_MESSAGES,
                    pending_bytes_limit=PENDING_BYTES,
                )
                await client.flush(int(CONNECT_SECONDS))
        except (NatsError, OSError, TimeoutError) as error:
            self._say_unreachable(error)
            await _end(client)
            return None
        except asyncio.CancelledError:
            await _end(client)
            raise
        return client

    async def _use(self, client: Client) -> None:
        """Be connected until the connection is lost or given up."""
        self._over.clear()
        try:
            if not self._closing and client.is_connected:
                self._client, self._quiet = client, False
                self._ends.up()
                await self._over.wait()
        finally:
            self.drop()
            await _end(client)

    async def _heard(self, message: Msg) -> None:
        await self._ends.heard(message.data)

    async def _closed(self) -> None:
        self._over.set()

    async def _trouble(self, error: Exception) -> None:
        """Something went wrong in the client, or in what is done with a message."""
        if self._client is None:
            self._reason = error
        elif isinstance(error, SlowConsumerError):
            self._slow.add()
            self._ends.lost()
        else:
            self._failed.add(describe(error))
            if not isinstance(error, NatsError | OSError):
                self._ends.lost()

    def _say_unreachable(self, error: BaseException) -> None:
        """Once, until there was a connection again."""
        if not self._quiet:
            self._quiet = True
            reason = describe(self._reason or error)
            _log.warning("the broker cannot be reached: %s", reason)


def _cut(client: Client) -> None:
    """End the connection at once, on this side and in the kernel.

    The client can only close, which waits for what the broker does not take.
    """
    writer = getattr(client._transport, "_io_writer", None)
    if writer is not None:
        held = writer.get_extra_info("socket")
        if held is not None:
            with suppress(OSError):
                held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        writer.transport.abort()


async def _end(client: Client) -> None:
    """Let go of everything a client holds, whatever state it is in."""
    with suppress(NatsError, OSError, TimeoutError, AssertionError):
        async with asyncio.timeout(FLUSH_SECONDS):
            await client.close()

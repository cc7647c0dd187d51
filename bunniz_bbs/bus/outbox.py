"""What waits to be told to the other nodes: bounded, and never for long."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final

from bunniz_bbs.bus.codec import Codec, TooLarge
from bunniz_bbs.bus.frames import MOST_ANSWERED
from bunniz_bbs.bus.ports import Told
from bunniz_bbs.bus.tally import Tally
from bunniz_bbs.domain.events import Event

MOST_WAITING: Final = 8192
"""Events that may wait; of one more the other nodes learn that it was left out."""
PARCEL_BYTES: Final = 64 * 1024
"""Events are told together until they are this large."""
_MOST_ASKED: Final = 64
_log = logging.getLogger("bunniz.bus")


class Outbox:
    """Events, requests and answers on their way out. Nobody ever waits to put one in.

    Answers and requests go first. An account says what this node holds when it goes
    out: that may be more than the events before it told, and never less.
    """

    def __init__(self, codec: Codec, now: Callable[[], datetime]) -> None:
        self._codec = codec
        self._now = now
        self._told: deque[Told] = deque()
        self._asks: deque[bytes] = deque(maxlen=_MOST_ASKED)
        self._askers: dict[bytes, bytes] = {}
        self._ready = asyncio.Event()
        self._refused = Tally(_log, "an event was too large to be told")
        self.skipped = False
        """Whether an event was left out since this was last looked at."""

    def put(self, topic: str, event: Event) -> None:
        """Tell an event."""
        if len(self._told) >= MOST_WAITING:
            self.skipped = True
            return
        self._told.append((topic, event))
        self._ready.set()

    def ask(self, node: bytes) -> None:
        """Ask a node for its account."""
        self._asks.append(node)
        self._ready.set()

    def answer(self, node: bytes, challenge: bytes) -> None:
        """Give this node's account to one that asked."""
        if len(self._askers) < MOST_ANSWERED or node in self._askers:
            self._askers[node] = challenge
            self._ready.set()

    def forget(self) -> None:
        """Let go of the events: their time is over."""
        if self._told:
            self._told.clear()
            self.skipped = True

    async def wait(self) -> None:
        """Return when something may be there."""
        await self._ready.wait()
        self._ready.clear()

    def take_asks(self) -> list[bytes]:
        """The nodes to ask now."""
        asks = list(self._asks)
        self._asks.clear()
        return asks

    def take_askers(self) -> dict[bytes, bytes]:
        """Who is to be answered now, with what."""
        askers, self._askers = self._askers, {}
        return askers

    @property
    def asked(self) -> bool:
        """Whether somebody waits for an account."""
        return bool(self._askers)

    def take_told(self) -> list[bytes]:
        """The next events to tell together; empty when there are none."""
        return next(self.parcels(self._oldest_first()), [])

    def parcels(self, told: Iterable[Told]) -> Iterator[list[bytes]]:
        """Events, encoded, in as many parcels as it takes. None of them is empty."""
        parcel: list[bytes] = []
        size = 0
        for topic, event in told:
            try:
                data = self._codec.encode(topic, event, self._now())
            except TooLarge:
                self._refused.add()
                self.skipped = True
                continue
            parcel.append(data)
            size += len(data)
            if size >= PARCEL_BYTES:
                yield parcel
                parcel, size = [], 0
        if parcel:
            yield parcel

    def _oldest_first(self) -> Iterator[Told]:
        while self._told:
            yield self._told.popleft()

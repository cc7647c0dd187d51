"""A bus within one process."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from bunniz_bbs.bus.ports import Glance, Node, take_nothing
from bunniz_bbs.domain.events import Event

DEPTH: Final = 256
"""How many events a listener may be behind."""


class MemorySubscription:
    """One listener's queue. When it is full it is emptied: loading again is cheaper."""

    def __init__(self, bus: "MemoryBus", glance: Glance) -> None:
        self._bus = bus
        self._glance = glance
        self._queue: deque[Event | None] = deque()
        self._ready = asyncio.Event()
        self._topics: frozenset[str] = frozenset()
        self._ended = False

    def listen(self, topics: Sequence[str]) -> None:
        """From now on hear exactly these topics; after the end, none any more."""
        wanted = frozenset(() if self._ended else topics)
        for topic in self._topics - wanted:
            self._bus.drop(topic, self)
        for topic in wanted - self._topics:
            self._bus.add(topic, self)
        self._topics = wanted

    def end(self) -> None:
        """Hear nothing any more, whatever is asked for later."""
        self._ended = True
        self.listen(())

    def put(self, event: Event) -> None:
        """Queue an event, unless it is dealt with at once."""
        if self._glance(event):
            return
        if len(self._queue) >= DEPTH:
            self.startle()
        self._queue.append(event)
        self._ready.set()

    def startle(self) -> None:
        """Let the listener know that events were lost."""
        self._queue.clear()
        self._queue.append(None)
        self._ready.set()

    async def next(self) -> Event | None:
        """The next event, waiting for it. None: some were lost, load again."""
        while not self._queue:
            self._ready.clear()
            await self._ready.wait()
        return self._queue.popleft()


class MemoryBus:
    """Hands events to listeners in the same process, in the order of publishing."""

    node = "alone"
    whole = True

    def __init__(self) -> None:
        self._listeners: dict[str, dict[MemorySubscription, None]] = {}

    def join(self, node: Node) -> None:
        """There are no other nodes to hear of."""

    async def publish(self, topic: str, event: Event) -> None:
        """Hand an event to all who listen to the topic now."""
        self.tell(topic, event)

    def tell(self, topic: str, event: Event) -> None:
        """Hand an event to all who listen to the topic now."""
        for listener in self._listeners.get(topic, ()):
            listener.put(event)

    def startle(self) -> None:
        """Tell every listener that events were lost."""
        listeners = {one for topic in self._listeners.values() for one in topic}
        for listener in listeners:
            listener.startle()

    @asynccontextmanager
    async def subscribe(
        self, topics: Sequence[str], glance: Glance = take_nothing
    ) -> AsyncIterator[MemorySubscription]:
        """Listen until the block ends."""
        subscription = MemorySubscription(self, glance)
        subscription.listen(topics)
        try:
            yield subscription
        finally:
            subscription.end()

    def add(self, topic: str, listener: MemorySubscription) -> None:
        """Let a listener hear a topic."""
        self._listeners.setdefault(topic, {})[listener] = None

    def drop(self, topic: str, listener: MemorySubscription) -> None:
        """Stop a listener hearing a topic."""
        listeners = self._listeners[topic]
        del listeners[listener]
        if not listeners:
            del self._listeners[topic]

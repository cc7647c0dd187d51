"""Nodes of a house on a real bus, and what they hear."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from bunniz_bbs.bus.memory import MemorySubscription
from bunniz_bbs.bus.nats import NatsBus
from bunniz_bbs.bus.ports import Subscription, Told
from bunniz_bbs.domain.events import Event, LineSaid, TopicSet
from bunniz_bbs.domain.ids import AccountId, LineId, RoomSlug
from bunniz_bbs.domain.rooms import Line, LineKind
from bunniz_bbs.wiring.clock import SystemClock

SECRET = bytes(range(32))
ROOM = "room.lounge"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def event(number: int) -> TopicSet:
    """One of many events."""
    return TopicSet(RoomSlug("lounge"), str(number))


def a_line(text: str = "hello", **more: Any) -> LineSaid:
    """A line that was said a moment ago and stays for an hour."""
    return LineSaid(
        Line(
            **{
                "id": LineId("00064c1a0c6d3000deadbeef"),
                "room": RoomSlug("lounge"),
                "author": AccountId("a" * 22),
                "name": "maple",
                "kind": LineKind.SAY,
                "text": text,
                "sent_at": NOON - timedelta(seconds=3),
                "expires_at": NOON + timedelta(hours=1),
                "timed": True,
                **more,
            }
        )
    )


def number_of(one: Event | None) -> int | None:
    """Which of them it is; None stays None."""
    if one is None:
        return None
    assert isinstance(one, TopicSet)
    return int(one.topic)


async def until(holds: Callable[[], object], seconds: float = 5.0) -> None:
    """Return as soon as something holds; it has to in time."""
    try:
        async with asyncio.timeout(seconds):
            while True:
                if holds():
                    return
                await asyncio.sleep(0.005)
    except TimeoutError:
        raise AssertionError(f"did not come true in {seconds} s") from None


async def queued(heard: Subscription) -> list[int | None]:
    """The numbers of what waits in a listener's queue."""
    numbers: list[int | None] = []
    try:
        while True:
            async with asyncio.timeout(0):
                one = await heard.next()
            numbers.append(number_of(one))
    except TimeoutError:
        return numbers


class SkewedClock(SystemClock):
    """A machine's clock that is wrong by so much."""

    def __init__(self, by: timedelta = timedelta()) -> None:
        self._by = by

    def now(self) -> datetime:
        """The moment that this clock shows."""
        return super().now() + self._by


class Probe:
    """A node that only remembers what it was told, in order."""

    def __init__(self, holds: Sequence[Told] = ()) -> None:
        self.holds = list(holds)
        self.taken: list[Told] = []
        self.gone: list[str] = []
        self.turns: list[str] = []
        self.on_take: Callable[[Event], None] = lambda event: None

    def take(self, topic: str, event: Event) -> None:
        """Remember an event of another node."""
        self.taken.append((topic, event))
        self.on_take(event)

    def account(self) -> Sequence[Told]:
        """What this node holds."""
        return list(self.holds)

    def lost(self, node: str) -> None:
        """Remember that a node is gone."""
        self.gone.append(node)

    def parted(self) -> None:
        """Remember that the bus is not whole."""
        self.turns.append("parted")

    def missed(self) -> None:
        """Nothing of this node's depends on it."""

    def joined(self) -> None:
        """Remember that the bus is whole."""
        self.turns.append("joined")

    def numbers(self) -> list[int | None]:
        """The numbers of what was taken."""
        return [number_of(one) for _, one in self.taken]


class Member:
    """One node, its bus, and a listener on it."""

    def __init__(self, bus: NatsBus, probe: Probe, heard: MemorySubscription) -> None:
        self.bus = bus
        self.probe = probe
        self.heard = heard

    async def publish(self, number: int) -> None:
        """Tell one of many events."""
        await self.bus.publish(ROOM, event(number))

    @property
    def startled(self) -> bool:
        """Whether its listener is to load again, and has not taken note."""
        return None in self.heard._queue

    async def vanish(self) -> None:
        """Be gone without a word, like a process that was killed."""
        self.bus._link._closing = True
        self.bus._link.drop()
        await self.bus.close()

    async def settled(self) -> None:
        """Wait until it is whole, and listen from there on."""
        await until(lambda: self.bus.whole)
        await queued(self.heard)


@asynccontextmanager
async def a_node(
    url: str,
    *,
    secret: bytes = SECRET,
    holds: Sequence[Told] = (),
    skew: timedelta = timedelta(),
    whole: bool = True,
) -> AsyncIterator[Member]:
    """A node that is whole, until the block ends."""
    bus = NatsBus(url, secret, SkewedClock(skew), os.urandom)
    await bus.open()
    try:
        async with bus.subscribe([ROOM]) as heard:
            member = Member(bus, Probe(holds), heard)
            bus.join(member.probe)
            if whole:
                await member.settled()
            yield member
    finally:
        await bus.close()


@asynccontextmanager
async def some_nodes(url: str, count: int = 2) -> AsyncIterator[list[Member]]:
    """Nodes that have met and are whole, until the block ends."""
    async with AsyncExitStack() as stack:
        members = [
            await stack.enter_async_context(a_node(url, whole=False))
            for _ in range(count)
        ]
        for member in members:
            await member.settled()
        await met(members)
        yield members


async def met(members: Sequence[Member]) -> None:
    """Wait until each of them believes each other, then forget what they heard."""
    for member in members:
        known = member.bus._peers._peers
        others = {other.bus._me for other in members} - {member.bus._me}
        await until(
            lambda known=known, others=others: all(
                name in known and known[name].fresh for name in others
            )
        )
    for member in members:
        await member.settled()
        member.probe.taken.clear()
        member.probe.turns.clear()

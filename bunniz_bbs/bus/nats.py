"""A bus between nodes, over a NATS broker that keeps nothing and can read nothing."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Final

from bunniz_bbs.bus.codec import Codec
from bunniz_bbs.bus.frames import EVERYBODY
from bunniz_bbs.bus.hearing import Heard, Hearer
from bunniz_bbs.bus.link import Ends, Link
from bunniz_bbs.bus.memory import MemoryBus, MemorySubscription
from bunniz_bbs.bus.outbox import Outbox
from bunniz_bbs.bus.peers import SILENCE, Peers
from bunniz_bbs.bus.ports import Glance, Node, take_nothing
from bunniz_bbs.bus.pulse import BEAT_SECONDS, STALL_SECONDS, Pulse
from bunniz_bbs.bus.sealing import NODE_BYTES, Seal
from bunniz_bbs.bus.servers import servers_from
from bunniz_bbs.bus.speaking import Speaker
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.events import Event
from bunniz_bbs.domain.incidents import describe

SUBJECT: Final = "bunniz.1"
"""The one subject: it says nothing of rooms, boards or people."""
ANSWER_SECONDS: Final = 0.5
"""How long the other nodes have to begin their accounts."""
ACCOUNT_SECONDS: Final = 5.0
"""How long an account that has begun may take."""
_LOOK_SECONDS: Final = 0.05
_REST_SECONDS: Final = 1.0
_log = logging.getLogger("bunniz.bus")


class NatsBus:
    """Hands events to listeners here, and to the other nodes of the house.

    Whole is a node that hears its own beats back and has taken in what the others
    hold. It becomes whole by itself, once it was joined and whenever it can.
    """

    def __init__(
        self, url: str, secret: bytes, clock: Clock, random: Callable[[int], bytes]
    ) -> None:
        """A bus that is not open yet.

        Args:
            url: `nats://[user:password@]host[:port][,host…]`, or `tls://…`.
            secret: 32 bytes that only the nodes of the house hold.
            clock: This node's; others may be wrong by hours.
            random: Gives that many random bytes.

        Raises:
            AddressBroken: The address makes no sense.
        """
        self._me = random(NODE_BYTES)
        self._clock = clock
        self._local = MemoryBus()
        self._peers = Peers(self._me, random)
        self._pulse = Pulse()
        seal, codec = Seal(secret, self._me, SUBJECT, random), Codec()
        self._outbox = Outbox(codec, clock.now)
        self._hearer = Hearer(
            self._me,
            seal,
            codec,
            self._peers,
            self._pulse,
            self._outbox,
            clock,
            Heard(self._take, self._lost, self._look, self._stir),
        )
        ends = Ends(self._up, self._down, self._lost_some, self._hearer.hear)
        self._link = Link(servers_from(url), SUBJECT, clock, random, ends)
        self._speaker = Speaker(
            seal, self._link, self._outbox, self._peers, self._pulse, clock
        )
        self._node: Node | None = None
        self._settled = False
        self._behind = True
        self._life = 0
        self._stirred = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def node(self) -> str:
        """This process's own name among the nodes: random, new at each start."""
        return self._me.hex()

    @property
    def whole(self) -> bool:
        """Whether what is published reaches the other nodes now."""
        return self._settled and self._pulse.felt(self._clock.monotonic())

    def join(self, node: Node) -> None:
        """From now on tell the node what others tell; called once, before use."""
        self._node = node
        self._hearer.listen()
        self._stirred.set()

    async def publish(self, topic: str, event: Event) -> None:
        """Hand an event to all who listen to the topic now, on every node.

        Never waits for the broker and never fails because of it.
        """
        self._local.tell(topic, event)
        if self.whole:
            self._outbox.put(topic, event)
        else:
            self._outbox.skipped = True
            self._part()

    def tell(self, topic: str, event: Event) -> None:
        """Hand an event to all who listen to the topic now on this node alone."""
        self._local.tell(topic, event)

    def subscribe(
        self, topics: Sequence[str], glance: Glance = take_nothing
    ) -> AbstractAsyncContextManager[MemorySubscription]:
        """Listen until the block ends. Events published inside it are not missed."""
        return self._local.subscribe(topics, glance)

    async def open(self) -> None:
        """Begin to connect; returns at once, whether there is a broker or not."""
        for work in (self._link.run, self._beat, self._speak, self._settle):
            self._start(work)

    async def close(self) -> None:
        """Say goodbye where it can be heard, and end."""
        self._settled = False
        await self._speaker.bye()
        await self._link.close()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # -- what goes on in it

    def _start(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Let something run; a mistake of ours in it costs a second, not the bus."""

        def ended(task: asyncio.Task[None]) -> None:
            self._tasks.discard(task)
            if not task.cancelled() and (error := task.exception()):
                _log.error("a part of the bus failed: %s", describe(error))
                self._lost_some()
                loop.call_later(_REST_SECONDS, self._start, work)

        if not self._link.closing:
            loop = asyncio.get_running_loop()
            task = loop.create_task(work())
            self._tasks.add(task)
            task.add_done_callback(ended)

    async def _beat(self) -> None:
        """Show that this node is here, and look whether it and the others are."""
        while not self._link.closing:
            now = self._clock.monotonic()
            if self._link.up and self._pulse.dead(now):
                self._link.drop()
            self._look()
            for peer in self._peers.silent(now):
                _log.warning("a node fell silent")
                self._lost(peer)
            for peer in self._peers.wanting(now):
                self._outbox.ask(peer)
                self._stir()
            await self._speaker.beat()
            await self._rest()

    async def _rest(self) -> None:
        """Sleep until the next beat; a stall of this process is no silence of others.

        Whoever slept for longer than the others wait is gone from their rooms, though:
        that is a cut, and is said.
        """
        until = self._clock.monotonic() + BEAT_SECONDS
        await self._clock.sleep(BEAT_SECONDS)
        late = self._clock.monotonic() - until
        if STALL_SECONDS < late < SILENCE:
            self._pulse.stalled(late)
            self._peers.stalled(late)

    async def _speak(self) -> None:
        await self._speaker.speak(lambda: self._node.account() if self._node else ())

    async def _settle(self) -> None:
        """Ask for accounts whenever something was, or may have been, missed."""
        while not self._link.closing:
            await self._stirred.wait()
            self._stirred.clear()
            if self._node and self._link.up:
                await self._gather(self._node, self._life)

    async def _gather(self, node: Node, life: int) -> None:
        """Take in what the other nodes hold, then let everybody here load again."""
        if self._behind:
            self._behind = False
            await self._speaker.beat()
            await self._speaker.ask(EVERYBODY)
        begun = self._clock.monotonic()
        await self._clock.sleep(ANSWER_SECONDS)
        while self._link.up and life == self._life:
            now = self._clock.monotonic()
            late = now - begun > ACCOUNT_SECONDS
            if self._pulse.felt(now) and (late or not self._peers.gathering):
                break
            await self._clock.sleep(_LOOK_SECONDS)
        else:
            return
        joins, self._settled = not self._settled, True
        self._local.startle()
        if joins:
            _log.info("whole")
            node.joined()
        else:
            node.missed()

    def _up(self) -> None:
        self._life += 1
        self._pulse.begin(self._clock.monotonic())
        self._lost_some()

    def _down(self) -> None:
        self._life += 1
        self._pulse.end()
        self._part()

    def _look(self) -> None:
        """Notice when this node is not whole any more."""
        if not self.whole:
            self._part()

    def _part(self) -> None:
        """Nothing reaches the others now, and nothing is kept for later."""
        if self._settled:
            self._settled = False
            self._outbox.forget()
            _log.warning("cut off from the other nodes")
            if self._node:
                self._node.parted()
            self._lost_some()

    def _lost_some(self) -> None:
        """Events of the others may have been lost."""
        self._behind = True
        self._stir()

    def _stir(self) -> None:
        """Accounts were asked for: see to it that everybody here loads again."""
        self._stirred.set()

    def _take(self, topic: str, event: Event, *, live: bool) -> None:
        """Another node told an event: a live one, or one of its account."""
        if self._node:
            self._node.take(topic, event)
        if live:
            self._local.tell(topic, event)

    def _lost(self, peer: bytes) -> None:
        if self._node:
            self._node.lost(peer.hex())

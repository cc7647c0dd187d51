"""The way in: opens what comes, and hands on what another node of the house said."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bunniz_bbs.bus.codec import Codec
from bunniz_bbs.bus.frames import (
    EVERYBODY,
    Account,
    Frame,
    Kind,
    unpack,
    unpack_account,
    unpack_ask,
    unpack_told,
)
from bunniz_bbs.bus.outbox import Outbox
from bunniz_bbs.bus.peers import Hearing, Peers
from bunniz_bbs.bus.ports import Told
from bunniz_bbs.bus.pulse import Pulse
from bunniz_bbs.bus.sealing import Seal
from bunniz_bbs.bus.tally import Tally
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.events import Event

_TURN_SECONDS: Final = 0.01
_log = logging.getLogger("bunniz.bus")


class Take(Protocol):
    """What is done with an event."""

    def __call__(self, topic: str, event: Event, *, live: bool) -> None:
        """Take it in: a live one, or one of an account."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What is done with what comes."""

    take: Take
    gone: Callable[[bytes], None]
    """A node said that it stops."""
    look: Callable[[], None]
    """Called before it is noted that this node heard itself."""
    missed: Callable[[], None]
    """Events were lost, and accounts were asked for or taken in."""


class Hearer:
    """Believes nothing that a node of the house did not say just now."""

    def __init__(
        self,
        me: bytes,
        seal: Seal,
        codec: Codec,
        peers: Peers,
        pulse: Pulse,
        outbox: Outbox,
        clock: Clock,
        heard: Heard,
    ) -> None:
        self._me = me
        self._seal = seal
        self._codec = codec
        self._peers = peers
        self._pulse = pulse
        self._outbox = outbox
        self._clock = clock
        self._heard = heard
        self._listening = False
        self._strange = False
        self._unknown = Tally(_log, "a message of another version was not read")
        self._turn = 0.0

    def listen(self) -> None:
        """From now on take in what other nodes say."""
        self._listening = True

    async def hear(self, data: bytes) -> None:
        """Take in a message, whoever sent it."""
        if (opened := self._seal.open(data)) is None:
            self._meet_stranger()
        else:
            self._hear(*opened)
        # Whoever hears much still lets others have their turn.
        if self._clock.monotonic() - self._turn > _TURN_SECONDS:
            await asyncio.sleep(0)
            self._turn = self._clock.monotonic()

    def _hear(self, sender: bytes, plain: bytes) -> None:
        now = self._clock.monotonic()
        self._pulse.heard(now)
        if (frame := unpack(plain)) is None:
            self._unknown.add()
        elif sender == self._me:
            if frame.kind is Kind.BEAT:
                self._heard.look()
                self._pulse.came_back(frame.number)
        elif self._listening:
            self._take_in(sender, frame, now)

    def _meet_stranger(self) -> None:
        if not self._strange:
            self._strange = True
            _log.warning(
                "something on the bus cannot be opened: another house uses it, or "
                "a node has another secret"
            )

    def _take_in(self, sender: bytes, frame: Frame, now: float) -> None:
        """Take in a message of another node of the house."""
        account = unpack_account(frame.body) if frame.kind is Kind.ACCOUNT else None
        hearing = self._peers.hear(sender, frame, now, account)
        if hearing is Hearing.DROPPED:
            return
        if frame.kind is Kind.ASK:
            self._serve(sender, frame.body)
        if hearing is Hearing.GAP:
            self._heard.missed()
        if hearing is not Hearing.HEARD and frame.kind is not Kind.BYE:
            self._ask(sender, now)
        if hearing is not Hearing.STRANGER:
            self._take(sender, frame, account)

    def _take(self, sender: bytes, frame: Frame, account: Account | None) -> None:
        """Take in what a live node says."""
        if frame.kind is Kind.TOLD:
            for topic, event in self._read(unpack_told(frame.body)):
                self._heard.take(topic, event, live=True)
        elif account and self._me in account.answers and self._peers.gathers(sender):
            for topic, event in self._read(account.told):
                self._heard.take(topic, event, live=False)
            if account.last and (self._peers.gathered(sender) or account.told):
                self._heard.missed()
        elif frame.kind is Kind.BYE:
            self._peers.end(sender)
            self._heard.gone(sender)

    def _read(self, told: Sequence[bytes]) -> Iterator[Told]:
        for one in told:
            if (read := self._codec.decode(one, self._clock.now())) is not None:
                yield read

    def _ask(self, sender: bytes, now: float) -> None:
        if self._peers.want(sender, now):
            self._outbox.ask(sender)

    def _serve(self, sender: bytes, body: bytes) -> None:
        """Answer a request, once."""
        ask = unpack_ask(body)
        if (
            ask
            and ask.node in (self._me, EVERYBODY)
            and self._peers.serve(ask.challenge)
        ):
            self._outbox.answer(sender, ask.challenge)

"""The way out: numbers, seals and sends what this node has to say."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

from bunniz_bbs.bus.frames import (
    Account,
    Ask,
    Frame,
    Kind,
    pack,
    pack_account,
    pack_ask,
    pack_told,
)
from bunniz_bbs.bus.link import Link
from bunniz_bbs.bus.outbox import Outbox
from bunniz_bbs.bus.peers import Peers
from bunniz_bbs.bus.ports import Told
from bunniz_bbs.bus.pulse import Pulse
from bunniz_bbs.bus.sealing import Seal
from bunniz_bbs.domain.clock import Clock

_TOGETHER_SECONDS: Final = 0.03
"""How long an answer waits for others who ask the same."""


class Speaker:
    """Says everything in one order, so that whoever hears it can tell what is missing.

    Where an event was left out, a number is: the other nodes see that they lost
    something and ask for an account.
    """

    def __init__(
        self,
        seal: Seal,
        link: Link,
        outbox: Outbox,
        peers: Peers,
        pulse: Pulse,
        clock: Clock,
    ) -> None:
        self._seal = seal
        self._link = link
        self._outbox = outbox
        self._peers = peers
        self._pulse = pulse
        self._clock = clock
        self._number = 0

    async def beat(self) -> None:
        """Say that this node is here."""
        await self._say(Kind.BEAT)

    async def bye(self) -> None:
        """Say that this node stops."""
        await self._say(Kind.BYE)

    async def ask(self, node: bytes) -> None:
        """Ask a node, or everybody, what they hold."""
        challenge = self._peers.challenge(self._clock.monotonic())
        await self._say(Kind.ASK, pack_ask(Ask(node, challenge)))

    async def speak(self, account: Callable[[], Sequence[Told]]) -> None:
        """Say what comes into the outbox, until the link is closed.

        Args:
            account: What this node holds.
        """
        while not self._link.closing:
            await self._outbox.wait()
            while await self._speak(account):
                pass

    async def _speak(self, account: Callable[[], Sequence[Told]]) -> bool:
        """Say the next thing; whether there may be more."""
        for node in self._outbox.take_asks():
            await self.ask(node)
        if self._outbox.asked:
            await self._clock.sleep(_TOGETHER_SECONDS)
            await self._answer(account())
        told = self._outbox.take_told()
        return bool(told) and await self._say(Kind.TOLD, pack_told(told))

    async def _answer(self, held: Sequence[Told]) -> None:
        """Give an account to all who asked for one."""
        answers = self._outbox.take_askers()
        parcels = self._outbox.parcels(held)
        parcel, first = next(parcels, []), True
        while True:
            following = next(parcels, None)
            part = Account(answers, first, following is None, parcel)
            if not await self._say(Kind.ACCOUNT, pack_account(part)):
                return
            if following is None:
                return
            parcel, first = following, False
            await asyncio.sleep(0)

    async def _say(self, kind: Kind, body: bytes = b"") -> bool:
        """Say something; whether it is on its way."""
        if not self._link.up:
            return False
        now = self._clock.monotonic()
        self._number += 2 if self._outbox.skipped else 1
        self._outbox.skipped = False
        if kind is Kind.BEAT:
            self._pulse.sent(self._number, now)
        frame = Frame(kind, self._number, int(now * 1000), body)
        return await self._link.send(self._seal.seal(pack(frame)))

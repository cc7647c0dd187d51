"""An attack that goes on, what it costs meanwhile, and members who are served."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

from tests.attacks.kinds import Kind
from tests.attacks.server import Server
from tests.ssh.gate import until
from tests.ssh.seat import Seat, seated

EACH: Final = 2
"""Attackers of each kind."""
LOOK: Final = 0.1
WARM_SECONDS: Final = 4.0
BETWEEN_LINES: Final = 1.1
"""Seconds; a member may say one line a second."""
FILES_BACK: Final = 30.0
"""Seconds until what a flood has left in the buffers of the kernel is read."""


@dataclass
class Attack:
    """What is seen of an attack from outside."""

    server: Server
    attackers: int
    before: float
    """Megabytes before it."""
    most: float
    """Megabytes at most, so far."""
    others: frozenset[int]
    """Ports of those who were there before."""
    seen: set[int] = field(default_factory=set)
    """Ports that somebody was seen to attack from."""

    @property
    def megabytes_each(self) -> float:
        """What one attacker has cost at most."""
        return (self.most - self.before) / self.attackers

    def look(self) -> None:
        """Note what is to be seen now."""
        self.most = max(self.most, self.server.megabytes())
        self.seen |= self.server.peers() - self.others

    def is_over(self) -> bool:
        """Whether every attacker has come and is gone."""
        came = len(self.seen) >= self.attackers
        return came and self.server.peers() <= self.others


@asynccontextmanager
async def under_attack(server: Server, kinds: Sequence[Kind]) -> AsyncIterator[Attack]:
    """Attackers of these kinds, all at once; at the end, every file is closed again."""
    files, before, entered = server.files(), server.megabytes(), server.entered
    attack = Attack(
        server, EACH * len(kinds), before, before, frozenset(server.peers())
    )
    attackers = iter(sorted(one for one in server.keys if one.startswith("attacker")))
    tasks = [
        asyncio.ensure_future(kind.attack(server, next(attackers)))
        for kind in kinds
        for _ in range(EACH)
    ]
    watching = asyncio.ensure_future(_watch(attack))
    try:
        yield attack
    finally:
        for task in (*tasks, watching):
            task.cancel()
        ends = await asyncio.gather(*tasks, watching, return_exceptions=True)
    failed = [one for one in ends if isinstance(one, Exception)]
    assert failed == []
    assert attack.seen or server.entered > entered  # some are gone before one looks
    await until(lambda: server.files() <= files, FILES_BACK)


async def _watch(attack: Attack) -> None:
    while True:
        attack.look()
        await asyncio.sleep(LOOK)


class Talk:
    """Two members in a room, who answer each other."""

    def __init__(self, seats: Sequence[Seat]) -> None:
        self._seats = seats
        self._said = 0

    async def goes_on(self, lines: int) -> None:
        """Each line that one of them says is seen by the other."""
        for _ in range(lines):
            speaker, reader = self._seats
            if self._said % 2:
                speaker, reader = reader, speaker
            text = f"number {self._said}."
            self._said += 1
            speaker.press(text.encode(), b"\r")
            await reader.sees(text)
            await asyncio.sleep(BETWEEN_LINES)

    async def until_over(self, attack: Attack, seconds: float) -> None:
        """They talk until every attacker is gone."""
        async with asyncio.timeout(seconds):
            while not attack.is_over():
                await self.goes_on(1)


@asynccontextmanager
async def talking(server: Server) -> AsyncIterator[Talk]:
    """Two members who are in a room by now."""
    async with AsyncExitStack() as both:
        seats = []
        for name in ("rosa", "lune"):
            seat = await both.enter_async_context(seated(server, name, "go lounge"))
            await seat.sees("The lounge")
            seats.append(seat)
        yield Talk(seats)


async def warm(server: Server, kinds: Sequence[Kind]) -> None:
    """Let one of each kind come and go, so that what everybody shares is there."""
    attackers = iter(sorted(one for one in server.keys if one.startswith("attacker")))
    attacks = [kind.attack(server, next(attackers)) for kind in kinds]
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.gather(*attacks), WARM_SECONDS)

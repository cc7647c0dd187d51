"""Posts that the team reads before others do: they are kept, and wait."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from bunniz_bbs.bus.ports import TEAM, Bus
from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import TooManyWait
from bunniz_bbs.domain.events import TeamStirred
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.labels import Labels
from bunniz_bbs.domain.people import NOBODY, PASSER, Actor
from bunniz_bbs.domain.team import HeldId, HeldPost
from bunniz_bbs.services.codes import receipt_number
from bunniz_bbs.services.limits import PASSING, POSTS, Limits
from bunniz_bbs.store.ports import Transaction

MOST: Final = 500
"""Posts that wait at most, of all people."""
MOST_OF_ONE: Final = 5
"""Posts that wait at most, of one person."""
MOST_PASSING: Final = 50
"""Posts that wait at most, of all who have no account."""


class Holding:
    """Puts posts into the team's queue."""

    def __init__(
        self, bus: Bus, clock: Clock, limits: Limits, random: Callable[[int], bytes]
    ) -> None:
        self._bus = bus
        self._clock = clock
        self._limits = limits
        self._random = random

    def counted(self, actor: Actor) -> Callable[[], None]:
        """What counts one more post when it is called, however often that is."""
        count = self._limits.once(POSTS, actor.id)
        if not actor.is_passing:
            return count
        together = self._limits.once(PASSING, PASSER)

        def both() -> None:
            count()
            together()

        return both

    async def hold(
        self,
        tx: Transaction,
        actor: Actor,
        name: str,
        board: Board,
        thread: ThreadId | None,
        title: str,
        body: str,
        labels: Labels,
        goes_at: datetime | None,
    ) -> HeldPost:
        """Keep a post for the team.

        Of somebody without an account nothing is kept but the name of this visit.

        Raises:
            TooManyWait: There is no room for another.
        """
        author = NOBODY if actor.is_passing else actor.id
        most = MOST_PASSING if actor.is_passing else MOST_OF_ONE
        if await tx.held.count(author) >= most or await tx.held.count() >= MOST:
            raise TooManyWait
        now = self._clock.now()
        post = board.slug, thread, title, author, name, body, now, labels, goes_at
        while True:
            number = HeldId(receipt_number(self._random))
            if held := await tx.held.add(number, *post):
                return held

    async def tell(self) -> None:
        """Let the team know that something waits."""
        await self._bus.publish(TEAM, TeamStirred())

"""Changing what there is in the house while people are in it."""

from collections.abc import Callable, Sequence
from typing import Final

from bunniz_bbs.bus.ports import HOUSE, Bus
from bunniz_bbs.domain.events import DescriptionRefused, HouseChanged, HouseDescribed
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.policy import Action, require

MOST_TOLD: Final = 5
"""Mistakes that are shown to sysops; `check` names them all."""


class HouseService:
    """Lets the house become what a new description says, on every node."""

    def __init__(
        self, bus: Bus, house: House, read: Callable[[str], House | Sequence[str]]
    ) -> None:
        """The service.

        Args:
            bus: Tells the other nodes.
            house: What everybody holds.
            read: Makes a house of a description, or names its mistakes.
        """
        self._bus = bus
        self._house = house
        self._read = read
        self.on_change: Callable[[], None] = lambda: None
        """Told when boards or rooms are others now."""

    async def describe(self, actor: Actor, text: str) -> Sequence[str]:
        """Take a new description; returns its mistakes, and then nothing has changed.

        Raises:
            NotAllowed: Sysops do that.
        """
        require(actor, Action.DESCRIBE)
        made = self._read(text)
        if not isinstance(made, House):
            told = tuple(made[:MOST_TOLD])
            await self._bus.publish(HOUSE, DescriptionRefused(told))
            return made
        self._become(made)
        await self._bus.publish(HOUSE, HouseDescribed(text))
        return ()

    def take(self, text: str) -> None:
        """Another node has taken a new description."""
        made = self._read(text)
        if isinstance(made, House):
            self._become(made)

    def _become(self, made: House) -> None:
        self._house.become(made)
        self.on_change()
        self._bus.tell(HOUSE, HouseChanged())

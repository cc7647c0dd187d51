"""What services may ask of a bus."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Final, Protocol

from bunniz_bbs.domain.events import Event
from bunniz_bbs.domain.ids import AccountId, BoardSlug, RoomSlug

HOUSE: Final = "house"
"""The topic of what concerns everybody."""


def room_topic(room: RoomSlug) -> str:
    """The topic of a room's lines."""
    return f"room.{room}"


def stir_topic(room: RoomSlug) -> str:
    """The topic of a room's comings and goings, for whoever lists rooms."""
    return f"stir.{room}"


def board_topic(board: BoardSlug) -> str:
    """The topic of a board's threads."""
    return f"board.{board}"


def person_topic(account: AccountId) -> str:
    """The topic of what concerns one person."""
    return f"person.{account}"


class Subscription(Protocol):
    """One listener's bounded queue."""

    async def next(self) -> Event | None:
        """The next event, waiting for it. None: some were lost, load again."""

    def listen(self, topics: Sequence[str]) -> None:
        """From now on hear exactly these topics."""


class Bus(Protocol):
    """Carries events to every session that listens."""

    async def publish(self, topic: str, event: Event) -> None:
        """Hand an event to all who listen to the topic now."""

    def subscribe(
        self, topics: Sequence[str]
    ) -> AbstractAsyncContextManager[Subscription]:
        """Listen until the block ends. Events published inside it are not missed.

        A listener that is 256 events behind loses all of them and is told so with
        a None, once.
        """

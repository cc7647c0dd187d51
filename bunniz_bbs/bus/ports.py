"""What services may ask of a bus."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Final, Protocol, TypeAlias

from bunniz_bbs.domain.events import Event
from bunniz_bbs.domain.ids import AccountId, BoardSlug, RoomSlug

HOUSE: Final = "house"
"""The topic of what concerns everybody."""
TEAM: Final = "team"
"""The topic of what waits for the team; only its members listen."""


def room_topic(room: RoomSlug) -> str:
    """The topic of a room's lines."""
    return f"room.{room}"


def stir_topic(room: RoomSlug) -> str:
    """The topic of a room's liveliness, for whoever lists rooms."""
    return f"stir.{room}"


def crowd_topic(room: RoomSlug) -> str:
    """The topic of a room's comings and goings, for whoever is in it."""
    return f"crowd.{room}"


def presence_topic(room: RoomSlug) -> str:
    """The topic of who is in a room, which nodes tell each other."""
    return f"presence.{room}"


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


Glance: TypeAlias = Callable[[Event], bool]
"""Looks at an event as it happens, in whoever's turn that is; True: it is dealt with,
and need not be queued."""


def take_nothing(event: Event) -> bool:
    """Leave every event to the queue."""
    return False


Told: TypeAlias = tuple[str, Event]
"""An event with its topic."""


class Node(Protocol):
    """What a process does with what the other processes of the house tell it."""

    def take(self, topic: str, event: Event) -> None:
        """Take in an event of another node, before any listener here hears of it."""

    def account(self) -> Sequence[Told]:
        """What a node that has just come, or come back, needs to hear."""

    def lost(self, node: str) -> None:
        """A node fell silent: what it alone answered for is no more."""

    def missed(self) -> None:
        """Events of other nodes were lost; what they account for is taken in again."""

    def parted(self) -> None:
        """The bus is not whole any more."""

    def joined(self) -> None:
        """The bus is whole again, and what others account for is taken in."""


class Bus(Protocol):
    """Carries events to every session that listens, on every node of the house."""

    @property
    def node(self) -> str:
        """This process's own name among the nodes: random, new at each start."""

    @property
    def whole(self) -> bool:
        """Whether what is published reaches the other nodes now."""

    def join(self, node: Node) -> None:
        """From now on tell the node what others tell; called once, before use."""

    async def publish(self, topic: str, event: Event) -> None:
        """Hand an event to all who listen to the topic now, on every node.

        Here it is heard at once and in any case; elsewhere within a second while the
        bus is whole, and not at all while it is not.
        """

    def tell(self, topic: str, event: Event) -> None:
        """Hand an event to all who listen to the topic now on this node alone."""

    def subscribe(
        self, topics: Sequence[str], glance: Glance = take_nothing
    ) -> AbstractAsyncContextManager[Subscription]:
        """Listen until the block ends. Events published inside it are not missed.

        `glance` sees each event before it is queued, and may deal with it.

        A listener that is 256 events behind loses all of them and is told so with
        a None, once; so is everybody when the bus was not whole for a while and is
        whole again.
        """

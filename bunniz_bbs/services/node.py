"""What this process takes from the others of the house, and tells them."""

from collections.abc import Sequence

from bunniz_bbs.bus.ports import HOUSE, Bus, Told
from bunniz_bbs.domain.events import (
    AccountRemoved,
    BadgesChanged,
    BanSet,
    Event,
    HiddenSet,
    HouseDescribed,
    HouseJoined,
    HouseParted,
    LineSaid,
    LinesGone,
    MuteLifted,
    MuteSet,
    NameChanged,
    PresenceTold,
    TopicSet,
)
from bunniz_bbs.services.badges import BadgeService
from bunniz_bbs.services.describing import HouseService
from bunniz_bbs.services.memories import RoomMemories
from bunniz_bbs.services.voices import Voices


class HouseNode:
    """Keeps this node's memory as the others' is.

    Boards need nothing of it: they are in the database, which all nodes share.
    """

    def __init__(
        self,
        bus: Bus,
        rooms: RoomMemories,
        voices: Voices,
        house: HouseService,
        badges: BadgeService,
    ) -> None:
        self._bus = bus
        self._rooms = rooms
        self._voices = voices
        self._house = house
        self._badges = badges

    def take(self, topic: str, event: Event) -> None:
        """Take in an event of another node, before any listener here hears of it."""
        match event:
            case LineSaid(line=line):
                self._rooms.take_line(line)
            case LinesGone(room=room, lines=gone):
                self._rooms.take_gone(room, gone)
            case TopicSet():
                self._rooms.take_topic(event)
            case PresenceTold(room=room, node=node, people=people):
                self._rooms.take_presence(room, node, people)
            case HiddenSet(account=account, hidden=hidden):
                self._rooms.take_hidden(account, hidden)
            case AccountRemoved(account=account, left=True):
                self._rooms.forget(account)
                self._voices.changed(account)
                self._badges.changed()
            case (
                BanSet(account=account)
                | MuteSet(account=account)
                | MuteLifted(account=account)
                | AccountRemoved(account=account)
            ):
                self._voices.changed(account)
            case NameChanged(account=account, was=was, name=name):
                self._rooms.rename(account, was, name)
            case BadgesChanged():
                self._badges.changed()
            case HouseDescribed(text=text):
                self._house.take(text)

    def account(self) -> Sequence[Told]:
        """What a node that has just come, or come back, needs to hear."""
        return self._rooms.account()

    def lost(self, node: str) -> None:
        """A node fell silent: nobody is here through it any more."""
        self._rooms.lose(node)

    def missed(self) -> None:
        """Forget what may have changed unheard."""
        self._voices.forget_all()
        self._badges.changed()

    def parted(self) -> None:
        """Say on this node's screens that it is cut off."""
        self._bus.tell(HOUSE, HouseParted())

    def joined(self) -> None:
        """Say on this node's screens that it is not any more."""
        self.missed()
        self._bus.tell(HOUSE, HouseJoined())

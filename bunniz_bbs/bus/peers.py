"""The other nodes: which of them are live, and what of theirs has been heard.

A node is believed only after it gave back a challenge that was made here a moment
ago. So nothing that was recorded earlier, and nothing that was held up on its way,
is taken for news. From then on its messages are counted: what comes twice or from
before is dropped, and what is left out shows. Pure data, no clock and no network.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bunniz_bbs.bus.frames import CHALLENGE_BYTES, Account, Frame, Kind

SILENCE: Final = 6.0
"""Seconds after which a node that is not heard of is gone."""
LATEST: Final = 10.0
"""Seconds that a message may have been on its way."""
ANSWER: Final = 5.0
"""Seconds in which a challenge has to be given back."""
ASK_AGAIN: Final = 1.0
"""Seconds between two requests to one node that does not answer."""
ASK_MORE: Final = 0.25
"""Seconds between two requests to one that does."""
_ASKS_APART: Final = 0.02
_MOST_PEERS: Final = 64
_MOST_CHALLENGES: Final = 32
_MOST_SERVED: Final = 256
_NEVER_AGAIN: Final = 2**64


class Hearing(Enum):
    """What a message of another node is to this one."""

    DROPPED = "dropped"
    """Nothing: it has come before, or its time is over."""
    STRANGER = "stranger"
    """Its node has not shown that it is live."""
    HEARD = "heard"
    """The next one."""
    GAP = "gap"
    """A later one: some before it were lost."""


@dataclass(slots=True)
class _Peer:
    heard_at: float
    last: int = -1
    fresh: bool = False
    offset: float = 0.0
    """By how much this node's monotonic clock is ahead of the peer's, at least."""
    asked_at: float = float("-inf")
    answered: bool = False
    gathering: bool = False
    missed: bool = False


class Peers:
    """Keeps count of the other nodes. Bounded, whatever is played back to it."""

    def __init__(self, me: bytes, random: Callable[[int], bytes]) -> None:
        """Nobody yet.

        Args:
            me: This node's own name.
            random: Gives that many random bytes.
        """
        self._me = me
        self._random = random
        self._peers: OrderedDict[bytes, _Peer] = OrderedDict()
        self._challenges: OrderedDict[bytes, float] = OrderedDict()
        self._served: OrderedDict[bytes, None] = OrderedDict()
        self._asked_at = float("-inf")

    def challenge(self, now: float) -> bytes:
        """What an account asked for now has to give back."""
        made = self._random(CHALLENGE_BYTES)
        self._challenges[made] = now
        if len(self._challenges) > _MOST_CHALLENGES:
            self._challenges.popitem(last=False)
        return made

    def serve(self, challenge: bytes) -> bool:
        """Whether a request is to be answered: one that is played back is not."""
        if challenge in self._served:
            return False
        self._served[challenge] = None
        if len(self._served) > _MOST_SERVED:
            self._served.popitem(last=False)
        return True

    def hear(
        self, node: bytes, frame: Frame, now: float, account: Account | None = None
    ) -> Hearing:
        """Take note of a message, with the account that it holds."""
        peer = self._peers.get(node) or self._meet(node, now)
        if peer is None or frame.number <= peer.last:
            return Hearing.DROPPED
        if account and account.first and self._is_live(peer, frame, account, now):
            return Hearing.HEARD
        if peer.fresh and now - frame.stamp / 1000 - peer.offset > LATEST:
            peer.fresh = False
        if not peer.fresh:
            peer.missed |= frame.kind is Kind.TOLD
            return Hearing.STRANGER
        gap = frame.number > peer.last + 1
        peer.last, peer.heard_at = frame.number, now
        peer.offset = min(peer.offset, now - frame.stamp / 1000)
        if gap:
            peer.missed, peer.gathering = True, False
            return Hearing.GAP
        return Hearing.HEARD

    def want(self, node: bytes, now: float) -> bool:
        """Whether to ask a node for its account now; it will be asked then."""
        peer = self._peers[node]
        apart = ASK_MORE if peer.answered else ASK_AGAIN
        if now - peer.asked_at < apart or now - self._asked_at < _ASKS_APART:
            return False
        peer.asked_at, peer.answered, self._asked_at = now, False, now
        return True

    def wanting(self, now: float) -> list[bytes]:
        """The live nodes of which events were missed, and that are to be asked now."""
        return [
            node
            for node, peer in self._peers.items()
            if peer.fresh and peer.missed and not peer.gathering
            if self.want(node, now)
        ]

    def gathers(self, node: bytes) -> bool:
        """Whether what comes of this node's account is a part of a whole one."""
        return self._peers[node].gathering

    def gathered(self, node: bytes) -> bool:
        """The node's account is complete; whether events of it were missed before."""
        peer = self._peers[node]
        missed, peer.missed, peer.gathering = peer.missed, False, False
        peer.answered = True
        return missed

    @property
    def gathering(self) -> bool:
        """Whether a part of somebody's account is still to come."""
        return any(peer.gathering for peer in self._peers.values())

    def silent(self, now: float) -> list[bytes]:
        """The nodes that fell silent since this was asked."""
        gone = [
            node
            for node, peer in self._peers.items()
            if peer.fresh and now - peer.heard_at > SILENCE
        ]
        for node in gone:
            self._lose(self._peers[node])
        return gone

    def stalled(self, seconds: float) -> None:
        """This process stood still for so long: what came meanwhile is still unread."""
        for peer in self._peers.values():
            peer.heard_at += seconds

    def end(self, node: bytes) -> None:
        """A node said that it stops; nothing in its name is news any more."""
        peer = self._peers[node]
        self._lose(peer)
        peer.last = _NEVER_AGAIN

    def _lose(self, peer: _Peer) -> None:
        peer.fresh, peer.gathering, peer.missed = False, False, True

    def _is_live(self, peer: _Peer, frame: Frame, account: Account, now: float) -> bool:
        """Believe a node whose account gives back a challenge in time."""
        asked_at = self._challenges.get(account.answers.get(self._me, b""))
        if asked_at is None or now - asked_at > ANSWER:
            return False
        peer.missed |= peer.fresh and frame.number > peer.last + 1
        peer.fresh, peer.gathering = True, True
        peer.last, peer.heard_at = frame.number, now
        peer.offset = asked_at - frame.stamp / 1000
        return True

    def _meet(self, node: bytes, now: float) -> _Peer | None:
        """Keep count of one more, in place of one that nobody hears of if need be."""
        if len(self._peers) >= _MOST_PEERS:
            silent = (one for one, peer in self._peers.items() if not peer.fresh)
            if (forgotten := next(silent, None)) is None:
                return None
            del self._peers[forgotten]
        peer = self._peers[node] = _Peer(heard_at=now)
        return peer

"""Whether a node hears itself through the broker: its beats, and when they came back.

Pure data, no clock and no network.
"""

from typing import Final

BEAT_SECONDS: Final = 0.5
FELT_SECONDS: Final = 2.0
"""A node whose newest beat that came back is older than this is cut off."""
DEAD_SECONDS: Final = 2.0
"""A connection on which nothing comes for so long is given up."""
HOPELESS_SECONDS: Final = 6.0
"""A connection on which no beat comes back for so long is given up in any case."""
STALL_SECONDS: Final = 0.5
"""A sleep that took so much longer was a stall of this process, not of the bus."""
_NEVER: Final = float("-inf")
_MOST_BEATS: Final = 32


class Pulse:
    """Keeps count of one connection's beats, by the monotonic clock of this node."""

    def __init__(self) -> None:
        self._beats: dict[int, float] = {}
        self._begun = self._felt = self._heard = _NEVER

    def begin(self, now: float) -> None:
        """There is a new connection."""
        self._beats.clear()
        self._felt = _NEVER
        self._begun = self._heard = now

    def end(self) -> None:
        """There is none any more."""
        self._beats.clear()
        self._felt = _NEVER

    def sent(self, number: int, now: float) -> None:
        """A beat is sent."""
        self._beats[number] = now
        while len(self._beats) > _MOST_BEATS:
            del self._beats[next(iter(self._beats))]

    def heard(self, now: float) -> None:
        """A message of some node of the house came."""
        self._heard = now

    def came_back(self, number: int) -> None:
        """A beat came back; each counts once, however often it comes."""
        self._felt = max(self._felt, self._beats.pop(number, _NEVER))

    def stalled(self, seconds: float) -> None:
        """This process stood still for so long: what came meanwhile is still unread."""
        self._begun += seconds
        self._felt += seconds
        self._heard += seconds
        self._beats = {number: at + seconds for number, at in self._beats.items()}

    def felt(self, now: float) -> bool:
        """Whether what was sent a moment ago came back."""
        return now - self._felt < FELT_SECONDS

    def dead(self, now: float) -> bool:
        """Whether the connection is to be given up."""
        late = now - max(self._felt, self._begun)
        if late > HOPELESS_SECONDS:
            return True
        return late > DEAD_SECONDS and now - self._heard > DEAD_SECONDS

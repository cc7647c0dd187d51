"""How much is measured: a whole run, or one that shows quickly whether it works."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Plan:
    """How many of everything, and for how long."""

    seconds: float = 8.0
    """How long each thing is watched that people do all the time."""
    idle: float = 30.0
    """Seconds in which nothing happens."""
    lines: int = 30
    """Lines said to a room of each size."""
    logins: int = 25
    """People who come to each place, one after the other."""
    sitting: tuple[int, ...] = (50, 200, 1000)
    """Sessions whose memory is looked at."""
    posts: int = 1_000_000
    """Posts of the house in which is read and written."""
    reads: int = 60
    """How often each thing is read there."""
    writes: int = 120
    """Posts that are written there."""
    cold: int = 3
    """How often each thing is looked for of which nothing is in memory."""


FULL: Final = Plan()
QUICK: Final = Plan(2.0, 5.0, 6, 5, (20, 50), 150_000, 10, 20, 1)

"""How often somebody may do something: token buckets, in memory."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Final

from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import TooFast


@dataclass(frozen=True, slots=True)
class Rate:
    """How often: `burst` at once, then one every `seconds`."""

    burst: int
    seconds: float


LINES: Final = Rate(burst=5, seconds=1)
POSTS: Final = Rate(burst=3, seconds=10)
EDITS: Final = Rate(burst=5, seconds=5)
CODES: Final = Rate(burst=5, seconds=30)
JOINS: Final = Rate(burst=10, seconds=10)
ARRIVALS: Final = Rate(burst=30, seconds=60)
"""Accounts of all together who come without a code."""
INVITES: Final = Rate(burst=10, seconds=60)
VOUCHES: Final = Rate(burst=5, seconds=86_400)
LOOKS: Final = Rate(burst=30, seconds=10)
"""How often one looks at what people show of themselves."""
SEARCHES: Final = Rate(burst=20, seconds=1)
REACTIONS: Final = Rate(burst=20, seconds=3)
REPORTS: Final = Rate(burst=3, seconds=60)
EXPORTS: Final = Rate(burst=5, seconds=600)
PASSING: Final = Rate(burst=10, seconds=30)
"""Posts and reports of all together who have no account."""
PASSING_LINES: Final = Rate(burst=60, seconds=0.5)
"""Lines of all together who have no account."""

_ROUNDING: Final = 1e-6

MOST_BUCKETS: Final = 10_000
"""Full buckets are forgotten beyond this many."""


class Limits:
    """Counts what each key has done lately. Nothing is written anywhere."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: dict[tuple[Rate, object], tuple[float, float]] = {}

    def take(self, rate: Rate, key: object) -> None:
        """Count one more.

        Raises:
            TooFast: The bucket is empty; nothing was counted.
        """
        now = self._clock.monotonic()
        tokens, then = self._buckets.pop((rate, key), (float(rate.burst), now))
        tokens = min(rate.burst, tokens + (now - then) / rate.seconds)
        # Whoever waited as long as they were told must not fail by a rounding.
        taken = tokens >= 1 - _ROUNDING
        self._buckets[rate, key] = (max(0.0, tokens - taken), now)
        if len(self._buckets) > MOST_BUCKETS:
            self._forget_full(now)
        if not taken:
            raise TooFast(ceil((1 - tokens) * rate.seconds))

    def once(self, rate: Rate, key: object) -> Callable[[], None]:
        """What counts one more when it is called, however often that is.

        A unit of work that lost a race is run again and is still one thing done.
        """
        counted = False

        def count() -> None:
            nonlocal counted
            if not counted:
                self.take(rate, key)
                counted = True

        return count

    def _forget_full(self, now: float) -> None:
        """Drop the buckets that have filled up again, then the oldest."""
        for kept, (tokens, then) in list(self._buckets.items()):
            if tokens + (now - then) / kept[0].seconds >= kept[0].burst:
                del self._buckets[kept]
        while len(self._buckets) > MOST_BUCKETS:
            del self._buckets[next(iter(self._buckets))]

"""Time as an argument: services never ask the operating system themselves."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """What services know of time."""

    def now(self) -> datetime:
        """The current moment, aware, in UTC."""

    def monotonic(self) -> float:
        """Seconds that never step back, for durations within one process."""

    async def sleep(self, seconds: float) -> None:
        """Return after so many seconds of `monotonic`."""

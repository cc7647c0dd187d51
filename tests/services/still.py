"""Time that stands still until a test moves it."""

import asyncio
from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class StillClock:
    """A clock whose hands the test moves; sleepers wake when their time comes."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now
        self._passed = 0.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []
        self._somebody_sleeps = asyncio.Event()

    def now(self) -> datetime:
        """The moment that the hands show."""
        return self._now

    def monotonic(self) -> float:
        """Seconds since the test began."""
        return self._passed

    async def sleep(self, seconds: float) -> None:
        """Wait until the test has moved so far."""
        waking = asyncio.get_running_loop().create_future()
        self._sleepers.append((self._passed + seconds, waking))
        self._somebody_sleeps.set()
        await waking

    def move(self, **by: float) -> None:
        """Move the hands on: `move(minutes=3)`."""
        step = timedelta(**by)
        self._now += step
        self._passed += step.total_seconds()
        for due, waking in self._asleep():
            if due <= self._passed:
                waking.set_result(None)

    def _asleep(self) -> list[tuple[float, asyncio.Future[None]]]:
        self._sleepers = [one for one in self._sleepers if not one[1].done()]
        return list(self._sleepers)

    @property
    def alarms(self) -> list[float]:
        """In how many seconds each sleeper wakes, the next first."""
        return sorted(round(due - self._passed, 6) for due, _ in self._asleep())

    async def until_asleep(self) -> None:
        """Return when somebody waits for time to move."""
        async with asyncio.timeout(5):
            while not self._asleep():
                self._somebody_sleeps.clear()
                await self._somebody_sleeps.wait()


async def settle() -> None:
    """Let everything run that can run without time moving or the disk answering."""
    for _ in range(30):
        await asyncio.sleep(0)

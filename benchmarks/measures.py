"""What many figures say together."""

import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Spread:
    """Where measured values lie; times are in milliseconds."""

    count: int
    median: float
    p95: float
    p99: float
    worst: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """The spread of some values; there must be one at least."""
        ordered = sorted(values)

        def share(part: float) -> float:
            return round(ordered[min(len(ordered) - 1, int(part * len(ordered)))], 2)

        middle = round(statistics.median(ordered), 2)
        return cls(len(ordered), middle, share(0.95), share(0.99), share(1))

    def as_json(self) -> dict[str, float]:
        """The same with names."""
        return asdict(self)


@dataclass
class Costs:
    """Milliseconds for each time that something was done."""

    whole: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    loop: list[float] = field(default_factory=list)

    async def of(self, doing: Callable[[], Awaitable[object]]) -> None:
        """Do it once more."""
        began, used, here = time.perf_counter(), time.process_time(), time.thread_time()
        await doing()
        self.loop.append(1000 * (time.thread_time() - here))
        self.processor.append(1000 * (time.process_time() - used))
        self.whole.append(1000 * (time.perf_counter() - began))


def number(value: float | None, unit: str = "") -> str:
    """A figure as one reads it; a dash where there is none."""
    if value is None:
        return "–"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:.{digits}f}{unit}"


def judged(value: float | None, goal: float, unit: str = "") -> str:
    """A figure, set in bold where it misses its goal."""
    said = number(value, unit)
    return said if value is not None and value <= goal else f"**{said}**"

"""Who asks for much takes turns with others who do; nobody else waits for them."""

import asyncio
import heapq
from collections import defaultdict
from dataclasses import dataclass, field
from time import thread_time
from typing import Any, Final

import pytest

from bunniz_bbs.ssh.effort import (
    ARRIVALS,
    AT_ONCE,
    SHARE,
    TURNS,
    Effort,
    Turns,
    count_work,
)
from bunniz_bbs.tui.screens.home import HomePage
from tests.ssh.front import Front, until
from tests.ssh.raw import raw
from tests.ssh.seat import seated

WAKING: Final = 0.0005
"""Seconds between two things that the simulated processor does."""


@dataclass
class Processor:
    """One that does one thing after the other, in its own time."""

    now: float = 0.0
    work: dict[Effort, float] = field(default_factory=lambda: defaultdict(float))
    """Seconds that each had."""
    longest: dict[Effort, float] = field(default_factory=lambda: defaultdict(float))
    """The longest rest that each was told to take."""

    def __post_init__(self) -> None:
        self.turns = Turns(lambda: self.now)
        self._due: list[tuple[float, int, Effort, float, float]] = []

    def client(self, costs: float, every: float = 0.0) -> Effort:
        """Somebody who presses keys: each costs so much; 0: as fast as they may."""
        effort = Effort(self.turns)
        heapq.heappush(self._due, (self.now, id(effort), effort, costs, every))
        return effort

    def run(self, seconds: float) -> None:
        """Let so much time pass."""
        end = self.now + seconds
        while self._due and self._due[0][0] < end:
            due, number, effort, costs, every = heapq.heappop(self._due)
            self.now = max(self.now + WAKING, due) + costs
            effort.spent += costs
            self.work[effort] += costs
            rest = effort.rest(pressing=not every)
            self.longest[effort] = max(self.longest[effort], rest)
            again = max(self.now, due + every) + rest
            heapq.heappush(self._due, (again, number, effort, costs, every))
        self.now = end

    def stop(self) -> None:
        """Nobody presses anything any more."""
        self._due.clear()


@pytest.mark.parametrize("key", [0.0002, 0.003, 0.03])
@pytest.mark.parametrize("flooders", [1, 4, 30])
def test_floods_share_a_part_of_the_processor(flooders: int, key: float) -> None:
    """However many there are, and however cheap their keys; everybody has a turn."""
    processor, seconds = Processor(), 60.0
    crowd = [processor.client(key) for _ in range(flooders)]
    processor.run(seconds)

    had = [processor.work[one] for one in crowd]
    assert sum(had) <= TURNS * seconds + flooders * (AT_ONCE + key)
    assert max(had) <= min(had) + AT_ONCE + key


@pytest.mark.parametrize(
    ("key", "every"), [(0.002, 0.025), (0.003, 1 / 30), (0.05, 0.6)]
)
def test_a_person_waits_for_no_flood(key: float, every: float) -> None:
    """Fast typing, a key held down, a page in a large window twice a second."""
    processor = Processor()
    person = processor.client(key, every)
    for _ in range(10):
        processor.client(0.01)
    processor.run(60)

    assert key / every < SHARE
    assert processor.longest[person] == 0


def test_who_floods_and_stops_is_as_anybody_again() -> None:
    """After some seconds of calm, and not while they are only made to wait."""
    processor = Processor()
    person = processor.client(0.005)
    processor.run(60)
    assert processor.longest[person] > 0
    processor.stop()
    processor.run(2 * AT_ONCE / SHARE)

    assert person.rest(pressing=False) == 0


def test_screens_begin_one_after_the_other() -> None:
    """A crowd that comes at once is let in evenly; who comes alone does not wait."""
    processor = Processor()
    waits = [processor.turns.arrive() for _ in range(33)]

    assert waits[0] == 0
    assert waits == sorted(waits)
    assert waits[-1] == pytest.approx(32 / ARRIVALS[1])


# -- what counts


def toil(seconds: float) -> None:
    """Keep the processor busy."""
    end = thread_time() + seconds
    while thread_time() < end:
        pass


async def toils() -> str:
    """Keep it busy here and in a task of one's own."""
    toil(0.004)
    await asyncio.create_task(asyncio.to_thread(toil, 0))
    await asyncio.create_task(_toils_on())
    return "done"


async def _toils_on() -> None:
    for _ in range(3):
        toil(0.002)
        await asyncio.sleep(0)


async def fails() -> None:
    """Fail after a while."""
    await asyncio.sleep(0)
    raise LookupError


@pytest.fixture
async def turns() -> Turns:
    """Turns on a loop that counts."""
    loop = asyncio.get_running_loop()
    count_work(loop)
    return Turns(loop.time)


async def test_work_counts_for_whom_it_is_done(turns: Turns) -> None:
    """With that of all tasks that come of it, and of nobody else's."""
    mine, theirs = Effort(turns), Effort(turns)

    assert await mine.start(toils()) == "done"
    await toils()

    assert mine.spent >= 0.01
    assert theirs.spent == 0


async def test_tasks_that_count_end_as_others_do(turns: Turns) -> None:
    """With an error, or cancelled."""
    effort = Effort(turns)
    with pytest.raises(LookupError):
        await effort.start(fails())
    task = effort.start(asyncio.sleep(60))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


# -- on a real front


async def test_others_are_served_while_one_floods(front: Front) -> None:
    """What one who holds all keys down was allowed to use, by the loop's own time."""
    await front.person("rosa")
    await front.person("lune")
    async with (
        seated(front, "rosa") as rosa,
        seated(front, "lune", "go lounge") as lune,
    ):
        await rosa.sees("Boards")
        await lune.sees("Lounge")
        efforts: list[Any] = [one.effort for one in front.connections]
        loop = asyncio.get_running_loop()
        began, before = loop.time(), [one.spent for one in efforts]
        rosa.press(b"?q" * 8000)
        for number in range(3):
            lune.press(f"line {number}.\r".encode())
            await lune.sees(f"line {number}.")
            await asyncio.sleep(1.1)  # a member says one line a second
        seconds = loop.time() - began
        used = max(now.spent - then for now, then in zip(efforts, before, strict=True))

        # A key that has begun is done, and what it has begun may end after it.
        assert AT_ONCE < used < 4 * AT_ONCE + TURNS * seconds
        (flooder,) = [one for one in efforts if one._left < 0]
        assert flooder.turns is efforts[0].turns


async def test_keys_wait_while_nobody_looks(front: Front) -> None:
    """A client that takes nothing gets nothing done, but Ctrl+X is seen."""
    await front.person("rosa")
    async with raw(front) as client:
        await client.log_in(front.keys["rosa"])
        channel = await client.shell(size=(300, 100), window=0)
        (visit,) = front.listener._visits
        screen: Any = visit._doing
        await until(lambda: screen._blocked and screen._keyboard)
        client.data(channel, b"?q" * 100)
        await until(lambda: screen._keyboard._events)
        assert isinstance(screen._app.page, HomePage)
        assert len(screen._keyboard._events) >= 199
        client.data(channel, b"\x18")

        await until(lambda: visit._left)
    await front.gone()

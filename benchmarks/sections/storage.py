"""What reading and writing cost on a million posts, as services do them."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.measures import Spread, judged, number
from benchmarks.million import (
    GREAT,
    HUGE_POSTS,
    PEOPLE,
    SPECIAL,
    Million,
    account,
    fill,
)
from benchmarks.plan import Plan
from benchmarks.report import Section
from bunniz_bbs.bus.memory import MemoryBus
from bunniz_bbs.config.load import load_house
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.services import Services
from bunniz_bbs.store.ports import Store
from bunniz_bbs.store.postgres import open_postgres, open_unlimited
from bunniz_bbs.store.sqlite import open_sqlite
from bunniz_bbs.tui.screens.board import LISTED
from bunniz_bbs.tui.screens.home import MOST_NEW
from bunniz_bbs.tui.thread_window import SHOWN
from bunniz_bbs.wiring import build
from bunniz_bbs.wiring.clock import SystemClock
from tests.store.server import Server

READ_GOAL, POST_GOAL = 20.0, 5.0
"""Milliseconds of server time to open something; until a post is durable."""
WARM: Final = 3
READERS: Final = 10
PAUSE: Final = 0.25
"""Seconds for which a reader looks at what was opened."""
SMALL_BOARD: Final = "ghent"
BOARDS: Final = Path(__file__).parents[2] / "boards.yaml"
HEAD: Final = (
    "use case",
    f"p50 (≤ {READ_GOAL:.0f} ms, a post {POST_GOAL:.0f})",
    "p95",
    "worst",
    "processor time, p50",
    "of it on the loop",
    "times",
)

Read = Callable[[], Awaitable[object]]


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

    def into(self, section: Section, what: str, goal: float, *, alone: bool) -> Spread:
        """A row of it; processor time says something only while nobody else works."""
        whole, processor, loop = map(Spread.of, (self.whole, self.processor, self.loop))
        shares = (
            number(one.median, " ms") if alone else "" for one in (processor, loop)
        )
        section.add(
            (
                *(what, judged(whole.median, goal, " ms")),
                *(judged(whole.p95, goal, " ms"), number(whole.worst, " ms")),
                *(*shares, str(whole.count)),
            ),
            {
                "what": what,
                "whole": whole.as_json(),
                **({"processor": processor.as_json()} if alone else {}),
                **({"loop": loop.as_json()} if alone else {}),
            },
        )
        return whole


def measure(plan: Plan) -> Section:
    """On an encrypted file, then on a PostgreSQL server of its own."""
    section = Section(f"storage of {plan.posts:,} posts", HEAD)
    with tempfile.TemporaryDirectory() as folder:
        made = asyncio.run(_on_sqlite(Path(folder) / "house.db", plan, section))
    server = Server()
    try:
        asyncio.run(_on_postgres(server, plan, section))
    finally:
        server.close()
    section.notes = (
        f"{made.posts:,} posts in {made.threads:,} threads, {made.great_threads:,} of "
        "them on one board. Times are of the clock on the wall; of the processor, of "
        "all threads of the house's own process together.",
    )
    return section


async def _on_sqlite(path: Path, plan: Plan, section: Section) -> Million:
    store = await open_sqlite(path, bytes(range(32)))
    try:
        house, now = load_house(BOARDS), SystemClock().now()
        made = await fill(store.writer, house, now, plan.posts)
        await store.shred()
        await measure_services("SQLite", store, made, plan, section)
    finally:
        await store.close()
    return made


async def _on_postgres(server: Server, plan: Plan, section: Section) -> None:
    url = server.url(await server.create())
    store = await open_postgres(url)
    try:
        async with open_unlimited(url) as engine:
            house, now = load_house(BOARDS), SystemClock().now()
            made = await fill(engine, house, now, plan.posts)
        await measure_services("PostgreSQL", store, made, plan, section)
    finally:
        await store.close()


async def measure_services(
    on: str, store: Store, made: Million, plan: Plan, section: Section
) -> None:
    """What each of three members waits for; then how long their posts take."""
    house = load_house(BOARDS)
    services = build(store, MemoryBus(), SystemClock(), house, b"p" * 32).services
    slowest: dict[str, float] = {}
    for at, name in enumerate(SPECIAL):
        actor = Actor.of(account(at, services.clock.now()))
        for what, read in reads_of(services, actor, made).items():
            costs = Costs()
            for _ in range(WARM):
                await read()
            for _ in range(plan.reads):
                await costs.of(read)
            title = f"{on}, {name}: {what}"
            took = costs.into(section, title, READ_GOAL, alone=True)
            slowest[what] = max(slowest.get(what, 0.0), took.median)
    for what, median in slowest.items():
        said = f"{what}, {on}, of {plan.posts:,} posts"
        goal = f"{READ_GOAL:.0f} ms"
        section.promise(said, goal, judged(median, READ_GOAL, " ms"))
    for meanwhile, pause in {
        "nobody reads": None,
        f"{READERS} read": PAUSE,
        f"{READERS} read without a pause": 0.0,
    }.items():
        costs = await _posts(services, made, plan, pause)
        title = f"{on}, {meanwhile}: a post"
        took = costs.into(section, title, POST_GOAL, alone=pause is None)
        if pause:
            said = f"a post is durable, {on}, while {meanwhile}"
            goal = f"{POST_GOAL:.0f} ms"
            section.promise(said, goal, judged(took.median, POST_GOAL, " ms"))


def reads_of(services: Services, actor: Actor, made: Million) -> dict[str, Read]:
    """What a member opens."""
    boards, threads = services.boards, services.threads
    return {
        "home": lambda: boards.overview(actor, named=MOST_NEW),
        "next unread": lambda: boards.next_unread(actor),
        "all that is new": lambda: services.news.of(actor),
        "a small board": lambda: threads.on_board(actor, SMALL_BOARD, LISTED),
        "a great board": (lambda: threads.on_board(actor, GREAT, LISTED)),
        "a short thread": lambda: threads.open(actor, made.small, None, SHOWN),
        f"a thread of {HUGE_POSTS:,} posts": lambda: threads.open(
            actor, made.huge, None, SHOWN
        ),
        "the middle of it": lambda: threads.open(
            actor, made.huge, HUGE_POSTS // 2, SHOWN
        ),
        "its last posts": lambda: threads.open(
            actor, made.huge, limit=SHOWN, before=HUGE_POSTS + 1
        ),
    }


async def _posts(
    services: Services, made: Million, plan: Plan, pause: float | None
) -> Costs:
    """What posts cost while others read, each with a pause; None: nobody reads."""
    readers: list[asyncio.Task[None]] = []
    now = services.clock.now()
    if pause is not None:
        for turn in range(READERS):
            actor = Actor.of(account(turn, now))
            reads = list(reads_of(services, actor, made).values())
            readers.append(asyncio.create_task(_read(reads, pause, turn)))
    costs = Costs()
    try:
        for turn in range(-WARM, plan.writes):
            actor = Actor.of(account(READERS + turn % (PEOPLE - READERS), now))
            if turn == 0:
                costs = Costs()
            await costs.of(
                lambda a=actor: services.posts.reply(  # type: ignore[misc]
                    a, made.small, "An answer of a few words, as most are."
                )
            )
            if pause is not None:
                await asyncio.sleep(0.02)
    finally:
        for one in readers:
            one.cancel()
        await asyncio.gather(*readers, return_exceptions=True)
    return costs


async def _read(reads: list[Any], pause: float, first: int) -> None:
    at = first
    await asyncio.sleep(pause * first / READERS)
    while True:
        await reads[at % len(reads)]()
        at += 1
        await asyncio.sleep(pause)

"""What reading and writing cost on a million posts, as services do them."""

import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

from benchmarks.measures import Costs, Spread, judged, number
from benchmarks.million import (
    GREAT,
    HUGE_POSTS,
    PEOPLE,
    SPECIAL,
    Million,
    account,
)
from benchmarks.places import BOARDS, OnFile, OnServer, make_both
from benchmarks.plan import Plan
from benchmarks.report import Section
from benchmarks.sections import search
from benchmarks.texts import Texts, body_of
from bunniz_bbs.bus.memory import MemoryBus
from bunniz_bbs.config.load import load_house
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.services import Services
from bunniz_bbs.store.ports import Store
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


def measure(plan: Plan) -> Section:
    """On an encrypted file and on a PostgreSQL server, and how search does on both."""
    section = Section(f"storage of {plan.posts:,} posts", HEAD)
    with tempfile.TemporaryDirectory() as folder:
        server = Server()
        try:
            asyncio.run(_on_both(Path(folder) / "house.db", server, plan, section))
        finally:
            server.close()
    return section


async def _on_both(path: Path, server: Server, plan: Plan, section: Section) -> None:
    """Make the two houses at once, then measure one after the other."""
    url, began = server.url(await server.create()), time.monotonic()
    made = await asyncio.to_thread(make_both, path, url, plan.posts)
    took, texts = time.monotonic() - began, Texts()
    section.notes = (
        f"{made.posts:,} posts in {made.threads:,} threads, {made.great_threads:,} of "
        "them on one board, all with what search finds them by. Times are of the clock "
        "on the wall; of the processor, of all threads of the house's own process "
        f"together. To make both houses took {took:.0f} s.",
    )
    section.beside["search"] = found = search.a_section(plan)
    for place in (OnFile(path), OnServer(server, url)):
        async with place.open() as store:
            await measure_services(place.name, store, made, texts, plan, section)
        await search.measure_on(place, plan, found)


async def measure_services(
    on: str,
    store: Store,
    made: Million,
    texts: Texts,
    plan: Plan,
    section: Section,
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
            took = _add(section, title, costs, READ_GOAL, alone=True)
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
        costs = await _posts(services, made, texts, plan, pause)
        title = f"{on}, {meanwhile}: a post"
        took = _add(section, title, costs, POST_GOAL, alone=pause is None)
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
    services: Services, made: Million, texts: Texts, plan: Plan, pause: float | None
) -> Costs:
    """What posts cost while others read, each with a pause; None: nobody reads."""
    readers: list[asyncio.Task[None]] = []
    now = services.clock.now()
    if pause is not None:
        for turn in range(READERS):
            actor = Actor.of(account(turn, now))
            reads = list(reads_of(services, actor, made).values())
            readers.append(asyncio.create_task(_read(reads, pause, turn)))
    costs, chance = Costs(), random.Random()
    try:
        for turn in range(-WARM, plan.writes):
            actor = Actor.of(account(READERS + turn % (PEOPLE - READERS), now))
            if turn == 0:
                costs = Costs()
            body = body_of(texts.post(chance, turn))
            await costs.of(
                lambda a=actor, body=body: services.posts.reply(  # type: ignore[misc]
                    a, made.small, body
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


def _add(
    section: Section, what: str, costs: Costs, goal: float, *, alone: bool
) -> Spread:
    """A row of it; processor time says something only while nobody else works."""
    whole, processor, loop = map(Spread.of, (costs.whole, costs.processor, costs.loop))
    shares = (number(one.median, " ms") if alone else "" for one in (processor, loop))
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

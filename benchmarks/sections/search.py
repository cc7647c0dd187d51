"""What looking for something costs, as the service does it: index, posts, snippets."""

from typing import Final

from benchmarks.measures import Costs, Spread, judged, number
from benchmarks.million import GREAT, PEOPLE, account
from benchmarks.places import BOARDS, Place
from benchmarks.plan import Plan
from benchmarks.report import Section
from benchmarks.texts import TOLD, UNSAID, alone, word
from bunniz_bbs.bus.memory import MemoryBus
from bunniz_bbs.config.load import load_house
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.services import Services
from bunniz_bbs.store.ports import Store
from bunniz_bbs.wiring import build
from bunniz_bbs.wiring.clock import SystemClock

GOAL: Final = 80.0
"""Milliseconds, cold."""
SMALL_BOARD: Final = "ghent"
SOMEBODY: Final = f'by:"{account(7, SystemClock().now()).name}"'
SOUGHT: Final = {
    "a word in nearly every post": word(0),
    "two such words": f"{word(0)} {word(3)}",
    "a word in one post of a hundred": word(500),
    "two such words, both in one post of ten thousand": f"{word(490)} {word(510)}",
    "a word in one post of six thousand": word(30_000),
    "a word in a single post": alone(TOLD),
    "a phrase of usual words": f'"{word(0)} {word(1)}"',
    "a phrase of usual words that nobody wrote": f'"{" ".join(UNSAID)}"',
    "all that somebody wrote": SOMEBODY,
    "a usual word, of somebody": f"{word(0)} {SOMEBODY}",
    "a rare word, of somebody": f"{word(30_000)} {SOMEBODY}",
    "a usual word on the great board": f"{word(0)} board:{GREAT}",
    "a usual word on a small board": f"{word(0)} board:{SMALL_BOARD}",
    "a middling word on a small board": f"{word(500)} board:{SMALL_BOARD}",
    "a usual word in a language of no thread": f"{word(0)} lang:nl",
}
HEAD: Final = (
    "looked for",
    "found",
    f"cold, p50 (≤ {GOAL:.0f} ms)",
    "cold, worst",
    "warm, p50",
    "p95",
    "worst",
    "processor time, p50",
)


def a_section(plan: Plan) -> Section:
    """Where it goes."""
    return Section(
        f"search in {plan.posts:,} posts",
        HEAD,
        notes=(
            "The whole way through the service: what the index finds, whether one may "
            "read it and whether it says what was looked for, its line with the words "
            "marked. At most 50 are shown. Cold: the files were in nobody's memory, of "
            f"PostgreSQL the server had just started; {plan.cold} times each. Warm: "
            f"the same again, {plan.reads} times.",
        ),
    )


async def measure_on(place: Place, plan: Plan, section: Section) -> None:
    """Look for each thing there."""
    slowest = 0.0
    for what, text in SOUGHT.items():
        cold, warm, found = Costs(), Costs(), 0
        for _ in range(plan.cold):
            place.forget()
            async with place.open() as store:
                await _look(store, text, 1, cold)
        async with place.open() as store:
            found = await _look(store, text, plan.reads, warm)
        slowest = max(
            slowest, _add(section, f"{place.name}: {what}", found, cold, warm)
        )
    said = f"a search, {place.name}, of {plan.posts:,} posts, cold"
    section.promise(said, f"{GOAL:.0f} ms", judged(slowest, GOAL, " ms"))


async def _look(store: Store, text: str, times: int, costs: Costs) -> int:
    """Look for something so often; how much is found."""
    services = build(store, MemoryBus(), SystemClock(), load_house(BOARDS), b"p" * 32)
    people = [Actor.of(account(at, SystemClock().now())) for at in range(PEOPLE)]
    # Connecting is in no search.
    await store.read(lambda tx: tx.accounts.get(people[0].id))
    for turn in range(times):
        await costs.of(
            lambda a=people[turn % PEOPLE]: _search(services.services, a, text)
        )
    return await _search(services.services, people[0], text)


async def _search(services: Services, actor: Actor, text: str) -> int:
    return len((await services.search.search(actor, text)).hits)


def _add(section: Section, what: str, found: int, cold: Costs, warm: Costs) -> float:
    """A row of it; the median of the cold ones."""
    first, again = Spread.of(cold.whole), Spread.of(warm.whole)
    processor = Spread.of(warm.processor)
    section.add(
        (
            *(what, str(found), judged(first.median, GOAL, " ms")),
            *(judged(first.worst, GOAL, " ms"), judged(again.median, GOAL, " ms")),
            *(judged(again.p95, GOAL, " ms"), number(again.worst, " ms")),
            number(processor.median, " ms"),
        ),
        {
            **{"what": what, "found": found, "cold": first.as_json()},
            **{"warm": again.as_json(), "processor": processor.as_json()},
        },
    )
    return first.median

"""How long the server's loop is away from somebody who asks it again and again."""

from contextlib import ExitStack
from typing import Final

from benchmarks.door import keys_of
from benchmarks.house import a_server
from benchmarks.measures import Spread, judged, number
from benchmarks.members import BETWEEN_PINGS, Members
from benchmarks.million import HUGE_POSTS
from benchmarks.plan import Plan
from benchmarks.report import Section
from benchmarks.worker import Worker

PEOPLE: Final = {"watcher": 1, "opener": 10, "member": 200, "comer": 50}
LINES_A_SECOND: Final = 5
OPENING_SECONDS: Final = 3.0
COMING_SECONDS: Final = 6.0
FIRST_SECONDS: Final = 2.0
WARM_SECONDS: Final = 1.0
P99_GOAL: Final = 20.0
HEAD: Final = ("while", "p50", "p95", f"p99 (≤ {P99_GOAL:.0f} ms)", "worst", "asked")


def measure(plan: Plan) -> Section:
    """People open a huge thread, sit in a room, talk in it, and come in at once."""
    section, seconds = Section("stalls of the loop", HEAD), plan.seconds
    with a_server() as server, ExitStack() as stack:
        groups = {}
        for name, count in PEOPLE.items():
            server.admit(f"{name}{at:03}" for at in range(count))
            groups[name] = Worker(Members, server.port, keys_of(server, name))
            stack.callback(groups[name].close)
        huge = server.fill().huge
        watcher, openers, members, comers = groups.values()

        watcher.ask("come_in", "go")
        watcher.ask("ping", WARM_SECONDS)
        _asked(watcher, "nobody else is there", seconds, section)

        openers.tell("come_in", f"go {huge}")
        what = f"{PEOPLE['opener']} open a thread of {HUGE_POSTS:,} posts"
        _asked(watcher, what, OPENING_SECONDS, section)
        openers.answer()

        members.ask("come_in", "go lounge")
        _asked(watcher, f"{PEOPLE['member']} sit in a room", seconds, section)

        # Until there is a line, a room's screens show words that make room for it.
        members.tell("chat", 1, FIRST_SECONDS)
        what = f"the first line is said to {PEOPLE['member']}"
        _asked(watcher, what, FIRST_SECONDS, section)
        members.answer()

        members.tell("chat", int(LINES_A_SECOND * (seconds + 1)), seconds + 1)
        what = f"{PEOPLE['member']} there, {LINES_A_SECOND} lines a second"
        _asked(watcher, what, seconds, section)
        members.answer()

        comers.tell("come_in", "go lounge")
        what = f"{PEOPLE['comer']} more come in"
        _asked(watcher, what, max(COMING_SECONDS, seconds), section)
        came = comers.answer()
    section.notes = (
        f"Somebody who is logged in asks every {1000 * BETWEEN_PINGS:.0f} ms for an "
        "answer that SSH itself gives (RFC 4254 §4), which nothing but the loop can "
        f"keep waiting. The {PEOPLE['comer']} had their pictures after {came:.1f} s.",
    )
    return section


def _asked(watcher: Worker, what: str, seconds: float, section: Section) -> None:
    took = Spread.of(watcher.ask("ping", seconds))
    p99 = judged(took.p99, P99_GOAL, " ms")
    section.promise(f"the loop answers, p99, while {what}", f"{P99_GOAL:.0f} ms", p99)
    section.add(
        (
            what,
            number(took.median, " ms"),
            number(took.p95, " ms"),
            p99,
            number(took.worst, " ms"),
            str(took.count),
        ),
        {"while": what, "answer": took.as_json()},
    )

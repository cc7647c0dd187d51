"""What one session takes of the server's memory."""

import time
from typing import Final

from benchmarks.crowd import Crowd
from benchmarks.door import keys_of
from benchmarks.house import a_server
from benchmarks.measures import judged, number
from benchmarks.plan import Plan
from benchmarks.report import Section

WARM: Final = 5
GOAL: Final = 1000.0
MANY, MANY_GOAL = 1000, 1200.0
"""So many sessions, and the megabytes of a server that has them."""
HEAD: Final = (
    "sessions",
    f"server ({MANY:,}: ≤ {MANY_GOAL:,.0f} MB)",
    f"each, after the first {WARM} (≤ {GOAL:,.0f} KiB)",
    "came in within",
)


def measure(plan: Plan) -> Section:
    """More and more sit in one room."""
    section = Section("memory of sessions", HEAD)
    with a_server() as server:
        section.add(
            ("0", number(server.megabytes(), " MB"), "", ""),
            {"sessions": 0, "megabytes": server.megabytes()},
        )
        server.admit(f"member{at:04}" for at in range(plan.sitting[-1]))
        crowd = Crowd(server.port, keys_of(server, "member"))
        try:
            crowd.grow("go lounge", WARM)
            warm = server.megabytes()
            for sessions in plan.sitting:
                began = time.perf_counter()
                crowd.grow("go lounge", sessions)
                took = time.perf_counter() - began
                whole = server.megabytes()
                each = 1024 * (whole - warm) / (sessions - WARM)
                _add(section, sessions, whole, each, took)
        finally:
            crowd.close()
    section.notes = (
        f"All sit in one room, of 80×24. Caches are filled for the first {WARM}. Not "
        "more than 16 first pictures a second are begun, so that many take a while.",
    )
    return section


def _add(
    section: Section, sessions: int, whole: float, each: float, took: float
) -> None:
    many = sessions == MANY
    server = judged(whole, MANY_GOAL, " MB") if many else number(whole, " MB")
    if many:
        what = f"memory of a server with {MANY:,} sessions"
        section.promise(what, f"{MANY_GOAL:,.0f} MB", server)
        one = judged(each, GOAL, " KiB")
        section.promise("memory of a session", f"{GOAL:,.0f} KiB", one)
    section.add(
        (str(sessions), server, judged(each, GOAL, " KiB"), number(took, " s")),
        {
            "sessions": sessions,
            "megabytes": whole,
            "KiB each": each,
            "seconds": took,
        },
    )

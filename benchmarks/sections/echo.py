"""How long a key takes until it stands on the screen."""

from typing import Final

from benchmarks.door import keys_of
from benchmarks.house import a_server
from benchmarks.measures import Spread, judged, number
from benchmarks.members import Members
from benchmarks.plan import Plan
from benchmarks.report import Section
from benchmarks.worker import Worker
from tests.attacks.server import Server

CROWD: Final = 200
LINES_A_SECOND: Final = 5
P50_GOAL, P99_GOAL = 3.0, 20.0
WARM_SECONDS: Final = 1.0
FIRST_SECONDS: Final = 2.0
HEAD: Final = (
    "while",
    f"p50 (≤ {P50_GOAL:.0f} ms)",
    "p95",
    f"p99 (≤ {P99_GOAL:.0f} ms)",
    "worst",
    "server CPU",
    "keys",
)


def measure(plan: Plan) -> Section:
    """Alone, then in a full room, then in one where people talk."""
    section, seconds = Section("echo of a key", HEAD), plan.seconds
    with a_server() as server:
        server.admit(["typist", *(f"member{number:03}" for number in range(CROWD - 1))])
        typist = Worker(Members, server.port, keys_of(server, "typist"))
        others = Worker(Members, server.port, keys_of(server, "member"))
        try:
            typist.ask("come_in", "go lounge")
            typist.ask("echo", WARM_SECONDS)
            _typed(server, typist, "alone", seconds, section)
            others.ask("come_in", "go lounge")
            _typed(server, typist, f"{CROWD} are there", seconds, section)
            others.tell("chat", 1, FIRST_SECONDS)
            first = f"{CROWD} are there, the first line is said"
            _typed(server, typist, first, FIRST_SECONDS, section)
            others.answer()
            others.tell("chat", int(LINES_A_SECOND * (seconds + 1)), seconds + 1)
            talk = f"{CROWD} are there, {LINES_A_SECOND} lines a second"
            _typed(server, typist, talk, seconds, section)
            others.answer()
        finally:
            typist.close()
            others.close()
    return section


def _typed(
    server: Server, typist: Worker, where: str, seconds: float, section: Section
) -> None:
    used = server.cpu()
    echo = Spread.of(typist.ask("echo", seconds))
    share = 100 * (server.cpu() - used) / seconds
    p50, p99 = judged(echo.median, P50_GOAL, " ms"), judged(echo.p99, P99_GOAL, " ms")
    goal = f"{P50_GOAL:.0f} and {P99_GOAL:.0f} ms"
    section.promise(f"echo of a key, p50 and p99, {where}", goal, f"{p50} and {p99}")
    section.add(
        (
            *(where, p50, number(echo.p95, " ms"), p99, number(echo.worst, " ms")),
            *(number(share, " %"), str(echo.count)),
        ),
        {"while": where, "echo": echo.as_json(), "cpu percent": share},
    )

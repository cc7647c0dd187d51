"""How long a key takes until it stands on the screen."""

from typing import Final

from benchmarks.door import keys_of
from benchmarks.house import a_server
from benchmarks.measures import Spread, judged, number
from benchmarks.members import Members
from benchmarks.report import Section
from benchmarks.worker import Worker
from tests.attacks.server import Server

CROWD: Final = 200
LINES_A_SECOND: Final = 5
P50_GOAL, P99_GOAL = 3.0, 20.0
WARM_SECONDS: Final = 1.0
HEAD: Final = (
    "while",
    f"p50 (≤ {P50_GOAL:.0f} ms)",
    f"p99 (≤ {P99_GOAL:.0f} ms)",
    "worst",
    "server CPU",
)


def measure(seconds: float) -> Section:
    """Alone, then in a full room, then in one where people talk."""
    section = Section("echo of a key", HEAD)
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
            others.tell("chat", int(LINES_A_SECOND * (seconds + 1)), seconds + 1)
            _typed(server, typist, f"{LINES_A_SECOND} lines a second", seconds, section)
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
    section.add(
        (where, p50, p99, number(echo.worst, " ms"), number(share, " %")),
        {"while": where, "echo": echo.as_json(), "cpu percent": share},
    )

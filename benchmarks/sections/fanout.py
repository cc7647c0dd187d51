"""One line in a room: until the last has it, and what it costs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from benchmarks.house import a_server
from benchmarks.measures import Spread, judged, number
from benchmarks.plan import Plan
from benchmarks.report import Section
from benchmarks.talk import Talk, a_talk
from tests.attacks.server import Server

CROWDS: Final = (2, 50, 200)
GOALS_FOR: Final = 50
LAST_GOAL, CPU_GOAL, BYTES_GOAL = 5.0, 2.5, 400.0
"""Milliseconds until the last of 50 has it, and of processor; bytes a reader."""
WARM: Final = 3
HEAD: Final = (
    "in the room",
    f"last has it, p50 ({GOALS_FOR}: ≤ {LAST_GOAL:.0f} ms)",
    "p95",
    "worst",
    f"server CPU a line, p50 ({GOALS_FOR}: ≤ {CPU_GOAL} ms)",
    "p95",
    f"bytes a reader (≤ {BYTES_GOAL:.0f})",
    "lines",
)


def measure(plan: Plan) -> Section:
    """Rooms of growing size; the speaker and the readers are two processes."""
    section = Section("fan-out of one line", HEAD)
    with a_server() as server, a_talk(server, CROWDS[-1]) as talk:
        for crowd in CROWDS:
            talk.grow(crowd)
            _lines(server, talk, crowd, plan.lines, section)
    section.notes = (
        "From the moment at which Enter is pressed on one terminal until the last "
        "reader's has the words; what the speaker's own screen costs is in it.",
    )
    return section


def _lines(
    server: Server, talk: Talk, crowd: int, lines: int, section: Section
) -> None:
    cpu: list[float] = []

    @contextmanager
    def counted() -> Iterator[None]:
        used = server.cpu()
        yield
        cpu.append(1000 * (server.cpu() - used))

    for _ in range(WARM):
        talk.say()
    taken = talk.taken()
    until_last = Spread.of([talk.say(counted()) for _ in range(lines)])
    a_line = Spread.of(cpu)
    bytes_each = (talk.taken() - taken) / lines / (crowd - 1)
    last, used = number(until_last.median, " ms"), number(a_line.median, " ms")
    sent = judged(bytes_each, BYTES_GOAL)
    if crowd == GOALS_FOR:
        last = judged(until_last.median, LAST_GOAL, " ms")
        used = judged(a_line.median, CPU_GOAL, " ms")
        said = f"a line in a room of {crowd}"
        section.promise(f"{said}: the last has it", f"{LAST_GOAL:.0f} ms", last)
        section.promise(f"{said}: server CPU", f"{CPU_GOAL} ms", used)
        section.promise(f"{said}: bytes a reader", f"{BYTES_GOAL:.0f}", sent)
    section.add(
        (
            *(str(crowd), last),
            *(number(until_last.p95, " ms"), number(until_last.worst, " ms")),
            *(used, number(a_line.p95, " ms"), sent, str(lines)),
        ),
        {
            "crowd": crowd,
            "last": until_last.as_json(),
            "cpu": a_line.as_json(),
            "bytes": bytes_each,
        },
    )

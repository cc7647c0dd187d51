"""One line in a room: until the last has it, and what it costs."""

import time
from typing import Final

from benchmarks.door import keys_of
from benchmarks.house import a_server
from benchmarks.measures import Spread, judged, number
from benchmarks.members import Members
from benchmarks.report import Section
from benchmarks.worker import Worker
from tests.attacks.server import Server

CROWDS: Final = (2, 50, 200)
LAST_GOAL, CPU_GOAL, BYTES_GOAL = 5.0, 2.5, 400.0
"""Milliseconds until the last of 50 has it, and of processor; bytes a reader."""
GAP: Final = 1.05
"""Seconds between lines; a member may say one a second."""
SETTLE: Final = 0.15
WARM: Final = 3
HEAD: Final = (
    "in the room",
    f"last has it, p50 (50: ≤ {LAST_GOAL:.0f} ms)",
    "p99",
    f"server CPU a line (50: ≤ {CPU_GOAL} ms)",
    f"bytes a reader (≤ {BYTES_GOAL:.0f})",
)


def measure(seconds: float) -> Section:
    """Rooms of growing size; the speaker and the readers are two processes."""
    section = Section("fanout of one line", HEAD)
    with a_server() as server:
        server.admit(
            ["speaker", *(f"reader{number:03}" for number in range(CROWDS[-1]))]
        )
        speaker = Worker(Members, server.port, keys_of(server, "speaker"))
        readers = Worker(Members, server.port, keys_of(server, "reader"))
        lines, there = max(10, int(seconds)), 1
        try:
            speaker.ask("come_in", "go lounge")
            for crowd in CROWDS:
                readers.ask("come_in", "go lounge", crowd - there)
                there = crowd
                _lines(server, speaker, readers, crowd, lines, section)
        finally:
            speaker.close()
            readers.close()
    return section


def _lines(
    server: Server,
    speaker: Worker,
    readers: Worker,
    crowd: int,
    lines: int,
    section: Section,
) -> None:
    last, cpu, taken = [], [], 0
    for line in range(-WARM, lines):
        if line == 0:
            taken = readers.ask("taken")
        word = f"crowd{crowd}line{line + WARM:03}"
        speaker.ask("type", word)
        readers.tell("await_word", word)
        time.sleep(SETTLE)
        used = server.cpu()
        began = speaker.ask("enter")
        seen = readers.answer()
        time.sleep(SETTLE)
        if line >= 0:
            last.append(1000 * (max(seen) - began))
            cpu.append(1000 * (server.cpu() - used))
        time.sleep(max(0.0, GAP - (time.perf_counter() - began)))
    until_last, a_line = Spread.of(last), Spread.of(cpu)
    bytes_each = (readers.ask("taken") - taken) / lines / (crowd - 1)
    judge = judged if crowd == 50 else lambda value, goal, unit: number(value, unit)
    section.add(
        (
            str(crowd),
            judge(until_last.median, LAST_GOAL, " ms"),
            number(until_last.p99, " ms"),
            judge(a_line.median, CPU_GOAL, " ms"),
            judged(bytes_each, BYTES_GOAL),
        ),
        {
            "crowd": crowd,
            "last": until_last.as_json(),
            "cpu": a_line.as_json(),
            "bytes": bytes_each,
        },
    )

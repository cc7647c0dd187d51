"""Sessions that nobody touches."""

import time
from typing import Final

from benchmarks.door import keys_of
from benchmarks.house import a_server
from benchmarks.measures import judged
from benchmarks.members import Members
from benchmarks.report import Section
from benchmarks.worker import Worker

CROWD: Final = 50
SECONDS: Final = 30.0
SETTLE: Final = 3.0
CPU_GOAL: Final = 0.05
"""Percent of one core that one reads as 0."""
HEAD: Final = ("sessions", "bytes sent (0)", "server CPU (0 %)")


def measure(seconds: float) -> Section:
    """Half a minute in which nothing happens."""
    section = Section("idle sessions", HEAD)
    with a_server() as server:
        server.admit(f"member{number:03}" for number in range(CROWD))
        members = Worker(Members, server.port, keys_of(server, "member"))
        try:
            members.ask("come_in", "go lounge")
            time.sleep(SETTLE)
            taken, used, began = members.ask("taken"), server.cpu(), time.perf_counter()
            time.sleep(SECONDS)
            share = 100 * (server.cpu() - used) / (time.perf_counter() - began)
            sent = members.ask("taken") - taken
        finally:
            members.close()
        section.add(
            (str(CROWD), judged(sent, 0), judged(share, CPU_GOAL, " %")),
            {"sessions": CROWD, "bytes": sent, "cpu percent": share},
        )
    section.notes = (f"Over {SECONDS:.0f} s.",)
    return section

"""Sessions that nobody touches."""

import time
from typing import Final

from benchmarks.door import keys_of
from benchmarks.house import a_server
from benchmarks.measures import judged
from benchmarks.members import Members
from benchmarks.plan import Plan
from benchmarks.report import Section
from benchmarks.worker import Worker

CROWD: Final = 50
SETTLE: Final = 3.0
CPU_GOAL: Final = 0.05
"""Percent of one core that one reads as 0."""
HEAD: Final = ("sessions", "seconds", "bytes sent (0)", "server CPU (0 %)")


def measure(plan: Plan) -> Section:
    """Half a minute in which nothing happens."""
    section = Section("idle sessions", HEAD)
    with a_server() as server:
        server.admit(f"member{number:03}" for number in range(CROWD))
        members = Worker(Members, server.port, keys_of(server, "member"))
        try:
            members.ask("come_in", "go lounge")
            time.sleep(SETTLE)
            taken, used, began = members.ask("taken"), server.cpu(), time.perf_counter()
            time.sleep(plan.idle)
            seconds = time.perf_counter() - began
            share = 100 * (server.cpu() - used) / seconds
            sent = members.ask("taken") - taken
        finally:
            members.close()
    bytes_sent, cpu = judged(sent, 0), judged(share, CPU_GOAL, " %")
    what = f"{CROWD} idle sessions: bytes and server CPU"
    section.promise(what, "0 and 0 %", f"{bytes_sent} and {cpu}")
    section.add(
        (str(CROWD), f"{seconds:.0f}", bytes_sent, cpu),
        {"sessions": CROWD, "seconds": seconds, "bytes": sent, "cpu percent": share},
    )
    return section

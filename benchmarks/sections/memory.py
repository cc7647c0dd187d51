"""What one session takes of the server's memory."""

from typing import Final

from benchmarks.door import keys_of
from benchmarks.house import a_server
from benchmarks.measures import judged, number
from benchmarks.members import Members
from benchmarks.report import Section
from benchmarks.worker import Worker

CROWDS: Final = (50, 200, 1000)
WARM: Final = 5
GOAL: Final = 1000.0
HEAD: Final = ("sessions", "server", f"each (≤ {GOAL:.0f} KiB)")


def measure(seconds: float) -> Section:
    """More and more sit in one room."""
    section = Section("memory of sessions", HEAD)
    with a_server() as server:
        server.admit(f"member{number:03}" for number in range(CROWDS[-1] + WARM))
        keys = keys_of(server, "member")
        first = Worker(Members, server.port, dict(list(keys.items())[:WARM]))
        members = Worker(Members, server.port, dict(list(keys.items())[WARM:]))
        try:
            first.ask("come_in", "go lounge")
            before, there = server.megabytes(), 0
            section.add((str(WARM), number(before, " MB"), ""), {"megabytes": before})
            for crowd in CROWDS:
                members.ask("come_in", "go lounge", crowd - there)
                there = crowd
                all_of_it = server.megabytes()
                each = 1024 * (all_of_it - before) / crowd
                section.add(
                    (
                        str(crowd + WARM),
                        number(all_of_it, " MB"),
                        judged(each, GOAL, " KiB"),
                    ),
                    {
                        "sessions": crowd + WARM,
                        "megabytes": all_of_it,
                        "KiB each": each,
                    },
                )
        finally:
            first.close()
            members.close()
    section.notes = (f"Without the first {WARM}, for whom caches are filled.",)
    return section

"""Coming in: from the end of the handshake to the first picture."""

import time
from typing import Final

from benchmarks.door import keys_of
from benchmarks.house import a_server
from benchmarks.measures import Spread, judged, number
from benchmarks.members import Members
from benchmarks.report import Section
from benchmarks.worker import Worker

LOGINS: Final = 25
WARM: Final = 5
GOAL: Final = 25.0
SETTLE: Final = 0.2
HEAD: Final = (
    "coming to",
    f"server CPU after the handshake (home: ≤ {GOAL:.0f} ms)",
    "p95",
    "handshake itself",
)
PLACES: Final = {"home": "go", "a room": "go lounge"}


def measure(seconds: float) -> Section:
    """One after the other comes in."""
    section = Section("first picture", HEAD)
    for what, place in PLACES.items():
        with a_server() as server:
            server.admit(f"member{number:03}" for number in range(LOGINS + WARM))
            members = Worker(Members, server.port, keys_of(server, "member"))
            try:
                members.ask("come_in", place, WARM)
                shake, paint = [], []
                for _ in range(LOGINS):
                    used = server.cpu()
                    members.ask("shake")
                    time.sleep(SETTLE)
                    shaken = server.cpu()
                    members.ask("come_in", place, 1)
                    time.sleep(SETTLE)
                    shake.append(1000 * (shaken - used))
                    paint.append(1000 * (server.cpu() - shaken) - shake[-1])
            finally:
                members.close()
        picture, handshake = Spread.of(paint), Spread.of(shake)
        first = (
            judged(picture.median, GOAL, " ms")
            if what == "home"
            else number(picture.median, " ms")
        )
        section.add(
            (
                what,
                first,
                number(picture.p95, " ms"),
                number(handshake.median, " ms"),
            ),
            {
                "place": what,
                "picture": picture.as_json(),
                "handshake": handshake.as_json(),
            },
        )
    section.notes = (
        "A handshake is the key exchange and the log-in of a connection on which "
        "nothing is asked for.",
    )
    return section

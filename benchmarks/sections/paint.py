"""Coming in: from the end of the handshake to the first picture."""

import time
from collections.abc import Mapping
from typing import Final

from benchmarks.door import keys_of
from benchmarks.house import LIVED_IN, a_server
from benchmarks.measures import Spread, judged, number
from benchmarks.members import Members
from benchmarks.million import GREAT, HUGE_POSTS
from benchmarks.plan import Plan
from benchmarks.report import Section
from benchmarks.worker import Worker
from tests.attacks.server import Server

WARM: Final = 5
GOAL: Final = 25.0
SETTLE: Final = 0.2
HOME: Final = "home"
HEAD: Final = (
    "coming to",
    f"server CPU after the handshake, p50 ({HOME}: ≤ {GOAL:.0f} ms)",
    "p95",
    "worst",
    "the handshake itself, p50",
    "p95",
    "log-ins",
)


def measure(plan: Plan) -> Section:
    """One after the other comes in: to a new house, and to one that was lived in."""
    section, logins = Section("first picture", HEAD), plan.logins
    with a_server() as server:
        groups = [f"group{at}of" for at in range(5)]
        for group in groups:
            server.admit(f"{group}{at:03}" for at in range(logins + WARM))
        people = [keys_of(server, group) for group in groups]
        _come(server, "home of a new house", "go", people.pop(), logins, section)
        made = server.fill()
        places = {
            HOME: "go",
            "a room": "go lounge",
            f"a board of {made.great_threads:,} threads": f"go {GREAT}",
            f"a thread of {HUGE_POSTS:,} posts": f"go {made.huge}",
        }
        for what, place in places.items():
            _come(server, what, place, people.pop(), logins, section)
    section.notes = (
        "A handshake is the key exchange and the log-in of a connection on which "
        f"nothing is asked for. All but the first row are of a house with {LIVED_IN:,} "
        "posts.",
    )
    return section


def _come(
    server: Server,
    what: str,
    place: str,
    keys: Mapping[str, bytes],
    logins: int,
    section: Section,
) -> None:
    members = Worker(Members, server.port, keys)
    shake, paint = [], []
    try:
        members.ask("come_in", place, WARM)
        for _ in range(logins):
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
    first = number(picture.median, " ms")
    if what == HOME:
        first = judged(picture.median, GOAL, " ms")
        section.promise(
            "first picture of home, server CPU after the handshake",
            f"{GOAL:.0f} ms",
            first,
        )
    section.add(
        (
            *(what, first, number(picture.p95, " ms"), number(picture.worst, " ms")),
            *(number(handshake.median, " ms"), number(handshake.p95, " ms")),
            str(picture.count),
        ),
        {
            "place": what,
            "picture": picture.as_json(),
            "handshake": handshake.as_json(),
        },
    )

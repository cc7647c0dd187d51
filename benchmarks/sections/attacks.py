"""What attackers cost the server, and what members feel of them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from benchmarks.attackers import Attackers
from benchmarks.door import keys_of
from benchmarks.house import a_server
from benchmarks.measures import Spread, judged, number
from benchmarks.members import Members
from benchmarks.plan import Plan
from benchmarks.report import Section
from benchmarks.worker import Worker
from tests.attacks.kinds import KINDS, STALL_SECONDS, Kind
from tests.attacks.server import Server

MEMBERS: Final = 10
ATTACKERS: Final = 4
ECHO_GOAL: Final = 150.0
"""Milliseconds until 99 of 100 keys stand on the screen, whatever others do."""
LONGEST_STALL: Final = 60.0
LONGEST_AFTER: Final = 30.0
WARM_SECONDS: Final = 1.5
LOOK: Final = 0.1

HEAD: Final = (
    "attackers",
    "echo p50",
    f"echo p99 (≤ {ECHO_GOAL:.0f} ms)",
    "echo worst",
    "server CPU",
    "memory each (≤ 2 or 20 MB)",
    f"gone after (≤ {STALL_SECONDS:.0f} s)",
    "files before → after",
    "files back after",
)


def measure(plan: Plan) -> Section:
    """Each kind in turn, while ten members sit in a room and one of them types."""
    section, seconds = Section(f"attacks by {ATTACKERS} at once", HEAD), plan.seconds
    with _members_in_a_room() as (server, members):
        _alone(server, members, seconds, section)
    for kind in KINDS:
        with _members_in_a_room() as (server, members):
            _attacked(server, members, kind, seconds, section)
    worst = max(one["echo"]["p99"] for one in section.figures)
    what = f"echo of a key, p99, in the worst of {len(KINDS)} kinds of attack"
    section.promise(what, f"{ECHO_GOAL:.0f} ms", judged(worst, ECHO_GOAL, " ms"))
    section.notes = (
        f"{MEMBERS} members sit in a room and one of them types. Each attack lasts "
        f"{seconds:.0f} s, and longer where its end is waited for. Memory is what the "
        "whole server grows by meanwhile, sessions included, by the number of "
        "attackers; each kind meets a server of its own, to which one of them came "
        "before, so that caches are filled.",
    )
    return section


@contextmanager
def _members_in_a_room() -> Iterator[tuple[Server, Worker]]:
    with a_server() as server:
        server.admit(f"member{number}" for number in range(MEMBERS))
        server.admit(f"attacker{number}" for number in range(ATTACKERS))
        members = Worker(Members, server.port, keys_of(server, "member"))
        try:
            members.ask("come_in", "go lounge")
            members.ask("echo", WARM_SECONDS)
            yield server, members
        finally:
            members.close()


def _alone(server: Server, members: Worker, seconds: float, section: Section) -> None:
    began, used = time.perf_counter(), server.cpu()
    echo = Spread.of(members.ask("echo", seconds))
    share = 100 * (server.cpu() - used) / (time.perf_counter() - began)
    section.add(
        ("none", *_echo(echo), number(share, " %"), "", "", str(server.files()), ""),
        {"kind": "none", "echo": echo.as_json(), "cpu percent": share},
    )


def _echo(echo: Spread) -> tuple[str, str, str]:
    p99 = judged(echo.p99, ECHO_GOAL, " ms")
    return number(echo.median, " ms"), p99, number(echo.worst, " ms")


def _attacked(
    server: Server, members: Worker, kind: Kind, seconds: float, section: Section
) -> None:
    attackers = Worker(Attackers, server.port, keys_of(server, "attacker"))
    files, peers = server.files(), server.peers()
    try:
        attackers.ask("begin", kind.name, 1)
        time.sleep(WARM_SECONDS)
        attackers.ask("stop")
        _back(server, files)

        before, used, began = server.megabytes(), server.cpu(), time.perf_counter()
        attackers.ask("begin", kind.name, ATTACKERS)
        members.tell("echo", seconds)
        most = before
        while not members.is_done(LOOK):
            most = max(most, server.megabytes())
        echo = Spread.of(members.answer())
        share = 100 * (server.cpu() - used) / (time.perf_counter() - began)
        gone = None
        while kind.stalls and time.perf_counter() - began < LONGEST_STALL:
            most = max(most, server.megabytes())
            if not server.peers() - peers:
                gone = time.perf_counter() - began
                break
            time.sleep(LOOK)
        troubles = attackers.ask("stop")
    finally:
        attackers.close()
    back = _back(server, files)
    after, each = server.files(), (most - before) / ATTACKERS
    section.add(
        (
            kind.name,
            *_echo(echo),
            number(share, " %"),
            judged(each, kind.megabytes, " MB"),
            judged(gone, STALL_SECONDS, " s") if kind.stalls else "",
            f"{files} → {after}",
            judged(back, LONGEST_AFTER, " s"),
        ),
        {
            "kind": kind.name,
            "echo": echo.as_json(),
            "cpu percent": share,
            "megabytes each": each,
            "gone after seconds": gone,
            "files": [files, after],
            "files back after seconds": back,
            "troubles": troubles,
        },
    )


def _back(server: Server, files: int) -> float | None:
    """Seconds until no more files are open than before; None: they stay open."""
    began = time.perf_counter()
    while time.perf_counter() - began < LONGEST_AFTER:
        if server.files() <= files:
            return time.perf_counter() - began
        time.sleep(LOOK)
    return None

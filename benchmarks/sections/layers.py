"""What each layer of the server costs for one line in a room."""

import json
import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from benchmarks.house import MeasuredServer, a_server
from benchmarks.measures import number
from benchmarks.plan import Plan
from benchmarks.probe import LAYERS, SAID
from benchmarks.report import Section
from benchmarks.talk import Talk, a_talk

CROWDS: Final = (2, 50, 200)
WARM: Final = 3
PATIENCE: Final = 10.0
LOOK: Final = 0.02
HEAD: Final = (
    "milliseconds of processor a line",
    *(f"{crowd} in the room" for crowd in CROWDS),
)


def measure(plan: Plan) -> Section:
    """A server with a meter in it, for lines as they are said in `fanout`."""
    section = Section("what a line costs, by layer", HEAD)
    with a_server(probed=True) as server, a_talk(server, CROWDS[-1]) as talk:
        costs = []
        for crowd in CROWDS:
            talk.grow(crowd)
            costs.append(_cost(server, talk, plan.lines))
    for layer in LAYERS:
        figures = [one[layer] for one in costs]
        _add(section, layer, figures)
    _add(section, "all of it", [sum(one.values()) for one in costs])
    section.notes = (
        f"Means of {plan.lines} lines. Counted in the server by the processor's clock "
        "at the entry and exit of each layer's functions (`benchmarks/probe.py`), each "
        "layer without those that it calls. The counting itself is in the figures, so "
        "that the whole is more than in the fan-out above.",
    )
    return section


def _add(section: Section, layer: str, figures: Sequence[float]) -> None:
    kept = dict(zip(CROWDS, figures, strict=True))
    section.add((layer, *map(number, figures)), {"layer": layer, "ms": kept})


def _cost(server: MeasuredServer, talk: Talk, lines: int) -> dict[str, float]:
    """Milliseconds a line by layer."""

    @contextmanager
    def counted() -> Iterator[None]:
        os.kill(server.pid, signal.SIGUSR1)
        yield
        os.kill(server.pid, signal.SIGUSR1)

    for _ in range(WARM):
        talk.say()
    for _ in range(lines):
        talk.say(counted())
    spent = _told(server)
    return {layer: milliseconds / lines for layer, milliseconds in spent.items()}


def _told(server: MeasuredServer) -> dict[str, float]:
    """What the meter says when it is asked."""
    before = len(server.said)
    os.kill(server.pid, signal.SIGUSR2)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for one in server.said[before:]:
            if one.startswith(SAID):
                return dict(json.loads(one.removeprefix(SAID)))
        time.sleep(LOOK)
    raise TimeoutError("the meter says nothing")

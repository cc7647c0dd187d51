"""`python -m benchmarks [SECTION …]`: measures, and prints what was measured."""

import argparse
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks.machine import describe, load, now
from benchmarks.plan import FULL, QUICK, Plan
from benchmarks.report import Section, as_markdown, put_into, save
from benchmarks.sections import (
    attacks,
    echo,
    fanout,
    idle,
    layers,
    memory,
    paint,
    stalls,
    storage,
)

SECTIONS: Final[dict[str, Callable[[Plan], Section]]] = {
    "fanout": fanout.measure,
    "layers": layers.measure,
    "echo": echo.measure,
    "stalls": stalls.measure,
    "paint": paint.measure,
    "idle": idle.measure,
    "memory": memory.measure,
    "storage": storage.measure,
    "attacks": attacks.measure,
}
RESULTS: Final = Path(__file__).parent / "results"


def main() -> int:
    """Measure what was asked for, each thing on a server that has just started."""
    asked = _read_command_line()
    machine, measured = describe(), {}
    plan, complete = (QUICK if asked.quick else FULL), True
    for name in asked.sections or SECTIONS:
        section = _measure(name, plan)
        complete = complete and section is not None
        if section is not None:
            measured |= {name: section, **section.beside}
    if not measured:
        return 1
    print(as_markdown(machine, measured))
    print(f"kept in {save(machine, measured, RESULTS)}.md, .json", file=sys.stderr)
    if asked.report:
        text = asked.report.read_text(encoding="utf-8")
        asked.report.write_text(put_into(text, machine, measured), encoding="utf-8")
    return 0 if complete else 1


def _measure(name: str, plan: Plan) -> Section | None:
    """One section; None where it broke, which costs the others nothing."""
    print(f"measuring {name} …", file=sys.stderr, flush=True)
    when, busy, began = now(), load(), time.monotonic()
    try:
        section = SECTIONS[name](plan)
    except Exception:
        traceback.print_exc()
        return None
    quick = ", a quick run that proves little" if plan is QUICK else ""
    for one in (section, *section.beside.values()):
        one.when = (
            f"{when}, load before {busy}, took {time.monotonic() - began:.0f} s{quick}"
        )
    return section


def _read_command_line() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    named = f"of {', '.join(SECTIONS)}; all of them where none is named"
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=named)
    parser.add_argument(
        "--quick", action="store_true", help="less of everything, in a few minutes"
    )
    parser.add_argument(
        "--report", type=Path, help="a document that what was measured is put into"
    )
    asked = parser.parse_args()
    if unknown := set(asked.sections) - set(SECTIONS):
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    if asked.report and asked.quick:
        parser.error("a quick run is not for a document")
    return asked


if __name__ == "__main__":
    sys.exit(main())

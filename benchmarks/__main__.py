"""`python -m benchmarks [SECTION …]`: measures, and prints what was measured."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks.machine import describe
from benchmarks.report import Section, as_markdown, save
from benchmarks.sections import attacks, echo, fanout, idle, memory, paint, storage

SECTIONS: Final[dict[str, Callable[[float], Section]]] = {
    "echo": echo.measure,
    "fanout": fanout.measure,
    "paint": paint.measure,
    "memory": memory.measure,
    "idle": idle.measure,
    "storage": storage.measure,
    "attacks": attacks.measure,
}
RESULTS: Final = Path(__file__).parent / "results"


def main() -> None:
    """Measure what was asked for, each thing on a server that has just started."""
    asked = _read_command_line()
    machine, measured = describe(), []
    for name in asked.sections or SECTIONS:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        measured.append(SECTIONS[name](asked.seconds))
    text = as_markdown(machine, measured)
    print(text)
    print(f"kept in {save(machine, measured, RESULTS)}", file=sys.stderr)
    if asked.markdown:
        asked.markdown.write_text(text, encoding="utf-8")


def _read_command_line() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    named = f"of {', '.join(SECTIONS)}; all of them where none is named"
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=named)
    parser.add_argument(
        "--seconds", type=float, default=8.0, help="how long each thing is watched"
    )
    parser.add_argument("--markdown", type=Path, help="a file for the report as well")
    asked = parser.parse_args()
    if unknown := set(asked.sections) - set(SECTIONS):
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    return asked


if __name__ == "__main__":
    main()

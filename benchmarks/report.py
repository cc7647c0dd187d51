"""Results as people read them and as programs do."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Section:
    """What was measured of one thing."""

    title: str
    head: Sequence[str]
    """The columns' names, with their goals."""
    rows: list[Sequence[str]] = field(default_factory=list)
    figures: list[Mapping[str, Any]] = field(default_factory=list)
    """The same for programs, nothing rounded away."""
    notes: Sequence[str] = ()

    def add(self, row: Sequence[str], figures: Mapping[str, Any]) -> None:
        """One more row."""
        self.rows.append(row)
        self.figures.append(figures)


def as_markdown(machine: Mapping[str, Any], sections: Sequence[Section]) -> str:
    """A report to read; figures in bold miss their goals."""
    parts = [
        "# Measured",
        ", ".join(f"{key} {value}" for key, value in machine.items()),
    ]
    for one in sections:
        table = [one.head, ["---"] * len(one.head), *one.rows]
        parts.append(f"## {one.title}")
        parts.append("\n".join(f"| {' | '.join(row)} |" for row in table))
        parts += one.notes
    return "\n\n".join(parts) + "\n"


def save(machine: Mapping[str, Any], sections: Sequence[Section], folder: Path) -> Path:
    """Keep the figures as JSON; returns where."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = "".join(one for one in str(machine["date"]) if one.isdigit())
    path = folder / f"{stamp}-{'-'.join(one.title.split()[0] for one in sections)}.json"
    kept = {
        "machine": machine,
        "sections": {one.title: one.figures for one in sections},
    }
    path.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    return path

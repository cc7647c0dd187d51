"""Results as people read them and as programs do."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

GOALS_HEAD: Final = ("what", "goal", "measured")


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
    goals: list[Sequence[str]] = field(default_factory=list)
    """What was promised of it: what, the goal, and what came of it."""
    when: str = ""
    """When that was, and how busy the machine had been with other things."""
    beside: dict[str, "Section"] = field(default_factory=dict)
    """What else was measured in the same house, by its name."""

    def add(self, row: Sequence[str], figures: Mapping[str, Any]) -> None:
        """One more row."""
        self.rows.append(row)
        self.figures.append(figures)

    def promise(self, what: str, goal: str, measured: str) -> None:
        """One more goal, beside what was measured."""
        self.goals.append((what, goal, measured))

    def as_markdown(self) -> str:
        """The table and what there is to say of it."""
        parts = [*([table(self.head, self.rows)] if self.rows else []), *self.notes]
        return "\n\n".join([*parts, *([f"*{self.when}*"] if self.when else [])])


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows as Markdown has them."""
    ruled = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in ruled)


def as_markdown(machine: Mapping[str, Any], sections: Mapping[str, Section]) -> str:
    """A report to read; figures in bold miss their goals."""
    goals = [goal for one in sections.values() for goal in one.goals]
    parts = ["# Measured", said(machine)]
    parts += [table(GOALS_HEAD, goals)] if goals else []
    for one in sections.values():
        parts += [f"## {one.title}", one.as_markdown()]
    return "\n\n".join(parts) + "\n"


def said(machine: Mapping[str, Any]) -> str:
    """The machine and its programs, in a line."""
    return ", ".join(f"{key} {value}" for key, value in machine.items())


def save(
    machine: Mapping[str, Any], sections: Mapping[str, Section], folder: Path
) -> Path:
    """Keep the report as Markdown and as JSON; returns where, without the ending."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = "".join(one for one in str(machine["date"]) if one.isdigit())
    path = folder / f"{stamp}-{'-'.join(sections)}"
    kept = {
        "machine": machine,
        "sections": {
            name: {
                "title": one.title,
                "when": one.when,
                "figures": one.figures,
                "goals": one.goals,
                "notes": one.notes,
            }
            for name, one in sections.items()
        },
    }
    text = json.dumps(kept, indent=2, ensure_ascii=False) + "\n"
    path.with_suffix(".json").write_text(text, encoding="utf-8")
    path.with_suffix(".md").write_text(as_markdown(machine, sections), encoding="utf-8")
    return path


def put_into(
    text: str, machine: Mapping[str, Any], sections: Mapping[str, Section]
) -> str:
    """A document with what was measured now in place of what was measured before.

    What stands between `<!-- measured: NAME -->` and `<!-- measured -->` is replaced:
    the machine, each of the sections, and of the goals those that were looked at. All
    else is written by hand and stays.

    Raises:
        LookupError: The document has no place for one of them.
    """
    text = _replace(text, "machine", said(machine))
    for name, one in sections.items():
        text = _replace(text, name, one.as_markdown())
    goals = {row[0]: row for row in _rows(_between(text, "goals")[1])}
    goals |= {row[0]: row for one in sections.values() for row in one.goals}
    return _replace(text, "goals", table(GOALS_HEAD, list(goals.values())))


def _between(text: str, name: str) -> re.Match[str]:
    place = (
        rf"(?s)(?<=<!-- measured: {re.escape(name)} -->\n)(.*?)(?=<!-- measured -->)"
    )
    if (found := re.search(place, text)) is None:
        raise LookupError(f"no place for what was measured: {name}")
    return found


def _replace(text: str, name: str, by: str) -> str:
    place = _between(text, name)
    return f"{text[: place.start()]}\n{by}\n\n{text[place.end() :]}"


def _rows(text: str) -> list[Sequence[str]]:
    """The rows of a table, without its head."""
    rows = [one for one in text.splitlines() if one.startswith("|")]
    return [[cell.strip() for cell in one.strip("|").split("|")] for one in rows[2:]]

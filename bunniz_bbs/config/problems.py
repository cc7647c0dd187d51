"""Mistakes in boards.yaml, each with the line it stands on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TypeAlias

from bunniz_bbs.domain.text import printable

Path_: TypeAlias = Sequence[str | int]
"""The steps from the top of the file to a part of it: keys, and places in lists."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake."""

    file: Path
    line: int
    """From 1."""
    key: str
    """The path to it, `boards.money.ttl_days`; empty for the file as a whole."""
    problem: str

    def __str__(self) -> str:
        """`file:line: key: problem`, fit for a terminal."""
        key = f"{self.key}: " if self.key else ""
        return printable(f"{self.file}:{self.line}: {key}{self.problem}")


class ConfigBroken(Exception):
    """boards.yaml cannot be used; every mistake in it is named."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def near(wanted: str, known: Iterable[str]) -> str:
    """`; did you mean …?` where one of the known words is close, else nothing."""
    found = get_close_matches(wanted[:60], list(known), n=1, cutoff=0.6)
    return f"; did you mean `{found[0]}`?" if found else ""

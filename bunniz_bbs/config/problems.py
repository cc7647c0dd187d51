"""Mistakes in boards.yaml, each with the line it stands on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final, TypeAlias

from bunniz_bbs.domain.text import printable

Steps: TypeAlias = Sequence[str | int]
"""The way from the top of the file to a part of it: keys, and places in lists."""
Mistake: TypeAlias = tuple[Steps, str]
"""What is wrong, and where."""

WHOLE: Final = "file"
"""What stands for a key where the file as a whole is wrong."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake."""

    file: Path
    line: int
    """From 1."""
    key: str
    """The path to it, as in `boards.money.ttl_days`."""
    problem: str

    def __str__(self) -> str:
        """`file:line: key: problem`, fit for a terminal."""
        return printable(f"{self.file}:{self.line}: {self.key}: {self.problem}")


class ConfigBroken(Exception):
    """boards.yaml cannot be used; every mistake in it is named."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def closest(wanted: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """The known word that is most like the wanted one, if any is like it at all.

    How much it must be is from 0, not at all, to 1, the same but for capitals.
    """
    folded = {one.casefold(): one for one in known}
    found = get_close_matches(wanted[:60].casefold(), list(folded), n=1, cutoff=alike)
    return folded[found[0]] if found else None


def near(wanted: str, known: Iterable[str]) -> str:
    """`; did you mean …?` where one of the known words is close, else nothing."""
    found = closest(wanted, known)
    return f"; did you mean `{found}`?" if found is not None else ""


def shown(value: object) -> str:
    """A value between backticks, cut where it is long."""
    text = str(value)
    return f"`{text}`" if len(text) <= 40 else f"`{text[:39]}…`"

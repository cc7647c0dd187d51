"""A value of boards.yaml that knows where it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bunniz_bbs.config.problems import WHOLE, Steps


@dataclass(slots=True)
class Found:
    """A value of the file and what it holds."""

    value: Any = None
    """Plain: dict, tuple, text, number, day, True, False or None."""
    inner: dict[str | int, "Found"] = field(default_factory=dict)
    """The parts of it, by key or by place."""
    lines: dict[str | int, int] = field(default_factory=dict)
    """The line, from 1, on which each part begins, with its key where it has one."""
    size: int = 1
    """How many values it holds, itself included; what is repeated counts again."""
    broken: bool = False
    """Whether something else stood here that was a mistake, told already."""

    def way(self, steps: Steps) -> list["Found"]:
        """The values on the way, from this one to the deepest that is there."""
        way = [self]
        for step in steps:
            if step not in way[-1].inner:
                break
            way.append(way[-1].inner[step])
        return way

    def at(self, steps: Steps) -> "Found | None":
        """The value at the end of the way, if it is there."""
        way = self.way(steps)
        return way[-1] if len(way) == len(steps) + 1 else None

    def line_of(self, steps: Steps) -> int:
        """The line of the deepest part on the way that is there."""
        way = self.way(steps)
        line = 1
        for here, step in zip(way[:-1], steps, strict=False):
            line = here.lines[step]
        return line

    def key_of(self, steps: Steps) -> str:
        """The way in words; items of lists are named by their slug where they have one.

        Places in lists count from 0, as in `house_rules[0].fr`.
        """
        words = ""
        for index, step in enumerate(steps):
            if isinstance(step, int):
                name = _name(self.at(steps[: index + 1]))
                words += f".{name}" if name else f"[{step}]"
            else:
                words += f".{step[:60]}"
        return words.removeprefix(".") or WHOLE

    def items(self, key: str) -> Iterator[tuple[tuple[str, int], "Found"]]:
        """What stands in the list under a key, each with the way to it."""
        listed = self.inner.get(key)
        if listed is not None and isinstance(listed.value, tuple):
            for index in range(len(listed.value)):
                yield (key, index), listed.inner[index]

    def text(self, *keys: str) -> str | None:
        """The text under a key of a key, if a text stands there."""
        one = self.at(keys)
        return one.value if one and isinstance(one.value, str) else None


def _name(item: Found | None) -> str:
    """What an item of a list is called: its slug, id or number."""
    if item is not None and isinstance(item.value, Mapping):
        for key in ("slug", "id", "number"):
            if name := item.text(key):
                return name[:60]
    return ""

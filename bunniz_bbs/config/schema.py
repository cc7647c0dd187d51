"""The JSON Schema of boards.yaml, and what it wants at each place of the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from bunniz_bbs.config.house import HouseConfig
from bunniz_bbs.config.problems import Steps

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
MOST_KEYS: Final = 6
"""Keys that are named in a sentence; more are hard to read."""


def schema() -> dict[str, Any]:
    """The JSON Schema of boards.yaml, for editors that complete and check."""
    return {"$schema": _DIALECT, **HouseConfig.model_json_schema()}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What can stand at a place of the file."""

    kind: str = ""
    """In JSON Schema's words; `date` for a day."""
    words: tuple[Any, ...] = ()
    """All that can stand there; empty where that is not a choice."""
    keys: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    nullable: bool = False

    def sentence(self) -> str:
        """`must be …`, in plain words."""
        if self.words:
            words = [*self.words, *([None] if self.nullable else [])]
            either = listed([f"`{_written(word)}`" for word in words])
            return f"must be {'one of ' if words[1:] else ''}{either}"
        return f"must {self._what()}{' or `null`' if self.nullable else ''}"

    def _what(self) -> str:
        match self.kind:
            case "string":
                return "be text"
            case "date":
                return "be a day, written as in `2026-08-01`"
            case "integer":
                return f"be a whole number from {self.least} to {self.most}"
            case "boolean":
                return "be `true` or `false`"
            case "array":
                return "be a list"
            case "object":
                few = self.keys[: 1 if len(self.keys) > MOST_KEYS else None]
                return f"hold keys such as {listed([f'`{key}`' for key in few])}"
            case _:
                return "be something else"


def listed(words: list[str]) -> str:
    """Words as a list in a sentence."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def wanted_at(steps: Steps) -> Wanted:
    """What can stand at the end of a way; nothing known where no place is."""
    part: Mapping[str, Any] = _whole()
    for step in steps:
        part = _plain(part)[0]
        if isinstance(step, int):
            part = part.get("items", {})
        else:
            part = part.get("properties", {}).get(step, {})
    part, nullable = _plain(part)
    return Wanted(
        kind=part.get("format", part.get("type", "")),
        words=(part["const"],) if "const" in part else tuple(part.get("enum", ())),
        keys=tuple(part.get("properties", ())),
        least=part.get("minimum"),
        most=part.get("maximum"),
        nullable=nullable,
    )


@cache
def _whole() -> dict[str, Any]:
    return HouseConfig.model_json_schema()


def _plain(part: Mapping[str, Any]) -> tuple[Mapping[str, Any], bool]:
    """A part with what it refers to, and whether it can be null."""
    nullable = False
    if "anyOf" in part:
        nullable = any(one.get("type") == "null" for one in part["anyOf"])
        part = next(one for one in part["anyOf"] if one.get("type") != "null")
    if "$ref" in part:
        part = _whole()["$defs"][part["$ref"].rsplit("/", 1)[1]]
    return part, nullable


def _written(word: object) -> str:
    """A word as YAML writes it."""
    if word is None:
        return "null"
    return str(word).lower() if isinstance(word, bool) else str(word)

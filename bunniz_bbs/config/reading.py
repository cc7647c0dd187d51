"""A YAML file as plain values that know their lines.

The tree of nodes is walked here instead of being constructed by the parser: so every
value keeps its line, aliases cost nothing, and all slips are told at once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bunniz_bbs.config.problems import ConfigBroken, Path_, Problem
from bunniz_bbs.config.syntax import explain_syntax

LARGEST: Final = 2**20
"""Bytes; far more than four languages of anything need."""
MOST_PARTS: Final = 50_000
"""Keys, items and values; what an alias stands for counts at each use."""
DEEPEST: Final = 50
_TAG: Final = "tag:yaml.org,2002:"
_SCALARS: Final = ("str", "int", "float", "bool", "null", "timestamp")


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
    """How many values it holds, itself included."""

    def line_of(self, path: Path_) -> int:
        """The line of the deepest part of a path that is there."""
        line, here = 1, self
        for step in path:
            if step not in here.inner:
                break
            line, here = here.lines[step], here.inner[step]
        return line

    def key_of(self, path: Path_) -> str:
        """A path in words; items of lists are named by their slug where they have one.

        Places in lists count from 0, as in `house_rules[0].fr`.
        """
        words = ""
        here: Found | None = self
        for step in path:
            here = here.inner.get(step) if here else None
            if isinstance(step, int):
                name = _name(here.value if here else None)
                words += f".{name}" if name else f"[{step}]"
            else:
                words += f".{step[:60]}"
        return words.removeprefix(".")


def _name(value: object) -> str:
    """What an item of a list is called: its slug, id or number."""
    if isinstance(value, Mapping):
        for key in ("slug", "id", "number"):
            if isinstance(name := value.get(key), str) and name:
                return name[:60]
    return ""


def read_yaml(path: Path) -> tuple[Found, list[Problem]]:
    """What a file holds, and the slips in it that do not keep it from being read.

    Raises:
        ConfigBroken: It cannot be read as YAML at all.
    """
    text = _read_text(path)
    yaml = YAML(typ="safe", pure=True)
    yaml.max_depth = DEEPEST
    yaml.composer.warn_double_anchors = False  # YAML lets an anchor be set anew
    walk = _Walk(path, yaml)
    try:
        node = yaml.compose(text)
    except (YAMLError, ValueError, RecursionError, AssertionError) as error:
        line, problem = explain_syntax(error, text)
        raise ConfigBroken([Problem(path, line, "", problem)]) from None
    except Exception as error:
        # The parser meets some broken directives and tags with whatever comes up.
        problem = f"this is not YAML that can be read ({type(error).__name__})"
        raise ConfigBroken([Problem(path, 1, "", problem)]) from None
    if node is None or _is_null(node):
        raise ConfigBroken([Problem(path, 1, "", "the file is empty")])
    if not isinstance(node, MappingNode):
        problem = "must hold keys such as `boards:` and `rooms:`"
        raise ConfigBroken([Problem(path, _line(node), "", problem)])
    found = walk.found(node, ())
    if found.size > MOST_PARTS:
        problem = f"holds more than {MOST_PARTS} values, counting what aliases repeat"
        raise ConfigBroken([Problem(path, 1, "", problem)])
    return found, [
        Problem(path, line, found.key_of(steps), problem)
        for line, steps, problem in walk.slips
    ]


def _read_text(path: Path) -> str:
    def broken(problem: str, line: int = 1) -> ConfigBroken:
        return ConfigBroken([Problem(path, line, "", problem)])

    try:
        if path.is_dir():
            raise broken("this is a folder, not a file")
        if path.exists() and not path.is_file():
            raise broken("this is not a plain file")
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise broken("there is no such file") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a name for a file"
        raise broken(f"cannot be read: {str(why).lower()}") from None
    if len(raw) > LARGEST:
        raise broken(f"is larger than {LARGEST // 1024} KiB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise broken("this is not UTF-8 text; save the file as UTF-8", line) from None


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _is_null(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.tag == f"{_TAG}null"


class _Walk:
    """Turns nodes into values; an anchored node is turned once."""

    def __init__(self, path: Path, yaml: YAML) -> None:
        self.path = path
        self.yaml = yaml
        self.slips: list[tuple[int, tuple[str | int, ...], str]] = []
        self.done: dict[int, Found] = {}
        self.open: set[int] = set()

    def found(self, node: Node, path: tuple[str | int, ...]) -> Found:
        """The value of a node that stands at a path."""
        if id(node) in self.open:
            self._slip(node, path, "stands within itself, through an alias")
            return Found()
        if id(node) not in self.done:
            self.open.add(id(node))
            self.done[id(node)] = self._made(node, path)
            self.open.remove(id(node))
        return self.done[id(node)]

    def _made(self, node: Node, path: tuple[str | int, ...]) -> Found:
        if isinstance(node, MappingNode) and node.tag == f"{_TAG}map":
            return self._mapping(node, path)
        if isinstance(node, SequenceNode) and node.tag == f"{_TAG}seq":
            return self._sequence(node, path)
        if isinstance(node, ScalarNode) and node.tag.removeprefix(_TAG) in _SCALARS:
            return Found(self._scalar(node, path))
        tag = node.tag.replace(_TAG, "!!")
        self._slip(node, path, f"the tag {tag} has no meaning here; leave it out")
        return Found()

    def _scalar(self, node: ScalarNode, path: tuple[str | int, ...]) -> object:
        try:
            return self.yaml.constructor.construct_object(node)
        except (ValueError, OverflowError, YAMLError):
            kind = "day" if node.tag == f"{_TAG}timestamp" else "number"
            problem = f"{node.value[:40]} is no {kind}; put a text between quotes"
            self._slip(node, path, problem)
            return None

    def _sequence(self, node: SequenceNode, path: tuple[str | int, ...]) -> Found:
        made = Found()
        for index, item in enumerate(node.value):
            self._add(made, index, item, _line(item), path)
        made.value = tuple(one.value for one in made.inner.values())
        return made

    def _mapping(self, node: MappingNode, path: tuple[str | int, ...]) -> Found:
        made = Found()
        merged: list[Node] = []
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self._slip(key_node, path, "a key must be a plain word")
                continue
            if key_node.tag == f"{_TAG}merge":
                merged.append(value_node)
                continue
            key = str(key_node.value)
            if key in made.inner:
                problem = f"this key stands on line {made.lines[key]} already"
                self._slip(key_node, (*path, key), problem)
                continue
            self._add(made, key, value_node, _line(key_node), path)
        for other in self._merged(merged, path):
            for key, one in other.inner.items():
                if key not in made.inner:
                    made.inner[key], made.lines[key] = one, other.lines[key]
                    made.size += one.size
        made.value = {key: one.value for key, one in made.inner.items()}
        return made

    def _merged(
        self, nodes: list[Node], path: tuple[str | int, ...]
    ) -> Iterator[Found]:
        """The mappings that `<<` brings in, the strongest first."""
        for node in nodes:
            for one in node.value if isinstance(node, SequenceNode) else [node]:
                if isinstance(one, MappingNode):
                    yield self.found(one, path)
                else:
                    self._slip(one, (*path, "<<"), "must be an alias of keys")

    def _add(
        self,
        made: Found,
        step: str | int,
        node: Node,
        line: int,
        path: tuple[str | int, ...],
    ) -> None:
        one = self.found(node, (*path, step))
        made.inner[step], made.lines[step] = one, line
        made.size += one.size

    def _slip(self, node: Node, path: tuple[str | int, ...], problem: str) -> None:
        self.slips.append((_line(node), path, problem))

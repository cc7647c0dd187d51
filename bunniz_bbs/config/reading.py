"""A YAML file as plain values that know their lines.

The tree of nodes is walked here instead of being constructed by the parser: so every
value keeps its line, aliases cost nothing, and all slips are told at once.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bunniz_bbs.config.found import Found
from bunniz_bbs.config.problems import WHOLE, ConfigBroken, Problem, shown
from bunniz_bbs.config.syntax import explain_syntax, key_on

LARGEST: Final = 2**19
"""Bytes; far more than four languages of anything need."""
MOST_PARTS: Final = 50_000
"""Keys, items and values; what an alias stands for counts at each use."""
DEEPEST: Final = 50
_TAG: Final = "tag:yaml.org,2002:"
_SCALARS: Final = ("str", "int", "float", "bool", "null", "timestamp")
_HALF: Final = re.compile("[\ud800-\udfff]")
"""Halves of characters, which `\\ud800` between double quotes makes."""
_UNSEEN_BREAKS: Final = re.compile("[\x85\u2028\u2029]")


def read_yaml(path: Path, text: str) -> tuple[Found, list[Problem]]:
    """What a file's text holds, and the slips that do not keep it from being read.

    Raises:
        ConfigBroken: It cannot be read as YAML at all.
    """
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer = _Composer
    yaml.max_depth = DEEPEST
    yaml.composer.warn_double_anchors = False  # YAML lets an anchor be set anew
    try:
        node = yaml.compose(text)
    except (YAMLError, ValueError, RecursionError, AssertionError) as error:
        line, problem = explain_syntax(error, text)
        key = key_on(text, line) or WHOLE
        raise ConfigBroken([Problem(path, line, key, problem)]) from None
    except Exception as error:
        # The parser meets some broken directives and tags with whatever comes up.
        problem = f"this is not YAML that can be read ({type(error).__name__})"
        raise _broken(path, problem) from None
    if node is None or _tag(node) == "null":
        raise _broken(path, "is empty")
    if not isinstance(node, MappingNode):
        raise _broken(path, "must hold keys such as `boards:` and `rooms:`")
    walk = _Walk(yaml)
    try:
        found = walk.found(node, ())
    except _TooMuch:
        problem = f"holds more than {MOST_PARTS} values, counting what aliases repeat"
        raise _broken(path, problem) from None
    return found, [
        Problem(path, line, found.key_of(steps), problem)
        for line, steps, problem in walk.slips
    ]


def _broken(path: Path, problem: str, line: int = 1) -> ConfigBroken:
    return ConfigBroken([Problem(path, line, WHOLE, problem)])


def read_text(path: Path) -> str:
    """The text of a file.

    Raises:
        ConfigBroken: It cannot be read, is too large, or is no text.
    """
    try:
        if path.is_dir():
            raise _broken(path, "this is a folder, not a file")
        if path.exists() and not path.is_file():
            raise _broken(path, "this is not a plain file")
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise _broken(path, "there is no such file") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a name for a file"
        raise _broken(path, f"cannot be read: {str(why).lower()}") from None
    if len(raw) > LARGEST:
        raise _broken(path, f"is larger than {LARGEST // 1024} KiB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = "this is not UTF-8 text; save the file as UTF-8"
        raise _broken(path, problem, line) from None
    if odd := _UNSEEN_BREAKS.search(text):
        # The parser would count a line where no editor shows one.
        line = text.count("\n", 0, odd.start()) + 1
        code = f"U+{ord(odd[0]):04X}"
        raise _broken(path, f"holds a line break that cannot be seen ({code})", line)
    return text


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _tag(node: Node) -> str:
    """What kind of value a node is: `str`, `map`; others stand in full."""
    tag = node.tag or ""
    return tag.removeprefix(_TAG)


class _TooMuch(Exception):
    """The file holds more values than any house needs."""


class _Composer(Composer):
    """Remembers where aliases stand in lists; nodes know only their anchors' lines."""

    def __init__(self, loader: Any = None) -> None:
        super().__init__(loader=loader)
        self.uses: dict[tuple[int, int], int] = {}

    def compose_node(self, parent: Any, index: Any) -> Any:
        """The next node; as the parser's own, but for aliases in lists."""
        if isinstance(index, int) and self.parser.check_event(AliasEvent):
            mark = self.parser.peek_event().start_mark
            self.uses[id(parent), index] = int(mark.line) + 1
        return super().compose_node(parent, index)


class _Walk:
    """Turns nodes into values; an anchored node is turned once."""

    def __init__(self, yaml: YAML) -> None:
        self.yaml = yaml
        self.slips: list[tuple[int, tuple[str | int, ...], str]] = []
        self.done: dict[int, Found] = {}
        self.open: set[int] = set()
        self.parts = 0

    def found(self, node: Node, path: tuple[str | int, ...]) -> Found:
        """The value of a node that stands at a path."""
        if id(node) in self.open:
            return self._slip(node, path, "stands within itself, through an alias")
        if id(node) not in self.done:
            self.open.add(id(node))
            self.done[id(node)] = self._made(node, path)
            self.open.remove(id(node))
        return self.done[id(node)]

    def _made(self, node: Node, path: tuple[str | int, ...]) -> Found:
        tag = _tag(node)
        if isinstance(node, MappingNode) and tag == "map":
            return self._mapping(node, path)
        if isinstance(node, SequenceNode) and tag == "seq":
            return self._sequence(node, path)
        if isinstance(node, ScalarNode) and tag in _SCALARS:
            return self._scalar(node, path)
        tag = (node.tag or "").replace(_TAG, "!!")
        return self._slip(node, path, f"the tag {shown(tag)} has no meaning here")

    def _scalar(self, node: ScalarNode, path: tuple[str | int, ...]) -> Found:
        try:
            return Found(self.yaml.constructor.construct_object(node))
        except (ValueError, OverflowError, TypeError, AttributeError, YAMLError):
            kind = "day" if _tag(node) == "timestamp" else "number"
            problem = f"{shown(node.value)} is no {kind}; put a text between quotes"
            return self._slip(node, path, problem)

    def _sequence(self, node: SequenceNode, path: tuple[str | int, ...]) -> Found:
        made = Found()
        for index, item in enumerate(node.value):
            line = self.yaml.composer.uses.get((id(node), index), _line(item))
            self._add(made, index, self.found(item, (*path, index)), line)
        made.value = tuple(one.value for one in made.inner.values())
        return made

    def _mapping(self, node: MappingNode, path: tuple[str | int, ...]) -> Found:
        made = Found()
        merged: dict[int, Node] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode) or _HALF.search(key_node.value):
                self._slip(key_node, path, "a key must be a plain word")
                continue
            if _tag(key_node) == "merge":
                several = isinstance(value_node, SequenceNode)
                for one in value_node.value if several else [value_node]:
                    merged.setdefault(id(one), one)
                continue
            key = str(key_node.value)
            if key in made.inner:
                problem = f"this key stands on line {made.lines[key]} already"
                self._slip(key_node, (*path, key), problem)
                continue
            one = self.found(value_node, (*path, key))
            self._add(made, key, one, _line(key_node))
        for other in self._merged(merged.values(), path):
            for step, one in other.inner.items():
                if step not in made.inner:
                    self._add(made, step, one, other.lines[step])
        made.value = {key: one.value for key, one in made.inner.items()}
        return made

    def _merged(
        self, nodes: Iterable[Node], path: tuple[str | int, ...]
    ) -> Iterator[Found]:
        """The mappings that `<<` brings in, the strongest first."""
        for node in nodes:
            if isinstance(node, MappingNode):
                yield self.found(node, path)
            else:
                self._slip(node, (*path, "<<"), "must be an alias of keys")

    def _add(self, made: Found, step: str | int, one: Found, line: int) -> None:
        made.inner[step], made.lines[step] = one, line
        made.size += one.size
        self.parts += 1
        if max(made.size, self.parts) > MOST_PARTS:
            raise _TooMuch

    def _slip(self, node: Node, path: tuple[str | int, ...], problem: str) -> Found:
        self.slips.append((_line(node), path, problem))
        return Found(broken=True)

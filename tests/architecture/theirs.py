"""Finds every name of asyncssh and Textual that they promised to nobody and we rely on.

`python -m tests.architecture.theirs` writes the list anew, to be read as a diff.
"""

import ast
import importlib
import inspect
import sys
from asyncio import Event
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

from asyncssh.channel import SSHServerChannel
from asyncssh.connection import SSHServerConnection
from textual._compositor import Compositor
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

from tests.architecture.tree import MODULES, PACKAGE, name_of

LIST: Final = Path(__file__).with_name("theirs.txt")
LIBRARIES: Final = ("asyncio", "asyncssh", "textual")
GUARDS: Final = ("ssh", "tui/guarded.py", "tui/filters.py")
"""What stands between clients and the house. Here names without `_` count too: a method
that is overridden to take something away does so only while it is called."""
OBJECTS: Final[dict[str, type]] = {
    "connection": SSHServerConnection,
    "channel": SSHServerChannel,
    "screen": Screen,
    "self._compositor": Compositor,
    "ready": Event,
    "pump": MessagePump,
    "app": App,
    "self._own": App,
    "self._feed": Widget,
    "widget": Widget,
}
"""What variables hold whose private names are used."""
LONGEST: Final = 60

Names = dict[str, str]
"""Names, each as it is first written."""
Line = tuple[str, str]
"""Whose a name is, and what it looks like there."""


def is_private(name: str) -> bool:
    """Whether a name is nobody's business but its owner's."""
    return name.startswith("_") and not name.startswith("__")


def library(module: str) -> str:
    """What a module is part of."""
    return module.partition(".")[0]


def source_of(module: str) -> str:
    """A module as it is written."""
    return inspect.getsource(sys.modules[module])


@cache
def class_body(kind: type) -> ast.ClassDef:
    """A class as it is written."""
    tree = ast.parse(source_of(kind.__module__))
    return next(
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name == kind.__name__
    )


def cut(text: str) -> str:
    """A long value is not told to its end."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def shape(node: ast.stmt) -> str:
    """How a name is defined: a signature, or a first value."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        marks = "".join(f"@{ast.unparse(one)} " for one in node.decorator_list)
        kind = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
        returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
        return f"{marks}{kind} {node.name}({ast.unparse(node.args)}){returns}"
    if isinstance(node, ast.AnnAssign):
        value = f" = {cut(ast.unparse(node.value))}" if node.value else ""
        return f"{ast.unparse(node.target)}: {ast.unparse(node.annotation)}{value}"
    assert isinstance(node, ast.Assign)
    targets = " = ".join(ast.unparse(one) for one in node.targets)
    return f"{targets} = {cut(ast.unparse(node.value))}"


def on_self(node: ast.expr) -> Iterator[str]:
    """The names that an assignment gives to `self`."""
    for one in ast.walk(node):
        stored = isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Store)
        if stored and ast.unparse(one.value) == "self":
            yield one.attr


@cache
def defined(kind: type) -> Names:
    """The names that a class defines or sets, as they are first written."""
    body = class_body(kind)
    found: Names = {}
    for node in body.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.setdefault(node.name, shape(node))
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, shape(node))
    for node in ast.walk(body):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for name in on_self(target):
                    single = isinstance(target, ast.Attribute)
                    found.setdefault(name, shape(node) if single else f"self.{name}, …")
    return found


def their_bases(kind: type) -> list[type]:
    """What a class has from the libraries."""
    return [one for one in kind.__mro__ if library(one.__module__) in LIBRARIES]


def whose(kind: type, name: str) -> Line | None:
    """Which class of theirs a name comes from, and what it looks like there."""
    for base in their_bases(kind):
        if name in defined(base):
            return f"{base.__module__}.{base.__name__}", defined(base)[name]
    return None


def is_ours(kind: type, name: str) -> bool:
    """Whether a class of ours defines or sets a name."""
    ours = [one for one in kind.__mro__ if library(one.__module__) == "bunniz_bbs"]
    return any(name in defined(one) for one in ours)


def of_self(node: ast.expr) -> bool:
    """Whether an expression is the object itself, or its class."""
    return ast.unparse(node) in ("self", "cls", "super()", "cast(Any, self)")


def used(tree: ast.AST) -> Iterator[ast.Attribute]:
    """Every private name that is looked up on something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            yield node


class Finder:
    """Goes through the modules of this program."""

    def __init__(self) -> None:
        self.theirs: defaultdict[Line, set[str]] = defaultdict(set)
        """What is relied on, and in which files."""
        self.lost: list[str] = []
        """Private names that neither they nor we define."""

    def module(self, path: Path) -> None:
        """One module: what it imports, what its classes override and use."""
        tree = ast.parse(path.read_text(encoding="utf-8"))
        self._imports(path, tree)
        if path.relative_to(PACKAGE).parts[0] not in ("ssh", "tui"):
            return
        dotted = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        module = importlib.import_module(dotted.removesuffix(".__init__"))
        kinds = {one: it for one, it in vars(module).items() if isinstance(it, type)}
        for kind in kinds.values():
            if kind.__module__ == module.__name__ and their_bases(kind):
                self._kind(path, kind)
        for node in used(tree):
            if not of_self(node.value):
                self._elsewhere(path, node, kinds)

    def _imports(self, path: Path, tree: ast.Module) -> None:
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [one.name for one in node.names]
                private = any(map(is_private, [*node.module.split("."), *names]))
                if library(node.module) in LIBRARIES and private:
                    line = node.module, f"import {', '.join(names)}"
                    self.theirs[line].add(name_of(path))

    def _kind(self, path: Path, kind: type) -> None:
        guards = path.relative_to(PACKAGE).as_posix().startswith(GUARDS)
        for name in defined(kind):
            overrides = guards and inspect.isroutine(vars(kind).get(name))
            if is_private(name) or (overrides and not name.startswith("__")):
                self._note(path, kind, name)
        for node in used(class_body(kind)):
            if of_self(node.value):
                self._note(path, kind, node.attr)

    def _elsewhere(
        self, path: Path, node: ast.Attribute, kinds: dict[str, type]
    ) -> None:
        """A private name of something that is not the object itself."""
        kind = (OBJECTS | kinds).get(ast.unparse(node.value))
        if kind is not None:
            self._note(path, kind, node.attr)
        elif not any(is_ours(one, node.attr) for one in kinds.values()):
            self.lost.append(f"{name_of(path)}:{node.lineno}: {ast.unparse(node)}")

    def _note(self, path: Path, kind: type, name: str) -> None:
        found = whose(kind, name)
        if found:
            self.theirs[found].add(name_of(path))
        elif not is_ours(kind, name):
            self.lost.append(f"{name_of(path)}: {kind.__name__}.{name}")


def find() -> Finder:
    """What is found in the program as it is."""
    finder = Finder()
    for path in MODULES:
        finder.module(path)
    return finder


def read() -> set[Line]:
    """The list as it was agreed to."""
    lines: set[Line] = set()
    owner = ""
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            lines.add((owner, line.strip()))
        elif not line.startswith("#"):
            owner = line
    return lines


def write(lines: set[Line]) -> None:
    """Write the list, below what is said of it."""
    old = LIST.read_text(encoding="utf-8").splitlines()
    new = [line for line in old if line.startswith("#")]
    for owner, found in groupby(sorted(lines), key=lambda line: line[0]):
        new += ["", owner, *(f"    {one}" for _, one in found)]
    LIST.write_text("\n".join(new) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(set(find().theirs))

"""How modules are made: short, told in a sentence, quiet, and honest about errors."""

import ast
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.tree import MODULES, PACKAGE, name_of

LONGEST: Final = 400
"""Lines of a module at most; 150 is the norm."""

MAY_CATCH_ALL: Final = {
    "bunniz_bbs/config/reading.py": "a YAML library raises many kinds",
    "bunniz_bbs/ssh/visit.py": "one visit's crash is that visit's",
    "bunniz_bbs/tui/gallery.py": "one screen's crash is that visit's",
    "bunniz_bbs/wiring/__init__.py": "a keeper that fails goes on",
    "bunniz_bbs/store/sqlcipher.py": "closes what it opened and raises on",
    "bunniz_bbs/store/sqlite.py": "closes what it opened and raises on",
}

modules = pytest.mark.parametrize("path", MODULES, ids=name_of)


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def names_in(node: ast.expr | None) -> set[str]:
    """The names of what an `except` catches; empty for a bare one."""
    if node is None:
        return set()
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


@modules
def test_a_module_can_be_read_in_one_go(path: Path):
    """What is longer does two things."""
    lines = len(path.read_text(encoding="utf-8").splitlines())

    assert lines <= LONGEST, f"{name_of(path)} has {lines} lines: split it"


@modules
def test_a_module_says_what_it_is(path: Path):
    """In a first sentence that ends."""
    said = ast.get_docstring(tree_of(path))

    assert said, f"{name_of(path)} has no docstring"
    assert said.splitlines()[0].rstrip().endswith((".", ":", "?"))


def test_every_folder_of_modules_is_a_package():
    """With an `__init__.py` that says what belongs there."""
    folders = {path.parent for path in MODULES}

    assert [name_of(one) for one in folders if not (one / "__init__.py").exists()] == []


@modules
def test_only_the_command_line_prints(path: Path):
    """A server that prints tells somebody's terminal, or a log, what it should not."""
    if path.is_relative_to(PACKAGE / "cli"):
        return
    calls = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]

    printing = [
        node.lineno
        for node in calls
        if isinstance(node.func, ast.Name) and node.func.id in ("print", "breakpoint")
    ]

    assert printing == []


@modules
def test_only_a_few_places_catch_all(path: Path):
    """Elsewhere a mistake of ours is not taken for something that can happen."""
    broad = [
        node.lineno
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or names_in(node.type) & {"Exception", "BaseException"})
    ]

    if name_of(path) not in MAY_CATCH_ALL:
        assert broad == [], f"{name_of(path)} catches all on lines {broad}"


@modules
def test_nothing_is_put_off(path: Path):
    """What is to be done later is an issue, not a note in the code."""
    text = path.read_text(encoding="utf-8")

    assert not [word for word in ("TODO", "FIXME", "XXX:", "HACK") if word in text]

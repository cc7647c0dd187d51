"""Words can be collected, and get the values that they name."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from tests.words import KEYWORDS, PACKAGE


def calls() -> Iterator[tuple[Path, str, ast.Call]]:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in KEYWORDS:
                    yield path, name, node


def test_messages_are_plain_strings():
    """A message that is put together where it is said would never be translated."""
    for path, name, node in calls():
        for one in node.args[: 2 if name == "many" else 1]:
            built = [
                part
                for part in ast.walk(one)
                if isinstance(part, ast.JoinedStr | ast.BinOp | ast.IfExp | ast.BoolOp)
            ]
            assert not built, f"{path}:{node.lineno}"


def test_values_are_given():
    """Whoever says a sentence gives each value that stands in it."""
    for path, name, node in calls():
        one = node.args[0]
        if name == "N_" or not isinstance(one, ast.Constant):
            continue
        if any(keyword.arg is None for keyword in node.keywords):
            continue
        named = {found for _, found, _, _ in Formatter().parse(one.value) if found}
        given = {str(keyword.arg) for keyword in node.keywords}
        if name == "many":
            given.add("n")
            named.add("n")
        assert named == given, f"{path}:{node.lineno}"

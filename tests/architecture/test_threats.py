"""docs/THREATS.md claims nothing that no test proves, unless it says so itself."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from tests.architecture.tree import ROOT

THREATS: Final = ROOT / "docs" / "THREATS.md"
POINTING_TO_IT: Final = ("README.md", "docs/ARCHITECTURE.md", "CONTRIBUTING.md")
CONCEDED: Final = re.compile(r"\bnot (defended|yet)\b", re.IGNORECASE)
_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
_NAMED: Final = re.compile(r"`(tests/[^`]*)`")
_NEVER_RUN: Final = re.compile(r"pytest\.mark\.(skip|xfail)\b")


@dataclass(frozen=True)
class Row:
    """A row of a table."""

    line: int
    cells: tuple[str, ...]

    @property
    def conceded(self) -> bool:
        """Whether it says that something is not defended."""
        return bool(CONCEDED.search(self.cells[0]))

    @property
    def named(self) -> list[str]:
        """The tests that it names."""
        return _NAMED.findall(self.cells[-1])


def sections(text: str) -> Iterator[tuple[str, list[Row]]]:
    """Each adversary, with the rows of its tables."""
    title, rows, lines = "", list[Row](), text.splitlines()
    for number, line in enumerate(lines, 1):
        if line.startswith("## "):
            if title:
                yield title, rows
            title, rows = line[3:], []
        elif line.startswith("|") and not _is_head(lines, number):
            cells = tuple(one.strip() for one in line.strip("|").split("|"))
            rows.append(Row(number, cells))
    if title:
        yield title, rows


def _is_head(lines: list[str], number: int) -> bool:
    """Whether a line of a table names the columns, or is the rule under them."""
    return any(one.startswith("|--") for one in lines[number - 1 : number + 1])


def proofs_in(path: Path) -> set[str]:
    """What one can name after the file: tests that do something, with their class."""

    def found(body: list[ast.stmt], before: str) -> Iterator[str]:
        for one in body:
            if isinstance(one, ast.ClassDef) and one.name.startswith("Test"):
                yield from found(one.body, f"{before}{one.name}::")
            elif isinstance(one, _Function) and _is_test(one):
                yield before + one.name

    return set(found(ast.parse(path.read_text(encoding="utf-8")).body, ""))


def _is_test(function: _Function) -> bool:
    """Whether it is run as a test, and is more than a sentence."""
    return (
        function.name.startswith("test_")
        and not any(_NEVER_RUN.match(ast.unparse(d)) for d in function.decorator_list)
        and not all(isinstance(one, ast.Pass) or _is_said(one) for one in function.body)
    )


def _is_said(one: ast.stmt) -> bool:
    return isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)


def complaints(text: str, root: Path) -> list[str]:
    """What is wrong with a document about threats."""
    found = []
    for title, rows in sections(text):
        if {row.conceded for row in rows} != {True, False}:
            found.append(f"{title}: says only what holds, or only what does not")
        for row in rows:
            found += [f"line {row.line}: {one}" for one in _complaints(row, root)]
    in_cells = {one for _, rows in sections(text) for row in rows for one in row.named}
    outside = set(_NAMED.findall(text)) - in_cells
    return found + [f"{one}: stands in no row" for one in sorted(outside)]


def _complaints(row: Row, root: Path) -> Iterator[str]:
    if not all(row.cells) or len(row.cells) != (2 if row.conceded else 3):
        yield "a cell is missing, or empty"
    if not row.conceded and not row.named:
        yield "names no test and does not say that it is not defended"
    for name in row.named:
        file, _, test = name.partition("::")
        path = root / file
        if not path.is_file() or not path.name.startswith("test_"):
            yield f"{file}: there is no such file of tests"
        elif not proofs_in(path):
            yield f"{file}: holds no test"
        elif "::" in name and test not in proofs_in(path):
            yield f"{name}: there is no such test"


def test_every_claim_is_proved_or_conceded():
    """Each row names tests that are there, or says that there is no defence."""
    assert complaints(THREATS.read_text(encoding="utf-8"), ROOT) == []


def test_every_adversary_is_looked_at():
    """The document was read at all, and none of its sections is left out."""
    text = THREATS.read_text(encoding="utf-8")
    read = dict(sections(text))

    assert len(read) == text.count("\n## ") >= 13
    assert sum(map(len, read.values())) > 100
    assert len(set(_NAMED.findall(text))) > 100


@pytest.mark.parametrize("name", POINTING_TO_IT)
def test_it_is_found(name: str):
    """From where members, sysops and contributors begin to read."""
    path = ROOT / name
    links = re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8"))

    assert THREATS in [(path.parent / link).resolve() for link in links]


HEADS: Final = "## 1. A flooder\n\n| They can | What holds | Test |\n|---|---|---|\n"
CONCESSION: Final = (
    "\n| We cannot | You can |\n|---|---|\n| **Not yet**: a lake | swim |\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with one real test, and some that are none."""
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_dry.py").write_text(
        "import pytest\n\n"
        "class TestFeet:\n"
        "    def test_stay_dry(self):\n"
        "        assert True\n\n"
        "def test_said():\n"
        "    '''A sentence alone.'''\n\n"
        "@pytest.mark.skip(reason='rain')\n"
        "def test_skipped():\n"
        "    assert False\n"
    )
    (folder / "test_empty.py").write_text('"""Nothing yet."""\n')
    (folder / "wet.py").write_text("def test_wet():\n    assert True\n")
    return tmp_path


@pytest.mark.parametrize(
    "name", ["tests/test_dry.py", "tests/test_dry.py::TestFeet::test_stay_dry"]
)
def test_a_proof_that_is_there_is_taken(root: Path, name: str):
    """A file of tests, or one test by the name that pytest has for it."""
    assert complaints(f"{HEADS}| pour | a roof | `{name}` |\n{CONCESSION}", root) == []


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("| pour | a roof | we are sure |", "names no test"),
        ("| pour | a roof | `tests/test_gone.py` |", "no such file"),
        ("| pour | a roof | `tests/wet.py` |", "no such file"),
        ("| pour | a roof | `tests/test_empty.py` |", "holds no test"),
        ("| pour | a roof | `tests/test_dry.py::test_stay_dry` |", "no such test"),
        ("| pour | a roof | `tests/test_dry.py::test_said` |", "no such test"),
        ("| pour | a roof | `tests/test_dry.py::test_skipped` |", "no such test"),
        ("| pour | `tests/test_dry.py` | a roof |", "stands in no row"),
        ("| pour | | `tests/test_dry.py` |", "missing, or empty"),
        ("| **Not defended**: rain | |", "missing, or empty"),
        ("", "only what does not"),
    ],
)
def test_a_false_claim_is_seen(root: Path, row: str, wrong: str):
    """Whatever stands for a proof without being one."""
    found = complaints(f"{HEADS}{row}\n{CONCESSION}", root)

    assert any(wrong in one for one in found), found

"""Whatever stands in the file: it loads, or each mistake is told with a line of it."""

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bunniz_bbs.config.load import ConfigBroken, Problem, load_house
from tests.config.small import SHIPPED, SMALL

SHIPPED_TEXT: Final = SHIPPED.read_text(encoding="utf-8")
SHIPPED_TREE: Final = YAML(typ="safe").load(SHIPPED_TEXT)
SIGNS: Final = (
    *("\t", "'", '"', ": ", "- ", "&a ", "*a", "*about", "<<: ", "<<: *about\n", "? "),
    *(
        "!!int ",
        "!!float x",
        "!!set {a}",
        "!!binary x",
        "!x ",
        "!!timestamp x",
        "!!null ",
    ),
    *("%YAML 1.1\n", "---\n", "...\n", "{", "}", "[", "]", "|\n", ">\n", "#", "@", "`"),
    *(
        "\0",
        "\x85",
        "\u2028",
        "\r",
        "\x1b[2J",
        "2026-13-45",
        "190:20:30",
        "1_0",
        ".nan",
    ),
    *("~", "null", "0x", "1e999", "9" * 5000, '"\\ud800"', "yes", "é", "\u202e", "🐇"),
)

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.text(max_size=30)
    | st.sampled_from(["none", "guest", "sysop", "event", "staff", "work", "money"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner)
    ),
    max_leaves=5,
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file that each example writes anew."""
    return tmp_path_factory.mktemp("any") / "boards.yaml"


def problems(path: Path) -> Sequence[Problem]:
    """What is wrong with the file; any other exception fails the test."""
    try:
        load_house(path)
    except ConfigBroken as broken:
        return broken.problems or pytest.fail("broken without a problem")
    return ()


def loads_or_tells(path: Path, raw: bytes) -> None:
    """The promise."""
    path.write_bytes(raw)
    lines = max(1, len(raw.decode("utf-8", "replace").splitlines()))

    for problem in problems(path):
        assert 1 <= problem.line <= lines
        assert problem.key
        assert problem.problem
        assert str(problem).encode()
        assert "\n" not in str(problem)


@st.composite
def changed(draw: st.DrawFn) -> Any:
    """The shipped house with one to three parts dropped, changed or moved."""
    tree = copy.deepcopy(SHIPPED_TREE)
    for _ in range(draw(st.integers(1, 3))):
        here: Any = tree
        while True:
            steps = list(here) if isinstance(here, dict) else list(range(len(here)))
            if not steps:
                break
            step = draw(st.sampled_from(steps))
            inner = here[step]
            deeper = isinstance(inner, dict | list) and draw(st.booleans())
            if deeper:
                here = inner
                continue
            match draw(st.sampled_from(["drop", "change", "double", "rename"])):
                case "drop":
                    del here[step]
                case "double" if isinstance(here, list):
                    here.append(inner)
                case "rename" if isinstance(here, dict):
                    here[draw(st.text(max_size=12))] = here.pop(step)
                case _:
                    here[step] = draw(values)
            break
    return tree


@settings(max_examples=60, deadline=None)
@given(tree=changed())
def test_any_house_loads_or_is_told(path: Path, tree: Any):
    """Keys dropped or renamed, values of any type, parts that stand twice."""
    with path.open("w", encoding="utf-8", errors="surrogatepass") as file:
        YAML(typ="safe").dump(tree, file)
    loads_or_tells(path, path.read_bytes())


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_slip_of_the_hand_loads_or_is_told(path: Path, data: st.DataObject):
    """Signs of YAML, odd characters and lost lines, anywhere in the shipped file."""
    text = SHIPPED_TEXT
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        lost = data.draw(st.sampled_from([0, 0, 1, 3, 60]))
        sign = data.draw(st.sampled_from(SIGNS) | st.text(max_size=4))
        text = text[:at] + sign + text[at + lost :]
    loads_or_tells(path, text.encode("utf-8", "surrogatepass"))


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_any_bytes_load_or_are_told(path: Path, data: st.DataObject):
    """Random bytes, alone or in the middle of a small file."""
    raw, noise = SMALL.encode(), data.draw(st.binary(max_size=40))
    at = data.draw(st.integers(0, len(raw)))
    whole = data.draw(st.booleans())
    loads_or_tells(path, raw[:at] + noise + raw[at:] if whole else noise)

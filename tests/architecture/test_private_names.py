"""What is relied on of asyncssh and Textual is there, and is what it was.

Both guard their public names alone. A guard that overrides a name which is gone guards
nothing, and nobody notices: so every such name is listed, and an upgrade is read.
"""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from typing import Final

import pytest

from bunniz_bbs.ssh.guard import GuardedConnection
from tests.architecture import theirs
from tests.architecture.theirs import Finder, Line, find, read
from tests.architecture.tree import PACKAGE, ROOT

CHANNEL: Final = PACKAGE / "ssh" / "channel.py"
PROJECT: Final = ROOT / "pyproject.toml"


def told(lines: set[Line]) -> str:
    """Lines of the list, to be read."""
    return "".join(f"\n  {owner}: {shape}" for owner, shape in sorted(lines)) or " none"


def test_every_name_that_is_relied_on_is_as_it_was_read() -> None:
    """An upgrade that takes one away or changes it is noticed, and which it is."""
    finder = find()
    found, agreed = set(finder.theirs), read()
    used = sorted({path for line in found - agreed for path in finder.theirs[line]})

    assert found == agreed, (
        f"asyncssh {version('asyncssh')} and textual {version('textual')} are not what "
        f"tests/architecture/theirs.txt says.\nGone or changed:{told(agreed - found)}\n"
        f"New or changed:{told(found - agreed)}\nin {', '.join(used) or 'no file'}\n"
        f"After an upgrade: read what each does in their source now, who calls it, and "
        f"whether ours still does what it must; run tests/ssh, tests/tui, tests/e2e.\n"
        f"Without one: a name was added that is theirs; if by accident, rename it.\n"
        f"Then: python -m tests.architecture.theirs"
    )


def test_every_private_name_is_somebodys() -> None:
    """Either they define it or we do; else it was theirs and is gone."""
    assert find().lost == []


# -- that the rules can be broken


@pytest.fixture
def upgraded(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Makes their sources read as if they had changed: from old words to new ones."""
    changes: dict[str, str] = {}
    true_source = theirs.source_of

    def source_of(module: str) -> str:
        source = true_source(module)
        if module.startswith("asyncssh."):
            for old, new in changes.items():
                source = re.sub(old, new, source)
        return source

    def forget() -> None:
        theirs.class_body.cache_clear()
        theirs.defined.cache_clear()

    forget()
    monkeypatch.setattr(theirs, "source_of", source_of)
    yield changes
    forget()


def relied_on_by_the_channel() -> tuple[set[Line], list[str]]:
    """What is found in one module."""
    finder = Finder()
    finder.module(CHANNEL)
    return set(finder.theirs), finder.lost


OWNER: Final = "asyncssh.channel.SSHChannel"


def test_a_method_that_is_gone_is_missed(upgraded: dict[str, str]) -> None:
    """An override would never be called again."""
    before, _ = relied_on_by_the_channel()
    theirs.class_body.cache_clear()
    theirs.defined.cache_clear()
    upgraded[r"\b_flush_send_buf\b"] = "_drain_send_buf"
    after, _ = relied_on_by_the_channel()

    assert before <= read()
    assert before - after == {(OWNER, "def _flush_send_buf(self) -> None")}


def test_a_method_that_takes_something_else_is_told(upgraded: dict[str, str]) -> None:
    """Its new signature is in the list, and the old one is not."""
    upgraded[r"def _accept_data\(self, data: bytes,"] = (
        "def _accept_data(self, data: X,"
    )
    new = relied_on_by_the_channel()[0] - read()

    assert new == {
        (OWNER, "def _accept_data(self, data: X, datatype: DataType=None) -> None")
    }


def test_a_value_of_another_kind_is_told(upgraded: dict[str, str]) -> None:
    """As where a list became something else."""
    upgraded[r"self\._send_buf: List\[.*\] = \[\]"] = "self._send_buf = deque()"
    new = relied_on_by_the_channel()[0] - read()

    assert new == {(OWNER, "self._send_buf = deque()")}


def test_a_value_that_is_gone_is_lost(upgraded: dict[str, str]) -> None:
    """Where we only read it, nobody defines it any more."""
    upgraded[r"\b_send_pktsize\b"] = "_send_max"

    assert set(relied_on_by_the_channel()[1]) == {
        "bunniz_bbs/ssh/channel.py: GuardedChannel._send_pktsize"
    }


def test_what_is_found_is_what_runs() -> None:
    """The classes that were read are those that connections are made of."""
    bases = {f"{one.__module__}.{one.__name__}" for one in GuardedConnection.__mro__}
    owners = {owner for owner, _ in read() if owner.startswith("asyncssh.connection")}

    assert owners
    assert owners <= bases


# -- versions


def dependency(name: str) -> tuple[str, str]:
    """How a library is pinned, and the comment above it."""
    text = PROJECT.read_text(encoding="utf-8")
    found = re.search(rf'((?: *#.*\n)+) *"{name}[^\w-]', text)
    assert found
    wanted = tomllib.loads(text)["project"]["dependencies"]
    pins = [one.removeprefix(name) for one in wanted if re.match(rf"{name}\W", one)]
    assert len(pins) == 1
    return pins[0], found[1]


def installed_is_constrained(name: str) -> bool:
    """Whether the tests run on the version that a new machine gets."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return f"{name}=={version(name)}" in lines


def test_asyncssh_is_pinned_to_a_minor_with_the_reason() -> None:
    """Its next minor may rename what we override."""
    pin, reason = dependency("asyncssh")
    found = re.fullmatch(r">=(\d+)\.(\d+)\.\d+,<(\d+)\.(\d+)", pin)

    assert found
    assert (found[1], int(found[2]) + 1) == (found[3], int(found[4]))
    assert "Pinned to a minor: " in reason
    assert installed_is_constrained("asyncssh")


def test_textual_is_pinned_exactly_with_the_reason() -> None:
    """It renames private names in any version."""
    pin, reason = dependency("textual")

    assert pin == f"=={version('textual')}"
    assert "Pinned exactly: " in reason
    assert installed_is_constrained("textual")

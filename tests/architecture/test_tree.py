"""What is in the tree could be anybody's: nothing in it names a machine or a person."""

import getpass
import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, name_of

SHORTEST = 5
"""Letters of a name below which it is a word like any other."""


def files() -> list[Path]:
    """What is, or would be, in a commit."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard", "-z"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is not a checkout")
    paths = [ROOT / one for one in listed.stdout.decode().split("\0") if one]
    return [path for path in paths if path.is_file()]


def texts() -> Iterator[tuple[Path, str]]:
    """Each file that is text."""
    for path in files():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def traces() -> re.Pattern[str]:
    """What only this machine has: folders, its name, and whoever works on it."""
    folders = {str(ROOT), str(Path.home())}
    if ROOT.parent != Path("/"):
        folders.add(str(ROOT.parent) + "/")
    folders.discard("/")
    names = {socket.gethostname(), getpass.getuser()} - {"localhost", "runner"}
    parts = [re.escape(one) + r"(?![\w-])" for one in folders if len(one) >= SHORTEST]
    parts += [rf"\b{re.escape(one)}\b" for one in names if len(one) >= SHORTEST]
    parts += [r"/home/\w+/", r"/Users/\w+/", r"C:\\Users\\\w+"]
    return re.compile("|".join(parts))


def test_nothing_names_this_machine():
    """No path, no host name and no account of whoever wrote it."""
    wanted = traces()

    found = [
        f"{name_of(path)}: {hit[0]}"
        for path, text in texts()
        for hit in [wanted.search(text)]
        if hit and path != Path(__file__)
    ]

    assert found == []


def test_no_secret_is_in_the_tree():
    """Neither a data file nor a key; tests make theirs up."""
    begins = "-----BEGIN " + "OPENSSH PRIVATE KEY-----"
    tests = ROOT / "tests"

    assert not [
        name_of(path)
        for path, text in texts()
        if begins in text and not path.is_relative_to(tests)
    ]
    assert not [
        name_of(path) for path in files() if path.suffix in (".db", ".sock", ".key")
    ]

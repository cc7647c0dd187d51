"""The core runs without a terminal or a network, and layers point downwards."""

import subprocess
import sys

import pytest

from tests.architecture.tree import ROOT

HEAVY = ("textual", "rich", "asyncssh")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run this Python in a process of its own."""
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("modules", ["services", "services, plain.verbs, wiring"])
def test_the_core_loads_neither_a_screen_nor_ssh(modules: str):
    """Nothing that it imports does so either; nor does the composition root."""
    wanted = ", ".join(f"bunniz_bbs.{one}" for one in modules.split(", "))

    done = run(
        "-c",
        f"import sys, {wanted}\n"
        f"print([one for one in {HEAVY!r} if one in sys.modules])",
    )

    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_the_domain_loads_the_standard_library_only():
    """Rules that need a library are not rules of the domain."""
    done = run(
        "-c",
        "import sys, pkgutil, importlib, bunniz_bbs.domain as domain\n"
        "before = {'bunniz_bbs', 'sitecustomize', *sys.stdlib_module_names}\n"
        "early = {one.partition('.')[0] for one in sys.modules}\n"
        "for one in pkgutil.iter_modules(domain.__path__, 'bunniz_bbs.domain.'):\n"
        "    importlib.import_module(one.name)\n"
        "late = {one.partition('.')[0] for one in sys.modules}\n"
        "print(sorted(late - early - before))",
    )

    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_import_contracts_hold():
    """As `[tool.importlinter]` in pyproject.toml says them."""
    done = run(
        "-c",
        "from importlinter.cli import lint_imports_command as lint; lint()",
        "--no-cache",
    )

    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout

"""`bunniz-bbs check` and `schema`, run as the sysop runs them."""

import json
import os
import subprocess
import sys
from pathlib import Path

from bunniz_bbs.config.load import schema
from tests.config.small import SHIPPED, SMALL, save, spoilt


def run(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """The command line in a folder, with nothing set but what is given."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("BUNNIZ_")
    }
    return subprocess.run(
        [sys.executable, "-m", "bunniz_bbs", *words],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(SHIPPED.parent), **more},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


class TestCheck:
    def test_is_content_with_a_right_file(self, tmp_path: Path):
        """It says how much is open, and ends well."""
        save(tmp_path, SMALL)

        ended = run(tmp_path, "check")

        assert ended.returncode == 0
        assert ended.stdout.startswith("boards.yaml: fine. Open: 2 boards and 1 room")
        assert ended.stderr == ""

    def test_tells_every_mistake(self, tmp_path: Path):
        """Each is `file:line: key: problem`; the status is 2."""
        wrong = spoilt(("version:", "verzion:"), ("read: member", "read: membre"))
        path = save(tmp_path, wrong)

        ended = run(tmp_path, "check", "--config", str(path))

        assert ended.returncode == 2
        assert ended.stdout == ""
        assert ended.stderr.splitlines() == [
            f"{path}:1: verzion: there is no such key here; did you mean `version`?",
            f"{path}:30: boards.money.read: must be one of `guest`, `member`, "
            "`trusted`, `moderator` and `sysop`, not the text `membre`; did you mean "
            "`member`?",
        ]

    def test_takes_the_file_from_the_environment(self, tmp_path: Path):
        """`BUNNIZ_CONFIG` names the file; one that is not there is a mistake."""
        ended = run(tmp_path, "check", BUNNIZ_CONFIG="other.yaml")

        assert ended.returncode == 2
        assert ended.stderr == "other.yaml:1: file: there is no such file\n"

    def test_refuses_a_mistyped_setting(self, tmp_path: Path):
        """A name that would set nothing is told."""
        ended = run(tmp_path, "check", BUNNIZ_CONFIGS="other.yaml")

        assert ended.returncode == 2
        assert ended.stderr == (
            "BUNNIZ_CONFIGS: there is no such setting; did you mean `BUNNIZ_CONFIG`?\n"
        )


def test_server_does_not_start_on_a_mistake(tmp_path: Path):
    """Nothing is made, and nothing listens, before the file is right."""
    save(tmp_path, spoilt(("version:", "verzion:")))

    ended = run(tmp_path, "serve", "--port", "0")

    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith("boards.yaml:1: verzion: ")
    assert [path.name for path in tmp_path.iterdir()] == ["boards.yaml"]


def test_schema_is_printed(tmp_path: Path):
    """The whole schema, fit to be saved and named in an editor."""
    ended = run(tmp_path, "schema")

    assert ended.returncode == 0
    assert json.loads(ended.stdout) == schema()

"""The files that these rules are about."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PACKAGE: Final = ROOT / "bunniz_bbs"
MODULES: Final = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """A file as one speaks of it."""
    return path.relative_to(ROOT).as_posix()

"""Settings that differ by machine: from options, the environment, then defaults."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bunniz_bbs.config.problems import near, shown
from bunniz_bbs.domain.text import printable

NAMES: Final = (
    "BUNNIZ_HOST",
    "BUNNIZ_PORT",
    "BUNNIZ_CONFIG",
    "BUNNIZ_DATA",
    "BUNNIZ_KEYS",
)


class SettingBroken(Exception):
    """A setting makes no sense."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(printable(f"{name}: {problem}"))


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are on this machine."""

    host: str
    """The address to listen on."""
    port: int
    """The port to listen on; 0: any free one."""
    config: Path
    """The file that describes the house."""
    data: Path
    """The folder of the data file."""
    keys: Path
    """The folder of the host key and the secrets."""


def settings_from(
    environment: Mapping[str, str],
    *,
    config: Path | None = None,
    data: Path | None = None,
    keys: Path | None = None,
    host: str | None = None,
    port: int | None = None,
) -> Settings:
    """The settings that hold.

    Raises:
        SettingBroken: One makes no sense, or its name is mistyped.
    """
    for name in environment:
        if name.startswith("BUNNIZ_") and name not in NAMES:
            raise SettingBroken(name, f"there is no such setting{near(name, NAMES)}")
    given = {name: environment.get(name, "").strip() for name in NAMES}
    return Settings(
        # An empty host would mean every address of the machine.
        host=(host or "").strip() or given["BUNNIZ_HOST"] or "127.0.0.1",
        port=_port(port, given["BUNNIZ_PORT"]),
        config=config or Path(given["BUNNIZ_CONFIG"] or "boards.yaml"),
        data=data or Path(given["BUNNIZ_DATA"] or "data"),
        keys=keys or Path(given["BUNNIZ_KEYS"] or "host_keys"),
    )


def _port(option: int | None, text: str) -> int:
    name = "--port" if option is not None else "BUNNIZ_PORT"
    if option is None:
        if not text:
            return 2222
        if not (text.isascii() and text.isdigit() and len(text) <= 5):
            raise SettingBroken(name, f"{shown(text)} is no port: from 0 to 65535")
        option = int(text)
    if not 0 <= option <= 65535:
        raise SettingBroken(name, f"{shown(option)} is no port: from 0 to 65535")
    return option

"""Settings that differ by machine: from options, the environment, then defaults."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, get_args

from bunniz_bbs.config.problems import near, shown
from bunniz_bbs.config.secrets import SecretsBroken, read_private
from bunniz_bbs.domain.text import printable

PREFIX: Final = "BUNNIZ_"
DEFAULT_PORT: Final = 2222
NAMES: Final = (
    "BUNNIZ_HOST",
    "BUNNIZ_PORT",
    "BUNNIZ_CONFIG",
    "BUNNIZ_DATA",
    "BUNNIZ_KEYS",
    "BUNNIZ_STORE",
    "BUNNIZ_BUS",
    "BUNNIZ_ALGORITHMS",
    "BUNNIZ_SOURCE_LIMITS",
)
Algorithms: TypeAlias = Literal["default", "strict"]
"""`strict`: only key exchanges that hold against quantum computers."""
SourceLimits: TypeAlias = Literal["remote", "all", "none"]
"""Which sources may open only so many connections. `remote`: all but this machine."""
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "BUNNIZ_ALGORITHMS": get_args(Algorithms),
    "BUNNIZ_SOURCE_LIMITS": get_args(SourceLimits),
}
"""Settings that are one of a few words; the first of them holds where none is given."""
SCHEMES: Final[Mapping[str, tuple[str, ...]]] = {
    "BUNNIZ_STORE": ("postgresql", "postgresql+asyncpg"),
    "BUNNIZ_BUS": ("nats", "tls"),
}
"""How the addresses of a database and of a broker begin."""

_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]{0,30})://")


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
    # They may hold passwords, which nothing that is printed may show.
    store: str = field(default="", repr=False)
    """The address of the database; empty: the data file in `data`."""
    bus: str = field(default="", repr=False)
    """The address of the broker; empty: this process alone."""
    algorithms: Algorithms = "default"
    """What is offered to clients."""
    source_limits: SourceLimits = "remote"
    """Whose connections are counted one source at a time."""


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
            raise SettingBroken(name, f"there is no such setting{_near(name)}")
    given = {name: environment.get(name, "").strip() for name in NAMES}
    return Settings(
        # An empty host would mean every address of the machine.
        host=(host or "").strip() or given["BUNNIZ_HOST"] or "127.0.0.1",
        port=_port(port, given["BUNNIZ_PORT"]),
        config=config or Path(given["BUNNIZ_CONFIG"] or "boards.yaml"),
        data=data or Path(given["BUNNIZ_DATA"] or "data"),
        keys=keys or Path(given["BUNNIZ_KEYS"] or "host_keys"),
        store=address_from("BUNNIZ_STORE", given["BUNNIZ_STORE"]),
        bus=address_from("BUNNIZ_BUS", given["BUNNIZ_BUS"]),
        algorithms=_choice("BUNNIZ_ALGORITHMS", given["BUNNIZ_ALGORITHMS"]),
        source_limits=_choice("BUNNIZ_SOURCE_LIMITS", given["BUNNIZ_SOURCE_LIMITS"]),
    )


def _near(name: str) -> str:
    """The setting that may be meant; what they all begin with makes none alike."""
    ends = [one.removeprefix(PREFIX) for one in NAMES]
    return near(name.removeprefix(PREFIX).upper(), ends).replace("`", f"`{PREFIX}", 1)


def address_from(name: str, text: str, kind: str = "") -> str:
    """The address that a setting gives: itself, or `@FILE` for a file that holds it.

    Args:
        name: What the setting is called where it is refused.
        text: What it says; empty for none.
        kind: The name in `SCHEMES` that says how it begins, where it is another.

    Raises:
        SettingBroken: It is no such address. The refusal does not repeat it: it may
            hold a password.
    """
    if text.startswith("@"):
        try:
            text = read_private(Path(text[1:])).decode("utf-8").strip()
        except SecretsBroken as broken:
            raise SettingBroken(name, str(broken)) from None
        except UnicodeDecodeError:
            text = " "
        if not text:
            raise SettingBroken(name, "the file that it names is empty")
    if not text:
        return ""
    schemes = SCHEMES[kind or name]
    found = _SCHEME.match(text)
    if found is None or found[1] not in schemes:
        wanted = " or ".join(f"{scheme}://…" for scheme in schemes)
        what = f"{found[1]}:// is not known here" if found else "it is no address"
        raise SettingBroken(name, f"{what}; write {wanted}, or @FILE that holds it")
    if not text.isprintable() or " " in text:
        raise SettingBroken(name, "an address has no spaces and stands on one line")
    return text


def _choice(name: str, text: str) -> Any:
    """One of the words that a setting may be; the first where there is none."""
    words = CHOICES[name]
    if text and text not in words:
        wanted = ", ".join(words)
        problem = f"{shown(text)} is none of: {wanted}{near(text, words)}"
        raise SettingBroken(name, problem)
    return text or words[0]


def _port(option: int | None, text: str) -> int:
    name = "--port" if option is not None else "BUNNIZ_PORT"
    if option is None:
        if not text:
            return DEFAULT_PORT
        if not (text.isascii() and text.isdigit() and len(text) <= 5):
            raise SettingBroken(name, f"{shown(text)} is no port: from 0 to 65535")
        option = int(text)
    if not 0 <= option <= 65535:
        raise SettingBroken(name, f"{shown(option)} is no port: from 0 to 65535")
    return option

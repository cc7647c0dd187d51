"""Reads what every command needs, and turns what is wrong into plain lines."""

import secrets as system
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bunniz_bbs.config.load import ConfigBroken, load_house
from bunniz_bbs.config.secrets import (
    Secrets,
    SecretsBroken,
    ensure_secrets,
    load_secrets,
)
from bunniz_bbs.config.settings import SettingBroken, Settings, settings_from
from bunniz_bbs.domain.house import House
from bunniz_bbs.wiring.stores import DATA_FILE

ALL_NODES: Final = (
    "All nodes of a house share these files: copy the folder from another node. For a "
    "new house, make it with: bunniz-bbs init"
)


class Ended(Exception):
    """The command cannot go on: what to say on standard error, and the status."""

    def __init__(self, status: int, *lines: str) -> None:
        super().__init__(status)
        self.status = status
        self.lines = lines


def read_settings(
    environment: Mapping[str, str],
    config: Path | None,
    data: Path | None,
    keys: Path | None,
    host: str | None = None,
    port: int | None = None,
) -> Settings:
    """Where things are: from options, then the environment, then defaults.

    Raises:
        Ended: A setting makes no sense.
    """
    try:
        return settings_from(
            environment, config=config, data=data, keys=keys, host=host, port=port
        )
    except SettingBroken as broken:
        raise Ended(2, str(broken)) from None


def read_house(settings: Settings) -> House:
    """The house as boards.yaml describes it.

    Raises:
        Ended: It has mistakes; each is a line.
    """
    try:
        return load_house(settings.config)
    except ConfigBroken as broken:
        lines = [str(problem) for problem in broken.problems]
        raise Ended(2, *lines) from None


def read_secrets(settings: Settings, *, new: bool = False) -> Secrets:
    """The host key and the secrets; made where they are missing.

    A node of a larger house makes none by itself: with a pepper of its own it would
    know nobody, and with a host key of its own nobody would know it.

    Args:
        settings: Where they are.
        new: Whether they may be made for a house on several nodes.

    Raises:
        Ended: They cannot be used as they are.
    """
    exists = (settings.data / DATA_FILE).exists()
    try:
        if settings.store and not new:
            return load_secrets(settings.keys)
        return ensure_secrets(settings.keys, system.token_bytes, data_exists=exists)
    except SecretsBroken as broken:
        more = (ALL_NODES,) if settings.store and not new else ()
        raise Ended(1, str(broken), *more) from None

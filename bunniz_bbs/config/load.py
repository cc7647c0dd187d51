"""Reads boards.yaml: all of it is right, or every mistake is named with its line."""

from pathlib import Path

from pydantic import ValidationError

from bunniz_bbs.config.checks import cross_check
from bunniz_bbs.config.explain import explain
from bunniz_bbs.config.found import Found
from bunniz_bbs.config.house import HouseConfig
from bunniz_bbs.config.opening import house_of
from bunniz_bbs.config.problems import ConfigBroken, Mistake, Problem
from bunniz_bbs.config.reading import read_text, read_yaml
from bunniz_bbs.config.schema import schema
from bunniz_bbs.domain.house import House

__all__ = [
    "ConfigBroken",
    "Problem",
    "house_from",
    "load_house",
    "read_config",
    "read_text",
    "schema",
]


def load_house(path: Path) -> House:
    """The house that a file describes, as it opens.

    Raises:
        ConfigBroken: The file has mistakes; all of them are named with their lines.
    """
    return house_of(read_config(path))


def house_from(text: str, path: Path) -> House:
    """The house that a text describes which stood, or stands, in a file.

    Raises:
        ConfigBroken: It has mistakes; all of them are named with their lines.
    """
    return house_of(_config(text, path))


def read_config(path: Path) -> HouseConfig:
    """Everything that a file says, open or not.

    Raises:
        ConfigBroken: The file has mistakes; all of them are named with their lines.
    """
    return _config(read_text(path), path)


def _config(text: str, path: Path) -> HouseConfig:
    found, problems = read_yaml(path, text)
    config, mistakes = _validated(found)
    problems += (
        Problem(path, found.line_of(steps), found.key_of(steps), text)
        for steps, text in (*mistakes, *cross_check(found))
    )
    if problems or config is None:
        ordered = sorted(problems, key=lambda one: one.line)
        raise ConfigBroken(dict.fromkeys(ordered))
    return config


def _validated(found: Found) -> tuple[HouseConfig | None, list[Mistake]]:
    try:
        return HouseConfig.model_validate(found.value), []
    except ValidationError as error:
        return None, list(explain(error, found))

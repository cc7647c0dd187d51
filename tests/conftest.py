"""Options of the whole suite, and what makes it quicker."""

import gc
from collections.abc import Generator
from pathlib import Path
from typing import Final

import pytest

LONG: Final = ("ssh", "nodes", "e2e", "attacks", "tui")
"""Folders whose files take longest: where several processes share the files, they begin
with these, so that none is left with a long one at the end."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--seeds N` histories of a broken network; attacks `--rounds N` times over."""
    parser.addoption("--seeds", default="20", help="histories to check, 20 by default")
    parser.addoption(
        "--rounds",
        default="1",
        help="how many times over attacks of chance are tried, 1 by default; "
        "for many, give --timeout 0 too",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Files are shared out in the order in which they are collected."""
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Three processes for every two cores: half of the time a test waits."""
    cores = yield
    return cores + cores // 2


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Long files first, where several processes share them."""
    if hasattr(config, "workerinput"):
        here = Path(__file__).parent
        order = {here / name: number for number, name in enumerate(LONG)}
        items.sort(key=lambda item: order.get(item.path.parent, len(order)))


def pytest_collection_finish() -> None:
    """What was imported stays: no search for garbage goes through it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def rounds(request: pytest.FixtureRequest) -> int:
    """How many times over attacks of chance are tried."""
    return int(request.config.getoption("--rounds"))

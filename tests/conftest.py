"""Options of the whole suite."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--seeds N`: how many histories of a broken network are checked."""
    parser.addoption("--seeds", default="20", help="histories to check, 20 by default")

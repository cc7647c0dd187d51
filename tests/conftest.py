"""Options of the whole suite."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--seeds N` histories of a broken network; attacks `--rounds N` times over."""
    parser.addoption("--seeds", default="20", help="histories to check, 20 by default")
    parser.addoption(
        "--rounds",
        default="1",
        help="how many times over attacks of chance are tried, 1 by default; "
        "for many, give --timeout 0 too",
    )


@pytest.fixture(scope="session")
def rounds(request: pytest.FixtureRequest) -> int:
    """How many times over attacks of chance are tried."""
    return int(request.config.getoption("--rounds"))

"""The same house that runs as for the services."""

from tests.services.conftest import clover, home, maple, mossy, sorrel

__all__ = ["clover", "home", "maple", "mossy", "sorrel"]

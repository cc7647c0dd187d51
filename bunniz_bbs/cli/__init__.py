"""The sysop's command line."""

from bunniz_bbs.cli.app import main

__all__ = ["main"]

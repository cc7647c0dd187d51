"""The sysop's command line."""

import gc

__all__ = ["main"]


def main() -> None:
    """Run the command line and end the process with its exit status."""
    # What is loaded is used: to search it for garbage takes a quarter of the start.
    gc.disable()
    from bunniz_bbs.cli.app import main as run

    gc.freeze()
    gc.enable()
    run()

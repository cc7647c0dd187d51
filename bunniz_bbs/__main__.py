"""Runs the command line: `python -m bunniz_bbs`."""

from bunniz_bbs.cli import main

if __name__ == "__main__":
    main()

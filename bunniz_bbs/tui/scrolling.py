"""Lines that come in at the bottom of a part of the screen, as few bytes as can be."""

from collections.abc import Sequence
from typing import Final

SAVE, RESTORE = "\x1b7", "\x1b8"
"""Cursor and attributes, kept and put back (DECSC, DECRC): where somebody types stays
where it is, so that the bytes are the same for everybody."""
WHOLE: Final = "\x1b[r"
"""All of the screen scrolls (DECSTBM without margins)."""


def scrolled_in(rows: Sequence[str], top: int, bottom: int) -> str:
    """What makes a terminal scroll rows in from below, between two rows.

    Args:
        rows: The new rows, already styled, each as wide as the screen; fewer than there
            are between the two.
        top: The first row that scrolls, from 1.
        bottom: The last one.
    """
    first = bottom - len(rows) + 1
    drawn = (f"\x1b[{first + at};1H{row}" for at, row in enumerate(rows))
    return (
        f"{SAVE}\x1b[{top};{bottom}r\x1b[{bottom};1H"
        + "\n" * len(rows)
        + "".join(drawn)
        + f"\x1b[m{WHOLE}{RESTORE}"
    )

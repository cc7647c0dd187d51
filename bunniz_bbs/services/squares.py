"""QR codes, drawn of characters."""

from collections.abc import Sequence

import segno

_EDGE = 2
"""Light modules around the square; phones are content with two."""


def square(text: str, *, unicode: bool, on_light: bool = False) -> Sequence[str]:
    """The rows of a QR code: half blocks, or pairs of `#` where those are missing.

    What is printed is the light part, or the dark one on a light ground.
    """
    code = segno.make_qr(text, error="l", boost_error=False)
    rows = [
        [bool(dark) is on_light for dark in row]
        for row in code.matrix_iter(border=_EDGE)
    ]
    if not unicode:
        return ["".join("##" if light else "  " for light in row) for row in rows]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return ["".join(map(_half, upper, lower)) for upper, lower in pairs]


def _half(upper: bool, lower: bool) -> str:
    return " ▄▀█"[2 * upper + lower]

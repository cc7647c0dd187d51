"""Takes pastes out of what a terminal sends: between two marks is text, not keys."""

import re
from typing import Final

LONGEST: Final = 64 * 1024
"""Bytes between the marks of a paste; a longer one is dropped as a whole."""
BEGIN: Final = b"\x1b[200~"
END: Final = b"\x1b[201~"
"""Marks of a bracketed paste (xterm control sequences)."""
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Paste:
    """A paste that is coming in."""

    def __init__(self) -> None:
        self._data = bytearray()
        self.too_long = False
        """Whether it is longer than is taken; then nothing of it is kept."""

    def add(self, data: bytes) -> bool:
        """Take a piece of it; whether that made it too long."""
        if self.too_long:
            return False
        self._data += data
        if len(self._data) <= LONGEST:
            return False
        self.too_long = True
        self._data.clear()
        return True

    @property
    def text(self) -> str:
        """What was pasted, less what no text has in it; half a paste is none."""
        return _CONTROLS.sub("", self._data.decode("utf-8", "replace"))


def partial(data: bytes, mark: bytes) -> int:
    """How many bytes at the end of the data could begin the mark."""
    for length in range(min(len(mark) - 1, len(data)), 0, -1):
        if data.endswith(mark[:length]):
            return length
    return 0

"""Finds the key that ends everything, before anything else looks at what is typed."""

import re
from typing import Final

_CONTROL: Final = rb"(?:5|69|133|197)"
"""The modifier Ctrl, with and without Caps Lock and Num Lock."""
_KEY: Final = re.compile(
    rb"\x18"
    # xterm with modifyOtherKeys, and kitty's keys: ctlseqs; kitty keyboard protocol.
    rb"|\x1b\[27;" + _CONTROL + rb";120~"
    rb"|\x1b\[(?:\d{1,7}:\d{0,7}:)?120(?::\d{0,7}){0,2};"
    + _CONTROL
    + rb"(?::\d)?(?:;[\d:]{0,9})?u"
)
_LONGEST: Final = 64


class QuickExit:
    """Looks for Ctrl+X in what comes, in whatever pieces it comes."""

    def __init__(self) -> None:
        self._begun = b""

    def pressed(self, data: bytes) -> bool:
        """Whether the key is pressed, now that this has come too."""
        window = self._begun + data
        if _KEY.search(window):
            self._begun = b""
            return True
        # What the key may have begun with; the rest of it may be on its way.
        at = window.rfind(b"\x1b", -_LONGEST)
        self._begun = window[at:] if at >= 0 else b""
        return False

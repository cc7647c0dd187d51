"""Signs one cell wide, each with an ASCII twin for terminals without UTF-8."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs of the interface."""

    unread: str
    pinned: str
    locked: str
    bar: str
    rule: str
    timed: str
    dot: str
    prompt: str
    up_down: str
    left_right: str
    enter: str
    quote: str
    above: str
    below: str

    def of_key(self, name: str) -> str:
        """How a key is written on a screen."""
        signs = {"enter": self.enter, "move": self.up_down, "across": self.left_right}
        return signs.get(name, name)


UNICODE: Final = Glyphs(
    unread="●",
    pinned="▲",
    locked="=",
    bar="▌",
    rule="─",
    timed="▸",
    dot="·",
    prompt="▸",
    up_down="↑↓",
    left_right="←→",
    enter="⏎",
    quote="│",
    above="↑",
    below="↓",
)
ASCII: Final = Glyphs(
    unread="*",
    pinned="^",
    locked="=",
    bar="|",
    rule="-",
    timed=">",
    dot="-",
    prompt=">",
    up_down="Up/Dn",
    left_right="Left/Right",
    enter="Enter",
    quote=">",
    above="^",
    below="v",
)

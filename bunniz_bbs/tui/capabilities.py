"""What a terminal can show, from the little that is asked of it."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Colour: TypeAlias = Literal["none", "16", "256", "truecolor"]

_PLAIN: Final = ("vt", "ansi", "dumb", "cons25", "sun", "tty", "wyse", "adm")
"""Beginnings of the names of terminals without UTF-8 and without colours to rely on."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What one terminal can show."""

    colour: Colour = "256"
    unicode: bool = True
    """Whether it shows UTF-8; else signs are drawn in ASCII."""

    @classmethod
    def of(cls, term: str, colorterm: str = "") -> "Capabilities":
        """What a terminal of this name can show (terminfo(5), `TERM`).

        Args:
            term: The name that the client sent.
            colorterm: `truecolor` or `24bit` where the terminal says that of itself.
        """
        name = term.lower()
        if name.startswith(_PLAIN):
            return cls("none", unicode=False)
        if name.endswith(("-m", "-mono")):
            return cls("none")
        if name == "linux":
            return cls("16")
        if colorterm.lower() in ("truecolor", "24bit") or name.endswith("-direct"):
            return cls("truecolor")
        return cls("256")

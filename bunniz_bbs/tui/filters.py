"""What every line passes on its way to one visitor's terminal."""

import re
from functools import lru_cache
from typing import Final

from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter, NoColor

from bunniz_bbs.domain.text import printable
from bunniz_bbs.tui.capabilities import Colour

_SYSTEMS: Final[dict[Colour, ColorSystem]] = {
    "16": ColorSystem.STANDARD,
    "256": ColorSystem.EIGHT_BIT,
    "truecolor": ColorSystem.TRUECOLOR,
}


def line_filters(colour: Colour) -> list[LineFilter]:
    """The filters of a terminal with these colours."""
    if colour == "none":
        return [Scrub(), NoColor()]
    if colour == "truecolor":
        return [Scrub()]
    return [Scrub(), Fewer(_SYSTEMS[colour])]


class Scrub(LineFilter):
    """Takes controls out of what is drawn, before it has colours and positions.

    From there on nobody can tell a sequence in somebody's text from one of ours.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same pieces, each less what moves a cursor or turns a line around."""
        return [
            Segment(printable(text), style, control)
            for text, style, control in segments
        ]


class Fewer(LineFilter):
    """Draws with the colours that a terminal has.

    Rich could do it as it writes a style, but it keeps what it wrote with the style,
    and styles are shared by all visits: the first terminal's colours would be
    everybody's.
    """

    def __init__(self, system: ColorSystem) -> None:
        super().__init__()
        self._system = system

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same pieces in the nearest colours that there are."""
        return [
            Segment(text, style and _nearest(style, self._system), control)
            for text, style, control in segments
        ]


@lru_cache(4096)  # styles are few; what is kept of them holds no text
def _nearest(style: Style, system: ColorSystem) -> Style:
    """The style in the nearest colours that a terminal has."""
    colours = [one and one.downgrade(system) for one in (style.color, style.bgcolor)]
    return style + Style.from_color(*colours)


_FOREIGN: Final = re.compile(
    # An escape that begins none of the sequences that this program draws with: colours,
    # cursor position, erase to the end of a line, cursor shown or hidden (ctlseqs).
    r"\x1b(?!\[(?:[0-9;]*[mHK]|\?25[hl]))[\s\S]?"
    # Controls that this program has no use for, C1, line and direction marks, and what
    # shows nothing.
    "|[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f\u034f\u061c\u180b-\u180f"
    "\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0d\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


def only_ours(text: str) -> str:
    """The text less every control that this program does not draw with itself.

    The last filter before a terminal: no title, clipboard, device control or report can
    be asked for, whatever path a text took to get here.
    """
    return _FOREIGN.sub("", text) if _FOREIGN.search(text) else text

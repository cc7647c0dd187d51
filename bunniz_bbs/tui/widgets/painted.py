"""A widget that paints lines in inks by itself."""

from collections.abc import Iterable
from typing import Final

from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from bunniz_bbs.tui.palette import Palette

_BELOW: Final = Color(0, 0, 0)
"""What is under a line, for Textual's own filters; none of ours asks for it."""


class Painted(Widget):
    """Knows how inks look; another palette can be given at any time."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.palette = palette

    def render_lines(self, crop: Region) -> list[Strip]:
        """Rows as they go to the terminal; nothing of them is kept.

        Textual would look for borders, tints and see-through colours first. Here a line
        is painted from edge to edge.
        """
        rows = self.filtered(map(self.render_line, crop.line_range))
        if all(row.cell_length == crop.width for row in rows) and not crop.x:
            return rows
        return [row.crop_extend(*crop.column_span, None) for row in rows]

    def filtered(self, rows: Iterable[Strip]) -> list[Strip]:
        """Rows less what this terminal cannot show."""
        made = list(rows)
        for one in self.get_line_filters():
            made = [row.apply_filter(one, _BELOW) for row in made]
        return made

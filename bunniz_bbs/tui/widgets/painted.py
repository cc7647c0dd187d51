"""A widget that paints lines in inks by itself."""

from textual.widget import Widget

from bunniz_bbs.tui.palette import Palette


class Painted(Widget):
    """Knows how inks look; another palette can be given at any time."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.palette = palette

"""The first and the last line of every screen."""

from collections.abc import Callable, Sequence

from textual.geometry import Size
from textual.strip import Strip

from bunniz_bbs.tui.ink import Line
from bunniz_bbs.tui.palette import Palette
from bunniz_bbs.tui.widgets.paint import paint
from bunniz_bbs.tui.widgets.painted import Painted


class OneLine(Painted):
    """One or a few lines made anew for each size."""

    DEFAULT_CSS = """
    OneLine { height: 1; width: 100%; }
    """

    def __init__(
        self,
        palette: Palette,
        make: Callable[[int], Sequence[Line]],
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(palette, id=id)
        self._make = make
        self._made: Sequence[Line] = ()
        self._made_for: Size | None = None

    def redo(self) -> None:
        """Make the lines anew: something they say has changed."""
        self._made_for = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One of the lines."""
        width = self.size.width
        if self.size != self._made_for:
            self._made, self._made_for = self._make(width), self.size
        spans = self._made[y] if y < len(self._made) else ()
        return paint(spans, width, self.palette)

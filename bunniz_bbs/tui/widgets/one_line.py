"""The first and the last line of every screen."""

from collections.abc import Callable, Sequence

from textual.strip import Strip

from bunniz_bbs.tui.ink import Line
from bunniz_bbs.tui.palette import Palette
from bunniz_bbs.tui.widgets.paint import paint
from bunniz_bbs.tui.widgets.painted import Painted


class OneLine(Painted):
    """One or a few lines made anew for each width."""

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
        self._width = -1

    def redo(self) -> None:
        """Make the lines anew: something they say has changed."""
        self._width = -1
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One of the lines."""
        width = self.size.width
        if width != self._width:
            self._made, self._width = self._make(width), width
        spans = self._made[y] if y < len(self._made) else ()
        return paint(spans, width, self.palette)

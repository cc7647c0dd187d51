"""A room's lines as they come, held at the bottom unless one scrolls up."""

from collections.abc import Callable, Sequence

from textual import events
from textual.strip import Strip

from bunniz_bbs.tui.glyphs import Glyphs
from bunniz_bbs.tui.ink import Ink, Line, Span
from bunniz_bbs.tui.palette import Palette
from bunniz_bbs.tui.widgets.paint import paint
from bunniz_bbs.tui.widgets.painted import Painted


class Feed(Painted):
    """Shows the end of a list of lines that grows."""

    DEFAULT_CSS = """
    Feed { height: 1fr; width: 100%; }
    """

    def __init__(
        self,
        palette: Palette,
        glyphs: Glyphs,
        make: Callable[[int], Sequence[Line]],
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(palette, id=id)
        self._glyphs = glyphs
        self._make = make
        self._lines: Sequence[Line] = ()
        self._width = -1
        self.back = 0
        """How many lines the view is scrolled up from the end."""

    def redo(self, grown: int = 0) -> None:
        """Make the lines anew: something was added, changed or has gone."""
        before = len(self._lines)
        self._width = -1
        self._fill()
        if self.back and grown:
            self.back += max(0, len(self._lines) - before)
        self._clamp()
        self.refresh()

    def _fill(self) -> None:
        if self._width != self.size.width and self.size.width:
            self._width = self.size.width
            self._lines = self._make(self._width)

    def render_line(self, y: int) -> Strip:
        """One line of what is in view; few lines stand at the bottom."""
        self._fill()
        index = len(self._lines) - self.back - self.size.height + y
        spans = self._lines[index] if 0 <= index < len(self._lines) else ()
        width = self.size.width
        if not self.back or y != self.size.height - 1:
            return paint(spans, width, self.palette)
        kept = paint(spans, width, self.palette).crop(0, width - 1)
        below = Span(self._glyphs.below, Ink.ACCENT)
        return Strip.join([kept, paint((below,), 1, self.palette)])

    def scroll_lines(self, lines: int) -> None:
        """Scroll up by so many lines, or down when negative."""
        self.back += lines
        self._clamp()
        self.refresh()

    def _clamp(self) -> None:
        most = max(0, len(self._lines) - self.size.height)
        self.back = max(0, min(self.back, most))

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew."""
        self._fill()
        self._clamp()
        self.refresh()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll three lines up."""
        self.scroll_lines(3)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll three lines down."""
        self.scroll_lines(-3)

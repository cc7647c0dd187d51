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
    """Shows the end of a list of lines that grows, and asks for no more than it shows.

    However long the list is, a screen of it costs the same.
    """

    DEFAULT_CSS = """
    Feed { height: 1fr; width: 100%; }
    """

    def __init__(
        self,
        palette: Palette,
        glyphs: Glyphs,
        make: Callable[[int, int], Sequence[Line]],
        *,
        id: str | None = None,
    ) -> None:
        """A feed.

        Args:
            palette: How inks look.
            glyphs: The signs of this terminal.
            make: Lays out the last lines for a width: so many, or all there are.
            id: As Textual knows it.
        """
        super().__init__(palette, id=id)
        self._glyphs = glyphs
        self._make = make
        self._lines: Sequence[Line] | None = None
        """What was laid out; None: something has changed since."""
        self.back = 0
        """How many lines the view is scrolled up from the end."""

    def redo(self, grown: int = 0) -> None:
        """Draw anew: something changed or has gone, or so many lines came at the end.

        A view that is scrolled up stays where it is.
        """
        self.lose()
        if self.back:
            self.back += grown
        self.refresh()

    def lose(self) -> None:
        """Keep nothing of what was laid out."""
        self._lines = None

    def _shown(self) -> Sequence[Line]:
        """The lines down to the end of the list, from the first one in view or before.

        A view that is scrolled up further than there are lines comes down.
        """
        if self._lines is None:
            height = self.size.height
            self._lines = self._make(self.size.width, self.back + height)
            self.back = max(0, min(self.back, len(self._lines) - height))
        return self._lines

    def render_line(self, y: int) -> Strip:
        """One line of what is in view; few lines stand at the bottom."""
        lines = self._shown()
        index = len(lines) - self.back - self.size.height + y
        spans = lines[index] if 0 <= index < len(lines) else ()
        width = self.size.width
        if not self.back or y != self.size.height - 1:
            return paint(spans, width, self.palette)
        kept = paint(spans, width, self.palette).crop(0, width - 1)
        below = Span(self._glyphs.below, Ink.ACCENT)
        return Strip.join([kept, paint((below,), 1, self.palette)])

    def scroll_lines(self, lines: int) -> None:
        """Scroll up by so many lines, or down when negative."""
        self.back = max(0, self.back + lines)
        self.lose()
        self._shown()
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew."""
        self.redo()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll three lines up."""
        self.scroll_lines(3)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll three lines down."""
        self.scroll_lines(-3)

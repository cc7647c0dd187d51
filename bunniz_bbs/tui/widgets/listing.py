"""Rows of one or more lines, one of which the cursor is on: what is in view of them."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from textual.geometry import Offset
from textual.strip import Strip

from bunniz_bbs.tui.glyphs import Glyphs
from bunniz_bbs.tui.ink import Ink, Line, Span
from bunniz_bbs.tui.palette import Palette
from bunniz_bbs.tui.widgets.paint import paint
from bunniz_bbs.tui.widgets.painted import Painted


@dataclass(frozen=True, slots=True)
class Row:
    """What belongs together: a thread in a list, a post, a heading."""

    lines: tuple[Line, ...]
    items: tuple[Hashable, ...] = ()
    """What can be chosen in it; spans tag their item by its index. None: nothing."""
    barred: bool = False
    """Marked by a bar alone when the cursor is on it, with no ground under the text."""

    @property
    def written(self) -> int:
        """Lines up to the last one that has something on it."""
        return max((i for i, one in enumerate(self.lines, 1) if one), default=0)


class Listing(Painted):
    """Shows rows; knows what is in view, and where the cursor is."""

    def __init__(
        self, palette: Palette, glyphs: Glyphs, *, id: str | None = None
    ) -> None:
        super().__init__(palette, id=id)
        self._glyphs = glyphs
        self._rows: Sequence[Row] = ()
        self._starts: list[int] = []
        self._flat: list[tuple[int, Line]] = []
        self._row = 0
        self._item = 0
        self.top = 0
        """The line that the view begins with."""
        self._placed = False
        """Whether the view was put somewhere; before, its height is not known."""
        self.from_top = False
        """Whether it is read from its beginning: the first choice may be below that."""
        self.touched = False
        """Whether somebody moved in it."""

    # -- content

    def show(self, rows: Sequence[Row], *, at: Hashable | None = None) -> None:
        """Show these rows; the cursor stays on its item, or goes to `at`."""
        wanted = at if at is not None else self.chosen
        above = self.above
        self._rows = rows
        self._starts, self._flat = [], []
        for index, row in enumerate(rows):
            self._starts.append(len(self._flat))
            self._flat += [(index, one) for one in row.lines]
        self._row, self._item = self._find(wanted)
        if at is None and self._starts:
            self.top = self._starts[self._row] - above
        self._hold()
        self.refresh()

    def _find(self, wanted: Hashable | None) -> tuple[int, int]:
        first = None
        for index, row in enumerate(self._rows):
            if row.items and first is None:
                first = index
            if wanted is not None and wanted in row.items:
                return index, row.items.index(wanted)
        if wanted is None or not self._rows:
            return first or 0, 0
        near = min(self._row, len(self._rows) - 1)
        for index in [*range(near, len(self._rows)), *range(near, -1, -1)]:
            if self._rows[index].items:
                return index, 0
        return first or 0, 0

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's hidden cursor belongs, for screen readers to follow."""
        x, y, _, height = self.content_region
        row = self._starts[self._row] - self.top if self._starts else 0
        return Offset(x, y + max(0, min(row, height - 1)))

    @property
    def chosen(self) -> Hashable | None:
        """The item that the cursor is on."""
        if self._row < len(self._rows) and self._rows[self._row].items:
            items = self._rows[self._row].items
            return items[min(self._item, len(items) - 1)]
        return None

    @property
    def above(self) -> int:
        """How many lines of the view stand before the cursor's row."""
        return self._starts[self._row] - self.top if self._starts else 0

    @property
    def visible_items(self) -> list[Hashable]:
        """The items whose last line is on the screen or above it."""
        end = self.top + max(1, self.size.height)
        return [
            item
            for row, start in zip(self._rows, self._starts, strict=True)
            if start + row.written <= end
            for item in row.items
        ]

    @property
    def first_in_view(self) -> Hashable | None:
        """The first item of which something is on the screen, or below it."""
        for row, start in zip(self._rows, self._starts, strict=True):
            if row.items and start + row.written > self.top:
                return row.items[0]
        return None

    @property
    def lines(self) -> int:
        """How many lines there are in all."""
        return len(self._flat)

    def is_near(self, way: int) -> bool:
        """Whether less than a screen is left above what is in view, or below it."""
        height = max(1, self.size.height)
        left = self.top if way < 0 else len(self._flat) - self.top - height
        return left < height

    def put_at_top(self, item: Hashable, *, above: int = 0) -> None:
        """Move the cursor to an item and scroll to it, or to so many lines above it."""
        self._row, self._item = self._find(item)
        if self._starts:
            self.top = self._starts[self._row] - above
            self._placed = True
        self._clamp()
        self.refresh()

    # -- drawing

    def render_line(self, y: int) -> Strip:
        """One line of what is in view."""
        width = self.size.width
        index = self.top + y
        if index >= len(self._flat):
            return paint((), width, self.palette)
        if sign := self._sign_of_more(y):
            kept = self._line_at(index, width).crop(0, width - 1)
            return Strip.join([kept, paint((Span(sign, Ink.QUIET),), 1, self.palette)])
        return self._line_at(index, width)

    def _sign_of_more(self, y: int) -> str:
        """What stands at the right of the first and the last line of a cut list."""
        if y == 0 and self.top > 0:
            return self._glyphs.above
        last = y == self.size.height - 1
        return self._glyphs.below if last and self.more else ""

    @property
    def more(self) -> bool:
        """Whether there is something written below what is in view."""
        end = self.top + max(1, self.size.height)
        return any(one for _, one in self._flat[end:])

    def _line_at(self, index: int, width: int) -> Strip:
        owner, spans = self._flat[index]
        row = self._rows[owner]
        here = owner == self._row and bool(row.items) and self.has_focus
        tagged = any(span.item is not None for span in spans) or len(row.items) > 1
        inside = index - self._starts[owner] < row.written
        if here and not tagged and inside:
            spans = (Span(self._glyphs.bar, Ink.BAR), *_without_first_cell(spans))
        return paint(
            spans,
            width,
            self.palette,
            chosen=self._item if here and tagged else None,
            whole=here and not tagged and not row.barred,
        )

    # -- the view

    def _ends(self, index: int) -> int:
        """The line after a row."""
        return self._starts[index] + len(self._rows[index].lines)

    def _next(self, index: int, way: int) -> int | None:
        index += way
        while 0 <= index < len(self._rows):
            if self._rows[index].items:
                return index
            index += way
        return None

    def _hold(self) -> None:
        """Stay where one is, unless the cursor's row would not be in view."""
        height = self.size.height
        if not height or not self._starts:
            return
        if self.from_top and not self.touched:
            self.top, self._placed = 0, True
            return
        start = self._starts[self._row]
        too_long = len(self._rows[self._row].lines) > height
        if self._placed and too_long and self.top <= start < self.top + height:
            self._clamp()
        else:
            self._reveal()
        self._placed = True

    def _reveal(self) -> None:
        """Scroll as little as needed so that the cursor's row is in view."""
        if not self._starts:
            self.top = 0
            return
        height = max(1, self.size.height)
        start, end = self._starts[self._row], self._ends(self._row)
        first = self._next(self._row, -1) is None
        if end > self.top + height:
            self.top = min(start, end - height)
        if start < self.top:
            self.top = start
        if first and end <= height:
            self.top = 0
        self._clamp()

    def _clamp(self) -> None:
        self.top = max(0, min(self.top, len(self._flat) - max(1, self.size.height)))


def _without_first_cell(spans: Line) -> Line:
    """The line less its first column, which is margin."""
    if not spans or not spans[0].text:
        return spans
    first = spans[0]
    return (Span(first.text[1:], first.ink, first.item), *spans[1:])

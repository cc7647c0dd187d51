"""A calm list: rows of one or more lines, some of which can be chosen."""

from collections.abc import Hashable
from dataclasses import dataclass

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding
from textual.message import Message

from bunniz_bbs.tui.ink import cells
from bunniz_bbs.tui.widgets.listing import Listing, Row

__all__ = ["Row", "Rows"]


class Rows(Listing, can_focus=True):
    """Shows rows, moves a cursor over those that can be chosen, and scrolls."""

    DEFAULT_CSS = """
    Rows { height: 1fr; width: 100%; }
    """

    BINDINGS = [  # noqa: RUF012 - Textual's own name and shape
        Binding("up,k", "step(-1)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("left", "across(-1)", show=False),
        Binding("right", "across(1)", show=False),
        Binding("pageup,ctrl+u", "page(-1)", show=False),
        Binding("pagedown,ctrl+d,space", "page(1)", show=False),
        Binding("home", "edge(-1)", show=False),
        Binding("end,G", "edge(1)", show=False),
        Binding("enter", "choose", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """Somebody chose an item."""

        item: Hashable

    @dataclass
    class Moved(Message):
        """The cursor or the view moved."""

        edge: int = 0
        """-1 or 1 where the first or the last row of all was asked for."""

    # -- moving

    def action_step(self, way: int) -> None:
        """Go to the next row that can be chosen, or scroll a line on the way."""
        target = self._next(self._row, way)
        height = max(1, self.size.height)
        if target is not None:
            start = self._starts[target]
            reach = start if way < 0 else start + 1
            if self.top - 1 <= reach <= self.top + height + 1 or self._is_seen(way):
                self._row = target
                self._item = min(self._item, len(self._rows[target].items) - 1)
                self._reveal()
            else:
                self.top += way
        else:
            self.top += way
        self._clamp()
        self._moved()

    def _is_seen(self, way: int) -> bool:
        """Whether the current row's far end is in view already."""
        if way < 0:
            return self._starts[self._row] >= self.top
        return self._ends(self._row) <= self.top + self.size.height

    def action_across(self, way: int) -> None:
        """Go to the next item in the row."""
        if self._row < len(self._rows):
            last = len(self._rows[self._row].items) - 1
            self._item = max(0, min(last, self._item + way))
            self._moved()

    def action_page(self, way: int) -> None:
        """Scroll by a screen; the cursor comes along."""
        self.top += way * max(1, self.size.height - 2)
        self._clamp()
        self._follow(way)
        self._moved()

    def action_edge(self, way: int) -> None:
        """Go to the first or the last row."""
        self.top = 0 if way < 0 else len(self._flat)
        self._clamp()
        self._follow(way)
        self._moved(edge=way)

    def _follow(self, way: int) -> None:
        """Put the cursor on a row in view."""
        end = self.top + max(1, self.size.height)
        inside = [
            index
            for index, row in enumerate(self._rows)
            if row.items and self._starts[index] < end and self._ends(index) > self.top
        ]
        begun = [index for index in inside if self._starts[index] >= self.top]
        if inside:
            at_end = way > 0 and end >= len(self._flat)
            self._row = inside[-1] if at_end else (begun or inside)[0]
            self._item = 0

    def bring_along(self) -> None:
        """Put the cursor on a row in view, where scrolling left it behind."""
        end = self.top + max(1, self.size.height)
        if self._rows and not (
            self._starts[self._row] < end and self._ends(self._row) > self.top
        ):
            self._follow(1)

    def action_choose(self) -> None:
        """Choose what the cursor is on; where there is nothing, the page decides."""
        if self.chosen is None:
            raise SkipAction
        self.post_message(self.Chosen(self.chosen))

    def _moved(self, edge: int = 0) -> None:
        self.touched = True
        self.refresh()
        self.post_message(self.Moved(edge))

    # -- events

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in view."""
        self._hold()
        self.refresh()

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll three lines."""
        self.top += 3
        self._clamp()
        self._moved()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll three lines back."""
        self.top -= 3
        self._clamp()
        self._moved()

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        index = self.top + event.y
        if not 0 <= index < len(self._flat):
            return
        owner, spans = self._flat[index]
        row = self._rows[owner]
        if not row.items:
            return
        column, item = 0, 0
        for span in spans:
            column += cells(span.text)
            if event.x < column:
                item = span.item or 0
                break
        self._row, self._item = owner, item
        self._moved()
        if not row.barred:
            self.action_choose()

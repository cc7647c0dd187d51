"""A field for several lines of plain text."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip

from bunniz_bbs.domain.limits import BODY_CHARACTERS
from bunniz_bbs.tui.ink import Line, Span, cells
from bunniz_bbs.tui.manuscript import Layout, Manuscript, plain
from bunniz_bbs.tui.palette import Palette
from bunniz_bbs.tui.typed import is_typed
from bunniz_bbs.tui.widgets.paint import paint
from bunniz_bbs.tui.widgets.painted import Painted

MOST_TYPED = 4 * BODY_CHARACTERS
"""Characters that the editor takes at all; how many fit is said above the keys."""

_MOVES = {
    "step(-1": "left,ctrl+b",
    "step(1": "right,ctrl+f",
    "word(-1": "ctrl+left,alt+left,alt+b",
    "word(1": "ctrl+right,alt+right,alt+f",
    "edge(-1": "home,ctrl+a",
    "edge(1": "end,ctrl+e",
    "limit(-1": "ctrl+home",
    "limit(1": "ctrl+end",
    "row(-1": "up",
    "row(1": "down",
    "page(-1": "pageup",
    "page(1": "pagedown",
}
"""Which keys move the cursor; with Shift, the first of each chooses on the way."""


def _moves() -> list[BindingType]:
    made: list[BindingType] = []
    for move, keys in _MOVES.items():
        first = keys.split(",")[0]
        held = first.replace("ctrl+", "ctrl+shift+")
        held = held if held != first else f"shift+{first}"
        made += [
            Binding(keys, f"{move})", show=False),
            Binding(held, f"{move}, True)", show=False),
        ]
    return made


class Editor(Painted, can_focus=True):
    """Takes several lines of plain text, and never too much of it.

    The cursor is the terminal's own: screen readers and magnifiers follow it.
    """

    DEFAULT_CSS = """
    Editor { height: 1fr; width: 100%; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *_moves(),
        Binding("backspace,ctrl+h", "cut('step', -1)", show=False),
        Binding("delete", "cut('step', 1)", show=False),
        Binding("ctrl+w,alt+backspace,ctrl+backspace", "cut('word', -1)", show=False),
        Binding("alt+d,ctrl+delete", "cut('word', 1)", show=False),
        Binding("ctrl+u", "cut('edge', -1)", show=False),
        Binding("ctrl+k", "cut('edge', 1)", show=False),
        Binding("ctrl+z", "undo", show=False),
        Binding("ctrl+y", "redo", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Somebody typed or rubbed out something."""

        editor: "Editor"

    @dataclass
    class Moved(Message):
        """The cursor went elsewhere, and nothing was changed."""

        editor: "Editor"

    @dataclass
    class Full(Message):
        """What was typed or pasted does not fit; nothing of it was taken."""

        editor: "Editor"

    def __init__(self, palette: Palette, text: str = "") -> None:
        super().__init__(palette)
        self._script = Manuscript(plain(text))
        self._script.go(len(self._script.text))
        self._layout = Layout.of("", 1)
        self._top = 0
        self._goal: int | None = None
        """The column that the cursor wants to be in while it goes up and down."""
        self._drawn: list[Line] = []
        self.take_first: Callable[[str], bool] = lambda key: False
        """Asked about each key before it is taken here; True: it is done with."""

    # -- content

    @property
    def text(self) -> str:
        """What is written."""
        return self._script.text

    @property
    def before(self) -> str:
        """What stands in the cursor's line before it."""
        script = self._script
        return script.text[script.line_start(script.at) : script.at]

    def insert(self, text: str) -> None:
        """Put a text where the cursor is, as one change, if it fits."""
        if len(self.text) + len(text) > MOST_TYPED:
            self.screen.post_message(self.Full(self))
            return
        self._script.paste(text)
        self._changed()

    def put_back(self, count: int, text: str) -> None:
        """Put a text in place of so many characters before the cursor."""
        self._script.replace(self._script.at - count, self._script.at, text)
        self._changed()

    def rename(self, was: str, name: str) -> None:
        """Call whoever `@` and a name mean otherwise from now on."""
        if self._script.rename(was, name):
            self._changed()

    # -- drawing

    def _width(self) -> int:
        """Columns of text; one at each side stays free, for the cursor too."""
        return max(2, self.size.width - 2)

    def _height(self) -> int:
        return max(1, self.size.height)

    def _lay_out(self) -> Layout:
        text, width = self._script.text, self._width()
        if self._layout.text != text or self._layout.width != width:
            self._layout = Layout.of(text, width, self._layout)
        return self._layout

    def _reveal(self) -> None:
        """Let the cursor be in view."""
        layout, height = self._lay_out(), self._height()
        row = layout.row_of(self._script.at)
        self._top = max(min(self._top, row), row - height + 1)
        self._top = max(0, min(self._top, len(layout.rows) - height))

    def redo(self) -> None:
        """Draw the rows that read otherwise than before, and the cursor's."""
        self._reveal()
        cursor = self._layout.row_of(self._script.at) - self._top
        drawn = [self._row(y) for y in range(self._height())]
        if len(drawn) != len(self._drawn):
            self.refresh()
        else:
            was = enumerate(zip(drawn, self._drawn, strict=True))
            rows = {y for y, (new, old) in was if new != old} | {cursor}
            width = self.size.width
            self.refresh(*(Region(0, y, width, 1) for y in sorted(rows)))
        self._drawn = drawn

    def _row(self, y: int) -> Line:
        """A row in view; what is chosen is marked."""
        layout, index = self._layout, self._top + y
        if index >= len(layout.rows):
            return ()
        start, end = layout.rows[index]
        text = self._script.text
        while (
            end > start
            and text[end - 1] == " "
            and (cells(text[start:end]) > layout.width)
        ):
            end -= 1
        first, last = self._script.chosen
        first, last = (min(max(one, start), end) for one in (first, last))
        return (
            Span(" " + text[start:first]),
            Span(text[first:last], item=1),
            Span(text[last:end]),
        )

    def render_line(self, y: int) -> Strip:
        """A row of the text."""
        row = [span for span in self._row(y) if span.text]
        return paint(row, self.size.width, self.palette, chosen=1)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs, in columns and rows of the screen."""
        x, y, width, height = self.content_region
        layout, at = self._lay_out(), self._script.at
        row = min(max(0, layout.row_of(at) - self._top), max(0, height - 1))
        return Offset(x + min(1 + layout.column_of(at), max(0, width - 1)), y + row)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._drawn = []
        self.redo()

    # -- typing

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whatever can be printed is typed here."""
        return is_typed(character)

    async def _on_key(self, event: events.Key) -> None:
        if not self.take_first(event.key):
            typed = "\n" if event.key == "enter" else event.character
            if not (event.key == "enter" or is_typed(typed)):
                return
            if len(self.text) < MOST_TYPED:
                self._script.type(typed or "")
                self._changed()
            else:
                self.screen.post_message(self.Full(self))
        event.stop()
        event.prevent_default()

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert(event.text)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where one clicked."""
        layout = self._lay_out()
        row = min(self._top + event.y, len(layout.rows) - 1)
        self._go(layout.place_at(row, event.x - 1))

    def on_mouse_scroll_down(self) -> None:
        """Go three rows on."""
        self.action_row(3)

    def on_mouse_scroll_up(self) -> None:
        """Go three rows back."""
        self.action_row(-3)

    def _changed(self) -> None:
        self._goal = None
        self.redo()
        self.screen.post_message(self.Changed(self))

    def _go(self, place: int, choosing: bool = False) -> None:
        self._goal = None
        self._script.go(place, choosing=choosing)
        self.redo()
        self.screen.post_message(self.Moved(self))

    # -- moving

    def action_step(self, way: int, choosing: bool = False) -> None:
        """Go one character on or back."""
        self._go(self._script.step(way), choosing)

    def action_word(self, way: int, choosing: bool = False) -> None:
        """Go one word on or back."""
        self._go(self._script.word(way), choosing)

    def action_edge(self, way: int, choosing: bool = False) -> None:
        """Go to the end or to the beginning of the line."""
        self._go(self._script.edge(way), choosing)

    def action_limit(self, way: int, choosing: bool = False) -> None:
        """Go to the end or to the beginning of the text."""
        self._go(self._script.limit(way), choosing)

    def action_row(self, way: int, choosing: bool = False) -> None:
        """Go so many rows down or up; from the last one to the end of the text."""
        layout, at = self._lay_out(), self._script.at
        goal = layout.column_of(at) if self._goal is None else self._goal
        row = layout.row_of(at) + way
        if 0 <= row < len(layout.rows):
            place = layout.place_at(row, goal)
        else:
            place = self._script.limit(way)
        self._go(place, choosing)
        self._goal = goal

    def action_page(self, way: int, choosing: bool = False) -> None:
        """Go a screen down or up."""
        self.action_row(way * max(1, self._height() - 1), choosing)

    # -- changing

    def action_cut(self, unit: str, way: int) -> None:
        """Rub out a character, a word or a line, on one side of the cursor.

        What is chosen goes instead.
        """
        script = self._script
        script.cut(
            {"step": script.step, "word": script.word}.get(unit, script.edge)(way)
        )
        self._changed()

    def action_undo(self) -> None:
        """Take back the last change."""
        self._script.undo()
        self._changed()

    def action_redo(self) -> None:
        """Make the change again that was taken back last."""
        self._script.redo()
        self._changed()

"""A field for several lines of plain text."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from bunniz_bbs.domain.limits import BODY_CHARACTERS
from bunniz_bbs.domain.text import printable
from bunniz_bbs.tui.typed import JOINER

MOST_TYPED = 4 * BODY_CHARACTERS
"""Characters that the editor takes at all; how many fit is said above the keys."""


def plain(text: str) -> str:
    """The text without control characters; tabs become spaces, breaks line feeds."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(printable(one.replace("\t", "    ")) for one in lines)


class Editor(TextArea):
    """A text area that takes plain text only and never too much of it.

    The cursor is the terminal's own: screen readers and magnifiers follow it.
    """

    DEFAULT_CSS = """
    Editor, Editor:focus {
        border: none; padding: 0 1; height: 1fr;
        background: $background; color: $foreground;
        background-tint: transparent;
        scrollbar-size-vertical: 0;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.back", show=False),
        Binding("ctrl+s", "screen.send", show=False),
        Binding("ctrl+d", "screen.drop", show=False),
    ]

    def __init__(self, text: str) -> None:
        super().__init__(
            plain(text),
            soft_wrap=True,
            tab_behavior="focus",
            compact=True,
            highlight_cursor_line=False,
        )
        self.cursor_blink = False
        self.match_cursor_bracket = False

    @property
    def _draw_cursor(self) -> bool:
        return False

    async def _on_paste(self, event: events.Paste) -> None:
        room = max(0, MOST_TYPED - len(self.text))
        text = plain(event.text)
        event.prevent_default()
        event.stop()
        if result := self._replace_via_keyboard(text[:room], *self.selection):
            self.move_cursor(result.end_location)
            self.focus()

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable and len(self.text) >= MOST_TYPED:
            event.prevent_default()
            event.stop()
            return
        if event.character == JOINER:
            self.insert(JOINER)
        await super()._on_key(event)

"""A line to type in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input

from bunniz_bbs.domain.text import printable

LONGEST = 4000
"""Characters that are taken at all; how many fit is said when it is sent."""


class Entry(Input):
    """An input that completes on Tab and takes a paste as one line."""

    DEFAULT_CSS = """
    Entry, Entry:focus {
        border: none; padding: 0; height: 1; background: $background;
        background-tint: transparent;
        color: $foreground;
    }
    """

    BINDINGS = [  # noqa: RUF012 - Textual's own name and shape
        Binding("tab", "complete", show=False),
        Binding("escape", "give_up", show=False),
    ]

    @dataclass
    class GivenUp(Message):
        """Escape was pressed."""

    def __init__(
        self,
        complete: Callable[[str], Sequence[str]] | None = None,
        *,
        id: str | None = None,
        placeholder: str = "",
    ) -> None:
        super().__init__(
            id=id,
            placeholder=placeholder,
            max_length=LONGEST,
            select_on_focus=False,
            compact=True,
        )
        self.cursor_blink = False
        self._complete = complete
        self._offers: Sequence[str] = ()
        self._offered = -1

    def action_complete(self) -> None:
        """Put the next thing that the last word can become."""
        if self._complete is None:
            self.screen.focus_next()
            return
        if self._offered < 0:
            self._offers = self._complete(self.value[: self.cursor_position])
        if not self._offers:
            return
        self._offered = (self._offered + 1) % len(self._offers)
        offer = self._offers[self._offered]
        with self.prevent(Input.Changed):
            self.value = offer + self.value[self.cursor_position :]
            self.cursor_position = len(offer)

    def action_give_up(self) -> None:
        """Tell the screen that Escape was pressed."""
        self.post_message(self.GivenUp())

    async def _on_key(self, event: events.Key) -> None:
        if event.key != "tab":
            self._offered = -1
        await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        text = printable(" ".join(event.text[: LONGEST * 2].split()))
        self.insert_text_at_cursor(text[: max(0, LONGEST - len(self.value))])
        event.prevent_default()
        event.stop()

"""A line to type in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from bunniz_bbs.tui.ink import Ink, Line, Span, cut, width_of
from bunniz_bbs.tui.palette import Palette
from bunniz_bbs.tui.typed import LONGEST, Typed, is_typed
from bunniz_bbs.tui.widgets.paint import paint
from bunniz_bbs.tui.widgets.painted import Painted


class Entry(Painted, can_focus=True):
    """Takes one line, completes on Tab, and takes a paste as one line.

    The cursor is the terminal's own: screen readers and magnifiers follow it.
    """

    DEFAULT_CSS = """
    Entry { height: 1; width: 100%; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False),
        Binding("escape", "give_up", show=False),
        Binding("enter", "submit", show=False),
        Binding("left,ctrl+b", "step(-1)", show=False),
        Binding("right,ctrl+f", "step(1)", show=False),
        Binding("ctrl+left", "word(-1)", show=False),
        Binding("ctrl+right", "word(1)", show=False),
        Binding("home,ctrl+a", "edge(-1)", show=False),
        Binding("end,ctrl+e", "edge(1)", show=False),
        Binding("backspace,ctrl+h", "cut('step', -1)", show=False),
        Binding("delete,ctrl+d", "cut('step', 1)", show=False),
        Binding("ctrl+w,alt+backspace", "cut('word', -1)", show=False),
        Binding("ctrl+u", "cut('edge', -1)", show=False),
        Binding("ctrl+k", "cut('edge', 1)", show=False),
    ]

    @dataclass
    class Submitted(Message):
        """Enter was pressed."""

        entry: "Entry"
        value: str

    @dataclass
    class Changed(Message):
        """Somebody typed or rubbed out something."""

        entry: "Entry"

    @dataclass
    class GivenUp(Message):
        """Escape was pressed."""

        entry: "Entry"

    def __init__(
        self,
        palette: Palette,
        prompt: Callable[[], Line],
        complete: Callable[[str], Sequence[str]] | None = None,
        *,
        text: str = "",
        framed: bool = False,
        id: str | None = None,
    ) -> None:
        """A line to type in.

        Args:
            palette: How inks look.
            prompt: What stands before what is typed.
            complete: What a beginning can become; None: Tab goes to the next field.
            text: What is typed already.
            framed: Whether it shows how wide it is.
            id: Its name on the page.
        """
        super().__init__(palette, id=id)
        self._prompt = prompt
        self._complete = complete
        self._framed = framed
        self._typed = Typed()
        self._typed.insert(text)
        self._hint = ""
        self._offers: Sequence[str] = ()
        self._offered = -1

    # -- content

    @property
    def value(self) -> str:
        """What is typed."""
        return self._typed.text

    @value.setter
    def value(self, text: str) -> None:
        self._typed.put(text)
        self.redo()

    @property
    def hint(self) -> str:
        """What is shown while nothing is typed."""
        return self._hint

    @hint.setter
    def hint(self, text: str) -> None:
        self._hint = text
        self.refresh()

    def redo(self) -> None:
        """The cursor is elsewhere, or what stands before the text reads differently."""
        self._typed.reveal(self._room())
        self.refresh()

    def _changed(self) -> None:
        self.redo()
        self._tell(self.Changed(self))

    def _tell(self, message: Message) -> None:
        """Tell the page at once, not around by a queue of one's own."""
        self.screen.post_message(message)

    # -- drawing

    def _room(self) -> int:
        """Columns for what is typed; one more is for the cursor at its end."""
        return max(2, self.size.width - width_of(self._prompt()) - 1)

    def render_line(self, y: int) -> Strip:
        """The prompt and what is typed, or a hint."""
        if y:
            return paint((), self.size.width, self.palette)
        room, ink = self._room(), Ink.FIELD if self._framed else Ink.PLAIN
        if self._typed.text:
            shown: Line = (Span(self._typed.shown(room), ink),)
        else:
            hint = Ink.HINT if self._framed else Ink.QUIET
            shown = (Span(cut(self._hint, room), hint),)
        if self._framed:
            shown = (*shown, Span(" " * (room + 1 - width_of(shown)), Ink.FIELD))
        return paint((*self._prompt(), *shown), self.size.width, self.palette)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs, in columns and rows of the screen."""
        x, y, width, _ = self.content_region
        at = width_of(self._prompt()) + self._typed.column()
        return Offset(x + min(at, max(0, width - 1)), y)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self.redo()

    # -- typing

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whatever can be printed is typed here."""
        return is_typed(character)

    async def _on_key(self, event: events.Key) -> None:
        if event.key != "tab":
            self._offered = -1
        if event.key == "enter":  # its binding would go around by the page and the app
            self.action_submit()
        elif is_typed(event.character):
            self._typed.insert(event.character or "")
            self._changed()
        else:
            return
        event.stop()
        event.prevent_default()

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._offered = -1
        self._typed.insert(" ".join(event.text[: LONGEST * 2].split()))
        self._changed()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where one clicked."""
        self._typed.at = self._typed.place(event.x - width_of(self._prompt()))
        self.redo()

    def action_submit(self) -> None:
        """Tell the page that Enter was pressed."""
        self._tell(self.Submitted(self, self.value))

    def action_give_up(self) -> None:
        """Tell the page that Escape was pressed."""
        self._tell(self.GivenUp(self))

    def action_complete(self) -> None:
        """Put the next thing that the last word can become."""
        if self._complete is None:
            self.screen.focus_next()
            return
        if self._offered < 0 or len(self._offers) == 1:
            self._offers, self._offered = self._complete(self._typed.before), -1
        if self._offers:
            self._offered = (self._offered + 1) % len(self._offers)
            offer = self._offers[self._offered]
            self._typed.put(offer + self._typed.after, len(offer))
            self._changed()

    def _goal(self, unit: str, way: int) -> int:
        goals = {"step": self._typed.step, "word": self._typed.word}
        return goals.get(unit, self._typed.edge)(way)

    def action_step(self, way: int) -> None:
        """Go one character on or back."""
        self._typed.at = self._typed.step(way)
        self.redo()

    def action_word(self, way: int) -> None:
        """Go one word on or back."""
        self._typed.at = self._typed.word(way)
        self.redo()

    def action_edge(self, way: int) -> None:
        """Go to the end or to the beginning."""
        self._typed.at = self._typed.edge(way)
        self.redo()

    def action_cut(self, unit: str, way: int) -> None:
        """Rub out a character, a word or all, on one side of the cursor."""
        self._typed.cut(*sorted((self._typed.at, self._goal(unit, way))))
        self._changed()

"""Writing: a thread, a reply, or a change to one's own post."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from bunniz_bbs.domain.boards import Board, Identity
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.limits import BODY_CHARACTERS, TITLE_CHARACTERS
from bunniz_bbs.domain.text import printable
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.times import lifetime
from bunniz_bbs.tui.ink import Ink, Line, Span, line
from bunniz_bbs.tui.keys import HELP_F1, LANGUAGE_CHORD, LEAVE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.posts import body_lines
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.entry import Entry
from bunniz_bbs.tui.widgets.one_line import OneLine
from bunniz_bbs.tui.widgets.rows import Row, Rows

QUIET = 1.0
"""Seconds without a key after which the draft is saved."""

MOST_TYPED = 4 * BODY_CHARACTERS
"""Characters that the editor takes at all; how many fit is said above the keys."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What is being written, and what sending it does."""

    place: str
    """Under which name its draft is kept."""
    heading: str
    board: Board
    titled: bool
    title: str
    body: str
    send: Callable[[str, str], Awaitable[None]]
    """Takes the title and the body; raises when it was not sent."""


class Editor(TextArea):
    """A text area that takes plain text only and never too much of it."""

    DEFAULT_CSS = """
    Editor, Editor:focus {
        border: none; padding: 0 1; height: 1fr;
        background: $background; color: $foreground;
        background-tint: transparent;
    }
    Editor .text-area--cursor-line { background: $background; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "screen.back", show=False),
        Binding("ctrl+s", "screen.send", show=False),
    ]

    def __init__(self, text: str) -> None:
        super().__init__(text, soft_wrap=True, tab_behavior="focus", compact=True)
        self.cursor_blink = False

    async def _on_paste(self, event: events.Paste) -> None:
        room = max(0, MOST_TYPED - len(self.text))
        lines = event.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        text = "\n".join(printable(one.replace("\t", "    ")) for one in lines)
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
        await super()._on_key(event)


class ComposePage(Page):
    """Title, text and a preview; Tab goes from one to the next."""

    DEFAULT_CSS = """
    ComposePage #title { padding: 0 1; margin: 1 0 0 0; }
    ComposePage #count { margin: 0 0 1 0; }
    ComposePage #preview { display: none; }
    """

    KEYS: ClassVar = (
        Key("ctrl+s", "send", N_("send"), "^S"),
        Key("f2", "next_part", N_("preview"), "Tab"),
        Key("escape", "back", N_("back, keep draft"), "Esc"),
        Key("ctrl+d", "drop", N_("throw the draft away"), name="^D"),
        LANGUAGE_CHORD,
        HELP_F1,
        LEAVE,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *as_bindings(KEYS),
        Binding("tab", "next_part", show=False),
        Binding("question_mark", "help", show=False),
    ]

    def __init__(self, session: Session, work: Writing, *, begun: bool = False) -> None:
        super().__init__(session)
        self.work = work
        self._saving: Timer | None = None
        self._done = False
        self._saved = (work.title, work.body)
        self._sure = False
        self._begun = begun

    async def load(self) -> None:
        """Say so where a draft is gone on with."""
        if self._begun:
            self._begun = False
            self.say(self.words("This is the draft that you began and did not send."))

    def body(self) -> ComposeResult:
        """Title, text, counter and preview."""
        if self.work.titled:
            title = Entry(self._parts, id="title")
            title.value = self.work.title
            yield title
        yield OneLine(self.session.palette, self._count, id="count")
        yield Editor(self.work.body)
        yield Rows(self.session.palette, self.session.glyphs.bar, id="preview")

    def home_focus(self) -> Widget | None:
        """The title when it is empty, else the text."""
        if self.work.titled and not self.query_one("#title", Entry).value:
            return self.query_one("#title", Entry)
        return self.query_one(Editor)

    def where(self) -> Line:
        """What is being written."""
        return line(Span(self.work.heading, Ink.TITLE))

    def what_happens(self) -> Line:
        """How long it stays, and under which name."""
        kept = lifetime(self.words, self.work.board.lifetime)
        if self.size.width < 60:
            return line(Span(kept, Ink.QUIET))
        name = self.words("as {name}", name=self.session.actor.name)
        return line(Span(f"{kept} {self.session.glyphs.dot} {name}", Ink.QUIET))

    def explain(self) -> list[str]:
        """How to write."""
        words = self.words
        told = [
            words(
                "Ctrl+S sends. Tab goes to the next part: title, text, preview. "
                "Esc goes back and keeps the draft for 24 hours, for you alone; "
                "it also survives when the connection drops. Ctrl+D throws the "
                "draft away."
            ),
            words(
                "You can write **bold**, *italic*, `code`, lists with - or 1. and "
                "quotes with >. Nothing else is treated specially."
            ),
            words(
                "Details such as dates, places or the way you write can show who "
                "you are. Readers can copy what they see."
            ),
        ]
        if self.work.board.identity in (Identity.ANON_ALLOWED, Identity.ANON_DEFAULT):
            told.append(
                words(
                    "Writing without a name is planned for this board and not there "
                    "yet: what you write carries your pseudonym."
                )
            )
        return told

    # -- drawing

    def redraw(self) -> None:
        """Labels in the session's language."""
        if self.work.titled:
            title = self.query_one("#title", Entry)
            title.placeholder = self.words("Title")
        self._show_preview()

    def on_resize(self) -> None:
        """Lay out the preview for the new width."""
        if self.is_mounted:
            self._show_preview()

    def _count(self, width: int) -> list[Line]:
        words = self.words
        title, text = self.written()
        over = len(text) > BODY_CHARACTERS or len(title) > TITLE_CHARACTERS
        count = words("{n} of {limit} characters", n=len(text), limit=BODY_CHARACTERS)
        if len(title) > TITLE_CHARACTERS:
            count = words(
                "title: {n} of {limit} characters", n=len(title), limit=TITLE_CHARACTERS
            )
        return [line(" ", Span(count, Ink.ALERT if over else Ink.QUIET))]

    def written(self) -> tuple[str, str]:
        """The title and the text as they stand."""
        if not self.is_mounted:
            return self.work.title, self.work.body
        title = self.query_one("#title", Entry).value if self.work.titled else ""
        return title, self.query_one(Editor).text

    def _parts(self, typed: str) -> list[str]:
        self.action_next_part()
        return []

    def action_next_part(self) -> None:
        """Go from the title to the text, from there to the preview, and round."""
        editor, preview = self.query_one(Editor), self.query_one("#preview", Rows)
        if isinstance(self.focused, Entry):
            editor.focus()
        elif preview.display:
            self._preview(False)
            first = self.query_one("#title", Entry) if self.work.titled else editor
            first.focus()
        else:
            self._preview(True)
            preview.focus()

    def _preview(self, shown: bool) -> None:
        self.query_one(Editor).display = not shown
        self.query_one("#preview", Rows).display = shown
        self._show_preview()

    def _show_preview(self) -> None:
        preview = self.query_one("#preview", Rows)
        if not preview.display:
            return
        lines = body_lines(self.session, self.written()[1], self.size.width - 4)
        empty = self.words("Nothing written yet.")
        shown = [line("  ", *one) for one in lines] or [
            line("  ", Span(empty, Ink.QUIET))
        ]
        preview.show([Row((one,)) for one in shown])

    # -- keeping

    def on_text_area_changed(self) -> None:
        """Count, and save the draft when the keys rest."""
        self._changed()

    def on_input_changed(self, event: Entry.Changed) -> None:
        """The title changed."""
        self._changed()

    def _changed(self) -> None:
        self._sure = False
        self.query_one("#count", OneLine).redo()
        if self._saving is None and not self._done:
            self._saving = self.set_timer(QUIET, self._save_soon)

    async def _save_soon(self) -> None:
        self._saving = None
        await self.keep()

    async def keep(self) -> None:
        """Save the draft, unless it is sent or unchanged."""
        now = self.written()
        if self._done or now == self._saved:
            return
        self._saved = now
        await self.session.services.drafts.save(
            self.session.actor, self.work.place, *now
        )

    # -- ending

    async def on_input_submitted(self, event: Entry.Submitted) -> None:
        """Enter in the title goes on to the text."""
        if event.input.id == "title":
            event.stop()
            self.query_one(Editor).focus()
            return
        await super().on_input_submitted(event)

    async def action_send(self) -> None:
        """Send; on a refusal nothing that was typed is lost."""
        if self._done:
            return
        self._done = True
        try:
            await self.work.send(*self.written())
        except BunnizError as error:
            self._done = False
            self.refuse(error)
            await self.keep()
            return
        self.house.back()

    async def action_back(self) -> None:  # type: ignore[override]
        """Go back; the draft is kept."""
        try:
            await self.keep()
        except BunnizError as error:
            self.refuse(error)
            return
        kept = any(part.strip() for part in self.written())
        self._done = True
        self.house.back()
        if kept:
            self.house.tell(self.words("Your draft is kept for 24 hours."))

    async def action_drop(self) -> None:
        """Throw the draft away; asks once."""
        if not self._sure:
            self._sure = True
            self.say(self.words("Press Ctrl+D again to throw this draft away."))
            return
        self._done = True
        await self.session.services.drafts.drop(self.session.actor, self.work.place)
        self.house.back()

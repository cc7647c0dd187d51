"""Writing: a thread, a reply, or a change to one's own post."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widget import Widget

from bunniz_bbs.bus.ports import board_topic
from bunniz_bbs.domain.errors import (
    BunnizError,
    PostNotFound,
    StoreDown,
    ThreadNotFound,
)
from bunniz_bbs.domain.events import Event, ThreadChanged
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.drafts import gone, no_room
from bunniz_bbs.i18n.times import lifetime
from bunniz_bbs.tui.board_text import how_to_write
from bunniz_bbs.tui.composing import Composing
from bunniz_bbs.tui.draft import Writing, counted
from bunniz_bbs.tui.ink import Ink, Line, Span, line, spread
from bunniz_bbs.tui.keys import HELP_F1, LANGUAGE_CHORD, LEAVE, Key, as_bindings
from bunniz_bbs.tui.posts import preview_rows
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.entry import Entry
from bunniz_bbs.tui.widgets.one_line import OneLine
from bunniz_bbs.tui.widgets.rows import Rows

SEND = Key("ctrl+s,f10", "send", N_("send"), "^S")
SEND_SEEN = Key("s", "send_seen", N_("send"), "s")
"""Pressed twice, also for terminals that keep Ctrl+S to themselves."""
QUOTE = Key("ctrl+o,f3", "quote", N_("quote"), "^O")
PREVIEW = Key("tab,f2", "next_part", N_("preview"), "Tab")
WRITE_ON = Key("tab,f2", "next_part", N_("go on writing"), "Tab")
KEEP = Key("escape", "back", N_("back, keep draft"), "Esc")
BACK_TO_TEXT = Key("escape", "back", N_("back"), "Esc")

PLACE_GONE = (ThreadNotFound, PostNotFound)
"""What is written for is not there any more."""

QUIET = 1.0
"""Seconds after a key until the draft is saved; more keys meanwhile change nothing."""
AGAIN = 5.0
"""Seconds until it is tried again where it could not be saved."""


class ComposePage(Composing):
    """Title, text and a preview; Tab goes from one to the next."""

    DEFAULT_CSS = """
    ComposePage #title { margin: 0 1 1 0; }
    ComposePage #preview { display: none; }
    """

    KEYS: ClassVar = (
        SEND,
        SEND_SEEN,
        PREVIEW,
        WRITE_ON,
        QUOTE,
        Key("ctrl+l,f4", "labels", N_("labels"), "^L"),
        KEEP,
        BACK_TO_TEXT,
        Key("ctrl+d", "drop", N_("throw the draft away"), name="^D"),
        LANGUAGE_CHORD,
        HELP_F1,
        LEAVE,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *as_bindings(KEYS),
        Binding("question_mark", "help", show=False),
    ]

    def __init__(self, session: Session, work: Writing) -> None:
        super().__init__(session, work)
        self._saving: Timer | None = None
        self._sure = ""
        """What was asked for once, and happens when it is asked for again."""
        self._astray = False
        """Whether what is written for is not there any more."""
        self._told = not work.begun

    def topics(self) -> Sequence[str]:
        """The board: what one writes for may go."""
        return [board_topic(self.work.board.slug)]

    async def hear(self, event: Event) -> None:
        """Something changed on the board."""
        if isinstance(event, ThreadChanged):
            await self.load()

    async def load(self) -> None:
        """Say so where a draft is gone on with, or what it is for is gone."""
        drafts, actor = self.session.services.drafts, self.session.actor
        try:
            if not actor.is_passing:
                await drafts.require_there(actor, self.work.place)
            await self._go_along()
        except PLACE_GONE:
            self._lose_place()
            return
        if not self._told:
            self._told = True
            self.say(self.words("This is the draft that you began and did not send."))

    async def _go_along(self) -> None:
        """Say so where the thread is on another board now, with other readers."""
        if self.work.thread is None:
            return
        threads, actor = self.session.services.threads, self.session.actor
        board = (await threads.open(actor, self.work.thread, 1, 1)).board
        if board.slug == self.work.board.slug:
            return
        self.work = replace(self.work, board=board)
        self.house.listen()
        words = self.words
        self.say(
            words(
                "This thread is on “{board}” now, and what you send goes there.",
                board=board.title[words.language],
            )
        )
        self.refresh_words()

    def body(self) -> ComposeResult:
        """Title, text or preview, and a counter."""
        palette = self.session.palette
        if self.work.titled:
            title, ask = self.work.title, self._title_prompt
            yield Entry(palette, ask, self._parts, text=title, framed=True, id="title")
        yield OneLine(palette, self._head, id="labels")
        yield self.editor
        yield Rows(palette, self.session.glyphs, id="preview")
        yield OneLine(palette, self._count, id="count")

    def _title_prompt(self) -> Line:
        return line(" ", Span(self.words("Title") + " ", Ink.QUIET))

    def home_focus(self) -> Widget | None:
        """The title when it is empty, else the text."""
        empty = self.work.titled and not self.written()[0]
        return self.query_one("#title" if empty else "Editor")

    def where(self) -> Line:
        """What is being written."""
        heading = self.words(self.work.heading)
        if self.previewing:
            heading += f" {self.session.glyphs.dot} " + self.words("preview")
        if about := self.work.about:
            heading = self.words("{heading}: {title}", heading=heading, title=about)
        return line(Span(heading, Ink.TITLE))

    def what_happens(self) -> Sequence[Span]:
        """How long it stays, and under which name."""
        words, name = self.words, self.session.actor.name
        parts = lifetime(words, self.work.board.lifetime), words("as {name}", name=name)
        return [Span(one, Ink.QUIET) for one in parts]

    def offers(self, key: Key) -> bool:
        """Tab goes to the preview; Esc from there to the text, and then away."""
        if key == QUOTE and self.work.thread is None:
            return False
        if key in (SEND, PREVIEW, QUOTE, KEEP):
            return not self.previewing
        return key not in (SEND_SEEN, WRITE_ON, BACK_TO_TEXT) or self.previewing

    def explain(self) -> Sequence[str]:
        """How to write."""
        return how_to_write(self.words, self.work.board)

    # -- drawing

    def redraw(self) -> None:
        """All that has words, in the session's language."""
        self._show_head()
        if self.work.titled:
            self.query_one("#title", Entry).redo()
        self._show_preview()

    def _count(self, width: int) -> Sequence[Line]:
        if offers := self.mentioning.offers:
            between = f" {self.session.glyphs.dot} "
            first, *others = offers
            more = Span("".join(between + one for one in others), Ink.QUIET)
            return [line(" Tab  ", Span(first, Ink.STRONG), more)]
        count, ink = counted(self.words, *self.written())
        return [spread(self.language(), (Span(count + " ", ink),), width)]

    def _parts(self, typed: str) -> Sequence[str]:
        self.action_next_part()
        return []

    def action_next_part(self) -> None:
        """Go from the title to the text, from there to the preview, and round."""
        editor, preview = self.editor, self.query_one("#preview", Rows)
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
        self._sure = ""
        self.editor.display = not shown
        self.query_one("#preview", Rows).display = shown
        self.refresh_words()

    def _show_preview(self) -> None:
        preview = self.query_one("#preview", Rows)
        if not preview.display:
            return
        text = self.written()[1]
        preview.show(preview_rows(self.session, text, self.columns))

    # -- keeping

    def _lose_place(self) -> None:
        """Nothing is kept any more; what is written stays on the screen."""
        self.draft.closed = self._astray = True
        self.say(gone(self.words))

    async def on_editor_changed(self) -> None:
        """Count, offer names, and save the draft soon."""
        await self.mentioning.look()
        self.changed()

    def on_editor_full(self) -> None:
        """Say that nothing was taken."""
        self.say(no_room(self.words))

    def on_entry_changed(self, event: Entry.Changed) -> None:
        """The title changed."""
        if event.entry.id == "title":
            self.changed()

    def changed(self) -> None:
        """Count, and save the draft soon."""
        self.query_one("#count", OneLine).redo()
        if not self.draft.differs(self.now()):
            return
        self._sure = ""
        self.say("")
        if self._saving is None:
            self._saving = self.set_timer(QUIET, self._save)

    async def _save(self) -> None:
        self._saving = None
        try:
            await self.keep()
        except PLACE_GONE:
            self._lose_place()
        except StoreDown as error:
            self.refuse(error)
            self._saving = self.set_timer(AGAIN, self._save)
        except BunnizError as error:
            self.refuse(error)

    async def keep(self) -> None:
        """Save the draft, unless it is sent or unchanged.

        Raises:
            BunnizError: It could not be kept.
        """
        await self.draft.keep(self.now())

    # -- ending

    async def on_entry_submitted(self, event: Entry.Submitted) -> None:
        """Enter in the title goes on to the text."""
        if event.entry.id == "title":
            event.stop()
            self.editor.focus()

    async def action_send_seen(self) -> None:
        """Send from the preview; asks once, for one may think one is still writing."""
        if self._sure != "send":
            self._sure = "send"
            self.say(self.words("Press s again to send this."))
            return
        await self.action_send()

    def on_key(self, event: events.Key) -> None:
        """A letter typed into the preview goes into the text."""
        free = event.key not in self.active_bindings
        if self.previewing and free and event.is_printable and event.character:
            event.stop()
            self._write_on(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted into the preview goes into the text."""
        if self.previewing:
            event.stop()
            self._write_on(event.text)

    def _write_on(self, text: str) -> None:
        self._preview(False)
        self.editor.focus()
        self.editor.insert(text)

    async def action_send(self) -> None:
        """Send; on a refusal nothing that was typed is lost."""
        if self._astray:
            self.say(gone(self.words))
        if self.draft.closed:
            return
        await self.draft.close()
        try:
            await self.work.send(*self.written(), self.labels)
        except BunnizError as error:
            self.draft.closed = False
            await self._save()
            if not self._astray:
                self.refuse(error)
            return
        self.house.back()

    async def action_back(self) -> None:
        """Go back to the text, or away; the draft is kept, where anything is."""
        if self.previewing:
            self._preview(False)
            self.editor.focus()
            return
        lost = self.session.actor.is_passing and self.draft.differs(self.now())
        if self._astray and self._sure != "back":
            self._sure = "back"
            self.say(self.words("Esc again throws this text away."))
            return
        if lost and self._sure != "back":
            self._sure = "back"
            self.say(
                self.words(
                    "Nothing is kept of guests: Esc again throws this text away."
                )
            )
            return
        try:
            await self.keep()
        except BunnizError as error:
            self.refuse(error)
            return
        self.draft.closed = True
        self.house.back()
        if self.draft.kept:
            self.house.tell(self.words("Your draft is kept for 24 hours."))

    async def action_drop(self) -> None:
        """Throw the draft away; asks once."""
        if self._sure != "drop":
            self._sure = "drop"
            self.say(self.words("Press Ctrl+D again to throw this draft away."))
            return
        try:
            await self.draft.drop()
        except BunnizError as error:
            self.refuse(error)
            return
        self.house.back()

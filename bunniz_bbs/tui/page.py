"""What every screen has: a top line, a body, a notice, a line to ask, a key line."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import Widget

from bunniz_bbs.commands.registry import Front, Reply
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.events import Event
from bunniz_bbs.i18n import Words
from bunniz_bbs.i18n.refusals import refusal
from bunniz_bbs.tui.completion import complete
from bunniz_bbs.tui.ink import Ink, Line, Span, line, spread, width_of, wrap
from bunniz_bbs.tui.keys import Key
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.entry import Entry
from bunniz_bbs.tui.widgets.one_line import OneLine

if TYPE_CHECKING:
    from bunniz_bbs.tui.app import BunnizApp


class Page(Screen[None]):
    """A screen of the house.

    It loads through services, keeps what it loaded, and draws from that alone.
    """

    DEFAULT_CSS = """
    Page { layout: vertical; background: $background; }
    Page #notice { display: none; }
    Page #ask { display: none; padding: 0 1; }
    Page .gap { height: 1; }
    """

    KEYS: ClassVar[tuple[Key, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = []
    AUTO_FOCUS: ClassVar[str | None] = ""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._notice = ""

    # -- what a page says of itself

    def where(self) -> Line:
        """The left of the top line: which place this is."""
        return ()

    def what_happens(self) -> Line:
        """The right of the top line: what happens to words here."""
        return ()

    def topics(self) -> Sequence[str]:
        """What this page wants to hear of while it is in front."""
        return ()

    def explain(self) -> Sequence[str]:
        """What `?` says about this page, in paragraphs."""
        return ()

    def body(self) -> ComposeResult:
        """The widgets between the top line and the notice."""
        yield from ()

    async def load(self) -> None:
        """Fetch what is shown; called on arrival, on return and after changes."""

    def redraw(self) -> None:
        """Show what is loaded, in the session's language."""

    async def hear(self, event: Event) -> None:
        """Something happened that may concern this page."""

    # -- parts

    @property
    def words(self) -> Words:
        """The session's language."""
        return self.session.words

    @property
    def house(self) -> "BunnizApp":
        """The app, by its own type."""
        return cast("BunnizApp", self.app)

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        palette = self.session.palette
        yield OneLine(palette, self._top, id="top")
        yield from self.body()
        yield OneLine(palette, self._said, id="notice")
        yield Entry(self._offers, id="ask")
        yield OneLine(palette, self._keys, id="keys")

    def _top(self, width: int) -> Sequence[Line]:
        language = Span(f"  {self.words.language.upper()} ", Ink.QUIET)
        right = (*self.what_happens(), language)
        left = line(" ", *self.where())
        if width_of(right) > width // 2 + 4:
            right = (language,)
        return [spread(left, right, width)]

    def _said(self, width: int) -> Sequence[Line]:
        return [
            line(" ", Span(one, Ink.ALERT)) for one in wrap(self._notice, width - 2)
        ]

    def _keys(self, width: int) -> Sequence[Line]:
        """As many keys as fit; `?` and the way out are kept to the last."""
        shown = [key for key in self.KEYS if key.shown and self.offers(key)]
        kept = list(shown)
        while len(kept) > 1 and width_of(self._key_spans(kept)) > width:
            spare = [key for key in kept if key.shown not in ("?", "Esc", "^X")]
            kept.remove((spare or kept)[-1])
        return [self._key_spans(kept)]

    def _key_spans(self, keys: Sequence[Key]) -> Line:
        glyphs = self.session.glyphs
        spans = [Span(" ")]
        for key in keys:
            name = {"enter": glyphs.enter, "move": glyphs.up_down}.get(
                key.shown, key.shown
            )
            spans += [
                Span(name, Ink.STRONG),
                Span(f" {self.words(key.label)}   ", Ink.QUIET),
            ]
        return tuple(spans)

    def offers(self, key: Key) -> bool:
        """Whether a key does something for this person here and now."""
        return True

    # -- life

    async def on_mount(self) -> None:
        """Arrive."""
        await self._arrive()

    async def on_screen_resume(self) -> None:
        """Come back from a page that was in front."""
        if self.is_mounted:
            self.house.listen()
            await self._arrive()

    async def _arrive(self) -> None:
        try:
            await self.load()
        except BunnizError as error:
            self.refuse(error)
        self.refresh_words()

    async def reload(self) -> None:
        """Load and draw again."""
        await self._arrive()

    def refresh_words(self) -> None:
        """Draw everything in the session's language."""
        if not self.is_mounted:
            return
        for one in self.query(OneLine):
            one.redo()
        self.redraw()

    # -- saying things

    def say(self, text: str) -> None:
        """Show a sentence above the key line until something else is done."""
        self._notice = text
        notice = self.query_one("#notice", OneLine)
        notice.display = bool(text)
        if text:
            width = max(20, self.size.width)
            notice.styles.height = min(4, len(self._said(width)))
        notice.redo()

    def refuse(self, error: BunnizError) -> None:
        """Say why something was not done, and what to do."""
        self.say(refusal(self.words, error))

    # -- asking

    def action_ask(self) -> None:
        """Open the line for commands and places."""
        if self.session.someone is None:
            return
        self.say("")
        ask = self.query_one("#ask", Entry)
        ask.placeholder = self.words("a place, or a command such as help")
        ask.value = ""
        ask.display = True
        ask.focus()

    def _close_ask(self) -> None:
        ask = self.query_one("#ask", Entry)
        ask.value = ""
        ask.display = False
        if home := self.home_focus():
            home.focus()

    def home_focus(self) -> Widget | None:
        """What has the focus when nothing else asks for it."""
        return None

    def on_entry_given_up(self, event: Entry.GivenUp) -> None:
        """Escape in a line to type in."""
        event.stop()
        ask = self.query_one("#ask", Entry)
        if ask.display:
            self._close_ask()
        else:
            self.action_back()

    async def on_input_submitted(self, event: Entry.Submitted) -> None:
        """Enter in the line for commands and places."""
        if event.input.id == "ask":
            event.stop()
            text = event.value.strip()
            self._close_ask()
            if text:
                await self.asked(text)

    async def asked(self, text: str) -> None:
        """Carry out what was typed on the line for commands and places."""
        name = text.removeprefix("/").split(" ")[0].lower()
        known = any(
            name in (one.name, *one.aliases)
            for one in self.session.registry.offered(Front.SLASH, self.session.actor)
        )
        try:
            if known or text.startswith("/"):
                await self.house.command("/" + text.removeprefix("/"), self)
            else:
                await self.house.find_place(text, self)
        except BunnizError as error:
            self.refuse(error)

    def answered(self, reply: Reply) -> None:
        """Show what a command answered, to its giver alone."""
        self.say("\n".join(reply.lines))

    def _offers(self, typed: str) -> Sequence[str]:
        return complete(self.session, typed, None)

    # -- going

    def action_back(self) -> None:
        """Go back to where one came from."""
        self.house.back()

    def action_help(self) -> None:
        """Explain this page."""
        self.house.show_help(self)

    def action_language(self) -> None:
        """Choose a language."""
        self.house.choose_language()

    async def action_next_unread(self) -> None:
        """Go to the next thread with something new."""
        await self.house.next_unread(self)

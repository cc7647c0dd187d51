"""A screen of the house: it loads through services and draws from what it loaded."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final, TypeAlias

from bunniz_bbs.commands.registry import Front, Reply
from bunniz_bbs.domain.errors import (
    BoardNotFound,
    BunnizError,
    NotAllowed,
    RoomClosed,
    RoomNotFound,
    ThreadNotFound,
)
from bunniz_bbs.domain.events import Event
from bunniz_bbs.i18n.refusals import refusal
from bunniz_bbs.tui.framed import Framed
from bunniz_bbs.tui.ink import Ink, Line, Span, line, wrap
from bunniz_bbs.tui.widgets.entry import Entry
from bunniz_bbs.tui.widgets.rows import Rows

SHORT_ANSWER: Final = 4
"""Lines of an answer that are shown above the key line; a longer one gets a page."""

MOST_OFFERS: Final = 6
"""Places and commands that are shown while one types."""

GONE: Final = (BoardNotFound, ThreadNotFound, RoomNotFound, RoomClosed, NotAllowed)
"""What a page meets when its place is not there any more, or not for this person."""


Then: TypeAlias = Callable[[str], Awaitable[str]]
"""Takes a sentence that was asked for; returns what is said then."""


class Page(Framed):
    """A screen of the house.

    It loads through services, keeps what it loaded, and draws from that alone.
    """

    _then: Then | None = None
    """Takes what is typed on the line for commands and places, where that is asked."""
    _above = ""
    """What stands above that line while one types."""
    _takes_nothing = False
    """Whether nothing is an answer too."""

    def topics(self) -> Sequence[str]:
        """What this page wants to hear of while it is in front."""
        return ()

    async def load(self) -> None:
        """Fetch what is shown; called on arrival, on return and after changes."""

    async def hear(self, event: Event) -> None:
        """Something happened that may concern this page."""

    # -- life

    async def on_screen_resume(self) -> None:
        """Arrive, or come back from a page that was in front."""
        self.house.listen()
        await self.reload()

    async def reload(self) -> None:
        """Load and draw again; where the place is gone, go back and say so."""
        try:
            await self.load()
        except GONE as error:
            if self.is_current and self.house.back():
                self.house.tell(refusal(self.words, error))
                return
            self.refuse(error)
        except BunnizError as error:
            self.refuse(error)
        if not self.composed:
            return
        self.refresh_words()
        home = self.home_focus()
        if self.focused is None and home is not None:
            home.focus()

    # -- asking

    def action_ask(self) -> None:
        """Open the line for commands and places."""
        if self.session.someone is not None:
            self._open_ask(self.words("a place, or a command such as help"), None)

    def ask_for(
        self,
        hint: str,
        then: Then,
        *,
        about: str = "",
        text: str = "",
        empty: bool = False,
    ) -> None:
        """Open the same line for a sentence, which is handed on when it is given.

        Args:
            hint: What is asked for, in a few words.
            then: Takes the sentence; what it raises is said, and nothing is lost.
            about: What stands above the line while one types.
            text: What is typed already.
            empty: Whether nothing is an answer too; else it goes back.
        """
        self._open_ask(hint, then, about, text)
        self._takes_nothing = empty

    def _open_ask(
        self, hint: str, then: Then | None, about: str = "", text: str = ""
    ) -> None:
        self.say(about)
        self._then, self._above, self._takes_nothing = then, about, False
        ask = self.query_one("#ask", Entry)
        ask.value = text
        ask.hint = hint
        ask.display = True
        ask.focus()

    def _ask_prompt(self) -> Line:
        sign = "/" if self._then is None else self.session.glyphs.prompt
        return line(" ", Span(f"{sign} ", Ink.ACCENT))

    def _offers(self, typed: str) -> Sequence[str]:
        return super()._offers(typed) if self._then is None else ()

    def _close_ask(self) -> None:
        self.say("")
        self._then = None
        self.query_one("#ask", Entry).display = False
        if home := self.home_focus():
            home.focus()

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """What was said has been read."""
        event.stop()
        self.say("")

    def on_entry_changed(self, event: Entry.Changed) -> None:
        """Show what the line for commands and places can become."""
        if event.entry.id == "ask":
            typed = event.entry.value.strip()
            offers = [one.strip() for one in self._offers(typed)] if typed else []
            between = f" {self.session.glyphs.dot} "
            told = "Tab  " + between.join(offers[:MOST_OFFERS])
            self.say(told if offers else self._above)

    async def on_entry_given_up(self, event: Entry.GivenUp) -> None:
        """Escape in a line to type in."""
        event.stop()
        if event.entry.id == "ask":
            self._close_ask()
        else:
            await self.action_back()

    async def on_entry_submitted(self, event: Entry.Submitted) -> None:
        """Enter in the line for commands and places."""
        if event.entry.id == "ask":
            event.stop()
            text, then = event.value.strip(), self._then
            if then is not None:
                await self._hand_on(text, then)
                return
            self._close_ask()
            if text:
                await self.asked(text)

    async def _hand_on(self, text: str, then: Then) -> None:
        """Hand on what was asked for; what is refused stays on the line."""
        try:
            said = await then(text) if text or self._takes_nothing else ""
        except BunnizError as error:
            self.refuse(error)
            return
        self._close_ask()
        self.say(said)

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

    def answered(self, reply: Reply, asked: str) -> None:
        """Show what a command answered, to its giver alone."""
        text = "\n".join(reply.lines)
        if len(wrap(text, self.columns - 2)) > SHORT_ANSWER:
            self.house.show_answer(asked, reply.lines)
        else:
            self.say(text)

    # -- going

    async def action_back(self) -> None:
        """Go back to where one came from."""
        self.house.back()

    def action_help(self) -> None:
        """Explain this page."""
        self.house.show_help(self)

    def action_language(self) -> None:
        """Choose a language."""
        self.house.choose_language()

    def action_news(self) -> None:
        """See all that is new."""
        # In the app's own turn: a page cannot wait for its own end.
        self.house.call_later(self.house.show_news)

    async def action_search(self) -> None:
        """Look for posts by what they say."""
        await self.house.show_search()

    def action_next_unread(self) -> None:
        """Go to the next thread with something new."""
        # In the app's own turn: a page cannot wait for its own end.
        self.house.call_later(self.house.next_unread, self)

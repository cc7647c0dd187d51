"""A room: lines as they come, and a line to say something."""

from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from bunniz_bbs.bus.ports import crowd_topic, room_topic
from bunniz_bbs.commands.registry import Reply
from bunniz_bbs.commands.rooms import CROWDS
from bunniz_bbs.domain.errors import BunnizError, StoreDown
from bunniz_bbs.domain.events import (
    BadgesChanged,
    Event,
    LinesGone,
    NameChanged,
    RoomStirred,
    TimersTicked,
    TopicSet,
)
from bunniz_bbs.domain.people import Role
from bunniz_bbs.domain.rooms import Room
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.notices import about_lines, about_reporting, in_the_porch
from bunniz_bbs.i18n.times import stay
from bunniz_bbs.services.memories import Crowd
from bunniz_bbs.tui.completion import complete
from bunniz_bbs.tui.ink import Ink, Line, Span, line
from bunniz_bbs.tui.keys import HELP_F1, LANGUAGE_CHORD, LEAVE, Key, as_bindings
from bunniz_bbs.tui.live_feed import LiveFeed
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.room_lines import room_prompt
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.entry import Entry
from bunniz_bbs.tui.widgets.one_line import OneLine


class RoomPage(Page):
    """One room. It stays joined in the background until one leaves it."""

    DEFAULT_CSS = """
    RoomPage #say { margin: 1 0 0 0; }
    """

    KEYS: ClassVar = (
        Key("enter", "noop", N_("send"), "enter"),
        Key("tab", "noop", N_("complete"), "Tab"),
        Key("pageup", "back_lines(1)", N_("older lines"), name="PgUp"),
        Key("pagedown", "back_lines(-1)", N_("newer lines"), name="PgDn"),
        Key("escape", "back", N_("back"), "Esc"),
        HELP_F1,
        LANGUAGE_CHORD,
        LEAVE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session, room: Room) -> None:
        super().__init__(session)
        self.room = room
        self._topic = ""
        self._crowd = Crowd.NOBODY
        self.live = LiveFeed(self)
        self._hinted = False

    def body(self) -> ComposeResult:
        """The feed, and a line to type in."""
        self.live.begin(self.house)
        yield self.live.widget
        yield Entry(self.session.palette, self._prompt, self._completions, id="say")

    def home_focus(self) -> Widget | None:
        """The line to type in."""
        return self.query_one("#say", Entry)

    def where(self) -> Line:
        """The room's title and topic."""
        title = Span(self.room.title[self.words.language], Ink.TITLE)
        if not self._topic or self.narrow:
            return line(title)
        return line(title, Span(f"  {self._topic}", Ink.QUIET))

    def what_happens(self) -> Sequence[Span]:
        """When lines go, and how many people are here, in words."""
        words = self.words
        return [
            Span(stay(words, self.room.stay), Ink.QUIET),
            Span(words(CROWDS[self._crowd]), Ink.QUIET),
            Span(words("nothing is kept"), Ink.QUIET),
        ]

    def topics(self) -> Sequence[str]:
        """This room, and its comings and goings."""
        return [room_topic(self.room.slug), crowd_topic(self.room.slug)]

    def explain(self) -> Sequence[str]:
        """What happens to words here."""
        words = self.words
        told = [self.room.about[words.language], about_lines(words, self.room.stay)]
        if not self.room.history:
            told.append(
                words("Whoever comes in later does not see what was said before.")
            )
        if not self.room.one_to_one:
            told.append(about_reporting(words))
        told.append(
            words(
                "Esc goes back and you stay in the room; /leave leaves it. "
                "Tab completes names and commands. // sends a slash."
            )
        )
        return told

    # -- loading

    async def load(self) -> None:
        """Come in, or look again."""
        session = self.session
        with suppress(StoreDown):  # rooms go on without the database
            session.badges = await session.services.badges.given(session.actor)
        view = await session.services.rooms.enter(
            session.actor, self.room.slug, session
        )
        self.room, self._topic, self._crowd = view.room, view.topic, view.crowd
        hearing = session.services.rooms.hearing(session.actor, self.room.slug, session)
        self.live.load(hearing, session.rooms.get(self.room.slug, 0))
        session.rooms[self.room.slug] = 0
        if self.room.one_to_one and session.actor.role is Role.GUEST:
            if not self._hinted:
                self.say(in_the_porch(self.words, self.room.stay))
            self._hinted = True

    async def hear(self, event: Event) -> None:
        """Something happened in the room."""
        match event:
            case LinesGone(room=room, lines=gone) if room == self.room.slug:
                self.live.lose(gone)
            case NameChanged():
                self.live.refresh_soon()
            case TimersTicked(room=room) if room == self.room.slug:
                self.live.refresh_soon()
            case TopicSet(room=room, topic=topic) if room == self.room.slug:
                self._topic = topic
                self._refresh_top()
            case RoomStirred(room=room) if room == self.room.slug:
                self._count()
            case BadgesChanged() if self.is_current:
                await self.reload()
            case _:
                pass

    def forget_name(self, was: str, name: str) -> None:
        """Take back what the house answered that names somebody so."""
        super().forget_name(was, name)
        self.live.lines.forget(was)

    def _count(self) -> None:
        session = self.session
        try:
            crowd = session.services.rooms.crowd(session.actor, self.room.slug)
        except BunnizError:
            return
        if crowd is not self._crowd:
            self._crowd = crowd
            self._refresh_top()

    def _refresh_top(self) -> None:
        if self.composed and self.is_current:
            self.query_one("#top", OneLine).redo()

    # -- drawing

    def redraw(self) -> None:
        """Everything, in the session's language."""
        self.live.refresh()
        self.query_one("#say", Entry).redo()

    def on_screen_suspend(self) -> None:
        """Remember what was in view, for the divider."""
        self.live.look_away()

    def _prompt(self) -> Line:
        return room_prompt(self.session, self.room.slug, self.columns)

    # -- talking

    def _completions(self, typed: str) -> Sequence[str]:
        return complete(self.session, typed, self.room.slug)

    def action_back_lines(self, way: int) -> None:
        """Scroll by half a screen."""
        feed = self.live.widget
        feed.scroll_lines(way * max(1, feed.size.height // 2))

    def on_key(self, event: events.Key) -> None:
        """Typing goes to the line, wherever the focus is."""
        entry = self.query_one("#say", Entry)
        if event.is_printable and not isinstance(self.focused, Entry):
            entry.focus()

    async def on_entry_submitted(self, event: Entry.Submitted) -> None:
        """Enter sends; nothing that was typed is lost when it is refused."""
        if event.entry.id != "say":
            return
        event.stop()
        text = event.value
        if not text.strip():
            return
        self.say("")
        feed = self.live.widget
        if feed.back:
            feed.scroll_lines(-feed.back)
        try:
            if text.startswith("/") and not text.startswith("//"):
                await self.house.command(text, self, room=self.room.slug)
            else:
                await self._say(text.removeprefix("/") if text[:2] == "//" else text)
        except BunnizError as error:
            self.refuse(error)
            return
        self.query_one("#say", Entry).value = ""

    async def _say(self, text: str) -> None:
        session = self.session
        await session.services.rooms.say(
            session.actor,
            self.room.slug,
            text,
            timer=session.standing.timers.get(self.room.slug),
        )

    def answered(self, reply: Reply, asked: str) -> None:
        """Show an answer among the lines, to its giver alone."""
        self.live.lines.answer(reply.lines)
        self.live.refresh()
        if self.composed:
            self.query_one("#say", Entry).redo()

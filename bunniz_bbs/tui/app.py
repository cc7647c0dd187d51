"""The full-screen program of one visit."""

from contextlib import suppress
from functools import partial
from typing import ClassVar, Final

from textual.binding import Binding, BindingType

from bunniz_bbs.commands.parsing import read_slash, split_slash
from bunniz_bbs.commands.registry import (
    Effect,
    Front,
    GoBack,
    GoTo,
    Leave,
    LookAgain,
    ShowAgreements,
    ShowBookmarks,
    ShowDrafts,
    ShowFollowed,
    ShowHelp,
    ShowInvites,
    ShowKeys,
    ShowKnown,
    ShowLeaving,
    ShowLog,
    ShowNews,
    ShowSearch,
    ShowTeam,
    ShowYou,
    Speak,
)
from bunniz_bbs.domain.errors import Banned, BoardNotFound, BunnizError, RoomNotFound
from bunniz_bbs.domain.ids import RoomSlug
from bunniz_bbs.i18n.drafts import unsent
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.places import place_called
from bunniz_bbs.tui.screens.agree import AgreePage
from bunniz_bbs.tui.screens.closed import ClosedPage
from bunniz_bbs.tui.screens.compose import ComposePage
from bunniz_bbs.tui.screens.door import DoorPage
from bunniz_bbs.tui.screens.home import HomePage
from bunniz_bbs.tui.screens.recovery import RecoveryPage
from bunniz_bbs.tui.screens.room import RoomPage
from bunniz_bbs.tui.screens.thread import ThreadPage
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.ways import Ways

OPENS: Final = (
    ShowAgreements
    | ShowNews
    | ShowFollowed
    | ShowBookmarks
    | ShowLog
    | ShowSearch
    | ShowTeam
    | ShowKeys
    | ShowInvites
    | ShowYou
    | ShowDrafts
    | ShowKnown
    | ShowLeaving
)
"""Answers that a page of their own shows."""


class BunnizApp(Ways):
    """Shows the house to whoever holds a key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+x", "quick_exit", show=False, priority=True),
    ]

    def __init__(
        self, session: Session, place: str | None = None, ban: Banned | None = None
    ) -> None:
        super().__init__(session)
        self._place = place
        self._ban = ban

    async def on_mount(self) -> None:
        """Open the door, or home."""
        self.run_worker(self.ear.follow(), group="events", exit_on_error=True)
        if self._ban:
            await self.push_screen(ClosedPage(self.session, self._ban))
        elif self.session.someone is None:
            await self.push_screen(DoorPage(self.session))
        else:
            await self.come_in()

    async def depart(self) -> None:
        """Keep what was begun, and leave all rooms; doing it twice is harmless."""
        await super().depart()
        for page in self.pages():
            if isinstance(page, ComposePage):
                with suppress(BunnizError):
                    await page.keep()
        await self._leave_rooms()

    async def _leave_rooms(self) -> None:
        session = self.session
        if session.someone is None:
            return
        rooms, session.rooms = session.rooms, {}
        for room in rooms:
            await session.services.rooms.leave(session.actor, room, session)

    async def come_in(self, *, welcome: bool = False, greeting: str = "") -> None:
        """Go home, and to the place that was asked for.

        Args:
            welcome: It is the first time: recovery codes are offered.
            greeting: What else is said at home.
        """
        admission, actor = self.session.services.admission, self.session.actor
        if missing := await admission.missing(actor):
            had = await admission.terms_of(actor)
            then = partial(self.come_in, welcome=welcome, greeting=greeting)
            await self._begin_at(AgreePage(self.session, missing, had, then))
            return
        home, drafts = HomePage(self.session), self.session.services.drafts
        await self._begin_at(home)
        if greeting:
            home.say(greeting)
        elif not actor.is_passing and (begun := await drafts.count(actor)):
            home.say(unsent(self.session.words, begun))
        if welcome:
            home.say(
                self.session.words(
                    "Welcome, {name}. Press ? on any screen for help.",
                    name=self.session.actor.name,
                )
            )
        if self._place:
            place = place_called(self.session, self._place)
            if place is None:
                home.refuse(BoardNotFound(self._place))
            else:
                await self.go(place, home)
        if welcome:
            await self.push_screen(RecoveryPage(self.session, welcome=True))

    async def _begin_at(self, page: Page) -> None:
        """Show a page in place of the one by which somebody came in."""
        if isinstance(self.screen, DoorPage | AgreePage):
            await self.switch_screen(page)
        else:
            await self.push_screen(page)
        self.listen()

    async def to_the_door(self) -> None:
        """Somebody who looked around wants to come in."""
        await self._leave_rooms()
        self.session.someone = None
        await self.switch_screen(DoorPage(self.session, again=True))
        self.listen()

    # -- commands

    async def command(
        self, text: str, page: Page, *, room: RoomSlug | None = None
    ) -> None:
        """Carry out a slash command given on a page.

        Raises:
            BunnizError: It was not done.
        """
        name, rest = split_slash(text)
        session = self.session
        command = session.registry.find(name, Front.SLASH, session.actor)
        if command.in_room and room is None:
            raise RoomNotFound("")
        arguments = read_slash(command, rest, session.words)
        thread = page.thread if isinstance(page, ThreadPage) else None
        context = session.context(room=room, thread=thread)
        reply = await command.run(context, arguments)
        if reply.effect:
            await self._apply(reply.effect, page)
        if reply.lines and not isinstance(reply.effect, OPENS):
            (self.page or page).answered(reply, command.name)

    async def _apply(self, effect: Effect, page: Page) -> None:
        match effect:
            case GoTo(place=place):
                if isinstance(page, RoomPage):
                    self.back()
                await self.go(place, self.page or page)
            case GoBack():
                if isinstance(page, RoomPage):
                    self.session.rooms.pop(page.room.slug, None)
                self.back()
            case LookAgain():
                await page.reload()
            case Leave():
                self.leave()
            case Speak(words=words):
                await self.speak(words.language)
            case ShowNews():
                await self.show_news()
            case ShowFollowed():
                await self.show_followed()
            case ShowBookmarks():
                await self.show_bookmarks()
            case ShowLog():
                await self.show_log()
            case ShowSearch(text=text):
                await self.show_search(text)
            case ShowTeam():
                await self.show_team()
            case ShowKeys():
                await self.show_keys()
            case ShowInvites():
                await self.show_invites()
            case ShowAgreements():
                await self.show_agreements()
            case ShowDrafts():
                await self.show_drafts()
            case ShowYou():
                await self.show_you()
            case ShowKnown():
                await self.show_known()
            case ShowLeaving():
                await self.show_leaving()
            case ShowHelp():
                self.show_help(page)
            case _:
                pass

"""The full-screen program of one visit."""

from contextlib import suppress
from typing import ClassVar

from textual.binding import Binding, BindingType

from bunniz_bbs.commands.parsing import read_slash, split_slash
from bunniz_bbs.commands.registry import (
    Effect,
    Front,
    GoBack,
    GoTo,
    Leave,
    ShowHelp,
    ShowLog,
    Speak,
)
from bunniz_bbs.domain.errors import Banned, BoardNotFound, BunnizError, RoomNotFound
from bunniz_bbs.domain.ids import RoomSlug
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.places import place_called
from bunniz_bbs.tui.screens.closed import ClosedPage
from bunniz_bbs.tui.screens.compose import ComposePage
from bunniz_bbs.tui.screens.door import DoorPage
from bunniz_bbs.tui.screens.home import HomePage
from bunniz_bbs.tui.screens.room import RoomPage
from bunniz_bbs.tui.screens.thread import ThreadPage
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.ways import Ways


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
        if self.session.someone:
            rooms, self.session.rooms = self.session.rooms, {}
            for room in rooms:
                await self.session.services.rooms.leave(
                    self.session.actor, room, self.session
                )

    async def come_in(self, *, welcome: bool = False) -> None:
        """Go home, and to the place that was asked for."""
        home = HomePage(self.session)
        if isinstance(self.screen, DoorPage):
            await self.switch_screen(home)
        else:
            await self.push_screen(home)
        self.listen()
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

    async def to_the_door(self) -> None:
        """Somebody who looked around wants to come in."""
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
        if reply.lines and not isinstance(reply.effect, ShowLog):
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
            case Leave():
                self.leave()
            case Speak(words=words):
                await self.speak(words.language)
            case ShowLog():
                await self.show_log()
            case ShowHelp():
                self.show_help(page)
            case _:
                pass

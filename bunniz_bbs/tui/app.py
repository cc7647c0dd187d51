"""The full-screen program of one visit."""

from collections.abc import Hashable
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
from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.errors import Banned, BoardNotFound, BunnizError, RoomNotFound
from bunniz_bbs.domain.ids import RoomSlug, ThreadId
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.threads import Post
from bunniz_bbs.domain.words import Language
from bunniz_bbs.i18n import words_for
from bunniz_bbs.services.threads import ThreadView
from bunniz_bbs.tui.ear import Ear
from bunniz_bbs.tui.guarded import GuardedApp
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.palette import PALETTES
from bunniz_bbs.tui.places import place_called, places_like
from bunniz_bbs.tui.screens.board import BoardPage
from bunniz_bbs.tui.screens.closed import ClosedPage
from bunniz_bbs.tui.screens.compose import ComposePage
from bunniz_bbs.tui.screens.door import DoorPage
from bunniz_bbs.tui.screens.help import HelpPage
from bunniz_bbs.tui.screens.home import HomePage
from bunniz_bbs.tui.screens.language import LanguagePage
from bunniz_bbs.tui.screens.log import LogPage
from bunniz_bbs.tui.screens.room import RoomPage
from bunniz_bbs.tui.screens.thread import ThreadPage
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.writing import edit_post, new_reply, new_thread

NOT_ALLOWED = Banned.exit_code
"""The exit status of a visit that a moderator ended."""


class BunnizApp(GuardedApp):
    """Shows the house to whoever holds a key.

    Home is at the bottom of the stack of pages; Esc always goes one page back.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+x", "quick_exit", show=False, priority=True),
    ]

    def __init__(
        self, session: Session, place: str | None = None, ban: Banned | None = None
    ) -> None:
        super().__init__(session.capabilities)
        self.session = session
        self._place = place
        self._ban = ban
        self._ear = Ear(self, session)
        for palette in PALETTES:
            self.register_theme(palette.theme)
        self.theme = session.palette.theme.name

    def crash_words(self, incident: str) -> str:
        """What somebody reads when their visit broke."""
        return self.session.words(
            "Something broke on our side and this visit ended. What you had sent is "
            "kept. If you tell the team, give them this number: {incident}",
            incident=incident,
        )

    # -- life

    async def on_mount(self) -> None:
        """Open the door, or home."""
        self.run_worker(self._ear.follow(), group="events", exit_on_error=True)
        if self._ban:
            await self.push_screen(ClosedPage(self.session, self._ban))
        elif self.session.someone is None:
            await self.push_screen(DoorPage(self.session))
        else:
            await self.come_in()

    async def on_unmount(self) -> None:
        """Keep what was begun, and leave all rooms."""
        await self.depart()

    async def depart(self) -> None:
        """Keep what was begun, and leave all rooms; doing it twice is harmless."""
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

    def house_closes(self) -> None:
        """The server stops: say so, and end the visit."""
        said = self.session.words(
            "The server stops now and will be back. What you posted is kept; rooms "
            "begin anew."
        )
        self.send_out(said, 0)

    def send_out(self, said: str, status: int = NOT_ALLOWED) -> None:
        """End the visit with a sentence that stays on the terminal."""
        self.farewell = said
        self.exit(status, return_code=status)

    def leave(self) -> None:
        """End the visit in peace."""
        self.exit(0, return_code=0)

    # -- pages

    def pages(self) -> list[Page]:
        """The pages that are open, home first."""
        if not self._screen_stacks[self._current_mode]:
            return []
        return [page for page in self.screen_stack if isinstance(page, Page)]

    @property
    def page(self) -> Page | None:
        """The page in front."""
        pages = self.pages()
        return pages[-1] if pages else None

    def listen(self) -> None:
        """Hear what the page in front and the joined rooms need."""
        self._ear.listen()

    def tell(self, text: str) -> None:
        """Say something on the page in front."""
        if page := self.page:
            page.say(text)

    def paste_too_long(self) -> None:
        """Say that what was pasted was too long."""
        self.tell(
            self.session.words(
                "That was too much to paste at once, so nothing of it was taken. Paste "
                "it in parts."
            )
        )

    # -- going

    def back(self) -> None:
        """One page back; home stays."""
        if len(self.pages()) > 1:
            self.pop_screen()
            self.listen()

    async def go(self, place: Hashable, page: Page) -> None:
        """Open a room, a board or a thread in front of a page."""
        services, actor = self.session.services, self.session.actor
        try:
            if isinstance(place, int):
                await services.threads.open(actor, ThreadId(place))
                await self.push_screen(ThreadPage(self.session, ThreadId(place)))
            elif place in services.house.rooms:
                await self._open_room(str(place))
            else:
                board = services.boards.get(actor, str(place))
                await self.push_screen(BoardPage(self.session, board))
        except BunnizError as error:
            page.refuse(error)
        self.listen()

    async def _open_room(self, slug: str) -> None:
        room = self.session.services.house.room(slug)
        await self.session.services.rooms.enter(self.session.actor, slug, self.session)
        self.session.rooms.setdefault(room.slug, 0)
        await self.push_screen(RoomPage(self.session, room))

    async def find_place(self, text: str, page: Page) -> None:
        """Open the place that is called so, or say which ones are called alike."""
        words, near = self.session.words, places_like(self.session, text)
        if len(near) == 1:
            await self.go(near[0][0], page)
        elif near:
            titles = ", ".join(title for _, title in near)
            page.say(words("Several places fit: {titles}", titles=titles))
        else:
            page.say(
                words(
                    "No place is called that. Press / and type help for what can be "
                    "asked for."
                )
            )

    async def next_unread(self, page: Page) -> None:
        """Open the next thread with something new."""
        after = page.thread if isinstance(page, ThreadPage) else None
        try:
            row = await self.session.services.boards.next_unread(
                self.session.actor, after
            )
        except BunnizError as error:
            page.refuse(error)
            return
        if row is None:
            page.say(self.session.words("You have read everything."))
            return
        following = ThreadPage(self.session, row.thread.id)
        if isinstance(page, ThreadPage):
            await self.switch_screen(following)
        else:
            await self.push_screen(following)
        self.listen()

    def show_help(self, about: Page) -> None:
        """Explain a page."""
        if not isinstance(about, HelpPage):
            self.push_screen(HelpPage(self.session, about))

    def choose_language(self) -> None:
        """Ask for a language."""
        if not isinstance(self.page, LanguagePage):
            self.push_screen(LanguagePage(self.session))

    async def speak(self, language: Language) -> None:
        """From now on speak a language; members keep it."""
        self.session.words = words_for(language)
        actor = self.session.someone
        if actor:
            with suppress(BunnizError):
                await self.session.services.people.set_language(actor, language)
            self.session.someone = Actor(actor.id, actor.name, actor.role, language)
        for page in self.pages():
            page.refresh_words()

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
            (self.page or page).answered(reply)

    async def _apply(self, effect: Effect, page: Page) -> None:
        match effect:
            case GoTo(place=place):
                if isinstance(page, RoomPage):
                    self.back()
                await self.go(place, page)
            case GoBack():
                if isinstance(page, RoomPage):
                    self.session.rooms.pop(page.room.slug, None)
                self.back()
            case Leave():
                self.leave()
            case Speak(words=words):
                await self.speak(words.language)
            case ShowLog():
                if not isinstance(page, LogPage):
                    await self.push_screen(LogPage(self.session))
            case ShowHelp():
                self.show_help(page)
            case _:
                pass

    # -- writing

    async def write_thread(self, board: Board) -> None:
        """Write a new thread.

        Raises:
            BunnizError: The draft could not be fetched.
        """

        def posted(thread: ThreadId) -> None:
            self.call_later(self._posted, thread)

        await self.push_screen(await new_thread(self.session, board, posted))

    async def _posted(self, thread: ThreadId) -> None:
        if page := self.page:
            await self.go(thread, page)

    async def write_reply(self, view: ThreadView, quoted: Post | None) -> None:
        """Write a reply.

        Raises:
            BunnizError: The draft could not be fetched.
        """
        await self.push_screen(await new_reply(self.session, view, quoted))

    async def write_edit(self, view: ThreadView, post: Post) -> None:
        """Change one's own post.

        Raises:
            BunnizError: The draft could not be fetched.
        """
        await self.push_screen(await edit_post(self.session, view, post))

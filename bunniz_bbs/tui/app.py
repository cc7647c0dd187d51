"""The full-screen program of one visit."""

from collections.abc import Awaitable, Callable, Hashable
from contextlib import suppress
from typing import ClassVar

from textual.binding import Binding, BindingType

from bunniz_bbs.bus.ports import HOUSE, Subscription, person_topic, room_topic
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
from bunniz_bbs.domain.events import (
    AccountRemoved,
    BanSet,
    Event,
    HouseClosing,
    Kicked,
    LineSaid,
    MuteLifted,
    MuteSet,
    PostRemoved,
    RoleChanged,
)
from bunniz_bbs.domain.ids import RoomSlug, ThreadId
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.threads import Post
from bunniz_bbs.domain.words import Language
from bunniz_bbs.i18n import words_for
from bunniz_bbs.i18n.refusals import refusal
from bunniz_bbs.i18n.times import until
from bunniz_bbs.services.markup import quote
from bunniz_bbs.services.threads import ThreadView
from bunniz_bbs.tui.guarded import GuardedApp
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.palette import PALETTES
from bunniz_bbs.tui.screens.board import BoardPage
from bunniz_bbs.tui.screens.closed import ClosedPage
from bunniz_bbs.tui.screens.compose import ComposePage, Task
from bunniz_bbs.tui.screens.door import DoorPage
from bunniz_bbs.tui.screens.help import HelpPage
from bunniz_bbs.tui.screens.home import HomePage
from bunniz_bbs.tui.screens.language import LanguagePage
from bunniz_bbs.tui.screens.log import LogPage
from bunniz_bbs.tui.screens.room import RoomPage
from bunniz_bbs.tui.screens.thread import ThreadPage
from bunniz_bbs.tui.session import Session


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
        self._heard: Subscription | None = None
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
        self.run_worker(self._follow(), group="events", exit_on_error=True)
        home = HomePage(self.session)
        if isinstance(self.screen, DoorPage):
            await self.switch_screen(home)
        else:
            await self.push_screen(home)
        if welcome:
            home.say(
                self.session.words(
                    "Welcome, {name}. Press ? on any screen for help.",
                    name=self.session.actor.name,
                )
            )
        if self._place:
            await self._go_to_name(self._place, home)

    async def _go_to_name(self, name: str, page: Page) -> None:
        house = self.session.services.house
        wanted = name.strip().lstrip("#").lower()
        if wanted.isascii() and wanted.isdigit() and len(wanted) <= 15:
            await self.go(ThreadId(int(wanted)), page)
        elif wanted in house.rooms or wanted in house.boards:
            await self.go(wanted, page)
        else:
            page.refuse(BoardNotFound(name[:40]))

    def pages(self) -> list[Page]:
        """The pages that are open, home first."""
        return [page for page in self.screen_stack if isinstance(page, Page)]

    @property
    def page(self) -> Page | None:
        """The page in front."""
        return self.pages()[-1] if self.pages() else None

    # -- events

    def listen(self) -> None:
        """Hear what the page in front and the joined rooms need."""
        if self._heard is None:
            return
        topics = {HOUSE, person_topic(self.session.actor.id)}
        topics |= {room_topic(room) for room in self.session.rooms}
        for page in self.pages():
            if page is self.page or isinstance(page, RoomPage):
                topics |= set(page.topics())
        self._heard.listen(sorted(topics))

    async def _follow(self) -> None:
        """Take events from this session's own queue, one after the other."""
        bus, actor = self.session.services.bus, self.session.actor
        async with bus.subscribe([HOUSE, person_topic(actor.id)]) as heard:
            self._heard = heard
            self.listen()
            while True:
                event = await heard.next()
                if event is None:
                    await self._catch_up()
                else:
                    await self._take(event)

    async def _catch_up(self) -> None:
        """Events were lost: look at everything again."""
        try:
            actor = await self.session.services.people.refresh(self.session.actor)
        except Banned as ban:
            self._send_out(refusal(self.session.words, ban), 4)
            return
        if actor is None:
            self._send_out(self.session.words("This account was removed."), 4)
            return
        self.session.someone = actor
        if page := self.page:
            await page.reload()

    async def _take(self, event: Event) -> None:
        words = self.session.words
        match event:
            case Kicked(reason=reason):
                said = words(
                    "A moderator ended this visit. The reason given: {reason}. You "
                    "may come back.",
                    reason=reason,
                )
                self._send_out(said, 4)
            case BanSet(reason=reason, until=end):
                self._send_out(refusal(words, Banned(reason, end)), 4)
            case AccountRemoved(account=gone) if gone == self.session.actor.id:
                self._send_out(words("This account was removed."), 4)
            case HouseClosing():
                said = words(
                    "The server stops now and will be back. What you posted is kept; "
                    "rooms begin anew."
                )
                self._send_out(said, 0)
            case MuteSet(reason=reason, until=end):
                self.tell(
                    words(
                        "A moderator muted you {until}. The reason given: {reason}",
                        until=until(words, end),
                        reason=reason,
                    )
                )
            case MuteLifted():
                self.tell(words("You can write again."))
            case RoleChanged(role=role):
                actor = self.session.actor
                self.session.someone = Actor(actor.id, actor.name, role, actor.language)
                if page := self.page:
                    await page.reload()
            case PostRemoved(title=title, reason=reason):
                self.tell(
                    words(
                        "A moderator removed something you wrote in “{title}”. The "
                        "reason given: {reason}",
                        title=title,
                        reason=reason,
                    )
                )
            case _:
                await self._pass_on(event)

    async def _pass_on(self, event: Event) -> None:
        """Let pages know; rooms hear in the background too."""
        heard = False
        for page in self.pages():
            if page is self.page or isinstance(page, RoomPage):
                await page.hear(event)
                heard = heard or isinstance(page, RoomPage)
        if isinstance(event, LineSaid) and not heard:
            room = event.line.room
            if room in self.session.rooms:
                self.session.rooms[room] += 1

    def _send_out(self, said: str, status: int) -> None:
        """End the visit with a sentence that stays on the terminal."""
        self.farewell = said
        self.exit(status, return_code=status)

    def tell(self, text: str) -> None:
        """Say something on the page in front."""
        if page := self.page:
            page.say(text)

    # -- going

    def back(self) -> None:
        """One page back; home stays."""
        if len(self.pages()) > 1:
            self.pop_screen()
            self.listen()

    def leave(self) -> None:
        """End the visit in peace."""
        self.exit(0, return_code=0)

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
        services, words = self.session.services, self.session.words
        wanted, language = text.casefold(), self.session.words.language
        found: dict[str, str] = {
            board.slug: board.title[language]
            for board in services.boards.readable(self.session.actor)
        }
        for one in services.rooms.all(self.session.actor):
            found[one.room.slug] = one.room.title[language]
        exact = [
            slug for slug, title in found.items() if wanted in (slug, title.casefold())
        ]
        near = exact or [
            slug
            for slug, title in found.items()
            if wanted in slug or wanted in title.casefold()
        ]
        if len(near) == 1:
            await self.go(near[0], page)
        elif near:
            titles = ", ".join(found[slug] for slug in near)
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

    async def compose_thread(self, board: Board) -> None:
        """Write a new thread; what was begun before is there again.

        Raises:
            BunnizError: The draft could not be fetched.
        """
        services, actor = self.session.services, self.session.actor

        async def send(title: str, body: str) -> None:
            thread = await services.threads.start(actor, board.slug, title, body)
            self.call_later(self._posted, thread.id)

        place = f"board:{board.slug}"
        heading = self.session.words("New thread")
        await self._compose(place, heading, board, "", send, titled=True)

    async def _posted(self, thread: ThreadId) -> None:
        if page := self.page:
            await self.go(thread, page)

    async def compose_reply(self, view: ThreadView, quoted: Post | None) -> None:
        """Write a reply; what was begun before is there again.

        Raises:
            BunnizError: The draft could not be fetched.
        """
        services, actor = self.session.services, self.session.actor

        async def send(title: str, body: str) -> None:
            await services.posts.reply(actor, view.thread.id, body)

        body = quote(quoted.body, quoted.author_name) + "\n\n" if quoted else ""
        heading = self.session.words("Reply") + ": " + view.thread.title
        place = f"thread:{view.thread.id}"
        await self._compose(place, heading, view.board, body, send)

    async def compose_edit(self, view: ThreadView, post: Post) -> None:
        """Change one's own post.

        Raises:
            BunnizError: The draft could not be fetched.
        """
        services, actor = self.session.services, self.session.actor

        async def send(title: str, body: str) -> None:
            await services.posts.edit(actor, view.thread.id, post.number, body)

        heading = self.session.words("Edit") + ": " + view.thread.title
        await self._compose(f"post:{post.id}", heading, view.board, post.body, send)

    async def _compose(
        self,
        place: str,
        heading: str,
        board: Board,
        body: str,
        send: Callable[[str, str], Awaitable[None]],
        *,
        titled: bool = False,
    ) -> None:
        draft = await self.session.services.drafts.get(self.session.actor, place)
        title = ""
        if draft:
            title = draft.title
            body = draft.body if body in ("", draft.body) else f"{draft.body}\n\n{body}"
            body = draft.body if place.startswith("post:") else body
        task = Task(place, heading, board, titled, title, body, send)
        page = ComposePage(self.session, task)
        await self.push_screen(page)
        if draft:
            page.say(
                self.session.words("This is the draft that you began and did not send.")
            )

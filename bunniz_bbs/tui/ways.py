"""From one page to another."""

from collections.abc import Hashable, Sequence
from contextlib import suppress
from dataclasses import replace

from bunniz_bbs.commands.news import nothing_else
from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.errors import BunnizError, ConversationUnclear
from bunniz_bbs.domain.ids import PostPlace, ThreadId
from bunniz_bbs.domain.threads import Post
from bunniz_bbs.domain.words import Language
from bunniz_bbs.i18n import words_for
from bunniz_bbs.i18n.news import following
from bunniz_bbs.services.drafts import Begun
from bunniz_bbs.services.threads import ThreadView
from bunniz_bbs.tui.ear import Ear
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.places import places_like
from bunniz_bbs.tui.screens.agreements import AgreementsPage
from bunniz_bbs.tui.screens.answer import AnswerPage
from bunniz_bbs.tui.screens.board import BoardPage
from bunniz_bbs.tui.screens.bookmarks import BookmarksPage
from bunniz_bbs.tui.screens.drafts import DraftsPage
from bunniz_bbs.tui.screens.follows import FollowsPage
from bunniz_bbs.tui.screens.help import HelpPage
from bunniz_bbs.tui.screens.invites import InvitesPage
from bunniz_bbs.tui.screens.keys import KeysPage
from bunniz_bbs.tui.screens.known import KnownPage
from bunniz_bbs.tui.screens.language import LanguagePage
from bunniz_bbs.tui.screens.leaving import LeavingPage
from bunniz_bbs.tui.screens.links import LinksPage
from bunniz_bbs.tui.screens.log import LogPage
from bunniz_bbs.tui.screens.news import NewsPage
from bunniz_bbs.tui.screens.room import RoomPage
from bunniz_bbs.tui.screens.search import SearchPage
from bunniz_bbs.tui.screens.team import TeamPage
from bunniz_bbs.tui.screens.thread import ThreadPage
from bunniz_bbs.tui.screens.you import YouPage
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.stage import Stage
from bunniz_bbs.tui.writing import edit_post, go_on, new_reply, new_thread


class Ways(Stage):
    """Opens pages. Home is at the bottom of their stack; Esc goes one page back."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.ear = Ear(self, session)

    def listen(self) -> None:
        """Hear what the page in front and the joined rooms need."""
        self.ear.listen()

    def back(self) -> bool:
        """One page back; home stays. Whether there was one."""
        if len(self.pages()) < 2:
            return False
        self.pop_screen()
        self.listen()
        return True

    async def go(self, place: Hashable, page: Page) -> None:
        """Open a room, a board or a thread in front of a page."""
        if page is not self.page:
            return  # Enter was pressed twice; the first has opened it
        services, actor = self.session.services, self.session.actor
        try:
            if isinstance(place, PostPlace):
                await self.go_to_post(*place, page)
            elif isinstance(place, int):
                await services.threads.open(actor, ThreadId(place), 1, 1)
                await self.push_screen(ThreadPage(self.session, ThreadId(place)))
            elif services.house.has_room(place):
                await self._open_room(str(place))
            else:
                board = services.boards.get(actor, str(place))
                await self.push_screen(BoardPage(self.session, board))
        except BunnizError as error:
            page.refuse(error)
        self.listen()

    async def go_to_post(self, thread: ThreadId, number: int, page: Page) -> None:
        """Open a thread at one of its posts, in front of a page."""
        if page is not self.page:
            return
        try:
            await self.session.services.threads.open(
                self.session.actor, thread, number, 1
            )
            await self.push_screen(ThreadPage(self.session, thread, number))
        except BunnizError as error:
            page.refuse(error)
        self.listen()

    async def _open_room(self, slug: str) -> None:
        session = self.session
        try:
            view = await session.services.rooms.enter(session.actor, slug, session)
        except ConversationUnclear:  # the team chooses with whom it talks
            await self.show_team()
            return
        session.rooms.setdefault(view.room.slug, 0)
        await self.push_screen(RoomPage(session, view.room))

    async def find_place(self, text: str, page: Page) -> None:
        """Open the place that is called so; where none is, look for posts."""
        words, near = self.session.words, places_like(self.session, text)
        if len(near) == 1:
            await self.go(near[0][0], page)
        elif near:
            titles = ", ".join(title for _, title in near)
            page.say(words("Several places fit: {titles}", titles=titles))
        else:
            await self.show_search(text)

    async def next_unread(self, page: Page) -> None:
        """Open the next thread with something new."""
        after = page.thread if isinstance(page, ThreadPage) else None
        services, actor = self.session.services, self.session.actor
        try:
            if isinstance(page, ThreadPage):
                await page.note()  # however quickly one goes on
            row = await services.boards.next_unread(actor, after)
            if row is None:
                words = self.session.words
                page.say(await nothing_else(services, actor, words, after))
                return
        except BunnizError as error:
            page.refuse(error)
            return
        following = ThreadPage(self.session, row.thread.id)
        if isinstance(page, ThreadPage):
            await self.switch_screen(following)
        else:
            await self.push_screen(following)
        self.listen()

    async def show_links(self, view: ThreadView, post: Post) -> None:
        """Show the links of a post."""
        page = LinksPage(self.session, view.board, view.thread.id, post.number)
        await self.push_screen(page)

    def show_help(self, about: Page) -> None:
        """Explain a page."""
        if not isinstance(about, HelpPage):
            self.push_screen(HelpPage(self.session, about))

    def show_answer(self, asked: str, lines: Sequence[str]) -> None:
        """Show a long answer on a page of its own."""
        self.push_screen(AnswerPage(self.session, asked, lines))

    async def show_news(self) -> None:
        """Show all that is new."""
        if not isinstance(self.page, NewsPage):
            await self.push_screen(NewsPage(self.session))

    async def show_followed(self) -> None:
        """Show the threads that one chose to follow."""
        if not isinstance(self.page, FollowsPage):
            await self.push_screen(FollowsPage(self.session))

    async def show_bookmarks(self) -> None:
        """Show one's bookmarks."""
        if not isinstance(self.page, BookmarksPage):
            await self.push_screen(BookmarksPage(self.session))

    async def follow_or_not(self, thread: ThreadId, page: Page) -> None:
        """Follow a thread, or do not follow it any more, and say so."""
        follows, actor = self.session.services.follows, self.session.actor
        try:
            wanted = not await follows.has(actor, thread)
            await follows.set(actor, thread, wanted)
        except BunnizError as error:
            page.refuse(error)
            return
        await page.reload()
        page.say(following(self.session.words, wanted=wanted))

    async def show_search(self, text: str = "") -> None:
        """Look for posts by what they say."""
        if isinstance(self.page, SearchPage):
            await self.page.look_for(text)
        else:
            await self.push_screen(SearchPage(self.session, text))

    async def show_log(self) -> None:
        """Show the moderators' log."""
        if not isinstance(self.page, LogPage):
            await self.push_screen(LogPage(self.session))

    async def show_team(self) -> None:
        """Show what waits for the team."""
        if not isinstance(self.page, TeamPage):
            await self.push_screen(TeamPage(self.session))

    async def show_keys(self) -> None:
        """Show the keys of one's account."""
        if not isinstance(self.page, KeysPage):
            await self.push_screen(KeysPage(self.session))

    async def show_agreements(self) -> None:
        """Show what one agreed to."""
        if not isinstance(self.page, AgreementsPage):
            await self.push_screen(AgreementsPage(self.session))

    async def show_invites(self) -> None:
        """Show one's own invites."""
        if not isinstance(self.page, InvitesPage):
            await self.push_screen(InvitesPage(self.session))

    async def show_drafts(self) -> None:
        """Show what one began to write."""
        if not isinstance(self.page, DraftsPage):
            await self.push_screen(DraftsPage(self.session))

    async def show_you(self) -> None:
        """Show what is one's own."""
        if not isinstance(self.page, YouPage):
            await self.push_screen(YouPage(self.session))

    async def show_known(self) -> None:
        """Show what this place knows about one."""
        if not isinstance(self.page, KnownPage):
            await self.push_screen(KnownPage(self.session))

    async def show_leaving(self) -> None:
        """Show what leaving for good means."""
        if not isinstance(self.page, LeavingPage):
            await self.push_screen(LeavingPage(self.session))

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
            self.session.someone = replace(actor, language=language)
        for page in self.pages():
            page.refresh_words()

    # -- writing

    async def write_thread(self, board: Board) -> None:
        """Write a new thread.

        Raises:
            BunnizError: The draft could not be fetched.
        """
        await self.push_screen(
            await new_thread(self.session, board, self._posted, self._told)
        )

    async def write_on(self, begun: Begun) -> None:
        """Go on with a draft.

        Raises:
            BunnizError: What it is for is gone, or the draft could not be fetched.
        """
        await self.push_screen(
            await go_on(self.session, begun, self._posted, self._told)
        )

    def _told(self, told: str) -> None:
        self.call_later(self.call_later, self.tell, told)  # once the page is closed

    def _posted(self, thread: ThreadId, number: int) -> None:
        self.call_later(self._show_posted, thread, number)  # once the page is closed

    async def _show_posted(self, thread: ThreadId, number: int) -> None:
        page = self.page
        if isinstance(page, ThreadPage) and page.thread == thread:
            await page.show_own(number)
        elif page:
            await self.go_to_post(thread, number, page)

    async def write_reply(self, view: ThreadView, quoted: Post | None) -> None:
        """Write a reply.

        Raises:
            BunnizError: The draft could not be fetched.
        """
        told = self._posted, self._told
        await self.push_screen(await new_reply(self.session, view, quoted, *told))

    async def write_edit(self, view: ThreadView, post: Post) -> None:
        """Change one's own post.

        Raises:
            BunnizError: The draft could not be fetched.
        """
        await self.push_screen(await edit_post(self.session, view, post))

"""Reading in line mode: boards, their threads, and a thread post by post."""

from collections.abc import Sequence
from typing import Final

from bunniz_bbs.commands.boards import foot_lines, post_lines
from bunniz_bbs.commands.choices import focus
from bunniz_bbs.commands.links import link_lines
from bunniz_bbs.commands.news import nothing_else
from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.choices import Show
from bunniz_bbs.domain.errors import BunnizError, PostNotFound, ThreadNotFound
from bunniz_bbs.domain.ids import BoardSlug, ThreadId
from bunniz_bbs.domain.policy import Action, allows_board, waits
from bunniz_bbs.domain.text import printable
from bunniz_bbs.domain.threads import Post, Thread
from bunniz_bbs.i18n.labels import (
    about_thread,
    asked_for,
    beside,
    heading,
    left_out,
)
from bunniz_bbs.i18n.notices import waits_for_team
from bunniz_bbs.i18n.reactions import beneath
from bunniz_bbs.i18n.threads import beforehand, standing, stays
from bunniz_bbs.i18n.times import ago, lifetime
from bunniz_bbs.plain.asking import BACK, Choice, Listing, ask, no_choice
from bunniz_bbs.plain.keeping import follow_or_not, keep_or_not
from bunniz_bbs.plain.places import number_in
from bunniz_bbs.plain.talk import Talk
from bunniz_bbs.plain.writing import write_edit, write_reply, write_thread
from bunniz_bbs.services.links import links_in
from bunniz_bbs.services.quotes import quoted_numbers
from bunniz_bbs.services.threads import ThreadView
from bunniz_bbs.store.board_ports import ThreadRow

AT_ONCE: Final = 20
"""Posts that are fetched at once."""

MOST_BACK: Final = 30
"""Jumps that can be taken back."""


async def read_boards(talk: Talk) -> None:
    """Choose among the boards until somebody goes back.

    Raises:
        BunnizError: They could not be looked up.
    """
    words = talk.words

    async def load() -> Sequence[Choice[BoardSlug]]:
        choices = []
        overview = await talk.services.boards.overview(talk.someone, named=0)
        for section in overview.sections:
            above = section.section.title[words.language] + ":"
            for one in section.boards:
                text = one.board.title[words.language]
                if one.unread:
                    text += " - " + words.many("{n} new", "{n} new", one.unread)
                choices.append(Choice(text, one.board.slug, above))
                above = ""
        return choices

    await talk.say(words("Boards"))
    listing = Listing(
        talk,
        load,
        lambda: [words("A number opens a board. Enter shows the list again.")],
        nothing=words("There is no board for you here."),
    )
    while (board := await listing.choose()) is not None:
        try:
            await read_board(talk, board)
        except BunnizError as error:
            await talk.refuse(error)
        await talk.say(words("Boards"))


async def _waiting(talk: Talk, board: Board) -> Sequence[str]:
    """What of one's own waits for the team on a board, and how to take it back."""
    if not waits(talk.someone, board):
        return ()
    held = await talk.services.held.own(talk.someone)
    here = [one for one in held if one.board == board.slug]
    return [f"{waits_for_team(talk.words, one)} /withdraw {one.id}" for one in here]


async def read_board(talk: Talk, slug: str) -> None:
    """Choose among a board's threads until somebody goes back.

    Raises:
        BunnizError: It is not there, or not for this reader.
    """
    words, board = talk.words, talk.services.boards.get(talk.someone, slug)

    async def load() -> Sequence[Choice[ThreadId]]:
        await focus(talk.services, talk.someone, talk.standing)
        rows = await talk.services.threads.on_board(talk.someone, board.slug)
        return [Choice(_row(talk, row), row.thread.id) for row in rows]

    title, about = board.title[words.language], board.about[words.language]
    await talk.say(f"{title} ({lifetime(words, board.lifetime)})", about)
    left = left_out(words, await talk.services.threads.left_out(talk.someone, slug))
    await talk.say(_on_board(talk, board), *left, *await _waiting(talk, board))
    listing = Listing(
        talk,
        load,
        lambda: [about, _on_board(talk, board)],
        nothing=words("No threads yet."),
        letters="cn",
    )
    while (chosen := await listing.choose()) is not None:
        try:
            if chosen == "c":
                await write_thread(talk, board)
            elif chosen == "n":
                await read_next(talk)
            else:
                await read_thread(talk, ThreadId(int(chosen)))
        except BunnizError as error:
            await talk.refuse(error)
        await talk.say(title)


def _on_board(talk: Talk, board: Board) -> str:
    words = talk.words
    if allows_board(talk.someone, Action.START_THREAD, board):
        return words(
            "A number opens a thread, c begins a new one, n opens the next unread one, "
            "Enter shows the list again, 0 goes back."
        )
    return words(
        "A number opens a thread, n opens the next unread one, Enter shows the list "
        "again, 0 goes back."
    )


def _row(talk: Talk, row: ThreadRow) -> str:
    """A thread in a list, all in words."""
    words, thread = talk.words, row.thread
    parts = [printable(heading(words, talk.standing.lens, thread))]
    parts += beside(words, thread.labels)
    if row.unread:
        parts.append(words.many("{n} new", "{n} new", row.unread))
    now, board = talk.services.clock.now(), talk.services.house.boards[thread.board]
    parts += standing(words, thread, board, now.date())
    return " - ".join([*parts, ago(words, thread.last_at, now)])


async def read_next(talk: Talk) -> bool:
    """Read the next thread with something new; whether there was one.

    Raises:
        BunnizError: It could not be looked up.
    """
    row = await talk.services.boards.next_unread(talk.someone)
    if row is None:
        await talk.say(talk.words("You have read everything."))
        return False
    await read_thread(talk, row.thread.id)
    return True


async def read_thread(talk: Talk, thread: ThreadId, number: int | None = None) -> None:
    """Read a thread post by post until somebody goes back.

    Args:
        talk: Who reads.
        thread: Which.
        number: The post to begin with; None: the first new one.

    Raises:
        BunnizError: It is not there, or not for this reader.
    """
    while True:
        opening, someone = talk.services.threads.open, talk.someone
        view = await opening(someone, thread, number, AT_ONCE)
        if number is None and view.read >= view.thread.last_number:
            view = await opening(someone, thread, 1, AT_ONCE)
        if not view.posts:
            raise PostNotFound
        if not await _opens(talk, view.thread):
            return
        following = await _Reader(talk, view, number).read()
        if following is None:
            return
        thread, number = following, None


async def _opens(talk: Talk, thread: Thread) -> bool:
    """Whether somebody reads a thread, knowing what it warns of."""
    lens = await focus(talk.services, talk.someone, talk.standing)
    words = talk.words

    def told() -> Sequence[str]:
        return about_thread(words, lens, thread)

    if lens.thread(thread) is Show.OPEN:
        return True
    await talk.say(*told())
    if lens.thread(thread) is Show.HIDE:
        return False
    while True:
        answer = await ask(talk, words("o opens it, 0 goes back:"), told)
        if answer.lower() == "o":
            lens.open(thread.id)
            return True
        if answer.lower() in BACK:
            return False
        await talk.say(no_choice(words, answer))


class _Reader:
    """One thread, and the number of the post that one has come to."""

    def __init__(self, talk: Talk, view: ThreadView, at: int | None) -> None:
        self._talk = talk
        self._view = view
        numbers = [post.number for post in view.posts]
        fresh = [number for number in numbers if number > view.read]
        self._at = at or (fresh or numbers)[0]
        self._reached = view.read if at else max(view.read, self._at - 1)
        """How far all was read, with none left out."""
        self._from: list[int] = []
        """The posts that were left for others, to go back to."""

    async def read(self) -> ThreadId | None:
        """Read until somebody goes back, or on to another thread."""
        talk, thread = self._talk, self._view.thread
        board, today = self._view.board, talk.services.clock.now().date()
        title = board.title[talk.words.language]
        kept = stays(talk.words, thread, board)
        before = beforehand(talk.words, thread, board, today)
        head = heading(talk.words, talk.standing.lens, thread)
        await talk.say(f"{printable(head)} - {title} ({kept})")
        asked = asked_for(talk.words, thread)
        await talk.say(*(printable(one) for one in (*before, asked) if one))
        await self._show()
        while True:
            prompt, words = self._prompt(), talk.words
            answer = await ask(talk, prompt, self._about, thread=thread.id)
            if answer.lower() in BACK:
                return None
            try:
                match answer.lower():
                    case "":
                        await self._onward()
                    case "o" if self._folded():
                        talk.standing.lens.open(thread.id, self._at)
                        await self._show()
                    case "r":
                        await write_reply(talk, self._view)
                        await self._look()
                    case "w" if self._shown() is Show.OPEN:
                        await write_reply(talk, self._view, self._post())
                        await self._look()
                    case "e":
                        await write_edit(talk, self._view, self._post())
                        await self._look()
                    case "n":
                        services, someone = talk.services, talk.someone
                        row = await services.boards.next_unread(someone, thread.id)
                        if row is not None:
                            return row.thread.id
                        told = nothing_else(services, someone, words, thread.id)
                        await talk.say(await told)
                    case "f":
                        await follow_or_not(talk, thread.id)
                    case "b":
                        await keep_or_not(talk, thread.id, self._at)
                    case "u" | "v" | "j" | "l" as letter:
                        await self._look_around(letter)
                    case _ if (number := number_in(answer)) is not None:
                        await self._to(number)
                    case _:
                        await talk.say(no_choice(words, answer))
            except ThreadNotFound as error:
                await talk.refuse(error)
                return None
            except BunnizError as error:
                await talk.refuse(error)

    def _prompt(self) -> str:
        words, at, last = self._talk.words, self._at, self._view.thread.last_number
        if self._folded() and at >= last:
            return words("Last post, folded. o opens it, r reply, 0 back, ? help:")
        if self._folded():
            return words("Folded. o opens it, Enter next, r reply, 0 back, ? help:")
        if at >= last:
            return words("Last post. r reply, n next unread, 0 back, ? help:")
        return words(
            "Post {n} of {all}. Enter next, r reply, 0 back, ? help:", n=at, all=last
        )

    def _shown(self) -> Show:
        """What happens to the post that one has come to; it may have gone."""
        view, lens = self._view, self._talk.standing.lens
        here = (post for post in view.posts if post.number >= self._at)
        post = next(here, None)
        return lens.post(view.thread, post) if post else Show.OPEN

    def _folded(self) -> bool:
        return self._shown() in (Show.ASK, Show.FOLD)

    async def _show(self) -> None:
        """Show the post that one has come to; it then counts as read."""
        await self._look()
        talk = self._talk
        post = self._post()
        self._at = post.number
        badges = await talk.services.badges.given(talk.someone)
        words, now = talk.words, talk.services.clock.now()
        lines = post_lines(words, post, now, badges, self._shown())
        said = beneath(words, self._view.kindness.get(post.number))
        await talk.page([*lines, *said])
        if post.number >= self._view.thread.last_number:
            await talk.say(*foot_lines(talk.words, self._view, talk.services.house))
        if self._at <= self._reached + 1:  # else what lies before stays unread
            self._reached = max(self._reached, self._at)
            await talk.services.threads.mark_read(
                talk.someone, self._view.thread.id, self._reached
            )

    def _post(self) -> Post:
        """The post that one has come to, or the next one where it is gone.

        Raises:
            PostNotFound: None is left there.
        """
        for post in self._view.posts:
            if post.number >= self._at:
                return post
        raise PostNotFound

    async def _onward(self) -> None:
        await self._look()
        after = (post.number for post in self._view.posts if post.number > self._at)
        if following := next(after, None):
            if self._at == self._reached:
                self._reached = following
            await self._to(following)

    async def _look_around(self, letter: str) -> None:
        """Go to what is unread, to the quoted post or back; or tell of links."""
        talk, words = self._talk, self._talk.words
        match letter:
            case "u" if self._reached < self._view.last:
                await self._jump(self._reached + 1)
            case "u":
                await talk.say(words("You have read everything in this thread."))
            case "v" if numbers := quoted_numbers(self._post().body):
                await self._jump(numbers[0])
            case "v":
                told = words("This post quotes no other post of this thread.")
                await talk.say(told)
            case "j" if self._from:
                await self._to(self._from.pop())
            case "j":
                await talk.say(words("You have not jumped from anywhere."))
            case _:
                warned = talk.services.house.warns_of_links
                found = [] if self._folded() else links_in(self._post().body)
                await talk.say(*link_lines(words, found, warned=warned))

    async def _jump(self, number: int) -> None:
        before = self._at
        await self._to(number)
        self._from = [*self._from, before][-MOST_BACK:]

    async def _look(self) -> None:
        """See how the thread is now, from here on."""
        talk = self._talk
        await focus(talk.services, talk.someone, talk.standing)
        self._view = await talk.services.threads.open(
            talk.someone, self._view.thread.id, self._at, AT_ONCE
        )

    async def _to(self, number: int) -> None:
        if not 1 <= number <= self._view.thread.last_number:
            raise PostNotFound
        self._at = number
        await self._show()

    def _about(self) -> Sequence[str]:
        return [
            self._talk.words(
                "Enter reads the next post, a number that post. r replies, n goes to "
                "the next thread with something new, f follows this one or ends it, b "
                "keeps this post as a bookmark or ends it, 0 goes back."
            ),
            self._talk.words(
                "w replies with a quote of this post, e changes it where it is yours."
            ),
            self._talk.words(
                "u goes to the first unread post, v to the one that this post quotes, "
                "j back from there, l tells where the links of this post lead."
            ),
        ]

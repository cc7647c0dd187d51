"""What somebody follows and keeps, in line mode: changed in a thread, and listed."""

from collections.abc import Sequence

from bunniz_bbs.commands.bookmarks import bookmark_text
from bunniz_bbs.commands.choices import focus
from bunniz_bbs.domain.errors import NotAllowed
from bunniz_bbs.domain.ids import BoardSlug, ThreadId
from bunniz_bbs.domain.text import printable
from bunniz_bbs.i18n import news as said
from bunniz_bbs.i18n.labels import heading
from bunniz_bbs.plain.asking import Choice, Listing
from bunniz_bbs.plain.talk import Talk, Turn


async def follow_or_not(talk: Talk, thread: ThreadId) -> None:
    """Follow a thread, or do not follow it any more.

    Raises:
        BunnizError: It could not be done.
    """
    follows, someone = talk.services.follows, talk.someone
    if someone.is_passing:
        raise NotAllowed
    wanted = not await follows.has(someone, thread)
    await follows.set(someone, thread, wanted)
    await talk.say(said.following(talk.words, wanted=wanted))


async def keep_or_not(talk: Talk, thread: ThreadId, number: int) -> None:
    """Keep a post to find it again, or forget it.

    Raises:
        BunnizError: It could not be done.
    """
    wanted = await talk.services.bookmarks.turn(talk.someone, thread, number)
    await talk.say(said.kept(talk.words, wanted=wanted))


async def see_followed(talk: Talk) -> None:
    """Choose among the threads that one chose to follow until somebody goes back.

    Raises:
        Turn: A thread is opened.
        BunnizError: They could not be looked up.
    """

    async def load() -> Sequence[Choice[ThreadId]]:
        lens = await focus(talk.services, talk.someone, talk.standing)
        found = await talk.services.follows.all(talk.someone)
        return [
            Choice(printable(heading(talk.words, lens, one)), one.id) for one in found
        ]

    words = talk.words
    await talk.say(words("What you follow"))
    about = words("A number opens a thread. Enter shows the list again.")
    nothing = words("You chose no thread to follow.")
    chosen = await Listing(talk, load, lambda: [about], nothing=nothing).choose()
    if isinstance(chosen, int):
        raise Turn(ThreadId(chosen))


async def see_bookmarks(talk: Talk) -> None:
    """Choose among one's bookmarks until somebody goes back.

    Raises:
        Turn: A thread is opened.
        BunnizError: They could not be looked up.
    """

    async def load() -> Sequence[Choice[ThreadId]]:
        lens = await focus(talk.services, talk.someone, talk.standing)
        found = await talk.services.bookmarks.all(talk.someone)
        return [
            Choice(bookmark_text(talk.words, lens, one), one.thread.id) for one in found
        ]

    words = talk.words
    await talk.say(words("Bookmarks"))
    about = words("A number opens a thread. Enter shows the list again.")
    nothing = words("You have no bookmarks.")
    chosen = await Listing(talk, load, lambda: [about], nothing=nothing).choose()
    if isinstance(chosen, int):
        raise Turn(ThreadId(chosen))


async def see_quiet(talk: Talk) -> None:
    """Choose which boards are quiet until somebody goes back.

    Raises:
        BunnizError: They could not be looked up.
    """
    words, follows = talk.words, talk.services.follows

    async def load() -> Sequence[Choice[BoardSlug]]:
        quiet = {board.slug for board in await follows.quiet(talk.someone)}
        return [
            Choice(_board(board.title[words.language], board.slug in quiet), board.slug)
            for board in talk.services.boards.readable(talk.someone)
        ]

    def _board(title: str, quiet: bool) -> str:
        return f"{title} - {words('quiet')}" if quiet else title

    about = words("A number lets a board be quiet, or be heard of again.")
    while True:
        await talk.say(words("Quiet boards"))
        listing = Listing(talk, load, lambda: [about], nothing="")
        chosen = await listing.choose()
        if chosen is None:
            return
        quiet = {board.slug for board in await follows.quiet(talk.someone)}
        board = await follows.set_quiet(talk.someone, chosen, chosen not in quiet)
        title = board.title[words.language]
        await talk.say(said.hushed(words, title, quiet=chosen not in quiet))

"""Commands about posts that one wants to find again."""

from typing import Final

from bunniz_bbs.commands.choices import focus
from bunniz_bbs.commands.labels import shown_title
from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Kind,
    LookAgain,
    Parameter,
    Reply,
    ShowBookmarks,
)
from bunniz_bbs.domain.choices import Lens, Show
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.domain.text import printable
from bunniz_bbs.i18n import N_, Words
from bunniz_bbs.i18n import news as said
from bunniz_bbs.i18n.labels import about, heading
from bunniz_bbs.i18n.people import author
from bunniz_bbs.services.bookmarks import Bookmark
from bunniz_bbs.services.markup import parse, to_plain

FIRST_WORDS: Final = 60
"""Characters of a post by which it is known again."""


def first_words(words: Words, lens: Lens, bookmark: Bookmark) -> str:
    """The beginning of a kept post, on one line; folded, what it warns of."""
    thread, post = bookmark.thread, bookmark.post
    if {lens.thread(thread), lens.post(thread, post)} != {Show.OPEN}:
        return f"[{about(words, thread.labels.warnings | post.warnings)}]"
    rows = to_plain(parse(bookmark.post.body), FIRST_WORDS)
    said = [row for row in rows if row.strip() and not row.startswith(("|", ">"))]
    return printable((said or rows or [""])[0].strip())


def bookmark_text(words: Words, lens: Lens, bookmark: Bookmark) -> str:
    """A bookmark all in words: thread, number, who, and how the post begins."""
    name = printable(author(words, bookmark.post.author_name))
    title = printable(heading(words, lens, bookmark.thread))
    begins = first_words(words, lens, bookmark)
    return f"{title} #{bookmark.post.number} - {name}: {begins}"


async def bookmark(context: Context, arguments: Arguments) -> Reply:
    """Keep a post, or forget it."""
    thread = ThreadId(arguments.number("THREAD"))
    number = arguments.number("NUMBER") if arguments.text("NUMBER") else 1
    wanted = not arguments.text("REMOVE")
    await context.services.bookmarks.turn(context.actor, thread, number, wanted)
    told = said.kept(context.words, wanted=wanted)
    data = {"thread": thread, "post": number, "bookmark": wanted}
    return Reply([told], data, LookAgain())


async def bookmarks(context: Context, arguments: Arguments) -> Reply:
    """All of one's bookmarks."""
    words = context.words
    lens = await focus(context.services, context.actor, context.standing)
    found = await context.services.bookmarks.all(context.actor)
    lines = [f"{one.thread.id:>5}  {bookmark_text(words, lens, one)}" for one in found]
    data = [
        {
            "thread": one.thread.id,
            "board": one.board.slug,
            "title": shown_title(lens, one.thread),
            "post": one.post.number,
            "author": one.post.author_name or None,
        }
        for one in found
    ]
    nothing = words("You have no bookmarks.")
    return Reply(lines or [nothing], data, ShowBookmarks())


BOOKMARK_COMMANDS = (
    Command(
        "bookmark",
        N_("Keep a post to find it again, for you alone; --remove forgets it."),
        Action.SET_OWN,
        bookmark,
        parameters=(
            Parameter(N_("THREAD"), Kind.THREAD),
            Parameter(N_("NUMBER"), Kind.NUMBER, required=False),
            Parameter(N_("REMOVE"), Kind.SWITCH, required=False, flag="--remove"),
        ),
    ),
    Command(
        "bookmarks",
        N_("Show your bookmarks."),
        Action.SET_OWN,
        bookmarks,
    ),
)

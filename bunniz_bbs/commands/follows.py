"""Commands about threads that one follows and boards that are quiet."""

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
    ShowFollowed,
)
from bunniz_bbs.domain.errors import UsageUnclear
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.domain.text import printable
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n import news as said
from bunniz_bbs.i18n.labels import heading
from bunniz_bbs.i18n.times import ago


async def follow(context: Context, arguments: Arguments) -> Reply:
    """Follow a thread: one by its number, or the one that is open."""
    return await _follow(context, arguments, wanted=True)


async def unfollow(context: Context, arguments: Arguments) -> Reply:
    """Do not follow a thread any more."""
    return await _follow(context, arguments, wanted=False)


async def _follow(context: Context, arguments: Arguments, *, wanted: bool) -> Reply:
    thread = thread_meant(context, arguments)
    await context.services.follows.set(context.actor, thread, wanted)
    told = said.following(context.words, wanted=wanted)
    return Reply([told], {"thread": thread, "follows": wanted}, LookAgain())


def thread_meant(context: Context, arguments: Arguments) -> ThreadId:
    """The thread that was named, or the one that is open.

    Raises:
        UsageUnclear: None was named and none is open.
    """
    if arguments.text("THREAD"):
        return ThreadId(arguments.number("THREAD"))
    if context.thread is None:
        raise UsageUnclear(arguments.usage)
    return context.thread


async def followed(context: Context, arguments: Arguments) -> Reply:
    """The threads that one chose to follow."""
    words, services = context.words, context.services
    lens = await focus(services, context.actor, context.standing)
    found, now = await services.follows.all(context.actor), services.clock.now()
    lines = [
        f"{thread.id:>5}  {printable(heading(words, lens, thread))}"
        f" - {services.house.boards[thread.board].title[words.language]}"
        f" - {ago(words, thread.last_at, now)}"
        for thread in found
    ]
    data = [
        {"thread": one.id, "board": one.board, "title": shown_title(lens, one)}
        for one in found
    ]
    nothing = words("You chose no thread to follow.")
    return Reply(lines or [nothing], data, ShowFollowed())


async def quiet(context: Context, arguments: Arguments) -> Reply:
    """Hear nothing of a board from now on; without one, those of which one does not."""
    words, follows = context.words, context.services.follows
    if slug := arguments.text("BOARD").lower():
        return await _hush(context, slug, quiet=True)
    boards = await follows.quiet(context.actor)
    lines = [f"{board.slug}  {board.title[words.language]}" for board in boards]
    nothing = words("No board is quiet for you.")
    return Reply(lines or [nothing], [board.slug for board in boards])


async def unquiet(context: Context, arguments: Arguments) -> Reply:
    """Hear of a board again."""
    return await _hush(context, arguments.text("BOARD").lower(), quiet=False)


async def _hush(context: Context, slug: str, *, quiet: bool) -> Reply:
    board = await context.services.follows.set_quiet(context.actor, slug, quiet)
    told = said.hushed(context.words, board.title[context.words.language], quiet=quiet)
    return Reply([told], {"board": board.slug, "quiet": quiet}, LookAgain())


_THREAD = Parameter(N_("THREAD"), Kind.THREAD, required=False)

FOLLOW_COMMANDS = (
    Command(
        "follow",
        N_("Follow a thread: what is new in it comes first."),
        Action.SET_OWN,
        follow,
        parameters=(_THREAD,),
    ),
    Command(
        "unfollow",
        N_("Do not follow a thread any more, also where you wrote in it."),
        Action.SET_OWN,
        unfollow,
        parameters=(_THREAD,),
    ),
    Command(
        "followed",
        N_("Show the threads that you chose to follow."),
        Action.SET_OWN,
        followed,
    ),
    Command(
        "quiet",
        N_("Hear nothing of a board, unless somebody means you; or show which ones."),
        Action.SET_OWN,
        quiet,
        parameters=(Parameter(N_("BOARD"), Kind.BOARD, required=False),),
    ),
    Command(
        "unquiet",
        N_("Hear of a board again."),
        Action.SET_OWN,
        unquiet,
        parameters=(Parameter(N_("BOARD"), Kind.BOARD),),
    ),
)

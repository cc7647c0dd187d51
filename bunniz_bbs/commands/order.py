"""Commands for how threads stand: the open one, or one by its number."""

from collections.abc import Awaitable, Callable

from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Front,
    Handler,
    Kind,
    Parameter,
    Reply,
)
from bunniz_bbs.domain.errors import ThreadNotFound
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.domain.threads import Thread
from bunniz_bbs.i18n import N_

_THREAD = Parameter(N_("THREAD"), Kind.THREAD)
_BOARD = Parameter(N_("BOARD"), Kind.BOARD)
_REASON = Parameter(N_("REASON"), Kind.TEXT)


def meant(context: Context, arguments: Arguments) -> ThreadId:
    """The thread that is open, or for a verb the one that was given by number.

    Raises:
        ThreadNotFound: None is open.
    """
    thread = context.thread
    if context.front is Front.VERB:
        thread = ThreadId(arguments.number("THREAD"))
    if thread is None:
        raise ThreadNotFound
    return thread


def _done(
    said: str, act: Callable[[Context, ThreadId, str], Awaitable[Thread]]
) -> Handler:
    """Acts on a thread and says so."""

    async def run(context: Context, arguments: Arguments) -> Reply:
        thread = meant(context, arguments)
        found = await act(context, thread, arguments.text("REASON"))
        return Reply([context.words(said, title=found.title)], {"thread": thread})

    return run


async def move(context: Context, arguments: Arguments) -> Reply:
    """Put a thread on another board."""
    thread, slug = meant(context, arguments), arguments.text("BOARD").lower()
    found, board = await context.services.order.move(
        context.actor, thread, slug, arguments.text("REASON")
    )
    words = context.words
    told = words(
        "Moved to {board}: {title}",
        board=board.title[words.language],
        title=found.title,
    )
    return Reply([told], {"thread": thread, "board": board.slug})


def _pair(
    name: str,
    summary: str,
    action: Action,
    run: Handler,
    after: tuple[Parameter, ...] = (_REASON,),
) -> tuple[Command, Command]:
    """The same command for the open thread and, as a verb, for any."""
    return (
        Command(name, summary, action, run, Front.SLASH, after),
        Command(name, summary, action, run, Front.VERB, (_THREAD, *after)),
    )


ORDER_COMMANDS = (
    *_pair(
        "close-replies",
        N_("Take no more replies in a thread that you began."),
        Action.CLOSE_OWN,
        _done(
            N_("It takes no more replies: {title}"),
            lambda c, thread, _: c.services.order.close(c.actor, thread, True),
        ),
        (),
    ),
    *_pair(
        "open-replies",
        N_("Take replies again in a thread that you began."),
        Action.CLOSE_OWN,
        _done(
            N_("It takes replies again: {title}"),
            lambda c, thread, _: c.services.order.close(c.actor, thread, False),
        ),
        (),
    ),
    *_pair(
        "pin",
        N_("Hold this thread at the top of its board."),
        Action.PIN,
        _done(
            N_("Pinned: {title}"),
            lambda c, thread, why: c.services.order.pin(c.actor, thread, True, why),
        ),
    ),
    *_pair(
        "unpin",
        N_("Let this thread go from the top of its board."),
        Action.PIN,
        _done(
            N_("Unpinned: {title}"),
            lambda c, thread, why: c.services.order.pin(c.actor, thread, False, why),
        ),
    ),
    *_pair(
        "lock",
        N_("Stop replies to this thread."),
        Action.LOCK,
        _done(
            N_("Locked: {title}"),
            lambda c, thread, why: c.services.order.lock(c.actor, thread, True, why),
        ),
    ),
    *_pair(
        "unlock",
        N_("Allow replies to this thread again."),
        Action.LOCK,
        _done(
            N_("Unlocked: {title}"),
            lambda c, thread, why: c.services.order.lock(c.actor, thread, False, why),
        ),
    ),
    *_pair(
        "move",
        N_("Put this thread on another board."),
        Action.MOVE,
        move,
        (_BOARD, _REASON),
    ),
    *_pair(
        "keep",
        N_("Let this thread stay after its time; readers see the reason."),
        Action.KEEP_THREAD,
        _done(
            N_("It stays: {title}"),
            lambda c, thread, why: c.services.order.keep(c.actor, thread, True, why),
        ),
    ),
    *_pair(
        "unkeep",
        N_("Let this thread go when its time is up."),
        Action.KEEP_THREAD,
        _done(
            N_("It goes when its time is up: {title}"),
            lambda c, thread, why: c.services.order.keep(c.actor, thread, False, why),
        ),
    ),
    *_pair(
        "checked",
        N_("Say that what this thread says was checked today, and is right."),
        Action.CHECK,
        _done(
            N_("Checked today: {title}"),
            lambda c, thread, _: c.services.order.check(c.actor, thread),
        ),
        (),
    ),
)

"""Commands for keeping order: target, duration, reason."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Front,
    Handler,
    Kind,
    Parameter,
    Reply,
    ShowLog,
)
from bunniz_bbs.domain.errors import PostNotFound, ThreadNotFound
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.moderation import Act, LogEntry
from bunniz_bbs.domain.people import Account
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.domain.text import printable
from bunniz_bbs.domain.threads import Thread
from bunniz_bbs.i18n import N_, Words
from bunniz_bbs.i18n.times import ago, spell_duration, until

ACTS = {
    Act.KICK: N_("sent out"),
    Act.MUTE: N_("muted"),
    Act.UNMUTE: N_("mute lifted"),
    Act.BAN: N_("banned"),
    Act.UNBAN: N_("ban lifted"),
    Act.DELETE_POST: N_("post removed"),
    Act.DELETE_LINE: N_("line removed"),
    Act.PIN: N_("pinned"),
    Act.UNPIN: N_("unpinned"),
    Act.LOCK: N_("locked"),
    Act.UNLOCK: N_("unlocked"),
    Act.ROLE: N_("role changed"),
    Act.REMOVE: N_("account removed"),
    Act.TOPIC: N_("topic set"),
}


def entry_text(context: Context, entry: LogEntry) -> str:
    """An entry of the log as one line."""
    words = context.words
    when = ago(words, entry.at, context.services.clock.now())
    parts = [
        f"{entry.number:>4}  {when}",
        printable(entry.moderator),
        words(ACTS[entry.act]),
        printable(entry.target),
    ]
    if entry.act in (Act.MUTE, Act.BAN):
        parts.append(until(words, entry.until))
    return "  ".join([*parts, printable(entry.reason)])


async def log(context: Context, arguments: Arguments) -> Reply:
    """What moderators did lately."""
    entries = await context.services.moderation.log(context.actor)
    return Reply(
        [entry_text(context, entry) for entry in entries]
        or [context.words("The log is empty.")],
        [
            {
                "number": entry.number,
                "at": entry.at.isoformat(),
                "moderator": entry.moderator,
                "act": entry.act.value,
                "target": entry.target,
                "until": entry.until and entry.until.isoformat(),
                "reason": entry.reason,
            }
            for entry in entries
        ],
        ShowLog() if context.front is Front.SLASH else None,
    )


def _on_person(
    done: str,
    act: Callable[[Context, str, timedelta | None, str], Awaitable[Account]],
) -> Handler:
    """A command that acts on a person and says so."""

    async def run(context: Context, arguments: Arguments) -> Reply:
        duration = arguments.duration("DURATION")
        account = await act(
            context, arguments.text("NAME"), duration, arguments.text("REASON")
        )
        words = context.words
        said = words(done, name=account.name, duration=_for(words, duration))
        return Reply([said], {"name": account.name})

    return run


def _for(words: Words, duration: timedelta | None) -> str:
    if duration is None:
        return words("until a moderator lifts it")
    return words("for {duration}", duration=spell_duration(words, duration))


def _on_thread(
    done: str, act: Callable[[Context, ThreadId, str], Awaitable[Thread]]
) -> Handler:
    """A command that acts on the open thread, or on one given by number."""

    async def run(context: Context, arguments: Arguments) -> Reply:
        thread = context.thread
        if context.front is Front.VERB:
            thread = ThreadId(arguments.number("THREAD"))
        if thread is None:
            raise ThreadNotFound
        found = await act(context, thread, arguments.text("REASON"))
        return Reply([context.words(done, title=found.title)], {"thread": thread})

    return run


async def delete(context: Context, arguments: Arguments) -> Reply:
    """Remove somebody's newest line in a room, or a post in the open thread."""
    target, reason = arguments.text("TARGET"), arguments.text("REASON")
    words, moderation = context.words, context.services.moderation
    if context.room is not None:
        account = await moderation.delete_line(
            context.actor, context.room, target, reason
        )
        return Reply([words("Removed the last line of {name}.", name=account.name)])
    if context.front is Front.VERB:
        thread_text, _, number_text = target.partition("#")
        given = Arguments({"THREAD": thread_text, "POST": number_text})
        thread, number = ThreadId(given.number("THREAD")), given.number("POST")
    elif context.thread is not None:
        thread = context.thread
        number = Arguments({"POST": target}).number("POST")
    else:
        raise PostNotFound
    await moderation.delete_post(context.actor, thread, number, reason)
    return Reply([words("Removed post #{number}.", number=number)])


_NAME = Parameter(N_("NAME"), Kind.PERSON)
_DURATION = Parameter(N_("DURATION"), Kind.DURATION, required=False)
_REASON = Parameter(N_("REASON"), Kind.TEXT)
_THREAD = Parameter(N_("THREAD"), Kind.THREAD)


def _thread_pair(
    name: str,
    summary: str,
    done: str,
    action: Action,
    act: Callable[[Context, ThreadId, str], Awaitable[Thread]],
) -> tuple[Command, Command]:
    """The same command for the open thread and, as a verb, for any."""
    run = _on_thread(done, act)
    return (
        Command(name, summary, action, run, Front.SLASH, (_REASON,)),
        Command(name, summary, action, run, Front.VERB, (_THREAD, _REASON)),
    )


MODERATION_COMMANDS = (
    Command(
        "kick",
        N_("End somebody's sessions; they may come back."),
        Action.KICK,
        _on_person(
            N_("{name} was sent out."),
            lambda c, name, _, reason: c.services.moderation.kick(
                c.actor, name, reason
            ),
        ),
        parameters=(_NAME, _REASON),
    ),
    Command(
        "mute",
        N_("Keep somebody from writing, for a time or until lifted."),
        Action.MUTE,
        _on_person(
            N_("{name} is muted {duration}."),
            lambda c, *given: c.services.moderation.mute(c.actor, *given),
        ),
        parameters=(_NAME, _DURATION, _REASON),
    ),
    Command(
        "unmute",
        N_("Let somebody write again."),
        Action.MUTE,
        _on_person(
            N_("{name} can write again."),
            lambda c, name, _, reason: c.services.moderation.unmute(
                c.actor, name, reason
            ),
        ),
        parameters=(_NAME, _REASON),
    ),
    Command(
        "ban",
        N_("Close the door to somebody, for a time or until lifted."),
        Action.BAN,
        _on_person(
            N_("{name} is banned {duration}."),
            lambda c, *given: c.services.moderation.ban(c.actor, *given),
        ),
        parameters=(_NAME, _DURATION, _REASON),
    ),
    Command(
        "unban",
        N_("Open the door to somebody again."),
        Action.BAN,
        _on_person(
            N_("{name} can come in again."),
            lambda c, name, _, reason: c.services.moderation.unban(
                c.actor, name, reason
            ),
        ),
        parameters=(_NAME, _REASON),
    ),
    Command(
        "delete",
        N_("Remove somebody's last line here, or a post by its number."),
        Action.DELETE_OTHERS,
        delete,
        parameters=(Parameter(N_("TARGET"), Kind.PERSON), _REASON),
    ),
    *_thread_pair(
        "pin",
        N_("Hold this thread at the top of its board."),
        N_("Pinned: {title}"),
        Action.PIN,
        lambda c, thread, why: c.services.moderation.pin(c.actor, thread, True, why),
    ),
    *_thread_pair(
        "unpin",
        N_("Let this thread go from the top of its board."),
        N_("Unpinned: {title}"),
        Action.PIN,
        lambda c, thread, why: c.services.moderation.pin(c.actor, thread, False, why),
    ),
    *_thread_pair(
        "lock",
        N_("Stop replies to this thread."),
        N_("Locked: {title}"),
        Action.LOCK,
        lambda c, thread, why: c.services.moderation.lock(c.actor, thread, True, why),
    ),
    *_thread_pair(
        "unlock",
        N_("Allow replies to this thread again."),
        N_("Unlocked: {title}"),
        Action.LOCK,
        lambda c, thread, why: c.services.moderation.lock(c.actor, thread, False, why),
    ),
    Command(
        "log",
        N_("Show what moderators did lately."),
        Action.READ_LOG,
        log,
        aliases=("audit",),
    ),
)

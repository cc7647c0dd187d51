"""Commands for keeping order: target, duration, reason."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from bunniz_bbs.commands.moments import minute
from bunniz_bbs.commands.parsing import read_placed
from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Front,
    Kind,
    Parameter,
    Reply,
    ShowLog,
)
from bunniz_bbs.domain.errors import PostNotFound
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.moderation import Act, LogEntry
from bunniz_bbs.domain.people import Account
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.domain.text import printable
from bunniz_bbs.i18n import N_, Words
from bunniz_bbs.i18n.times import ago, spell_duration, until
from bunniz_bbs.services.bans import Gone

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
    Act.WARN: N_("warnings set"),
    Act.MOVE: N_("moved"),
    Act.KEEP: N_("kept"),
    Act.UNKEEP: N_("kept no longer"),
    Act.CHECK: N_("checked"),
    Act.ROLE: N_("role changed"),
    Act.REMOVE: N_("account removed"),
    Act.TOPIC: N_("topic set"),
    Act.APPROVE: N_("let in"),
    Act.DECLINE: N_("not let in"),
    Act.PUBLISH: N_("post published"),
    Act.REFUSE: N_("post not published"),
    Act.BADGE_PROPOSED: N_("badge proposed"),
    Act.BADGE: N_("badge given"),
    Act.UNBADGE: N_("badge taken away"),
    Act.RESET: N_("way back given"),
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
                "at": minute(entry.at),
                "moderator": entry.moderator,
                "act": entry.act.value,
                "target": entry.target,
                "until": entry.until and minute(entry.until),
                "reason": entry.reason,
            }
            for entry in entries
        ],
        ShowLog() if context.front is Front.SLASH else None,
    )


_NAME = Parameter(N_("NAME"), Kind.PERSON)
_DURATION = Parameter(N_("DURATION"), Kind.DURATION, required=False)
_REASON = Parameter(N_("REASON"), Kind.TEXT)
_INVITES = Parameter(N_("INVITES"), Kind.SWITCH, required=False, flag="--invites")
_TARGET = Parameter(N_("TARGET"), Kind.PERSON)


async def addressed(
    context: Context,
    arguments: Arguments,
    person: Parameter,
    after: Sequence[Parameter],
) -> tuple[str, Arguments]:
    """The person meant, whose name may have spaces, and what was typed after it.

    Raises:
        UsageUnclear: The name took words that were needed after it.
    """
    typed = " ".join(arguments.text(one.name) for one in (person, *after))
    name, rest = await context.services.people.addressee(context.actor, typed)
    return name, read_placed(after, rest, arguments.usage)


def _on_person(
    name: str,
    summary: str,
    done: str,
    action: Action,
    act: Callable[[Context, str, timedelta | None, str], Awaitable[Account | Gone]],
    *,
    timed: bool = False,
) -> Command:
    """A command that acts on a person and says so."""
    after = (_DURATION, _REASON) if timed else (_REASON,)

    async def run(context: Context, arguments: Arguments) -> Reply:
        person, given = await addressed(context, arguments, _NAME, after)
        duration = given.duration("DURATION")
        account = await act(context, person, duration, given.text("REASON"))
        words = context.words
        said = words(done, name=account.name, duration=_for(words, duration))
        return Reply([said], {"name": account.name})

    return Command(name, summary, action, run, parameters=(_NAME, *after))


def _for(words: Words, duration: timedelta | None) -> str:
    if duration is None:
        return words("until a moderator lifts it")
    return words("for {duration}", duration=spell_duration(words, duration))


async def ban(context: Context, arguments: Arguments) -> Reply:
    """Close the door to somebody, and to the codes that they gave if that is said."""
    words, services = context.words, context.services
    name, given = await addressed(context, arguments, _NAME, (_DURATION, _REASON))
    duration, invites = given.duration("DURATION"), bool(arguments.text("INVITES"))
    account = await services.moderation.ban(
        context.actor, name, duration, given.text("REASON"), invites=invites
    )
    told = words(
        "{name} is banned {duration}.",
        name=account.name,
        duration=_for(words, duration),
    )
    if not invites:
        return Reply([told], {"name": account.name})
    came = await services.trust.brought(context.actor, account.name)
    lines = [told, words("The invite codes that they gave can be used no more.")]
    if came:
        people = ", ".join(printable(one) for one in came)
        lines.append(
            words(
                "Through their codes came, in the last 90 days: {people}", people=people
            )
        )
    else:
        lines.append(words("Nobody came through their codes in the last 90 days."))
    return Reply(lines, {"name": account.name, "invited": list(came)})


async def delete(context: Context, arguments: Arguments) -> Reply:
    """Remove somebody's newest line in a room, or a post in the open thread."""
    words, moderation = context.words, context.services.moderation
    if context.room is not None:
        name, given = await addressed(context, arguments, _TARGET, (_REASON,))
        line = await moderation.delete_line(
            context.actor, context.room, name, given.text("REASON")
        )
        return Reply([words("Removed the last line of {name}.", name=line.name)])
    target, reason = arguments.text("TARGET"), arguments.text("REASON")
    thread_text, _, number_text = target.rpartition("#")
    given = Arguments({"THREAD": thread_text, "POST": number_text}, arguments.usage)
    thread = context.thread
    if context.front is Front.VERB:
        thread = ThreadId(given.number("THREAD"))
    if thread is None:
        raise PostNotFound
    number = given.number("POST")
    await moderation.delete_post(context.actor, thread, number, reason)
    return Reply([words("Removed post #{number}.", number=number)])


MODERATION_COMMANDS = (
    _on_person(
        "kick",
        N_("End somebody's sessions; they may come back."),
        N_("{name} was sent out."),
        Action.KICK,
        lambda c, name, _, reason: c.services.moderation.kick(c.actor, name, reason),
    ),
    _on_person(
        "mute",
        N_("Keep somebody from writing, for a time or until lifted."),
        N_("{name} is muted {duration}."),
        Action.MUTE,
        lambda c, *given: c.services.moderation.mute(c.actor, *given),
        timed=True,
    ),
    _on_person(
        "unmute",
        N_("Let somebody write again."),
        N_("{name} can write again."),
        Action.MUTE,
        lambda c, name, _, reason: c.services.moderation.unmute(c.actor, name, reason),
    ),
    Command(
        "ban",
        N_("Close the door to somebody; --invites also makes their codes useless."),
        Action.BAN,
        ban,
        parameters=(_NAME, _DURATION, _REASON, _INVITES),
    ),
    _on_person(
        "unban",
        N_("Open the door to somebody again."),
        N_("{name} can come in again."),
        Action.BAN,
        lambda c, name, _, reason: c.services.bans.lift(c.actor, name, reason),
    ),
    Command(
        "delete",
        N_("Remove somebody's last line here, or a post by its number."),
        Action.DELETE_OTHERS,
        delete,
        parameters=(_TARGET, _REASON),
    ),
    Command(
        "log",
        N_("Show what moderators did lately."),
        Action.READ_LOG,
        log,
        aliases=("audit",),
    ),
)

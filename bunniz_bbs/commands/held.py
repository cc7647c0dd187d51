"""Commands for authors whose posts wait for the team."""

from collections.abc import Sequence

from bunniz_bbs.commands.moments import minute
from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Kind,
    LookAgain,
    Parameter,
    Reply,
)
from bunniz_bbs.commands.team import WIDTH
from bunniz_bbs.domain.errors import NothingKept
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.domain.team import HeldId, HeldPost
from bunniz_bbs.i18n import N_, Words
from bunniz_bbs.i18n.notices import waits_for_team
from bunniz_bbs.i18n.times import ago
from bunniz_bbs.services.markup import parse, to_plain


async def waiting(context: Context, arguments: Arguments) -> Reply:
    """One's own posts that wait."""
    if context.actor.is_passing:
        raise NothingKept
    words = context.words
    found = await context.services.held.own(context.actor)
    lines = [line for one in found for line in _told(context, one)]
    if found:
        lines.append(how_to_withdraw(words))
    return Reply(
        lines or [words("Nothing of yours waits for the team.")],
        [
            {
                "number": one.id,
                "board": one.board,
                "thread": one.thread,
                "title": one.title,
                "body": one.body,
                "sent_at": minute(one.sent_at),
            }
            for one in found
        ],
    )


def how_to_withdraw(words: Words) -> str:
    """What an author can do about it."""
    return words("To take one back before it is read: withdraw NUMBER")


def _told(context: Context, held: HeldPost) -> Sequence[str]:
    when = ago(context.words, held.sent_at, context.services.clock.now())
    body = to_plain(parse(held.body), WIDTH)
    head = f"{held.id:>5}  {waits_for_team(context.words, held)} {when}"
    return [head, *("       " + one for one in body)]


async def withdraw(context: Context, arguments: Arguments) -> Reply:
    """Take one of them back."""
    number = HeldId(arguments.number("NUMBER"))
    held = await context.services.held.withdraw(context.actor, number)
    said = context.words(
        "Taken back: {title}. Nothing of it is left.", title=held.title
    )
    return Reply([said], {"number": number}, LookAgain())


HELD_COMMANDS = (
    Command(
        "waiting",
        N_("Show your own posts that the team has not read yet."),
        Action.DELETE_OWN_POST,
        waiting,
    ),
    Command(
        "withdraw",
        N_("Take back a post of yours that the team has not read yet."),
        Action.DELETE_OWN_POST,
        withdraw,
        parameters=(Parameter(N_("NUMBER"), Kind.NUMBER),),
    ),
)

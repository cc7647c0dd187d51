"""Commands about what is kept of oneself: seeing it, taking it along, leaving."""

import json
from typing import Final

from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Document,
    Front,
    Kind,
    Leave,
    Parameter,
    Reply,
    ShowKnown,
    ShowLeaving,
)
from bunniz_bbs.domain.errors import NotAllowed, UsageUnclear
from bunniz_bbs.domain.own import Posts, Where
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n import known as said
from bunniz_bbs.i18n.leaving import about_leaving, about_posts, what_becomes
from bunniz_bbs.i18n.notices import removed
from bunniz_bbs.services.leaving import require_confirmed

USAGE: Final = "leave-for-good --posts keep|remove NAME"


async def known(context: Context, arguments: Arguments) -> Reply:
    """Every kind of thing that is kept of one, and how much of it there is."""
    words = context.words
    found = await context.services.own.known(context.actor)
    lines = []
    for where in Where:
        lines.append(said.heading(words, where))
        lines += [
            f"- {said.in_a_line(words, one)}" for one in found if one.where is where
        ]
    data = [
        {
            "what": one.kind.value,
            "where": one.where.value,
            "seen_by": one.seen.value,
            "count": one.count,
            "days": one.stays and one.stays.total_seconds() / 86_400,
        }
        for one in found
    ]
    return Reply([*lines, *said.beside(words)], data, ShowKnown())


async def export(context: Context, arguments: Arguments) -> Reply:
    """All that is one's own as one JSON document, its posts a part at a time."""
    words = context.words
    if context.front is Front.SLASH:
        told = words("A copy of all that is yours: {command}", command=said.EXPORT)
        return Reply([told])
    own, actor = context.services.own, context.actor
    rest = _dump(await own.export(actor))
    await context.emit("", Document(rest.removesuffix("}") + ',\n"posts": ['))
    after, between = (0, 0), ""
    while part := await own.posts(actor, after):
        lines = ",\n".join(_dump(one) for one in part)
        await context.emit("", Document(between + lines))
        after, between = _place(part[-1]), ","
    await context.emit("", Document("]}"))
    return Reply()


def _dump(data: object) -> str:
    return json.dumps(data, ensure_ascii=True)


def _place(post: dict[str, object]) -> tuple[int, int]:
    return int(str(post["thread"])), int(str(post["number"]))


async def leave_for_good(context: Context, arguments: Arguments) -> Reply:
    """Remove one's account, once that is confirmed; without, what it means."""
    words, actor = context.words, context.actor
    if actor.is_passing:  # there is nothing to leave
        raise NotAllowed
    posts, name = arguments.text("POSTS").lower(), arguments.text("NAME")
    if context.front is Front.SLASH or not (posts or name):
        lines = [*about_leaving(words)]
        if context.front is Front.SLASH:
            return Reply(lines, effect=ShowLeaving())
        for one in Posts:
            told = f"{what_becomes(words, one)}. {about_posts(words, one)}"
            lines.append(f"- --posts {one.value}: {told}")
        typed = f"leave-for-good --posts keep|remove {actor.name}"
        lines.append(words("To do that: {command}", command=typed))
        return Reply(lines, {"removed": False, "usage": typed})
    if posts not in list(Posts):
        raise UsageUnclear(USAGE)
    require_confirmed(actor, name)
    await context.services.leaving.leave(actor, Posts(posts))
    return Reply([removed(words)], {"removed": True, "posts": posts}, Leave())


OWN_COMMANDS = (
    Command(
        "known",
        N_("Show what this place knows about you, and what it does not."),
        Action.SET_OWN,
        known,
        aliases=("privacy",),
        before_agreeing=True,
    ),
    Command(
        "export",
        N_("Take a copy of all that is yours, as JSON."),
        Action.SET_OWN,
        export,
        before_agreeing=True,
    ),
    Command(
        "leave-for-good",
        N_("Remove your account for good, and choose what becomes of your posts."),
        Action.SET_OWN,
        leave_for_good,
        parameters=(
            Parameter(N_("POSTS"), Kind.PLACE, required=False, flag="--posts"),
            Parameter(N_("NAME"), Kind.TEXT, required=False),
        ),
        before_agreeing=True,
        may_remove=True,
    ),
)

"""Commands about what one began to write and did not send."""

from datetime import datetime

from bunniz_bbs.commands.choices import focus
from bunniz_bbs.commands.labels import labels_data
from bunniz_bbs.commands.moments import minute
from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Kind,
    Parameter,
    Reply,
    ShowDrafts,
)
from bunniz_bbs.domain.choices import Lens
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.domain.text import printable
from bunniz_bbs.i18n import N_, Words
from bunniz_bbs.i18n.drafts import first_words, meant_for
from bunniz_bbs.i18n.times import left
from bunniz_bbs.services.drafts import Begun


async def drafts(context: Context, arguments: Arguments) -> Reply:
    """All that one has begun: where, how it begins, how long it is still there."""
    await focus(context.services, context.actor, context.standing)
    found = await context.services.drafts.all(context.actor)
    lines = [_line(context, one) for one in found]
    empty = context.words("You have no drafts.")
    return Reply(lines or [empty], [_data(one) for one in found], ShowDrafts())


async def draft(context: Context, arguments: Arguments) -> Reply:
    """One draft: shown, or thrown away."""
    words, service = context.words, context.services.drafts
    await focus(context.services, context.actor, context.standing)
    found = await service.find(context.actor, arguments.text("DRAFT"))
    if arguments.text("DROP"):
        await service.drop(context.actor, found.draft.place)
        said = words("The draft was thrown away.")
        return Reply([said], {"draft": found.name, "dropped": True})
    title = [printable(found.draft.title), ""] if found.draft.title else []
    body = [printable(one) for one in found.draft.body.split("\n")]
    return Reply([_line(context, found), "", *title, *body], _data(found))


def draft_line(words: Words, lens: Lens, one: Begun, now: datetime) -> str:
    """What a draft is for, how it begins, and how long it is still there."""
    stays = words("gone in {time}", time=left(words, (one.until - now).total_seconds()))
    place = meant_for(words, lens, one.board, one.thread, one.number)
    parts = [place, first_words(one.draft), stays]
    return " - ".join(part for part in parts if part)


def _line(context: Context, one: Begun) -> str:
    lens, now = context.standing.lens, context.services.clock.now()
    told = draft_line(context.words, lens, one, now)
    return f"{one.name} - {told}" if one.name else told


def _data(one: Begun) -> dict[str, object]:
    return {
        "draft": one.name,
        "board": one.board and one.board.slug,
        "thread": one.thread and one.thread.id,
        "edits": one.number or None,
        "title": one.draft.title,
        "body": one.draft.body,
        "until": minute(one.until),
        **labels_data(one.draft.labels),
    }


DRAFT_COMMANDS = (
    Command(
        "drafts",
        N_("Show what you began to write and did not send."),
        Action.KEEP_DRAFT,
        drafts,
    ),
    Command(
        "draft",
        N_("Show a draft by its name in “drafts”; --drop throws it away."),
        Action.KEEP_DRAFT,
        draft,
        parameters=(
            Parameter(N_("DRAFT"), Kind.PLACE),
            Parameter(N_("DROP"), Kind.SWITCH, required=False, flag="--drop"),
        ),
    ),
)

"""Commands about what is new, and what counts as read."""

from datetime import datetime

from bunniz_bbs.commands.choices import focus
from bunniz_bbs.commands.labels import labels_data, shown_title
from bunniz_bbs.commands.moments import minute
from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Kind,
    LookAgain,
    Parameter,
    Reply,
    ShowNews,
)
from bunniz_bbs.domain.choices import Lens
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.news import NewsKind
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.domain.text import printable
from bunniz_bbs.i18n import N_, Words
from bunniz_bbs.i18n import news as said
from bunniz_bbs.i18n.labels import heading
from bunniz_bbs.i18n.people import author
from bunniz_bbs.i18n.times import ago
from bunniz_bbs.services import Services
from bunniz_bbs.services.news import NewsItem


def item_text(
    words: Words, house: House, lens: Lens, item: NewsItem, now: datetime
) -> str:
    """A thread with something new, all in words: why, which, where and when."""
    parts = [printable(heading(words, lens, item.thread))]
    if item.unread:
        parts.append(words.many("{n} new", "{n} new", item.unread))
    parts.append(house.boards[item.thread.board].title[words.language])
    parts.append(ago(words, item.thread.last_at, now))
    if item.kind in (NewsKind.ANSWER, NewsKind.MENTION):
        by = printable(author(words, item.by))
        parts.insert(0, said.calls(words, item.kind, by))
    return " - ".join(parts)


def _data(lens: Lens, item: NewsItem) -> dict[str, object]:
    thread = item.thread
    return {
        "kind": item.kind.value,
        "thread": thread.id,
        "board": thread.board,
        "title": shown_title(lens, thread),
        "folded": shown_title(lens, thread) is None,
        "unread": item.unread,
        "by": item.by or None,
        "posts": thread.last_number,
        "last_at": minute(thread.last_at),
        **labels_data(thread.labels),
    }


async def nothing_else(
    services: Services, actor: Actor, words: Words, after: ThreadId | None
) -> str:
    """That nothing is new, but perhaps the rest of the thread that is open."""
    if after is not None and await services.boards.next_unread(actor):
        return words("All that is left to read is here, further down.")
    return words("You have read everything.")


async def unread(context: Context, arguments: Arguments) -> Reply:
    """What is new, in the order in which it is gone through."""
    words, services = context.words, context.services
    lens = await focus(services, context.actor, context.standing)
    news, now = await services.news.of(context.actor), services.clock.now()
    lines: list[str] = []
    above = ""
    for item in news.items:
        kind = words(said.HEADINGS[item.kind])
        if kind != above:
            lines.append(kind)
            above = kind
        text = item_text(words, services.house, lens, item, now)
        lines.append(f"{item.thread.id:>5}  {text}")
    return Reply(
        lines or [words("Nothing new.")],
        [_data(lens, item) for item in news.items],
        ShowNews(),
    )


async def read_all(context: Context, arguments: Arguments) -> Reply:
    """Let a board, or all of them, count as read."""
    board = arguments.text("BOARD").lower() or None
    count = await context.services.news.mark_all(context.actor, board)
    told = said.read_at_once(context.words, count)
    return Reply([told], {"board": board, "threads": count}, LookAgain())


async def since(context: Context, arguments: Arguments) -> Reply:
    """From which day on posts count as new: shown, or changed."""
    news, wanted = context.services.news, arguments.text("DAY")
    if wanted:
        floor = await news.set_floor(context.actor, wanted)
    else:
        floor = await news.floor(context.actor)
    told = said.since(context.words, floor)
    return Reply([told], {"since": floor.isoformat()}, LookAgain())


async def unanswered(context: Context, arguments: Arguments) -> Reply:
    """Show what waits for a first answer from now on, or not."""
    answers = not arguments.text("OFF")
    await context.services.news.set_answers(context.actor, answers)
    told = said.answering(context.words, answers=answers)
    return Reply([told], {"unanswered": answers}, LookAgain())


NEWS_COMMANDS = (
    Command(
        "unread",
        N_("Show what is new for you on all boards."),
        Action.READ_BOARD,
        unread,
        aliases=("new",),
    ),
    Command(
        "read-all",
        N_("Let everything, or everything on a board, count as read."),
        Action.SET_OWN,
        read_all,
        parameters=(Parameter(N_("BOARD"), Kind.BOARD, required=False),),
    ),
    Command(
        "since",
        N_("Choose the day from which on posts count as new: today, or such as 7d."),
        Action.SET_OWN,
        since,
        parameters=(Parameter(N_("DAY"), Kind.PLACE, required=False),),
    ),
    Command(
        "unanswered",
        N_("Show among what is new what waits for a first answer; --off hides it."),
        Action.SET_OWN,
        unanswered,
        parameters=(Parameter(N_("OFF"), Kind.SWITCH, required=False, flag="--off"),),
    ),
)

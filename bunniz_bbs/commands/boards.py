"""Commands for reading and writing on boards."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from bunniz_bbs.commands.choices import focus
from bunniz_bbs.commands.labels import (
    ASK,
    LANG,
    LASTS,
    WARN,
    labels_data,
    labels_in,
    shown_title,
    tags_in,
)
from bunniz_bbs.commands.moments import minute
from bunniz_bbs.commands.reactions import kindness_data
from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Front,
    Kind,
    Parameter,
    Reply,
)
from bunniz_bbs.commands.trust import badge_data
from bunniz_bbs.domain.choices import Lens, Show
from bunniz_bbs.domain.errors import TextEmpty, ThreadNotFound
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import AccountId, ThreadId, post_place
from bunniz_bbs.domain.labels import Labels, in_order
from bunniz_bbs.domain.policy import Action, require_board, require_own
from bunniz_bbs.domain.reactions import Kindness
from bunniz_bbs.domain.team import Badge, HeldPost
from bunniz_bbs.domain.text import printable
from bunniz_bbs.domain.threads import Post
from bunniz_bbs.i18n import N_, Words
from bunniz_bbs.i18n.help_lines import first_lines
from bunniz_bbs.i18n.labels import (
    about,
    about_thread,
    asked_for,
    beside,
    heading,
    hidden_posts,
    left_out,
)
from bunniz_bbs.i18n.notices import sent, stood, waiting
from bunniz_bbs.i18n.people import author
from bunniz_bbs.i18n.reactions import beneath
from bunniz_bbs.i18n.threads import afterwards, beforehand, goes, missing
from bunniz_bbs.i18n.times import ago
from bunniz_bbs.services.markup import parse, to_plain
from bunniz_bbs.services.quotes import quote_of
from bunniz_bbs.services.threads import ThreadView
from bunniz_bbs.store.board_ports import ThreadRow

AT_ONCE = 50
"""Posts that are fetched and laid out at once."""
WIDTH = 72
"""Columns of text for one-shot readers."""

Badges: TypeAlias = Mapping[AccountId, Badge]
"""Those that show, by account."""


def _row_text(context: Context, row: ThreadRow) -> str:
    words, thread = context.words, row.thread
    when = ago(words, thread.last_at, context.services.clock.now())
    marks = (
        "*" * bool(row.unread) + "^" * thread.pinned + "=" * (not thread.takes_replies)
    )
    headed = heading(words, context.standing.lens, thread)
    told = beside(words, thread.labels)
    parts = [f"{thread.id:>5} {marks:<2} {printable(headed)}", *told, when]
    if row.unread:
        parts.insert(1, words.many("{n} new", "{n} new", row.unread))
    return " - ".join(parts)


def _row_data(context: Context, row: ThreadRow) -> dict[str, object]:
    thread = row.thread
    title = shown_title(context.standing.lens, thread)
    return {
        "thread": thread.id,
        "board": thread.board,
        "title": title,
        "folded": title is None,
        "unread": row.unread,
        "posts": thread.last_number,
        "pinned": thread.pinned,
        "locked": thread.locked,
        "closed": thread.closed,
        "last_at": minute(thread.last_at),
        **labels_data(thread.labels),
    }


async def boards(context: Context, arguments: Arguments) -> Reply:
    """The boards, by section, with how many threads are unread."""
    words = context.words
    overview = await context.services.boards.overview(context.actor, named=0)
    lines: list[str] = []
    data: list[dict[str, object]] = []
    for view in overview.sections:
        lines.append(view.section.title[words.language])
        for one in view.boards:
            title = one.board.title[words.language]
            text = f"  {one.board.slug}  {title}"
            if one.unread:
                text += " - " + words.many("{n} new", "{n} new", one.unread)
            lines.append(text)
            data.append({"board": one.board.slug, "title": title, "unread": one.unread})
    return Reply(lines, data)


async def read(context: Context, arguments: Arguments) -> Reply:
    """A board's threads, or a thread or a part of it, which then counts as read."""
    board, services = arguments.text("BOARD").lower(), context.services
    limit = arguments.number("LIMIT") if arguments.text("LIMIT") else None
    lens = await focus(services, context.actor, context.standing)
    if arguments.text(OPEN.name):
        lens.choices = lens.choices.opened()
    if not arguments.text("THREAD"):
        rows = await services.threads.on_board(context.actor, board)
        fresh = bool(arguments.text("UNREAD"))
        rows = [row for row in rows if row.unread or not fresh][:limit]
        lines = [_row_text(context, row) for row in rows]
        words = context.words
        if not lines:
            lines = [words("Nothing new.") if fresh else words("No threads yet.")]
        left = await services.threads.left_out(context.actor, board)
        lines += left_out(words, left)
        return Reply(lines, [_row_data(context, row) for row in rows])
    services.boards.get(context.actor, board)
    post = post_place(arguments.text("THREAD"))
    thread = post.thread if post else ThreadId(arguments.number("THREAD"))
    first = post.number if post else 1
    if arguments.text("FROM"):
        first = arguments.number("FROM")
    if arguments.text("UNREAD"):
        view = await services.threads.open(context.actor, thread, 1, 0)
        first = max(first, view.read + 1)
    return await _read_thread(context, board, thread, first, limit)


async def _read_thread(
    context: Context, board: str, thread: ThreadId, first: int, limit: int | None
) -> Reply:
    """The posts of a thread from a number on, at most so many."""
    services, actor, words = context.services, context.actor, context.words
    lens = context.standing.lens
    badges = await services.badges.given(actor)
    lines: list[str] = []
    posts: list[Post] = []
    following = first
    while True:
        # Part by part, so that nobody waits while a long thread is laid out.
        count = AT_ONCE if limit is None else min(AT_ONCE, limit - len(posts))
        view = await services.threads.open(actor, thread, following, count)
        if view.board.slug != board:
            raise ThreadNotFound
        if not lines:
            now = services.clock.now()
            before = beforehand(words, view.thread, view.board, now.date())
            head = heading(words, lens, view.thread)
            asked = asked_for(words, view.thread)
            lines = [printable(one) for one in (head, *before, asked) if one]
        if lens.thread(view.thread) is not Show.OPEN:
            lines += about_thread(words, lens, view.thread)
            lines.append(words("With --open it is shown."))
            return Reply(lines, _thread_data(lens, replace(view, posts=()), badges))
        posts += view.posts
        _add_posts(context, view, lines, badges)
        if view.ends or len(posts) == limit:
            break
        following = posts[-1].number + 1
    if view.ends and (foot := foot_lines(words, view, services.house)):
        lines += ["", *foot]
    if posts and first <= view.read + 1:  # else what lies before stays unread
        await services.threads.mark_read(actor, thread, posts[-1].number)
    return Reply(lines, _thread_data(lens, replace(view, posts=tuple(posts)), badges))


def _add_posts(
    context: Context, view: ThreadView, lines: list[str], badges: Badges
) -> None:
    now = context.services.clock.now()
    for post in view.posts:
        show = context.standing.lens.post(view.thread, post)
        laid = post_lines(context.words, post, now, badges, show)
        if show not in (Show.OPEN, Show.HIDE):
            laid[-1] += " " + context.words("With --open it is shown.")
        kind = view.kindness.get(post.number, Kindness())
        lines += ["", *laid, *(f"  {one}" for one in beneath(context.words, kind))]


def post_lines(
    words: Words, post: Post, now: datetime, badges: Badges, show: Show = Show.OPEN
) -> list[str]:
    """A post as plain text: its number, who wrote it and when, and what if it is open.

    A folded one ends with what it warns of, one that is hidden says only that it is.
    """
    if show is Show.HIDE:
        return [hidden_posts(words, 1)]
    if post.deleted:
        return [missing(words, post)]
    when = ago(words, post.created_at, now)
    name = printable(author(words, post.author_name))
    if badge := badges.get(post.author):
        name += f" [{printable(badge.mark)}]"
    head = f"#{post.number} {name} - {when}"
    if post.edited:
        head += " - " + words("edited")
    if end := goes(words, post):
        head += " - " + end
    body = to_plain(parse(post.body), WIDTH) if show is Show.OPEN else ()
    warned = [f"[{about(words, post.warnings)}]"] if post.warnings else []
    return [head, *("  " + one for one in (*warned, *body))]


def foot_lines(words: Words, view: ThreadView, house: House) -> Sequence[str]:
    """What stands under the last post."""
    lines = first_lines(words, house) if view.board.help_line else ()
    return [*afterwards(words, view.thread), *map(printable, lines)]


def _thread_data(lens: Lens, view: ThreadView, badges: Badges) -> dict[str, object]:
    shown = {post.number: lens.post(view.thread, post) for post in view.posts}
    title = shown_title(lens, view.thread)
    return {
        "thread": view.thread.id,
        "board": view.thread.board,
        "title": title,
        "folded": title is None,
        "pinned": view.thread.pinned,
        "locked": view.thread.locked,
        **labels_data(view.thread.labels),
        "closed": view.thread.closed,
        "kept_for": view.thread.kept_for or None,
        "checked_on": view.thread.checked_on and view.thread.checked_on.isoformat(),
        "expires_at": view.thread.goes_at and minute(view.thread.goes_at),
        "posts": [
            {
                "number": post.number,
                "author": post.author_name or None,
                "badge": badge_data(badges.get(post.author)),
                "at": minute(post.created_at),
                "body": post.body if shown[post.number] is Show.OPEN else None,
                "folded": shown[post.number] is not Show.OPEN,
                "edited": post.edited,
                "deleted": post.deleted,
                "expires_at": post.goes_at and minute(post.goes_at),
                "warnings": list(in_order(post.warnings)),
                **kindness_data(view.kindness.get(post.number, Kindness())),
            }
            for post in view.posts
        ],
    }


async def post(context: Context, arguments: Arguments) -> Reply:
    """Begin a thread with what comes on standard input."""
    services, slug = context.services, arguments.text("BOARD").lower()
    # Before anything is typed: nobody writes for a board that is not for them.
    board = services.boards.get(context.actor, slug)
    require_board(context.actor, Action.START_THREAD, board)
    labels = labels_in(arguments, Labels(language=context.actor.language))
    thread = await services.threads.start(
        context.actor, slug, arguments.text("TITLE"), await context.body(), labels
    )
    words = context.words
    if isinstance(thread, HeldPost):
        return _waits(context, thread)
    told = words(
        "Posted. Read it with: read {board} {n}", board=thread.board, n=thread.id
    )
    lines = [stood(words, 1), told] if thread.stood else [told]
    return Reply(
        lines,
        {
            "thread": thread.id,
            "board": thread.board,
            "post": 1,
            "again": thread.stood,
        },
    )


async def edit(context: Context, arguments: Arguments) -> Reply:
    """Put what comes on standard input in place of one's own post."""
    thread, number = arguments.post("POST", context.thread)
    posts, actor = context.services.posts, context.actor
    former = await posts.one(actor, thread, number)
    # Before anything is typed: nobody writes what cannot be sent.
    require_own(actor, Action.EDIT_POST, former.author)
    body = await context.body()
    await posts.edit(actor, thread, number, body, former.warnings)
    return Reply(
        [context.words("#{number} was changed.", number=number)],
        {"thread": thread, "post": number},
    )


async def reply(context: Context, arguments: Arguments) -> Reply:
    """Answer in a thread with what comes on standard input."""
    thread = ThreadId(arguments.number("THREAD"))
    posts, actor = context.services.posts, context.actor
    begins, warnings = "", tags_in(arguments) or frozenset()
    if arguments.text("QUOTED"):
        quoted = await posts.one(actor, thread, arguments.number("QUOTED"))
        begins = quote_of(context.words, quoted) + "\n\n"
        warnings |= quoted.warnings
    body = await context.body()
    if not body.strip():
        raise TextEmpty
    lasts = arguments.duration("DURATION")
    written = await posts.reply(actor, thread, begins + body, warnings, lasts)
    if isinstance(written, HeldPost):
        return _waits(context, written)
    data = {"thread": thread, "post": written.number, "again": written.stood}
    return Reply([sent(context.words, written)], data)


def _waits(context: Context, held: HeldPost) -> Reply:
    """The team reads it first."""
    told = waiting(context.words, held.author_name)
    return Reply([told], {"board": held.board, "waits": True, "name": held.author_name})


_BOARD = Parameter(N_("BOARD"), Kind.BOARD)
OPEN = Parameter(N_("OPEN"), Kind.SWITCH, required=False, flag="--open")
_THREAD = Parameter(N_("THREAD"), Kind.THREAD)

BOARD_COMMANDS = (
    Command(
        "boards",
        N_("Show the boards and what is new on them."),
        Action.LOOK_AROUND,
        boards,
        Front.VERB,
    ),
    Command(
        "read",
        N_("Show a board's threads, or one thread; it then counts as read."),
        Action.READ_BOARD,
        read,
        Front.VERB,
        (
            _BOARD,
            Parameter(N_("THREAD"), Kind.THREAD, required=False),
            Parameter(N_("FROM"), Kind.NUMBER, required=False, flag="--from"),
            Parameter(N_("LIMIT"), Kind.NUMBER, required=False, flag="--limit"),
            Parameter(N_("UNREAD"), Kind.SWITCH, required=False, flag="--unread"),
            OPEN,
        ),
    ),
    Command(
        "post",
        N_("Begin a thread with what comes on standard input."),
        Action.START_THREAD,
        post,
        Front.VERB,
        (_BOARD, Parameter(N_("TITLE"), Kind.TEXT, flag="-t"), WARN, ASK, LANG, LASTS),
    ),
    Command(
        "reply",
        N_("Answer in a thread with what comes on standard input."),
        Action.REPLY,
        reply,
        Front.VERB,
        (
            _THREAD,
            Parameter(N_("QUOTED"), Kind.NUMBER, required=False, flag="--quote"),
            WARN,
            LASTS,
        ),
    ),
    Command(
        "edit",
        N_("Put what comes on standard input in place of your own post."),
        Action.EDIT_POST,
        edit,
        Front.VERB,
        (Parameter(N_("POST"), Kind.PLACE),),
    ),
)

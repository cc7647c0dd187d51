"""The command that looks for posts."""

from bunniz_bbs.commands.moments import minute
from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Front,
    Kind,
    Parameter,
    Reply,
    ShowSearch,
)
from bunniz_bbs.domain.errors import UsageUnclear
from bunniz_bbs.domain.labels import in_order
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.domain.text import printable
from bunniz_bbs.i18n import N_, Words
from bunniz_bbs.i18n.labels import about
from bunniz_bbs.i18n.people import author
from bunniz_bbs.i18n.times import ago
from bunniz_bbs.services.search import SHOWN, Found, Hit

MOST = 200
"""Posts that are shown at once where somebody asks for so many."""


async def search(context: Context, arguments: Arguments) -> Reply:
    """The newest posts that say what is looked for."""
    typed = arguments.text("WORDS")
    if context.front is Front.SLASH:
        return Reply(effect=ShowSearch(typed))
    limit = arguments.number("LIMIT") if arguments.text("LIMIT") else SHOWN
    if not 1 <= limit <= MOST:
        raise UsageUnclear(arguments.usage)
    found = await context.services.search.search(context.actor, typed, limit)
    lines: list[str] = []
    for hit in found.hits:
        lines += [*hit_lines(context, hit), ""]
    end = how_far(context.words, found)
    return Reply([*lines, end], [_hit_data(context, one) for one in found.hits])


def hit_lines(context: Context, hit: Hit) -> list[str]:
    """A post that was found: where it is, who wrote it and when, and a line of it."""
    words, now = context.words, context.services.clock.now()
    parts = [
        title_of(words, hit),
        hit.board.title[words.language],
        printable(author(words, hit.post.author_name)),
        ago(words, hit.post.created_at, now),
    ]
    parts += [words("may be out of date")] * hit.stale
    place = f"{hit.board.slug} {hit.thread.id} #{hit.post.number}"
    return [f"{place} - {' - '.join(parts)}", "  " + line_of(words, hit)]


def title_of(words: Words, hit: Hit) -> str:
    """What its thread warns of, and its title unless that is folded."""
    tags = hit.thread.labels.warnings
    parts = [f"[{about(words, tags)}]"] if tags else []
    return " ".join([*parts, *([printable(hit.thread.title)] if hit.titled else [])])


def line_of(words: Words, hit: Hit) -> str:
    """The line that is shown of a post, or what it warns of instead."""
    tags = hit.post.warnings
    warned = f"[{about(words, tags)}] " if tags else ""
    if hit.folded:
        return warned + words("Folded; opening it shows it.")
    return warned + printable("".join(piece.text for piece in hit.pieces))


def how_far(words: Words, found: Found) -> str:
    """How much was found, and whether there may be more."""
    if not found.hits and found.before is None and found.by_name:
        return words(
            "Nothing was found. Posts of one person are looked for only on boards "
            "where nobody may write without a name."
        )
    if not found.hits and found.before is None:
        return words("Nothing of what you may read here says that.")
    if not found.hits:
        return words("Nothing so far, and there are older posts.")
    if found.before is None:
        return words.many(
            "{n} post; there is no other.",
            "{n} posts; there are no others.",
            len(found.hits),
        )
    return words.many(
        "{n} post so far; there may be older ones.",
        "{n} posts so far; there may be older ones.",
        len(found.hits),
    )


def _hit_data(context: Context, hit: Hit) -> dict[str, object]:
    return {
        "board": hit.board.slug,
        "thread": hit.thread.id,
        "title": hit.thread.title if hit.titled else None,
        "folded": hit.folded,
        "post": hit.post.number,
        "author": hit.post.author_name or None,
        "at": minute(hit.post.created_at),
        "line": "".join(piece.text for piece in hit.pieces),
        "found": [piece.text for piece in hit.pieces if piece.found],
        "warnings": list(in_order(hit.warnings)),
        "stale": hit.stale,
    }


SEARCH_COMMANDS = (
    Command(
        "search",
        N_('Look for posts: words, "words in a row", -word, board:, by:, since:7d.'),
        Action.READ_BOARD,
        search,
        parameters=(
            Parameter(N_("WORDS"), Kind.SOUGHT),
            Parameter(N_("LIMIT"), Kind.NUMBER, required=False, flag="--limit"),
        ),
    ),
)

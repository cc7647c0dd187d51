"""The command for the links of a post."""

from collections.abc import Sequence

from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Front,
    Kind,
    Parameter,
    Reply,
)
from bunniz_bbs.domain.markup import Link
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.i18n import N_, Words
from bunniz_bbs.i18n.links import imitates, link_warning
from bunniz_bbs.services.links import links_in, looks_like


def link_lines(words: Words, links: Sequence[Link], *, warned: bool) -> list[str]:
    """Links as plain text: each with its host, its address alone on a line.

    Args:
        words: In which language.
        links: Which.
        warned: Whether it is said first who will see a visit.
    """
    if not links:
        return [words("There is no link in this post.")]
    lines = [link_warning(words)] if warned else []
    for number, link in enumerate(links, 1):
        lines.append(f"{number}. {link.host}")
        if shown := looks_like(link.host):
            lines.append(imitates(words, shown))
        lines.append(link.url)
    return lines


async def links(context: Context, arguments: Arguments) -> Reply:
    """The links of one post, where each leads, and its address to copy."""
    thread, number = arguments.post("POST", context.thread)
    found = await context.services.posts.one(context.actor, thread, number)
    shown = links_in(found.body)
    warned = context.services.house.warns_of_links
    return Reply(
        link_lines(context.words, shown, warned=warned),
        [{"host": one.host, "address": one.url, "text": one.text} for one in shown],
    )


LINK_COMMANDS = (
    Command(
        "links",
        N_("Show where the links of a post lead, and their addresses to copy."),
        Action.READ_BOARD,
        links,
        Front.SLASH | Front.VERB,
        (Parameter(N_("POST"), Kind.PLACE),),
    ),
)

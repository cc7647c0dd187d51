"""Quotes: how a reply begins with others' words, and which post a quote is of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bunniz_bbs.domain.markup import Paragraph, Quote, Text
from bunniz_bbs.domain.people import NOBODY
from bunniz_bbs.domain.threads import Post
from bunniz_bbs.i18n.people import author
from bunniz_bbs.i18n.words import Words
from bunniz_bbs.services.markup import parse

QUOTED_CHARACTERS: Final = 600
QUOTED_LINES: Final = 12
"""How much of a post a reply begins with; its author can be read above."""

_HEAD: Final = re.compile(r"@?(.+?) #([0-9]{1,9}):")


@dataclass(frozen=True, slots=True)
class Source:
    """Which post a quote says it is of."""

    name: str
    number: int


def quote(body: str, author: str, number: int) -> str:
    """The beginning of a post as a quote, to begin a reply with.

    Its first line names the post. What the post itself quotes is left out.

    Args:
        body: What is quoted.
        author: Whom it is of, as it is shown: `@Name`, where it may follow a rename.
        number: The number of the post in its thread.
    """
    text = "\n".join(row for row in body.split("\n") if not row.startswith(">")).strip()
    rows = text[:QUOTED_CHARACTERS].split("\n")[:QUOTED_LINES]
    shown = "\n".join(rows).rstrip()
    if len(shown) < len(text):
        rows = [*shown.split("\n"), "…"]
    head = f"{author} #{number}:"
    return "\n".join(f"> {row}".rstrip() for row in [head, *rows])


def quote_of(words: Words, post: Post, text: str = "") -> str:
    """A post as a quote, or some words of it; it is of an account, where there is one.

    Args:
        words: The language of whoever quotes.
        post: Which.
        text: The words; empty: from its beginning.
    """
    name = author(words, post.author_name)
    called = f"@{name}" if post.author != NOBODY else name
    return quote(text or post.body, called, post.number)


def parts(body: str) -> list[str]:
    """The paragraphs of a post that can be quoted by themselves: its own words."""
    own = "\n".join("" if row.startswith(">") else row for row in body.split("\n"))
    return [one.strip("\n") for one in re.split(r"\n\s*\n", own) if one.strip()]


def source(quoted: Quote) -> Source | None:
    """Which post a quote says it is of, where its first line says so."""
    first = quoted.blocks[0] if quoted.blocks else None
    if not isinstance(first, Paragraph):
        return None
    head = ""
    for one in first.spans:
        if not isinstance(one, Text):
            return None
        head += one.text
        if "\n" in head:
            break
    found = _HEAD.fullmatch(head.split("\n")[0])
    return Source(found[1], int(found[2])) if found else None


def quoted_numbers(body: str) -> list[int]:
    """The posts that a post says it quotes, in its order, each once."""
    return list(dict.fromkeys(_numbers(body))) if ">" in body else []


def _numbers(body: str) -> Iterator[int]:
    for block in parse(body).blocks:
        if isinstance(block, Quote) and (found := source(block)):
            yield found.number

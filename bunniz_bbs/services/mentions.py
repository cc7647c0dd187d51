"""Who is meant by `@Name`: kept as an account, shown under the name of today."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.drafts import Draft
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.limits import NAME_CELLS
from bunniz_bbs.domain.own import WrittenPost
from bunniz_bbs.domain.team import HeldPost, Report
from bunniz_bbs.domain.threads import Post
from bunniz_bbs.domain.words import Language
from bunniz_bbs.i18n.people import somebody_gone
from bunniz_bbs.i18n.words import words_for
from bunniz_bbs.services.names import shape
from bunniz_bbs.store.ports import Transaction

W = TypeVar("W", Post, HeldPost, Report, Draft, WrittenPost)
"""What has a body."""

MOST: Final = 20
"""Places in a text where somebody may be meant; what comes after them is plain text."""
LONGEST: Final = NAME_CELLS[1]
MOST_WORDS: Final = 4
"""A name that is meant has not more words than this."""

# No text that comes in has these two (domain/text): nobody can write a token.
_BEGIN, _END = "\x02", "\x03"
_TOKEN: Final = re.compile(f"{_BEGIN}([0-9a-f]{{20}}){_END}")
_AT: Final = re.compile(r"(?<![\w@])@(?=[^\W_])")
_NAME: Final = re.compile(rf"[^\W_]+(?:[ \-_.'’][^\W_]+){{0,{MOST_WORDS - 1}}}")
_EDGE: Final = re.compile(r"[^\W_]+")


async def to_tokens(tx: Transaction, text: str) -> str:
    """A cleaned text with accounts in place of the names that are meant in it.

    Names may have spaces: the longest one that somebody has is meant.
    """
    places = list(_places(text))
    if not places:
        return text
    shapes = {shape(name) for _, names in places for name in names}
    found = await tx.accounts.shaped(sorted(shapes))
    parts, done = [], 0
    for at, names in places:
        meant = next((one for one in names if shape(one) in found), None)
        if meant is not None and at >= done:
            parts += [text[done:at], f"{_BEGIN}{found[shape(meant)]}{_END}"]
            done = at + 1 + len(meant)
    return "".join([*parts, text[done:]])


async def to_names(
    tx: Transaction, texts: Sequence[str], language: Language
) -> Sequence[str]:
    """Texts with `@Name` in place of accounts, as they are called now."""
    meant = {one for text in texts for one in _tokens(text)}
    if not meant:
        return texts
    names = await tx.accounts.named(sorted(meant))
    return [_under_names(text, names, language) for text in texts]


async def under_names(
    tx: Transaction, kept: Sequence[W], language: Language
) -> Sequence[W]:
    """What was written, with `@Name` in place of accounts, as they are called now."""
    bodies = await to_names(tx, [one.body for one in kept], language)
    return [
        one if one.body == body else replace(one, body=body)
        for one, body in zip(kept, bodies, strict=True)
    ]


def renamed(text: str, was: str, name: str) -> str:
    """What somebody is writing, with another name for whoever `@` and a name mean."""
    meant = re.compile(rf"(?<![\w@])@{re.escape(was)}(?!\w)", re.IGNORECASE)
    return meant.sub(lambda _: f"@{name}", text)


def without_tokens(text: str) -> str:
    """A text that was not cleaned, less what could pass for a token."""
    return text.replace(_BEGIN, "").replace(_END, "")


def mentioned(text: str) -> Collection[AccountId]:
    """The accounts that are meant in a text that was kept."""
    return set(_tokens(text))


async def note_mentions(tx: Transaction, board: Board, post: Post) -> None:
    """Note whom a post means, so that it is new for them first.

    Nothing is noted of those who may not read the board.
    """
    await tx.mentions.put(post.thread, post.number, meant_by(post), board.read)


def meant_by(post: Post) -> Mapping[AccountId, bool]:
    """The accounts that a kept post means, and whether it answers what they wrote.

    A quote answers the person whom it begins with; those who are named further on in
    it were meant by somebody else. Nobody means themselves.
    """
    meant: dict[AccountId, bool] = {}
    quoting = False
    for row in post.body.split("\n"):
        if not row.startswith(">"):
            meant |= {one: False for one in _tokens(row) if one not in meant}
        elif not quoting and (quoted := _TOKEN.match(row.lstrip("> "))):
            meant[AccountId(quoted[1])] = True
        quoting = row.startswith(">")
    meant.pop(post.author, None)
    return meant


def without_mentions(text: str) -> str:
    """The words of a text that was kept, less who is meant in it."""
    return _TOKEN.sub(" ", text) if _BEGIN in text else text


def _tokens(text: str) -> Iterator[AccountId]:
    if _BEGIN in text:
        yield from (AccountId(found[1]) for found in _TOKEN.finditer(text))


def _under_names(text: str, names: Mapping[AccountId, str], language: Language) -> str:
    def called(found: re.Match[str]) -> str:
        name = names.get(AccountId(found[1]))
        return f"@{name or somebody_gone(words_for(language))}"

    return _TOKEN.sub(called, text) if _BEGIN in text else text


def _places(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Where somebody may be meant, with the names that may be, the longest first."""
    for count, at in enumerate(_AT.finditer(text)):
        if count == MOST:
            return
        name = _NAME.match(text, at.end())
        if name is None:
            continue
        ends = [one.end() for one in _EDGE.finditer(name[0])]
        found = [name[0][:end] for end in ends if end <= LONGEST]
        yield at.start(), found[::-1]

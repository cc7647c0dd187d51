"""What is shown of a post that was found: a line of it, with the words marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bunniz_bbs.domain.search import Sought
from bunniz_bbs.i18n.stems import folded, forms_of, words_of
from bunniz_bbs.services.markup import parse, to_plain

LENGTH: Final = 240
"""Characters of a line that are shown at most."""
BEFORE: Final = 40
"""Characters that are shown before the first word that was found."""
_WIDE: Final = 10_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line."""

    text: str
    found: bool = False
    """Whether it is what was looked for."""


def has(sought: Sought, texts: Sequence[str]) -> bool:
    """Whether texts have all that is sought between them, and nothing left out."""
    words = [[one[0] for one in words_of(text)] for text in texts]

    def is_there(sought_word: str) -> bool:
        is_form = forms_of(sought_word)
        return any(is_form(one) for some in words for one in some)

    if not all(map(is_there, sought.words)) or any(map(is_there, sought.without)):
        return False
    said = [f" {' '.join(map(folded, some))} " for some in words]
    phrases = [f" {' '.join(map(folded, one))} " for one in sought.phrases]
    return all(any(one in text for text in said) for one in phrases)


def snippet(sought: Sought, body: str) -> tuple[Piece, ...]:
    """A line of a post around the first word that was found, or its beginning."""
    lines = to_plain(parse(body), _WIDE)
    text = " ".join(" ".join(lines).split())
    marks = list(_marks(sought, text))
    start = max(0, marks[0][0] - BEFORE) if marks else 0
    if start:
        start = text.find(" ", start) + 1
    end = len(text)
    if end - start > LENGTH:
        end = max(text.rfind(" ", start, start + LENGTH), start + LENGTH // 2)
    return tuple(_pieces(text, marks, start, end))


def _marks(sought: Sought, text: str) -> Iterator[tuple[int, int]]:
    """Where words are that are forms of what is sought."""
    is_form = forms_of(*sought.words)
    pairs = {pair for one in sought.phrases for pair in pairwise(map(folded, one))}
    before, found = None, list(words_of(text))
    following = [*found[1:], None]
    for one, after in zip(found, following, strict=True):
        word = folded(one[0])
        beside = (before, word) in pairs
        beside |= after is not None and (word, folded(after[0])) in pairs
        if beside or is_form(one[0]):
            yield one.span()
        before = word


def _pieces(
    text: str, marks: Sequence[tuple[int, int]], start: int, end: int
) -> Iterator[Piece]:
    at = start
    if start:
        yield Piece("…")
    for first, last in marks:
        if at <= first and last <= end:
            if at < first:
                yield Piece(text[at:first])
            yield Piece(text[first:last], found=True)
            at = last
    if at < end:
        yield Piece(text[at:end])
    if end < len(text):
        yield Piece("…")

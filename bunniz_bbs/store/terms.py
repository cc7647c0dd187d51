"""What search finds a post by: its words by their stems, pairs of words, its board.

A term is a short hash of what it stands for, so that no word of a post is in an index
and all terms have one length. Two words may share one, once in a thousand million:
what is found is looked at again before it is shown.
"""

import re
from base64 import b32encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import chain, pairwise
from typing import Final

from bunniz_bbs.domain.ids import BoardSlug
from bunniz_bbs.domain.search import Sought
from bunniz_bbs.i18n.stems import folded, stems, words_of

LENGTH: Final = 6
_MEANT: Final = re.compile("\x02[^\x03]*\x03")
"""An account that is meant (services/mentions): no word of the post."""


def terms_of(board: BoardSlug, title: str, body: str) -> str:
    """All terms of a post, the one of its board first.

    Args:
        board: Where it is.
        title: Of its thread, where the post begins it.
        body: What it says.
    """
    return joined(board, chain.from_iterable(terms_by_word(title, body)))


def terms_by_word(title: str, body: str) -> Iterator[Sequence[str]]:
    """The terms that each word of a post adds; a new word may take a while."""
    for text in (title, _MEANT.sub(" ", body)):
        before = ""
        for one in words_of(text):
            word = folded(one[0])
            found = [_term("stem", stem) for stem in stems(one[0])]
            yield [*found, _pair(before, word)] if before else found
            before = word


def joined(board: BoardSlug, terms: Iterable[str]) -> str:
    """All terms of a post in one text, the one of its board first."""
    return " ".join([term_of(board), *sorted(set(terms))])


def term_of(board: BoardSlug) -> str:
    """The term of a board."""
    return _term("board", board)


def wanted(sought: Sought) -> Sequence[Sequence[str]]:
    """Terms of which a post has at least one of each group."""
    # The pairs of a phrase are enough: none is where its words are not.
    groups = [
        [_term("stem", stem) for stem in sorted(stems(one))] for one in sought.words
    ]
    phrases = [pairwise(map(folded, one)) for one in sought.phrases]
    return [*groups, *([_pair(*pair)] for pair in chain.from_iterable(phrases))]


def _pair(first: str, second: str) -> str:
    """The term of two words that follow each other: what a phrase is found by."""
    return _term("pair", f"{first} {second}")


def _term(kind: str, text: str) -> str:
    digest = blake2b(f"{kind} {text}".encode("utf-8", "replace"), digest_size=4)
    return b32encode(digest.digest())[:LENGTH].decode().lower()

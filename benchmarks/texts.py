"""What people say in a house that is made: sentences, and what search finds them by.

Words are as rare as words are. Each sentence is made, and its terms are, once: of a
million posts, only the seams between their sentences are looked at one by one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from random import Random
from typing import Final

from bunniz_bbs.domain.ids import BoardSlug
from bunniz_bbs.store.terms import joined, terms_by_word

KNOWN: Final = 50_000
"""Words that there are."""
SENTENCES: Final = 20_000
TITLES: Final = 5_000
MOST_SENTENCES: Final = 6
TOLD: Final = 500
"""One post of so many has a word that no other has."""
_SYLLABLES: Final = ("ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "ru")
_ENDINGS: Final = ("", "n", "s", "st", "r", "nt", "ng", "l", "x", "k")


@dataclass(frozen=True, slots=True)
class Said:
    """Words, with the terms that they are found by."""

    words: Sequence[str]
    terms: frozenset[str]

    @classmethod
    def of(cls, words: Sequence[str]) -> "Said":
        """These words."""
        found = terms_by_word("", " ".join(words))
        return cls(words, frozenset(term for some in found for term in some))

    def __str__(self) -> str:
        return " ".join(self.words)


def word(rank: int) -> str:
    """The word that is the most usual but so many; 0 is in nearly every post."""
    parts, rest = [], rank
    while True:
        rest, at = divmod(rest, len(_SYLLABLES))
        parts.append(_SYLLABLES[at])
        if not rest:
            break
    return "".join(parts) + _ENDINGS[rank % 7]


UNSAID: Final = (word(0), word(1), word(2))
"""Usual words that nobody writes one after the other, though any two of them."""


class Texts:
    """All that may be said; takes a while to make."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = Random(seed)
        self._words = [word(rank) for rank in range(KNOWN)]
        self._weights = list(accumulate(1 / (rank + 2) for rank in range(KNOWN)))
        self._titles = [self._made(3, 9) for _ in range(TITLES)]
        self._sentences = [self._made(8, 20) for _ in range(SENTENCES)]

    def title(self, chance: Random) -> Said:
        """What a thread is called."""
        return chance.choice(self._titles)

    def post(self, chance: Random, number: int) -> Sequence[Said]:
        """What a post says; its number is in it where no other post has that word."""
        count = chance.randint(1, MOST_SENTENCES)
        sentences = chance.choices(self._sentences, k=count)
        return sentences if number % TOLD else [*sentences, Said.of([alone(number)])]

    def _made(self, least: int, most: int) -> Said:
        count = self._chance.randint(least, most)
        drawn = self._chance.choices(self._words, cum_weights=self._weights, k=count)
        words: list[str] = []
        for one in drawn:
            unsaid = (*words[-2:], one) == UNSAID
            if not unsaid and (words or one not in UNSAID):
                words.append(one)
        return Said.of(words or [word(KNOWN - 1)])


def alone(number: int) -> str:
    """The word that only the post of that number has."""
    return f"case{number}"


def body_of(post: Sequence[Said]) -> str:
    """A post as it is written."""
    return ". ".join(map(str, post))


def terms_of(board: BoardSlug, title: Said | None, post: Sequence[Said]) -> str:
    """The same as of `bunniz_bbs.store.terms`, of the title and the body."""
    terms = set().union(*(one.terms for one in post), _seams(post))
    return joined(board, terms | title.terms if title else terms)


def _seams(post: Sequence[Said]) -> Iterator[str]:
    """The pairs of a sentence's last word and the first of the next."""
    for before, after in pairwise(post):
        [_, (*_, pair)] = terms_by_word("", f"{before.words[-1]} {after.words[0]}")
        yield pair

"""Words as search compares them: without accents, and by their stems."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Final

from snowballstemmer import stemmer

_LANGUAGES: Final = ("french", "dutch", "english", "german")
_WORD: Final = re.compile(r"[^\W_]+")
_LETTERS: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
LONGEST: Final = 40
"""Characters of a word that count."""


def words_of(text: str) -> Iterator[re.Match[str]]:
    """Each word of a text, and where it is."""
    return _WORD.finditer(text)


@lru_cache(16_384)
def folded(word: str) -> str:
    """A word in small letters, without accents."""
    apart = unicodedata.normalize("NFKD", word[:LONGEST].casefold())
    bare = "".join(one for one in apart if not unicodedata.combining(one))
    return bare.translate(_LETTERS)


@lru_cache(65_536)  # posts are made of words that were there before
def stems(word: str) -> frozenset[str]:
    """What is left of a word without its endings, in each of the four languages.

    Nobody says in which language a word is, and in Belgium a post may be in two: two
    words are forms of one when they have a stem in common. Accents are left out before
    and after, for endings are found by them, and many people type without.
    """
    small = word[:LONGEST].casefold()
    forms = {small, folded(word)}
    found = {folded(one.stemWord(form)) for one in _stemmers() for form in forms}
    return frozenset(found - {""}) or frozenset({small})


def forms_of(*words: str) -> Callable[[str], bool]:
    """What tells whether a word is a form of one of these, mostly by its beginning.

    Stems begin as their words do, but for the Dutch “ge-”: hardly any word of a text
    needs a closer look, which costs more than all the rest.
    """
    wanted = frozenset(stem for one in words for stem in stems(one))
    begins = (*{one[0] for one in wanted}, "ge")

    def is_form(word: str) -> bool:
        return folded(word).startswith(begins) and not wanted.isdisjoint(stems(word))

    return is_form


@cache
def _stemmers() -> tuple[stemmer, ...]:
    return tuple(stemmer(one) for one in _LANGUAGES)

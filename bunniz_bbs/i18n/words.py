"""A language's catalog, and how sentences are taken from it."""

import gettext
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bunniz_bbs.domain.words import Language

_LOCALES: Final = files("bunniz_bbs.i18n") / "locales"


def N_(text: str) -> str:
    """Mark a sentence that is kept in data, to be said later."""
    return text


class Words:
    """Says things in one language."""

    def __init__(self, language: Language, catalog: gettext.NullTranslations) -> None:
        self.language: Language = language
        self._catalog = catalog

    def __call__(self, text: str, /, **values: object) -> str:
        """The sentence in this language, with values in the places of their names.

        Values are shown as they are: braces in them mean nothing.
        """
        said = self._catalog.gettext(text)
        return said.format(**values) if values else said

    def many(self, one: str, more: str, n: int, /, **values: object) -> str:
        """The sentence for a number, which stands in the place of `{n}`."""
        return self._catalog.ngettext(one, more, n).format(n=n, **values)


@cache  # a catalog never changes while the program runs
def words_for(language: Language) -> Words:
    """The words of a language; compiled from its catalog when first asked for."""
    if language == "en":
        return Words(language, gettext.NullTranslations())
    compiled = BytesIO()
    with (_LOCALES / f"{language}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Words(language, gettext.GNUTranslations(compiled))

"""Pseudonyms: what may be one, when two look the same, and drawing one by lot."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from confusable_homoglyphs import categories, confusables
from precis_i18n import get_profile
from wcwidth import wcswidth

from bunniz_bbs.domain.errors import NameUnfit, TextEmpty, TextTooLong
from bunniz_bbs.domain.limits import NAME_CELLS
from bunniz_bbs.domain.text import clean_name
from bunniz_bbs.domain.words import Language
from bunniz_bbs.services.pseudonyms import FIRST, SECOND

_MARKS: Final = " -_.'"
_DIGITS: Final = "0123456789"
_SCRIPTS: Final = frozenset({"LATIN", "GREEK", "CYRILLIC"})
_STAFF: Final = (
    "sysop", "moderator", "moderation", "modération", "modérateur", "modératrice",
    "moderatie", "beheerder", "administrator", "administrateur", "bunniz",
)  # fmt: skip
"""Words with which no name begins or ends."""
_RESERVED: Final = (
    "admin", "root", "mod", "op", "operator", "opérateur", "console", "system",
    "système", "systeem", "server", "serveur", "bot", "house", "maison", "huis", "haus",
    "team", "équipe", "ploeg", "mannschaft", "leitung", "staff", "beheer", "support",
    "help", "aide", "hulp", "hilfe", "guest", "invité", "invitée", "gast", "member",
    "membre", "lid", "mitglied", "everyone", "everybody", "all", "here", "nobody",
    "somebody", "tous", "tout le monde", "personne", "iedereen", "niemand", "iemand",
    "alle", "jemand", "peer", "a peer", "un pair", "une paire", "een peer", "ein peer",
    "anonymous", "anonyme", "anoniem", "anonym", "deleted", "supprimé", "verwijderd",
    "gelöscht", "police", "politie", "polizei", "utsopi", "violett", "espace p",
    "alias",
)  # fmt: skip
_ACCENTED: Final = re.compile(r"LATIN (?:SMALL|CAPITAL) LETTER ([A-Z]) WITH ")
_LIKE: Final = str.maketrans({"0": "o", "1": "l", "i": "l"})


def check_name(name: str) -> str:
    """The name as it is shown: on one line, in one alphabet (RFC 8265 and 8266).

    Raises:
        NameUnfit: It breaks a rule, which is named.
    """
    try:
        shown = unicodedata.normalize("NFKC", clean_name(name)).replace("’", "'")
    except (TextEmpty, TextTooLong):
        raise NameUnfit("length") from None
    shortest, longest = NAME_CELLS
    if not shortest <= wcswidth(shown) <= longest:
        raise NameUnfit("length")
    if not all(one in _MARKS or one in _DIGITS or _is_letter(one) for one in shown):
        raise NameUnfit("letters")
    if not any(_is_letter(one) for one in shown) or not _is_nickname(shown):
        raise NameUnfit("letters")
    if not (shown[0].isalnum() and shown[-1].isalnum()):
        raise NameUnfit("edges")
    if any(a in _MARKS and b in _MARKS for a, b in pairwise(shown)):
        raise NameUnfit("edges")
    scripts = {categories.alias(one) for one in shown if _is_letter(one)}
    if len(scripts) > 1 or not scripts <= _SCRIPTS or _poses(shown):
        raise NameUnfit("scripts")
    if _is_reserved(shape(shown)):
        raise NameUnfit("reserved")
    return shown


def shape(name: str) -> str:
    """What a name looks like: two names of the same shape are one name here.

    Small and capital letters, accents, spaces and marks make no difference, and
    neither do letters that look like others (UTS #39).
    """
    text = unicodedata.normalize("NFKC", name.replace("ı", "i")).casefold()
    drawn = "".join(_skeleton(one) for one in text if one.isalnum())
    return drawn.translate(_LIKE).replace("rn", "m").replace("vv", "w")


def suggest_name(language: Language, choose: Callable[[Sequence[str]], str]) -> str:
    """A pseudonym drawn by lot from quiet words of a language."""
    return f"{choose(FIRST[language])} {choose(SECOND[language])}"


def _is_letter(one: str) -> bool:
    """Whether one is a letter that people write with, not a phonetic sign."""
    usual = ord(one) < 0x250 or 0x370 <= ord(one) < 0x530 or 0x1E00 <= ord(one) < 0x2000
    return usual and unicodedata.category(one) in ("Lu", "Ll", "Lt")


def _is_nickname(shown: str) -> bool:
    try:
        return bool(get_profile("NicknameCaseMapped").enforce(shown))
    except UnicodeEncodeError:  # what precis_i18n raises for a string it refuses
        return False


@lru_cache(4096)
def _skeleton(one: str) -> str:
    """The small Latin letters that a small letter looks like, or itself."""
    return _twin(one) or _twin(one.upper()) or one


def _twin(one: str) -> str:
    """The small Latin letters that one looks like; empty when it looks like none."""
    if latin := _ACCENTED.match(unicodedata.name(one, "")):
        return latin[1].casefold()
    bare = unicodedata.normalize("NFD", one)[:1]
    if bare.isascii():
        return bare.casefold()
    for found in confusables.is_confusable(bare, greedy=True) or []:
        for like in found["homoglyphs"]:
            if like["c"].isascii() and like["c"].isalnum():
                return str(like["c"]).casefold()
    return ""


def _poses(shown: str) -> bool:
    """Whether capitals make a name look Latin in a way that its shape does not show.

    Greek Ν looks like N and ν like v: in “ΝΙΝΑ” every letter looks Latin, and its shape
    is that of “viva”.
    """
    looks = [_twin(one) for one in shown if one.isalnum()]
    return all(looks) and shape("".join(looks)) != shape(shown)


@cache
def _staff() -> tuple[str, ...]:
    return tuple(shape(one) for one in _STAFF)


@cache
def _reserved() -> frozenset[str]:
    return frozenset(shape(one) for one in _RESERVED)


def _is_reserved(form: str) -> bool:
    if form in _reserved():
        return True
    return form.startswith(_staff()) or form.endswith(_staff())

"""Codes that are given by hand, and the keyed hashes that are kept of secrets."""

import hashlib
import hmac
from collections.abc import Callable
from typing import Final

from bunniz_bbs.domain.ids import CodeDigest, KeyDigest

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which are misread."""

_BYTES: Final = 16
_CONSONANTS: Final = "bdfghjklmnprstvz"
_VOWELS: Final = "aiou"
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code(random: Callable[[int], bytes]) -> str:
    """A code of 128 random bits in groups of four, to be read aloud or typed."""
    number = int.from_bytes(random(_BYTES), "big")
    digits = "".join(ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))
    return "-".join(digits[index : index + 4] for index in range(0, len(digits), 4))


def receipt_number(random: Callable[[int], bytes]) -> int:
    """Six digits to ask about something by; they do not tell how many there are."""
    return 100_000 + int.from_bytes(random(8), "big") % 900_000


def recovery_code(random: Callable[[int], bytes]) -> str:
    """A code of 64 random bits in four words that can be read aloud in any language.

    Consonants and vowels take turns (“proquints”, arXiv:0901.4016), so that a letter
    that was taken for another one is found out by ear.
    """
    return "-".join(_word(int.from_bytes(random(2), "big")) for _ in range(4))


def _word(number: int) -> str:
    """The five letters that 16 bits stand for."""
    return (
        _CONSONANTS[number >> 12]
        + _VOWELS[number >> 10 & 3]
        + _CONSONANTS[number >> 6 & 15]
        + _VOWELS[number >> 4 & 3]
        + _CONSONANTS[number & 15]
    )


def canonical(code: str) -> str:
    """The code less what people change when they copy it: case, spaces, dashes."""
    kept = "".join(one for one in code[:200].upper() if one.isalnum())
    return kept.translate(_MISREAD)


def code_digest(pepper: bytes, code: str) -> CodeDigest:
    """All that is kept of a code: 32 bytes."""
    text = b"bunniz code\0" + canonical(code).encode("utf-8", "replace")
    return CodeDigest(hmac.digest(pepper, text, hashlib.sha256))


def name_digest(pepper: bytes, shape: str) -> bytes:
    """All that is kept of a name nobody may take any more: 32 bytes."""
    text = b"bunniz name\0" + shape.encode("utf-8", "replace")
    return hmac.digest(pepper, text, hashlib.sha256)


def key_digest(pepper: bytes, blob: bytes) -> KeyDigest:
    """All that is kept of a public key blob (RFC 4253 §6.6): 32 bytes."""
    return KeyDigest(hmac.digest(pepper, blob, hashlib.sha256))

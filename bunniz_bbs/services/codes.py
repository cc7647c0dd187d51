"""Codes that are given by hand, and the keyed hashes that are kept of secrets."""

import hashlib
import hmac
from collections.abc import Callable
from typing import Final

from bunniz_bbs.domain.ids import CodeDigest, KeyDigest

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which are misread."""

_BYTES: Final = 16
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code(random: Callable[[int], bytes]) -> str:
    """A code of 128 random bits in groups of four, to be read aloud or typed."""
    number = int.from_bytes(random(_BYTES), "big")
    digits = "".join(ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))
    return "-".join(digits[index : index + 4] for index in range(0, len(digits), 4))


def canonical(code: str) -> str:
    """The code less what people change when they copy it: case, spaces, dashes."""
    kept = "".join(one for one in code[:200].upper() if one.isalnum())
    return kept.translate(_MISREAD)


def code_digest(pepper: bytes, code: str) -> CodeDigest:
    """All that is kept of a code: 32 bytes."""
    text = b"bunniz code\0" + canonical(code).encode("utf-8", "replace")
    return CodeDigest(hmac.digest(pepper, text, hashlib.sha256))


def key_digest(pepper: bytes, blob: bytes) -> KeyDigest:
    """All that is kept of a public key blob (RFC 4253 §6.6): 32 bytes."""
    return KeyDigest(hmac.digest(pepper, blob, hashlib.sha256))

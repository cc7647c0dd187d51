"""Sealing: what is kept of somebody so that the data alone does not tell it.

The key is made of the server's secret, which the data does not hold, and of whose it
is. Whoever holds both can open it.
"""

from collections.abc import Callable
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bunniz_bbs.domain.ids import AccountId

NOTE: Final = b"bunniz_bbs note 1\0"
DRAFT: Final = b"bunniz_bbs draft 1\0"
"""What keys are for: none opens what another use has sealed."""

_KEY: Final = 32
_NONCE: Final = 12


class Seal:
    """Seals texts so that each opens for its owner, about the same thing, alone."""

    def __init__(
        self, use: bytes, secret: bytes, random: Callable[[int], bytes]
    ) -> None:
        self._use = use
        self._secret = secret
        self._random = random

    def seal(self, owner: AccountId, about: str, text: str) -> bytes:
        """The text as it is kept."""
        nonce, plain = self._random(_NONCE), text.encode("utf-8")
        return nonce + self._cipher(owner).encrypt(nonce, plain, _along(owner, about))

    def open(self, owner: AccountId, about: str, sealed: bytes) -> str:
        """What was sealed; empty where it is of others or other things, or changed."""
        nonce, rest = sealed[:_NONCE], sealed[_NONCE:]
        try:
            plain = self._cipher(owner).decrypt(nonce, rest, _along(owner, about))
        except (InvalidTag, ValueError):  # the latter for far too few bytes
            return ""
        return plain.decode("utf-8")

    def _cipher(self, owner: AccountId) -> AESGCM:
        made = HKDF(SHA256(), _KEY, salt=None, info=self._use + owner.encode())
        return AESGCM(made.derive(self._secret))


def _along(owner: AccountId, about: str) -> bytes:
    return f"{owner}\0{about}".encode()

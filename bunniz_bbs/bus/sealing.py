"""Seals what nodes tell each other: a broker sees only who sends, when and how much.

Each node has a key of its own, made from the house's secret and the node's name, so
that random nonces stay far from meeting however long the house runs.
"""

from collections.abc import Callable
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SECRET_BYTES: Final = 32
NODE_BYTES: Final = 8
LARGEST: Final = 1024 * 1024
"""Bytes of what is looked at: a broker takes no more by default."""
_VERSION: Final = b"\x01"
_USE: Final = b"bunniz_bbs bus 1"
_NONCE: Final = 12
_TAG: Final = 16
_HEAD: Final = len(_VERSION) + NODE_BYTES + _NONCE
OVERHEAD: Final = _HEAD + _TAG
"""Bytes that sealing adds."""
_MOST_KNOWN: Final = 128


class Seal:
    """Seals as one node on one subject, and opens what any node of the house sealed.

    The subject and the sender are sealed along: what was sealed for another subject,
    or in another node's name, cannot be opened.
    """

    def __init__(
        self, secret: bytes, node: bytes, subject: str, random: Callable[[int], bytes]
    ) -> None:
        """A seal.

        Args:
            secret: 32 bytes that only the nodes of the house hold.
            node: The name of this node: 8 random bytes, new at each start.
            subject: Under which subject it is sent.
            random: Gives that many random bytes.
        """
        if len(secret) != SECRET_BYTES or len(node) != NODE_BYTES:
            raise ValueError("a secret has 32 bytes and a node's name 8")
        self._secret = secret
        self._node = node
        self._subject = subject.encode()
        self._random = random
        self._own = self._cipher(node)
        self._ciphers = {node: self._own}

    def seal(self, plain: bytes) -> bytes:
        """What nobody but a node of the house can read or make."""
        nonce = self._random(_NONCE)
        sealed = self._own.encrypt(nonce, plain, self._along(self._node))
        return b"".join((_VERSION, self._node, nonce, sealed))

    def open(self, data: bytes) -> tuple[bytes, bytes] | None:
        """Who sealed it and what they sealed; None: no node of this house did."""
        if not OVERHEAD <= len(data) <= LARGEST or data[:1] != _VERSION:
            return None
        node = data[1 : 1 + NODE_BYTES]
        nonce = data[1 + NODE_BYTES : _HEAD]
        cipher = self._ciphers.get(node) or self._cipher(node)
        try:
            plain = cipher.decrypt(nonce, data[_HEAD:], self._along(node))
        except InvalidTag:
            return None
        if node not in self._ciphers:
            self._know(node, cipher)
        return node, plain

    def _cipher(self, node: bytes) -> ChaCha20Poly1305:
        made = HKDF(SHA256(), SECRET_BYTES, salt=node, info=_USE)
        return ChaCha20Poly1305(made.derive(self._secret))

    def _know(self, node: bytes, cipher: ChaCha20Poly1305) -> None:
        """Keep a key: making it costs more than using it."""
        if len(self._ciphers) >= _MOST_KNOWN:
            self._ciphers = {self._node: self._own}
        self._ciphers[node] = cipher

    def _along(self, node: bytes) -> bytes:
        return b"".join((_VERSION, node, self._subject))

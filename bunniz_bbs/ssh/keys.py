"""Which public keys are accepted, and why others are not."""

from typing import Final

import asyncssh

from bunniz_bbs.domain.errors import KeyUnfit

LONGEST_BLOB: Final = 2048
"""Bytes; an RSA key of 8192 bits has about 1,060."""
RSA_BITS: Final = (3072, 8192)
SIGNATURES: Final = (
    "ssh-ed25519",
    "sk-ssh-ed25519@openssh.com",
    "ecdsa-sha2-nistp256",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "rsa-sha2-512",
    "rsa-sha2-256",
)
"""Signature algorithms that prove a key. SHA-1 (`ssh-rsa`) is none (RFC 8332)."""

_CURVES: Final = frozenset(one.encode() for one in SIGNATURES[:4])
_KINDS: Final = _CURVES | {b"ssh-rsa"}
_WHOLE_POINT: Final = b"\x04"
"""How a point begins that is not compressed (SEC 1 §2.3.3); SSH clients send no other.
Taken in both spellings, one key could open two accounts."""


def fit_blob(blob: bytes) -> asyncssh.SSHKey:
    """The key in a public key blob (RFC 4253 §6.6), if it is accepted here.

    Raises:
        KeyUnfit: It is not; says why in a few English words.
    """
    if len(blob) > LONGEST_BLOB:
        raise KeyUnfit("it is too long")
    if _kind(blob) not in _KINDS:
        raise KeyUnfit("its kind is not; use ed25519")
    try:
        key = asyncssh.public_key.decode_ssh_public_key(blob)
    except (asyncssh.KeyImportError, ValueError, OverflowError):
        raise KeyUnfit("it is broken") from None
    if b"ecdsa" in key.algorithm and _point(blob)[:1] != _WHOLE_POINT:
        raise KeyUnfit("its point is compressed")
    if key.algorithm in _CURVES:
        return key
    shortest, longest = RSA_BITS
    bits = rsa_bits(key)
    if not shortest <= bits <= longest:
        raise KeyUnfit(
            f"it has {bits} bits, from {shortest} to {longest} are; use ed25519"
        )
    return key


def _kind(blob: bytes) -> bytes:
    """What a blob says that it is."""
    length = int.from_bytes(blob[:4], "big")
    return blob[4 : 4 + length]


def _point(blob: bytes) -> bytes:
    """The point of an elliptic curve's key: its third part."""
    packet = asyncssh.packet.SSHPacket(blob)
    packet.get_string()
    packet.get_string()
    return packet.get_string()


def rsa_bits(key: asyncssh.SSHKey) -> int:
    """The length of an RSA key's modulus in bits."""
    packet = asyncssh.packet.SSHPacket(key.public_data)
    packet.get_string()
    packet.get_mpint()
    return int(packet.get_mpint()).bit_length()


def signed_with(signature: bytes) -> str:
    """The algorithm that a signature blob names; empty when it names none."""
    return _kind(signature).decode("ascii", "replace")

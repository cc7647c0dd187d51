"""Public key files, as people give them: OpenSSH's own, or a line with options."""

import base64
import binascii
from typing import Final

from bunniz_bbs.domain.errors import KeyUnfit

LONGEST_FILE: Final = 64 * 1024
_BEGINS: Final = "AAAA"
"""How every OpenSSH public key begins in base64: the length of its kind's name."""


def key_in(text: str) -> bytes:
    """The public key blob (RFC 4253 §6.6) in a file; its options and comment are lost.

    Raises:
        KeyUnfit: There is none, there are several, or the key is a private one.
    """
    if "PRIVATE KEY" in text:
        raise KeyUnfit(
            "this is a private key. Never give it to anybody; use the file that ends "
            "in .pub"
        )
    lines = [one for one in text[:LONGEST_FILE].splitlines() if one.strip(" \t\ufeff")]
    lines = [one for one in lines if not one.lstrip(" \t\ufeff").startswith("#")]
    if len(lines) != 1:
        raise KeyUnfit(f"there are {len(lines)} keys and one is needed")
    found = [word for word in lines[0].split() if word.startswith(_BEGINS)]
    if len(found) != 1:
        raise KeyUnfit("this is not an OpenSSH public key")
    try:
        return base64.b64decode(found[0], validate=True)
    except binascii.Error:
        raise KeyUnfit("its text is damaged") from None

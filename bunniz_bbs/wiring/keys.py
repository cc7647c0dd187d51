"""What services ask about SSH keys, answered by the front that knows SSH."""

import base64
import hashlib

from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_ssh_private_key,
)


def fit(blob: bytes) -> None:
    """Let a public key blob pass.

    Raises:
        KeyUnfit: It is not accepted here.
    """
    # Not before it is needed: the core is loaded without a network.
    from bunniz_bbs.ssh.keys import fit_blob

    fit_blob(blob)


def fingerprint_of(private: bytes) -> str:
    """What a client shows of a private key in OpenSSH's format, as `SHA256:…`."""
    public = load_ssh_private_key(private, None).public_key()
    line = public.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    digest = hashlib.sha256(base64.b64decode(line.split()[1])).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")

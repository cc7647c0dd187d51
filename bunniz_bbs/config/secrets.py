"""The host key and the secrets in `host_keys/`: made once, never replaced quietly."""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_ssh_private_key,
)

HOST_KEY: Final = "ssh_host_ed25519_key"
PEPPER: Final = "pepper"
DATA_KEY: Final = "data.key"
_FILES: Final = (HOST_KEY, PEPPER, DATA_KEY)
_LENGTH: Final = 32


class SecretsBroken(Exception):
    """The secrets cannot be used; says what is so, and what to do."""

    def __init__(self, path: Path, problem: str, remedy: str) -> None:
        super().__init__(f"{path}: {problem}. {remedy}")


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """What only the server knows."""

    host_key: bytes
    """An ed25519 private key in OpenSSH's format."""
    pepper: bytes
    """32 bytes that key the hashes of SSH keys and codes."""
    data_key: bytes
    """32 bytes that encrypt the data file."""


def ensure_secrets(
    folder: Path, random: Callable[[int], bytes], *, data_exists: bool
) -> Secrets:
    """The secrets in a folder; those that are missing are made.

    Args:
        folder: Made with mode 0700 where it is missing.
        random: Gives that many random bytes.
        data_exists: Whether a data file is there already, which only the secrets that
            it was made with can open.

    Raises:
        SecretsBroken: They cannot be used as they are.
    """
    _ensure_folder(folder)
    if data_exists:
        for name in (PEPPER, DATA_KEY):
            if not (folder / name).exists():
                raise SecretsBroken(
                    folder / name,
                    "is missing, but there is a data file that needs it",
                    "Put back your copy of it. To begin anew, move the data folder "
                    "away first",
                )
    if not (folder / HOST_KEY).exists():
        pem = Ed25519PrivateKey.generate().private_bytes(
            Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()
        )
        _create(folder / HOST_KEY, pem)
    for name in (PEPPER, DATA_KEY):
        if not (folder / name).exists():
            _create(folder / name, random(_LENGTH).hex().encode() + b"\n")
    return load_secrets(folder)


def load_secrets(folder: Path) -> Secrets:
    """The secrets in a folder.

    Raises:
        SecretsBroken: They cannot be used as they are.
    """
    host_key = _read(folder / HOST_KEY)
    try:
        key = load_ssh_private_key(host_key, None)
    except Exception as error:  # noqa: BLE001 - cryptography raises many kinds
        raise SecretsBroken(
            folder / HOST_KEY,
            f"is not a private key that can be read ({type(error).__name__})",
            "Put back your copy of it",
        ) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise SecretsBroken(
            folder / HOST_KEY,
            "is not an ed25519 key",
            "Put back your copy, or move it away to have a new one made",
        )
    return Secrets(
        host_key, _secret(folder / PEPPER), _secret(folder / DATA_KEY)
    )


def _ensure_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not any((folder / name).exists() for name in _FILES):
            folder.chmod(0o700)
        found = folder.stat()
    except FileExistsError:
        raise SecretsBroken(
            folder, "is not a folder", "Move it away or name another"
        ) from None
    except OSError as error:
        raise SecretsBroken(
            folder, f"cannot be used: {error.strerror}", "Check who owns it"
        ) from None
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise SecretsBroken(
            folder, "is open to others on this machine", f"Run: chmod 700 {folder}"
        )


def _create(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    try:
        number = os.open(path, flags, 0o600)
    except OSError as error:
        raise SecretsBroken(
            path, f"cannot be made: {error.strerror}", "Check who owns the folder"
        ) from None
    with os.fdopen(number, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _read(path: Path) -> bytes:
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise SecretsBroken(path, "is not a plain file", "Put back your copy of it")
        if found.st_uid != os.geteuid():
            raise SecretsBroken(
                path, "belongs to somebody else", f"Run: chown $(id -un) {path}"
            )
        if stat.S_IMODE(found.st_mode) & 0o077:
            raise SecretsBroken(
                path, "is open to others on this machine", f"Run: chmod 600 {path}"
            )
        with path.open("rb") as file:
            return file.read(64 * 1024)
    except OSError as error:
        raise SecretsBroken(
            path, f"cannot be read: {error.strerror}", "Check who owns it"
        ) from None


def _secret(path: Path) -> bytes:
    text = _read(path).strip()
    try:
        secret = bytes.fromhex(text.decode("ascii"))
    except ValueError:
        secret = b""
    if len(secret) != _LENGTH:
        raise SecretsBroken(
            path,
            f"is damaged: it must hold {_LENGTH * 2} hexadecimal digits",
            "Put back your copy of it",
        )
    return secret

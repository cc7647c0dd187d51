"""The host key and the secrets in `host_keys/`: made once, never replaced quietly."""

import errno
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
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
_LARGEST: Final = 64 * 1024
_COPY: Final = "Put back your copy of it"


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
        data_exists: Whether a data file is there already. Only the secrets that it
            was made with can open it, and its members know the host key.

    Raises:
        SecretsBroken: They cannot be used as they are.
    """
    _ensure_folder(folder)
    missing = [name for name in _FILES if not os.path.lexists(folder / name)]
    if data_exists and missing:
        raise _missed(folder / missing[0])
    if HOST_KEY in missing:
        pem = Ed25519PrivateKey.generate().private_bytes(
            Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()
        )
        _create(folder / HOST_KEY, pem)
    for name in (PEPPER, DATA_KEY):
        if name in missing:
            _create(folder / name, random(_LENGTH).hex().encode() + b"\n")
    return load_secrets(folder)


def load_secrets(folder: Path) -> Secrets:
    """The secrets in a folder.

    Raises:
        SecretsBroken: They cannot be used as they are.
    """
    host_key = read_private(folder / HOST_KEY)
    try:
        key = load_ssh_private_key(host_key, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SecretsBroken(
            folder / HOST_KEY,
            f"is not a private key that can be read ({type(error).__name__})",
            _COPY,
        ) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise SecretsBroken(
            folder / HOST_KEY,
            "is not an ed25519 key",
            "Put back your copy, or move it away to have a new one made",
        )
    return Secrets(host_key, _secret(folder / PEPPER), _secret(folder / DATA_KEY))


def _missed(path: Path) -> SecretsBroken:
    """A secret is missing that the data file, or its members, cannot do without."""
    if path.name == HOST_KEY:
        return SecretsBroken(
            path,
            "is missing, but there is a data file, whose members know this key",
            f"{_COPY}. If it is lost, make another and tell them: "
            f'ssh-keygen -t ed25519 -N "" -C "" -f {path}',
        )
    return SecretsBroken(
        path,
        "is missing, but there is a data file that needs it",
        f"{_COPY}. To begin anew, move the data folder away first",
    )


def _ensure_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not any(os.path.lexists(folder / name) for name in _FILES):
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
    """Write a new file so that it is whole, and on disk, or not there."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        number = os.open(path, flags, 0o600)
    except OSError as error:
        raise SecretsBroken(
            path, f"cannot be made: {error.strerror}", "Check who owns the folder"
        ) from None
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise SecretsBroken(
            path, f"cannot be written: {error.strerror}", "Check the disk"
        ) from None


def read_private(path: Path) -> bytes:
    """What is in a file that nobody else on this machine may read.

    Raises:
        SecretsBroken: It cannot be read, or others can.
    """
    # Not to block: what lies there may be a pipe.
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        number = os.open(path, flags)
        try:
            _check(path, os.fstat(number))
            return os.read(number, _LARGEST)
        finally:
            os.close(number)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise SecretsBroken(path, "is not a plain file", _COPY) from None
        raise SecretsBroken(
            path, f"cannot be read: {error.strerror}", "Check that it is there"
        ) from None


def _check(path: Path, found: os.stat_result) -> None:
    """Refuse what others can read or replace."""
    if not stat.S_ISREG(found.st_mode):
        raise SecretsBroken(path, "is not a plain file", _COPY)
    if found.st_uid != os.geteuid():
        raise SecretsBroken(
            path, "belongs to somebody else", f"Run: chown $(id -un) {path}"
        )
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise SecretsBroken(
            path, "is open to others on this machine", f"Run: chmod 600 {path}"
        )


def _secret(path: Path) -> bytes:
    text = read_private(path).strip()
    try:
        secret = bytes.fromhex(text.decode("ascii"))
    except ValueError:
        secret = b""
    if len(secret) != _LENGTH:
        raise SecretsBroken(
            path, f"is damaged: it must hold {_LENGTH * 2} hexadecimal digits", _COPY
        )
    return secret

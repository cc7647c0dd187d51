"""The host key and the secrets: made once, kept closed, never replaced."""

import os
import resource
import stat
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as ec_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from bunniz_bbs.config.secrets import (
    DATA_KEY,
    HOST_KEY,
    PEPPER,
    Secrets,
    SecretsBroken,
    ensure_secrets,
    load_secrets,
)

FILES: Final = (HOST_KEY, PEPPER, DATA_KEY)
_NUMBERS: Iterator[int] = count(1)


def not_random(length: int) -> bytes:
    """Bytes that differ at each call."""
    return next(_NUMBERS).to_bytes(length, "big")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the secrets are to be; not there yet."""
    return tmp_path / "host_keys"


@pytest.fixture
def made(folder: Path) -> Secrets:
    """Secrets as the first start makes them."""
    return ensure_secrets(folder, not_random, data_exists=False)


def same(one: Secrets, other: Secrets) -> bool:
    """Whether two are the same, without showing them when they are not."""
    return one == other


def mode(path: Path) -> int:
    """Who may do what with a path."""
    return stat.S_IMODE(path.stat().st_mode)


def content(folder: Path) -> dict[str, bytes]:
    """All that is in the folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def refused(folder: Path, *, data_exists: bool = False) -> str:
    """What is said when the secrets cannot be used; nothing on disk changes."""
    before = sorted(folder.iterdir()) if folder.is_dir() else None
    with pytest.raises(SecretsBroken) as broken:
        ensure_secrets(folder, not_random, data_exists=data_exists)

    assert before == (sorted(folder.iterdir()) if folder.is_dir() else None)
    return str(broken.value)


class TestFirstStart:
    def test_makes_all_of_them(self, folder: Path, made: Secrets):
        """A host key and two secrets of 32 bytes that have nothing in common."""
        assert sorted(content(folder)) == sorted(FILES)
        assert len(made.pepper) == len(made.data_key) == 32
        assert made.pepper != made.data_key
        assert made.host_key.startswith(b"-----BEGIN OPENSSH PRIVATE KEY-----")

    def test_closes_them_to_others(self, folder: Path, made: Secrets):
        """Nobody else on the machine can read them, whatever the umask."""
        assert mode(folder) == 0o700
        assert {mode(folder / name) for name in FILES} == {0o600}

    def test_closes_them_under_an_open_umask(self, folder: Path):
        """An umask that lets everybody in opens nothing."""
        before = os.umask(0)
        try:
            ensure_secrets(folder / "deep", not_random, data_exists=False)
        finally:
            os.umask(before)

        assert mode(folder / "deep") == 0o700
        assert {mode(folder / "deep" / name) for name in FILES} == {0o600}

    def test_closes_a_folder_that_was_waiting(self, folder: Path):
        """A folder that holds no secret yet, as in a fresh checkout, is closed."""
        folder.mkdir(mode=0o755)
        (folder / "README.md").write_text("words")

        ensure_secrets(folder, not_random, data_exists=False)

        assert mode(folder) == 0o700

    def test_makes_what_is_missing(self, folder: Path, made: Secrets):
        """A start that was cut off is gone on with; what is there stays."""
        (folder / DATA_KEY).unlink()

        again = ensure_secrets(folder, not_random, data_exists=False)

        assert again.pepper == made.pepper
        assert again.host_key == made.host_key
        assert again.data_key != made.data_key


class TestLaterStarts:
    def test_change_nothing(self, folder: Path, made: Secrets):
        """The same secrets, byte for byte, with data or without."""
        before = content(folder)

        for data_exists in (True, False):
            again = ensure_secrets(folder, not_random, data_exists=data_exists)
            assert same(again, made)

        assert same(load_secrets(folder), made)
        assert content(folder) == before

    @pytest.mark.parametrize("name", FILES)
    def test_miss_what_data_needs(self, folder: Path, made: Secrets, name: str):
        """With a data file there, a missing secret is told and none is made."""
        (folder / name).unlink()

        told = refused(folder, data_exists=True)

        assert told.startswith(f"{folder / name}: is missing, but there is a data file")
        assert "Put back your copy of it" in told

    def test_miss_all_that_data_needs(self, folder: Path):
        """A data file without any secret makes none either."""
        folder.mkdir(mode=0o700)

        assert "is missing, but there is a data file" in refused(
            folder, data_exists=True
        )

    def test_can_have_a_new_host_key(self, folder: Path, made: Secrets):
        """A lost host key can be replaced by the sysop, who is told how."""
        (folder / HOST_KEY).unlink()

        told = refused(folder, data_exists=True)

        assert told.endswith(
            f'ssh-keygen -t ed25519 -N "" -C "" -f {folder / HOST_KEY}'
        )


class TestRefused:
    def test_folder_that_others_can_open(self, folder: Path, made: Secrets):
        """A folder with secrets that is open is told, with the way to close it."""
        folder.chmod(0o750)

        assert refused(folder) == (
            f"{folder}: is open to others on this machine. Run: chmod 700 {folder}"
        )
        assert mode(folder) == 0o750

    @pytest.mark.parametrize("name", FILES)
    @pytest.mark.parametrize("others", [0o640, 0o604, 0o620, 0o601])
    def test_file_that_others_can_open(
        self, folder: Path, made: Secrets, name: str, others: int
    ):
        """A secret with any right for others is told, with the way to close it."""
        path = folder / name
        path.chmod(others)

        assert refused(folder, data_exists=True) == (
            f"{path}: is open to others on this machine. Run: chmod 600 {path}"
        )

    @pytest.mark.parametrize("name", FILES)
    def test_link(self, folder: Path, made: Secrets, name: str, tmp_path: Path):
        """A link is not followed, wherever it leads."""
        (folder / name).rename(tmp_path / name)
        (folder / name).symlink_to(tmp_path / name)

        assert f"{folder / name}: is not a plain file" in refused(folder)

    @pytest.mark.parametrize("name", FILES)
    def test_link_to_nothing(self, folder: Path, made: Secrets, name: str):
        """Nothing is made where a link leads, either."""
        (folder / name).unlink()
        (folder / name).symlink_to(folder.parent / "elsewhere")

        assert f"{folder / name}: is not a plain file" in refused(folder)
        assert not (folder.parent / "elsewhere").exists()

    @pytest.mark.parametrize("name", FILES)
    def test_folder_or_pipe_in_its_place(self, folder: Path, made: Secrets, name: str):
        """What is no plain file is told and not waited for."""
        (folder / name).unlink()
        os.mkfifo(folder / name, 0o600)
        assert f"{folder / name}: is not a plain file" in refused(folder)

        (folder / name).unlink()
        (folder / name).mkdir(mode=0o700)
        assert f"{folder / name}: is not a plain file" in refused(folder)

    @pytest.mark.parametrize("name", [PEPPER, DATA_KEY])
    @pytest.mark.parametrize(
        "text", [b"", b"\n", b"abcd\n", b"x" * 64, b"ab" * 33, b"\xff" * 64, b"a" * 63]
    )
    def test_damaged_secret(self, folder: Path, made: Secrets, name: str, text: bytes):
        """A secret that lost or gained a digit is not used, and not replaced."""
        (folder / name).write_bytes(text)

        assert refused(folder) == (
            f"{folder / name}: is damaged: it must hold 64 hexadecimal digits. "
            "Put back your copy of it"
        )
        assert (folder / name).read_bytes() == text

    @pytest.mark.parametrize(
        "text", [b"", b"x", b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n", b"\0" * 900]
    )
    def test_damaged_host_key(self, folder: Path, made: Secrets, text: bytes):
        """What is no private key is told as that, and not replaced."""
        (folder / HOST_KEY).write_bytes(text)

        assert "is not a private key that can be read" in refused(folder)
        assert (folder / HOST_KEY).read_bytes() == text

    def test_cut_host_key(self, folder: Path, made: Secrets):
        """A private key that was cut anywhere is told, never a crash."""
        for length in range(0, len(made.host_key), 7):
            (folder / HOST_KEY).write_bytes(made.host_key[:length])

            assert "is not a private key that can be read" in refused(folder)

    def test_host_key_with_a_passphrase(self, folder: Path, made: Secrets):
        """Nobody is there at the start to type one."""
        (folder / HOST_KEY).unlink()
        words = ["-N", "words", "-C", "", "-f", folder / HOST_KEY]
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", *words], check=True)

        assert "is not a private key that can be read" in refused(folder)

    def test_host_key_of_another_kind(self, folder: Path, made: Secrets):
        """Only ed25519 is offered to clients."""
        other = ec_key(SECP256R1()).private_bytes(
            Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()
        )
        (folder / HOST_KEY).write_bytes(other)

        assert f"{folder / HOST_KEY}: is not an ed25519 key" in refused(folder)

    def test_file_in_place_of_the_folder(self, folder: Path):
        """A file cannot hold secrets."""
        folder.write_text("")

        assert refused(folder) == (
            f"{folder}: is not a folder. Move it away or name another"
        )

    def test_folder_below_a_file(self, folder: Path):
        """A folder that cannot be made is told with the system's reason."""
        folder.write_text("")

        assert "cannot be used: Not a directory" in refused(folder / "below")

    def test_secret_that_is_gone(self, folder: Path, made: Secrets):
        """Reading alone makes nothing."""
        (folder / PEPPER).unlink()

        with pytest.raises(SecretsBroken, match="pepper: cannot be read: No such file"):
            load_secrets(folder)
        assert not (folder / PEPPER).exists()


def test_disk_that_is_full_leaves_nothing_half_made(folder: Path):
    """A secret that did not reach the disk is not there at the next start."""
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, most[1]))
    try:
        with pytest.raises(SecretsBroken, match="cannot be written: File too large"):
            ensure_secrets(folder, not_random, data_exists=False)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)

    assert content(folder) == {}
    assert ensure_secrets(folder, not_random, data_exists=False)


def test_nothing_shows_them(folder: Path, made: Secrets):
    """Neither `repr` nor a message holds a secret."""
    assert made.pepper.hex() not in repr(made)
    assert repr(made.pepper) not in repr(made)

    (folder / DATA_KEY).write_text("ab" * 31 + "zz")

    assert "ab" * 3 not in refused(folder)

"""Which keys are taken, and what is said to the others."""

import hashlib
import subprocess
from pathlib import Path
from typing import Any

import asyncssh
import pytest
from asyncssh.constants import (
    MSG_USERAUTH_BANNER,
    MSG_USERAUTH_FAILURE,
    MSG_USERAUTH_REQUEST,
    MSG_USERAUTH_SUCCESS,
)
from asyncssh.packet import Boolean, Byte, MPInt, String, UInt32
from hypothesis import given
from hypothesis import strategies as some

from bunniz_bbs.domain.errors import KeyUnfit
from bunniz_bbs.domain.people import CONSOLE
from bunniz_bbs.ssh.keys import SIGNATURES, fit_blob, rsa_bits, signed_with
from bunniz_bbs.ssh.proof import MOST_ATTEMPTS, MOST_OFFERS
from tests.ssh.front import Front, a_key, an_rsa_key
from tests.ssh.raw import PK_OK, RawClient, raw

FIT: dict[str, Any] = {
    "ed25519": lambda: a_key("ssh-ed25519"),
    "ecdsa p256": lambda: a_key("ecdsa-sha2-nistp256"),
    "rsa 3072": an_rsa_key,
}
GOOD = {kind: make().public_data for kind, make in FIT.items()}
UNFIT: dict[str, Any] = {
    "rsa 2048": lambda: an_rsa_key(2048),
    "rsa 1024": lambda: an_rsa_key(1024),
    "dsa": lambda: a_key("ssh-dss"),
    "ecdsa p384": lambda: a_key("ecdsa-sha2-nistp384"),
    "ecdsa p521": lambda: a_key("ecdsa-sha2-nistp521"),
    "ed448": lambda: a_key("ssh-ed448"),
}


@pytest.mark.parametrize("kind", FIT)
async def test_good_keys_come_in(front: Front, kind: str) -> None:
    """Each with each of its signatures that is not SHA-1."""
    key = FIT[kind]()
    await front.person("rosa", key=key)

    for algorithm in key.sig_algorithms:
        if algorithm.decode() not in SIGNATURES:
            continue
        async with raw(front) as client:
            client.probe(key.public_data, algorithm)
            assert await client.outcome() == PK_OK
            client.sign(key, algorithm=algorithm)
            assert await client.outcome() == MSG_USERAUTH_SUCCESS


@pytest.mark.parametrize("kind", UNFIT)
async def test_weak_and_odd_keys_stay_out(front: Front, kind: str) -> None:
    """A probe and a signature are refused, and it is said how to make a good key."""
    key = UNFIT[kind]()

    async with raw(front) as client:
        client.probe(key.public_data, key.sig_algorithms[0])
        _, said = await client.next(MSG_USERAUTH_BANNER)
        assert await client.outcome() == MSG_USERAUTH_FAILURE
        client.sign(key)
        assert await client.outcome() == MSG_USERAUTH_FAILURE

    assert b"ssh-keygen -t ed25519" in said
    assert client.answers.empty()  # it is said once
    assert front.reception.entered == []


@pytest.mark.parametrize("algorithm", [b"ssh-rsa", b"rsa-sha2-256"])
async def test_a_sha1_signature_proves_nothing(front: Front, algorithm: bytes) -> None:
    """Whatever the request calls it: what counts is how it was signed."""
    key = an_rsa_key()

    async with raw(front) as client:
        session = String(client._session_id)
        head = String("x"), String("ssh-connection"), String("publickey")
        offered = b"".join(
            (*head, Boolean(True), String(algorithm), String(key.public_data))
        )
        said = session + Byte(MSG_USERAUTH_REQUEST) + offered
        signature = key.sign(said, b"ssh-rsa")
        client.send_packet(MSG_USERAUTH_REQUEST, offered, String(signature))
        kind, _ = await client.next(MSG_USERAUTH_BANNER, MSG_USERAUTH_SUCCESS)
        assert kind == MSG_USERAUTH_BANNER
        assert await client.outcome() == MSG_USERAUTH_FAILURE


def certified(folder: Path) -> bytes:
    """A certificate as OpenSSH makes it."""
    for name in ("authority", "person"):
        making = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name]
        subprocess.run(making, check=True)
    signing = ["ssh-keygen", "-q", "-s", "authority", "-I", "x", "-n", "x", "person"]
    subprocess.run(signing, check=True, cwd=folder)
    made = asyncssh.read_certificate(folder / "person-cert.pub")
    return made.public_data


async def test_certificates_prove_nothing(front: Front, tmp_path: Path) -> None:
    """Neither as a probe nor with the signature of the key in them."""
    blob = certified(tmp_path)
    kind = b"ssh-ed25519-cert-v01@openssh.com"
    key = asyncssh.read_private_key(tmp_path / "person")

    async with raw(front) as client:
        client.probe(blob, kind)
        assert await client.outcome() == MSG_USERAUTH_FAILURE
        client.sign(key, blob=blob)
        assert await client.outcome() == MSG_USERAUTH_FAILURE


class SecurityKey:
    """A key on a token (sk-ssh-ed25519, PROTOCOL.u2f), with the token in our hand."""

    algorithm = b"sk-ssh-ed25519@openssh.com"
    application = b"ssh:"

    def __init__(self) -> None:
        self._key = a_key("ssh-ed25519")
        public = self._key.public_data[-32:]
        self.public_data = (
            String(self.algorithm) + String(public) + String(self.application)
        )

    def sign(self, said: bytes, *, touched: bool = True) -> bytes:
        """Sign as a token does."""
        state = Byte(1 if touched else 0) + UInt32(7)
        hashed = hashlib.sha256(self.application).digest()
        signed = self._key.sign(
            hashed + state + hashlib.sha256(said).digest(), b"ssh-ed25519"
        )
        return String(self.algorithm) + String(signed[-64:]) + state

    def log_in(self, client: RawClient, *, touched: bool = True) -> None:
        """Log in with it."""
        head = String("x"), String("ssh-connection"), String("publickey")
        offered = b"".join(
            (*head, Boolean(True), String(self.algorithm), String(self.public_data))
        )
        session = String(client._session_id)
        said = session + Byte(MSG_USERAUTH_REQUEST) + offered
        signature = String(self.sign(said, touched=touched))
        client.send_packet(MSG_USERAUTH_REQUEST, offered, signature)


async def test_a_security_key_comes_in_when_it_is_touched(front: Front) -> None:
    """Without a touch its signature could be a program's."""
    key = SecurityKey()

    async with raw(front) as client:
        client.probe(key.public_data, key.algorithm)
        assert await client.outcome() == PK_OK
        key.log_in(client, touched=False)
        assert await client.outcome() == MSG_USERAUTH_FAILURE
        key.log_in(client)
        assert await client.outcome() == MSG_USERAUTH_SUCCESS


async def test_no_answer_tells_whether_a_key_is_known(front: Front) -> None:
    """Known, unknown and banned keys are answered alike, to the byte."""
    await front.person("rosa")
    await front.person("gone")
    await front.wired.services.moderation.ban(CONSOLE, "gone", None, "A reason.")
    heard = set()

    for key in (front.keys["rosa"], front.keys["gone"], a_key()):
        async with raw(front) as client:
            client.probe(key.public_data, b"ssh-ed25519")
            kind, payload = await client.next()
            told = [(kind, payload.replace(key.public_data, b"KEY"))]
            client.sign(key, spoil=True)
            told.append(await client.next())
            client.sign(key)
            told.append(await client.next())
            heard.add(tuple(told))

    assert len(heard) == 1


async def test_a_client_may_offer_a_dozen_keys(front: Front) -> None:
    """One that has more is cut off, not asked for ever."""
    old = an_rsa_key(2048)

    async with raw(front) as client:
        for _ in range(MOST_OFFERS):
            client.probe(old.public_data, b"rsa-sha2-256")
            assert await client.outcome() == MSG_USERAUTH_FAILURE
        client.probe(old.public_data, b"rsa-sha2-256")
        assert await client.outcome() not in (MSG_USERAUTH_FAILURE, PK_OK)
        await client.ended.wait()


async def test_a_client_may_try_some_dozen_ways(front: Front) -> None:
    """Attempts without a key are counted too."""
    async with raw(front) as client:
        for _ in range(MOST_ATTEMPTS):
            client.request("x", "none")
            assert await client.outcome() == MSG_USERAUTH_FAILURE
        client.request("x", "none")
        assert await client.outcome() != MSG_USERAUTH_FAILURE


async def test_a_key_or_nothing_at_all(front: Front) -> None:
    """No other method is as much as named."""
    async with raw(front) as client:
        client.request("x", "none")
        _, payload = await client.next(MSG_USERAUTH_FAILURE)

    assert payload == String("publickey,keyboard-interactive") + Boolean(False)


async def test_the_name_a_client_logs_in_with_is_kept_nowhere(front: Front) -> None:
    """Neither by the connection nor by anything that hangs on it."""
    await front.person("rosa")

    async with front.connect("rosa", username="jane.realname") as client:
        await client.run("whoami")
        (server,) = front.connections
        extra = {**server._extra, **vars(server)}
        assert "jane.realname" not in repr(extra)
        assert server.get_extra_info("username") == ""
        assert (server._peer_addr, server._peer_host, server._peer_port) == ("", "", 0)


def key_in(blob: bytes) -> asyncssh.SSHKey | None:
    """The key in a blob; None where it is refused in words."""
    try:
        return fit_blob(blob)
    except KeyUnfit as unfit:
        return None if unfit.why else pytest.fail("it is not said why")


@given(some.binary(max_size=600))
def test_any_bytes_are_a_key_or_none(blob: bytes) -> None:
    """A blob is refused in words, never with another error."""
    key_in(blob)


KINDS = (*SIGNATURES, "ssh-rsa", "ssh-dss", "ssh-ed448", "ecdsa-sha2-nistp521")
parts = some.one_of(
    some.binary(max_size=80).map(String),
    some.integers(-(2**70), 2**4096).map(MPInt),
    some.binary(max_size=8),
)


@given(some.sampled_from(KINDS), some.lists(parts, max_size=4))
def test_any_parts_are_a_key_or_none(kind: str, rest: list[bytes]) -> None:
    """Numbers and points of any size, as somebody makes them up."""
    key = key_in(String(kind) + b"".join(rest))

    assert key is None or key.algorithm != b"ssh-rsa" or rsa_bits(key) >= 3072


@given(some.sampled_from(sorted(FIT)), some.data())
def test_a_good_key_with_a_few_bytes_changed_is_a_key_or_none(
    kind: str, data: some.DataObject
) -> None:
    """Whatever is still a key has one spelling that it is known by."""
    blob = bytearray(GOOD[kind])
    for _ in range(data.draw(some.integers(1, 3))):
        at = data.draw(some.integers(0, len(blob)))
        cut = data.draw(some.integers(0, 3))
        blob[at : at + cut] = data.draw(some.binary(max_size=3))
    key = key_in(bytes(blob))

    assert key is None or fit_blob(key.public_data).public_data == key.public_data


def test_a_compressed_point_is_no_second_spelling() -> None:
    """Else one ECDSA key could open two accounts, and outlive a ban in one."""
    packet = asyncssh.packet.SSHPacket(GOOD["ecdsa p256"])
    kind, curve, point = (packet.get_string() for _ in range(3))
    compressed = bytes([2 + (point[-1] & 1)]) + point[1:33]

    assert key_in(String(kind) + String(curve) + String(point)) is not None
    assert key_in(String(kind) + String(curve) + String(compressed)) is None


def test_numbers_below_nothing_are_refused() -> None:
    """A DSA key of such numbers made the library fail with another error."""
    assert key_in(String("ssh-dss") + MPInt(-5) * 4) is None


@given(some.binary(max_size=80))
def test_a_signature_names_an_algorithm_or_none(signature: bytes) -> None:
    """Whatever its bytes are."""
    assert isinstance(signed_with(signature), str)

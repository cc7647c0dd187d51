"""An account is entered by a verified signature of its own key, and by nothing else."""

import asyncio
import json
import os
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import asyncssh
import pytest
from asyncssh.constants import (
    MSG_DISCONNECT,
    MSG_USERAUTH_FAILURE,
    MSG_USERAUTH_SUCCESS,
)
from asyncssh.packet import Boolean, String, UInt32
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.ssh.proof import MOST_ATTEMPTS, MOST_OFFERS
from tests.ssh.front import Front, a_front, a_key, an_rsa_key
from tests.ssh.raw import PK_OK, RawClient, raw

SEQUENCES: Final = int(os.environ.get("BUNNIZ_SEQUENCES", "300"))
"""How many ways to log in are tried."""
PEOPLE: Final = ("victim", "mallory", "rsa", "stranger")
"""The last one has no account; the one before an RSA key."""
USERS: Final = ("x", "root", "victim", "")
HUNG_UP: Final = (0, MSG_DISCONNECT)


@dataclass(frozen=True)
class Step:
    """One message of a log-in."""

    how: str
    who: str
    user: str
    junk: bytes = b""


steps = some.builds(
    Step,
    some.sampled_from(
        (
            "signed",
            "signed",
            "probe",
            "probe",
            "spoiled",
            "other session",
            "other name",
            "other key",
            "respelled",
            "certificate",
            "none",
            "password",
            "keyboard-interactive",
            "hostbased",
            "unknown",
            "junk",
            "stray",
        )
    ),
    some.sampled_from(PEOPLE),
    some.sampled_from(USERS),
    some.binary(max_size=40),
)


def respelled(key: asyncssh.SSHKey) -> bytes:
    """The same RSA key in another spelling; of other kinds there is one only."""
    if key.algorithm != b"ssh-rsa":
        return key.public_data
    packet = asyncssh.packet.SSHPacket(key.public_data)
    kind, e, n = (packet.get_string() for _ in range(3))
    return String(kind) + String(b"\0\0" + e) + String(b"\0\0\0" + n)


def certificate(key: asyncssh.SSHKey) -> bytes:
    """A certificate that a key of one's own gives to a key."""
    authority = a_key()
    made = authority.generate_user_certificate(key, "x", principals=["x", "root"])
    return made.public_data


class Gate:
    """A front that many log-ins are tried at, on a loop of its own."""

    def __init__(self, folder: Path) -> None:
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self.front: Front = self.run(self._stack.enter_async_context(a_front(folder)))
        self.keys = {name: a_key() for name in PEOPLE} | {"rsa": an_rsa_key()}
        for name in PEOPLE[:-1]:
            self.run(self.front.person(name, key=self.keys[name]))

    def run(self, doing: Any) -> Any:
        """Do something on the loop."""
        return self._runner.run(doing)

    def close(self) -> None:
        """End everything."""
        self.run(self._stack.aclose())
        self._runner.close()

    @property
    def entered(self) -> list[KeyDigest]:
        """Whose key was taken for proven."""
        return self.front.reception.entered

    def send(self, client: RawClient, step: Step) -> None:
        """Send a step as a client would that knows every trick."""
        key, user = self.keys[step.who], step.user
        own = self.keys["mallory"]
        match step.how:
            case "signed":
                client.sign(key, user=user)
            case "probe":
                client.probe(key.public_data, key.sig_algorithms[0], user)
            case "spoiled":
                client.sign(key, user=user, spoil=True)
            case "other session":
                client.sign(key, user=user, session=b"s" * 32)
            case "other name":
                client.sign(key, user=user, signed_for=user + "2")
            case "other key":
                client.sign(own, user=user, blob=key.public_data + step.junk)
            case "respelled":
                client.sign(key, user=user, blob=respelled(key))
            case "certificate":
                client.sign(own, user=user, blob=certificate(own))
            case "password":
                client.request(user, "password", Boolean(False), String(step.junk))
            case "keyboard-interactive":
                client.request(user, step.how, String(""), String(step.junk))
            case "hostbased":
                blob = String(b"ssh-ed25519") + String(key.public_data)
                client.request(user, step.how, blob, *[String(step.junk)] * 3)
            case "junk":
                client.request(user, "publickey", step.junk)
            case "stray":
                client.send_packet(51 + len(step.junk) % 29, step.junk, UInt32(0))
            case _:
                client.request(user, step.how)

    def proves(self, step: Step) -> KeyDigest | None:
        """Whose key a step proves."""
        own = step.how == "other key" and step.who == "mallory" and not step.junk
        if step.how in ("signed", "respelled") or own:
            return self.front.digest(self.keys[step.who])
        return None


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    """A gate that all sequences are tried at."""
    made = Gate(tmp_path_factory.mktemp("gate"))
    yield made
    made.close()


def many(share: float) -> Any:
    """So many examples as were asked for."""
    return settings(
        max_examples=max(1, int(SEQUENCES * share)),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


@many(0.5)
@given(some.lists(steps, min_size=1, max_size=MOST_OFFERS))
def test_step_by_step_a_log_in_is_as_its_last_signature(
    gate: Gate, sequence: list[Step]
) -> None:
    """Success comes with the first whole signature, and is its key's."""
    gate.run(_step_by_step(gate, sequence))


async def _step_by_step(gate: Gate, sequence: list[Step]) -> None:
    gate.entered.clear()
    strays = False
    async with raw(gate.front) as client:
        for step in sequence:
            gate.send(client, step)
            if step.how == "stray":
                strays = True
                continue
            outcome, wanted = await client.outcome(), gate.proves(step)
            if outcome in HUNG_UP and strays:
                return
            assert (outcome == MSG_USERAUTH_SUCCESS) == (wanted is not None), step
            if wanted:
                assert gate.entered == [wanted]
                assert await _name(client) == (
                    step.who if step.who in PEOPLE[:-1] else None
                )
                return
            assert gate.entered == []
            if outcome in HUNG_UP:
                return


async def _name(client: RawClient) -> str | None:
    """The name of the account that a client is in."""
    channel = await client.channel()
    assert channel is not None
    client.ask(channel, "exec", String("whoami --json"))
    answer = json.loads(await client.output())
    return answer.get("name")


@many(0.5)
@given(some.lists(steps, min_size=2, max_size=MOST_OFFERS + 4))
def test_all_at_once_nobody_enters_without_a_signature(
    gate: Gate, sequence: list[Step]
) -> None:
    """Messages that overtake each other prove nothing that they do not prove alone."""
    gate.run(_all_at_once(gate, sequence))


async def _all_at_once(gate: Gate, sequence: list[Step]) -> None:
    gate.entered.clear()
    proven = {gate.proves(step) for step in sequence} - {None}
    async with raw(gate.front) as client:
        for step in sequence:
            gate.send(client, step)
        for _ in range(MOST_ATTEMPTS + 1):
            client.request("x", "none")  # the last answer is to one of these
        while await client.outcome() in (MSG_USERAUTH_FAILURE, PK_OK):
            pass
    await gate.front.gone()
    assert len(gate.entered) <= 1
    assert set(gate.entered) <= proven


def test_a_probed_key_is_never_entered_by_another_way(gate: Gate) -> None:
    """CVE-2024-45337: a victim's key is shown, then somebody signs with their own."""
    shown = Step("probe", "victim", "x")
    signed = Step("signed", "mallory", "victim")

    gate.run(_step_by_step(gate, [shown, signed]))
    gate.run(_step_by_step(gate, [shown, Step("none", "victim", "guest")]))


def test_one_rsa_key_is_one_account_in_every_spelling(gate: Gate) -> None:
    """Leading zeros make another blob of a key, not another person."""
    gate.run(_step_by_step(gate, [Step("respelled", "rsa", "x")]))

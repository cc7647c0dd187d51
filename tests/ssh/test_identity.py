"""An account is entered by a verified signature of its own key, and by nothing else."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import asyncssh
import pytest
from asyncssh.constants import (
    MSG_DISCONNECT,
    MSG_SERVICE_REQUEST,
    MSG_USERAUTH_FAILURE,
    MSG_USERAUTH_SUCCESS,
)
from asyncssh.packet import Boolean, String, UInt32
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.ssh.proof import MOST_ATTEMPTS, MOST_OFFERS
from tests.ssh.front import Front, a_front, a_key, an_rsa_key
from tests.ssh.raw import PK_OK, RawClient, Signed, raw

SEQUENCES: Final = 1000
"""Ways to log in that are tried, in each of two manners."""
PEOPLE: Final = ("victim", "mallory", "rsa", "stranger")
"""The last one has no account; the one before an RSA key."""
USERS: Final = ("x", "root", "victim", "")
HUNG_UP: Final = (0, MSG_DISCONNECT)

GOOD: Final = ("signed", "respelled", "other key")
"""Signatures that prove the key that made them; the last one where it is its own."""
BAD: Final[dict[str, Signed]] = {
    "other session": Signed(session=b"s" * 32),
    "other name": Signed(user="somebody else"),
    "other service": Signed(service="ssh-userauth"),
    "other algorithm": Signed(algorithm=b"rsa-sha2-512"),
    "other blob": Signed(blob=b"of another key"),
}
"""Whole signatures over something else than what is sent with them."""
METHODS: Final = ("none", "password", "hostbased", "gssapi-with-mic", "gssapi-keyex")
ANSWERS: Final = ("answer", "two answers")
"""To keyboard-interactive, which asks nothing: the first is a right one."""
STRAYS: Final = ("stray", "service", *ANSWERS)
"""Messages that nobody asked for; nothing need be answered."""
STEPS: Final = (
    *("signed", "probe") * 3,
    *("keyboard-interactive", "answer") * 2,
    *("respelled", "other key", "spoiled", "replay", "certificate", "junk"),
    *(*BAD, *METHODS, *STRAYS),
)


@dataclass(frozen=True)
class Step:
    """One message of a log-in."""

    how: str
    who: str
    user: str
    junk: bytes = b""


def a_step(*how: str) -> some.SearchStrategy[Step]:
    """A step of one of these kinds, by anybody."""
    return some.builds(
        Step,
        some.sampled_from(how),
        some.sampled_from(PEOPLE),
        some.sampled_from(USERS),
        some.binary(max_size=40),
    )


def sequences(longest: int) -> some.SearchStrategy[list[Step]]:
    """Log-ins of so many steps at most; often a question is answered at once."""
    asked = some.tuples(a_step("keyboard-interactive"), a_step(*ANSWERS))
    turns = some.one_of(some.tuples(a_step(*STEPS)), asked)
    return some.lists(turns, min_size=1, max_size=longest).map(
        lambda taken: [step for turn in taken for step in turn][:longest]
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


class Trials:
    """A front that many log-ins are tried at, on a loop of its own."""

    def __init__(self, folder: Path) -> None:
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self.front: Front = self.run(self._stack.enter_async_context(a_front(folder)))
        self.keys = {name: a_key() for name in PEOPLE} | {"rsa": an_rsa_key()}
        for name in PEOPLE[:-1]:
            self.run(self.front.person(name, key=self.keys[name]))
        self.names = {self.front.digest(self.keys[one]): one for one in PEOPLE[:-1]}
        self.overheard = self.run(self._overhear())
        self.count = 0
        """How many log-ins were tried."""

    async def _overhear(self) -> bytes:
        """The session in which the victim logged in, signing as they do."""
        async with raw(self.front) as victim:
            await victim.log_in(self.keys["victim"])
            return bytes(victim._session_id)

    def run(self, doing: Any) -> Any:
        """Do something on the loop."""
        return self._runner.run(doing)

    def close(self) -> None:
        """End everything."""
        self.run(self._stack.aclose())
        self._runner.close()

    def begin(self) -> list[KeyDigest]:
        """A log-in begins; whose key will have been taken for proven."""
        self.count += 1
        self.front.reception.entered.clear()
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
            case "replay":
                client.sign(key, user=user, signed=Signed(self.overheard))
            case "other key":
                client.sign(own, user=user, blob=key.public_data + step.junk)
            case "respelled":
                client.sign(key, user=user, blob=respelled(key))
            case "certificate":
                client.sign(own, user=user, blob=certificate(own))
            case "password":
                client.request(user, "password", Boolean(False), String(step.junk))
            case "keyboard-interactive":
                client.request(user, step.how, String(""), String("pam"))
            case "answer":
                client.answer()
            case "two answers":
                client.answer(step.junk, b"victim")
            case "hostbased":
                blob = String(b"ssh-ed25519") + String(key.public_data)
                client.request(user, step.how, blob, *[String(step.junk)] * 3)
            case "junk":
                client.request(user, "publickey", step.junk)
            case "stray":
                client.send_packet(51 + len(step.junk) % 50, step.junk, UInt32(0))
            case "service":
                client.send_packet(MSG_SERVICE_REQUEST, String("ssh-userauth"))
            case how if how in BAD:
                client.sign(key, user=user, signed=BAD[how])
            case how:
                client.request(user, how, String(step.junk))

    def proves(self, step: Step) -> KeyDigest | None:
        """Whose key a step proves."""
        own = step.who == "mallory" and not step.junk
        if step.how in GOOD and (step.how != "other key" or own):
            return self.front.digest(self.keys[step.who])
        return None


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trials]:
    """A front that all sequences are tried at."""
    made = Trials(tmp_path_factory.mktemp("trials"))
    yield made
    made.close()


def many(rounds: int) -> settings:
    """So many sequences as were asked for."""
    return settings(
        max_examples=SEQUENCES * rounds,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def test_step_by_step_a_log_in_is_as_its_last_signature(
    trials: Trials, rounds: int
) -> None:
    """Success comes with the first whole signature, and is its key's.

    Where somebody is let in without one they are nobody, whatever they sent before.
    """

    @many(rounds)
    @given(sequences(MOST_OFFERS))
    def holds(sequence: list[Step]) -> None:
        trials.run(_step_by_step(trials, sequence))

    before = trials.count
    holds()
    assert trials.count - before >= SEQUENCES


async def _step_by_step(trials: Trials, sequence: list[Step]) -> None:
    entered = trials.begin()
    strays = asked = False
    async with raw(trials.front) as client:
        for number, step in enumerate(sequence):
            trials.send(client, step)
            answers = asked and step.how in ANSWERS
            if step.how in STRAYS and not answers:
                strays = True
                continue
            outcome, wanted = await client.outcome(), trials.proves(step)
            if outcome in HUNG_UP and strays:
                return
            inside = wanted is not None or (answers and step.how == "answer")
            assert (outcome == MSG_USERAUTH_SUCCESS) == inside, step
            assert entered == ([wanted] if wanted else [])
            if inside:
                after = [one for one in sequence[number:] if one.how not in STRAYS]
                for one in after:  # nobody becomes somebody else later
                    trials.send(client, one)
                assert await _name(client) == trials.names.get(wanted)
                assert entered == ([wanted] if wanted else [])
                return
            asked = step.how == "keyboard-interactive" and outcome == PK_OK
            if outcome in HUNG_UP:
                return


async def _name(client: RawClient) -> str | None:
    """The name of the account that a client is in."""
    channel = await client.channel()
    assert channel is not None
    client.ask(channel, "exec", String("whoami --json"))
    answer = json.loads(await client.output())
    return answer.get("name")


def test_all_at_once_nobody_enters_without_a_signature(
    trials: Trials, rounds: int
) -> None:
    """Messages that overtake each other prove nothing that they do not prove alone."""

    @many(rounds)
    @given(sequences(MOST_OFFERS + 4))
    def holds(sequence: list[Step]) -> None:
        trials.run(_all_at_once(trials, sequence))

    before = trials.count
    holds()
    assert trials.count - before >= SEQUENCES


async def _all_at_once(trials: Trials, sequence: list[Step]) -> None:
    entered = trials.begin()
    proven = {trials.proves(step) for step in sequence} - {None}
    async with raw(trials.front) as client:
        for step in sequence:
            trials.send(client, step)
        for _ in range(MOST_ATTEMPTS + 1):
            client.request("x", "none")  # the last answer is to one of these
        while (outcome := await client.outcome()) in (MSG_USERAUTH_FAILURE, PK_OK):
            pass
        if outcome == MSG_USERAUTH_SUCCESS:
            name = await _name_if_served(client)
            assert name in (None, *(trials.names.get(one) for one in entered))
    await trials.front.gone()
    assert len(entered) <= 1
    assert set(entered) <= proven


async def _name_if_served(client: RawClient) -> str | None:
    """The name of the account that a client is in; None: none, or it was cut off."""
    client.open()
    client.ask(0, "exec", String("whoami --json"))
    answer = await client.output()
    return json.loads(answer).get("name") if answer else None


SHOWN: Final = Step("probe", "victim", "x")
PRESENTED: Final = Step("keyboard-interactive", "mallory", "victim")


@pytest.mark.parametrize(
    "sequence",
    [
        [SHOWN, Step("signed", "mallory", "victim")],
        [SHOWN, Step("none", "victim", "guest")],
        [SHOWN, PRESENTED, Step("answer", "victim", "x")],
        [PRESENTED, Step("two answers", "victim", "x")],
        [PRESENTED, SHOWN, Step("answer", "victim", "x")],
        [Step("replay", "victim", "x"), PRESENTED, Step("answer", "victim", "x")],
        [Step("other key", "victim", "x"), PRESENTED, Step("answer", "victim", "x")],
        [Step("respelled", "rsa", "x")],
    ],
    ids=lambda sequence: ", ".join(step.how for step in sequence),
)
def test_a_shown_key_is_never_entered_by_another_way(
    trials: Trials, sequence: list[Step]
) -> None:
    """CVE-2024-45337: a victim's key is shown, then somebody comes in as themselves.

    One RSA key is one account in every spelling: zeros before its numbers make another
    blob, not another person.
    """
    trials.run(_step_by_step(trials, sequence))

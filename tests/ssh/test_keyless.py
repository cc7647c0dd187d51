"""Whoever has no key comes in as a guest: nothing is asked, and nobody is meant."""

import json
from typing import Any

import asyncssh
import pytest
from asyncssh.packet import String

from tests.ssh.front import Front, a_key, an_rsa_key
from tests.ssh.gate import Keyless
from tests.ssh.seat import seated


async def who(client: asyncssh.SSHClientConnection) -> object:
    """The name under which the house knows a client."""
    done = await client.run("whoami --json", check=True)
    return json.loads(str(done.stdout))["name"]


class Shown(asyncssh.SSHKeyPair):
    """A member's key pair without the private half: it signs with nonsense."""

    def __init__(self, key: asyncssh.SSHKey) -> None:
        kind = key.algorithm
        super().__init__(kind, kind, (kind,), (), key.public_data, b"")

    def sign(self, data: bytes) -> bytes:
        """No signature of this key."""
        return String("ssh-ed25519") + String(b"x" * 64)


class Talkative(Keyless):
    """A client that answers a question which was not asked."""

    def kbdint_challenge_received(
        self, name: str, instructions: str, lang: str, prompts: Any
    ) -> list[str]:
        """An answer to nothing."""
        return ["hunter2"]


async def test_nothing_is_asked(front: Front) -> None:
    """No name, no text, no prompt: a person sees the door at once."""
    keyless = Keyless()
    async with front.connect(None, client_factory=lambda: keyless) as client:
        assert keyless.asked == [("", "", 0)]
        assert await who(client) is None
    assert front.reception.entered == []


async def test_a_key_that_was_only_shown_is_not_proven(front: Front) -> None:
    """Whoever knows a member's public key and cannot sign with it is a guest."""
    await front.person("rosa")
    shown = Shown(front.keys["rosa"])
    async with front.connect(None, client_keys=[shown]) as client:
        assert await who(client) is None
    assert front.reception.entered == []


async def test_whoever_signs_is_themselves(front: Front) -> None:
    """A key comes first, also where the client could do without."""
    await front.person("rosa")
    keyless = Keyless()
    async with front.connect("rosa", client_factory=lambda: keyless) as client:
        assert await who(client) == "rosa"
    assert keyless.asked == []


async def test_whoever_has_only_an_unfit_key_is_a_guest(front: Front) -> None:
    """They read that it does not do, and how to make a good one."""
    keyless = Keyless()
    async with front.connect(
        an_rsa_key(2048), client_factory=lambda: keyless
    ) as client:
        assert await who(client) is None
    assert "ssh-keygen -t ed25519" in "".join(keyless.banners)


async def test_an_answer_that_was_not_asked_for_opens_nothing(front: Front) -> None:
    """Nothing is asked, so nothing can be answered; the client tries until cut off."""
    with pytest.raises((asyncssh.PermissionDenied, asyncssh.ProtocolError)):
        async with front.connect(None, client_factory=Talkative):
            pass


async def test_guests_read_and_do_no_more(front: Front) -> None:
    """Verbs say what is not for them, and what to do about it."""
    async with front.connect(None) as client:
        boards = json.loads(str((await client.run("boards --json")).stdout))
        said = await client.run("say lounge hello")
        posted = await client.run("post porch -t Hello", input="words")

    assert {one["board"] for one in boards} == {
        slug for slug, one in front.wired.services.house.boards.items() if not one.read
    }
    for refused in (said, posted):
        assert refused.exit_status == 4
        assert "without a key" in str(refused.stderr)


async def test_a_key_that_is_not_known_is_told_so(front: Front) -> None:
    """A member whose client offered another key would not understand the rest."""
    async with front.connect(a_key()) as client:
        assert await who(client) is None
        said = await client.run("say lounge hello")
    assert said.exit_status == 4
    assert "This key is not known here" in str(said.stderr)


async def test_guests_meet_the_door(front: Front) -> None:
    """On the full screen they choose a language first, as everybody does."""
    async with seated(front, None) as seat:
        await seat.sees("Choisir")
        seat.press(b"\r", b"\r", b"\r")
        await seat.sees("18 or older")
        seat.press(b"\r")
        await seat.sees("ssh-keygen")
        seat.press(b"\x18")
        assert await seat.ends() == 0
    await front.gone()

"""What strangers are offered, as ssh-audit and the system's own client see it."""

import asyncio
import json
import shutil
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import asyncssh
import pytest

from bunniz_bbs.config.settings import Algorithms, SourceLimits
from bunniz_bbs.ssh.keys import SIGNATURES
from bunniz_bbs.ssh.server import listen
from tests.ssh.front import Front, host_key
from tests.ssh.gate import NO_CONFIG, PATIENCE

POLICY: Final = Path(__file__).with_name("default_policy.txt")
FINE: Final = 0
WARNED: Final = 2
FAILED: Final = 3


@asynccontextmanager
async def a_port(
    front: Front,
    algorithms: Algorithms = "default",
    source_limits: SourceLimits = "remote",
) -> AsyncIterator[int]:
    """One more port of a house, with a profile of its own."""
    listener = await listen(
        front.reception,
        host_key(),
        "127.0.0.1",
        0,
        algorithms=algorithms,
        source_limits=source_limits,
    )
    try:
        yield listener.port
    finally:
        await listener.close()


async def run(*command: str) -> tuple[int, str]:
    """A program's exit status, and all that it said."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        async with asyncio.timeout(4 * PATIENCE):
            said, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode is not None
    return process.returncode, said.decode()


async def audit(port: int, *options: str) -> tuple[int, str]:
    """What ssh-audit says of a port."""
    where = ("--port", str(port), "127.0.0.1")
    return await run(sys.executable, "-m", "ssh_audit", "-n", *options, *where)


async def verdict(port: int, *options: str) -> tuple[int, dict[str, Any]]:
    """The same, to be looked up."""
    status, said = await audit(port, "--json", *options)
    return status, json.loads(said)


def said_of(found: dict[str, Any], level: str) -> dict[str, list[str]]:
    """What was said at a level (`fail`, `warn`), by algorithm."""
    parts = [one for kind in ("kex", "key", "enc", "mac") for one in found[kind]]
    return {
        one["algorithm"]: one["notes"][level] for one in parts if level in one["notes"]
    }


# -- strict


async def test_nothing_is_said_against_the_strict_profile(front: Front) -> None:
    """No failure, no warning, no note, no advice, no known fault.

    ssh-audit leaves its test of connection rates out where it finds none of the key
    exchanges that it knows to be costly, so this says nothing of rates; see below.
    """
    async with a_port(front, "strict") as port:
        status, found = await verdict(port)

    assert status == FINE
    assert said_of(found, "fail") == said_of(found, "warn") == {}
    assert found["additional_notes"] == []
    assert found["recommendations"] == {}
    assert found["cves"] == []
    assert found["banner"]["raw"] == "SSH-2.0-bunniz"
    assert [one["algorithm"] for one in found["kex"]] == [
        "mlkem768x25519-sha256",
        # Not algorithms: what the server can do besides.
        "ext-info-s",
        "kex-strict-s-v00@openssh.com",
    ]


async def test_nothing_is_said_against_it_in_words(front: Front) -> None:
    """Neither in the form that people read, whose lines are marked."""
    async with a_port(front, "strict", "all") as port:
        status, said = await audit(port)

    assert status == FINE
    assert "(kex) mlkem768x25519-sha256" in said
    assert not [mark for mark in ("[fail]", "[warn]", "(nfo)", "(rec)") if mark in said]


# -- default


async def test_the_default_profile_is_what_its_policy_says(front: Front) -> None:
    """Algorithm by algorithm, in order, with the size of the host key.

    A policy says nothing of rates, so their test is left out.
    """
    status, said = await audit(front.port, "--skip-rate-test", "--policy", str(POLICY))

    assert status == FINE, said
    assert "Passed" in said


async def test_the_policy_can_be_broken(front: Front) -> None:
    """Another profile does not pass it, although it is better."""
    async with a_port(front, "strict") as port:
        status, said = await audit(port, "--skip-rate-test", "--policy", str(POLICY))

    assert status == FAILED
    assert "Key exchanges did not match" in said


async def test_the_default_profile_is_warned_of_for_one_thing(front: Front) -> None:
    """Clients before OpenSSH 9.9 are let in, without protection from the future.

    With limits per source, also for this machine, ssh-audit's own flood of connections
    is turned away, and it has no more to say.
    """
    async with a_port(front, "default", "all") as port:
        status, found = await verdict(port)

    warned = said_of(found, "warn")
    assert status == WARNED
    assert set(warned) == {"curve25519-sha256", "curve25519-sha256@libssh.org"}
    assert all("post-quantum" in why for whys in warned.values() for why in whys)
    assert said_of(found, "fail") == {}
    assert found["additional_notes"] == []


@pytest.mark.parametrize("source_limits", ["remote", "none"])
async def test_without_limits_the_flood_is_noted(
    front: Front, source_limits: SourceLimits
) -> None:
    """ssh-audit does test rates, and this machine is not limited unless that is set."""
    async with a_port(front, "default", source_limits) as port:
        _, found = await verdict(port)

    assert "DHEat" in "".join(found["additional_notes"])


# -- clients


@pytest.fixture
def ssh(tmp_path: Path) -> Callable[..., list[str]]:
    """Makes the command line of the system's client, with a key of its own."""
    program = shutil.which("ssh")
    if program is None:
        pytest.skip("there is no ssh")
    key = tmp_path / "key"
    made = asyncssh.generate_private_key("ssh-ed25519")
    made.write_private_key(key)
    key.chmod(0o600)

    def command(port: int, *words: str, **settings: str) -> list[str]:
        settings = {
            "UserKnownHostsFile": str(tmp_path / "known_hosts"),
            "StrictHostKeyChecking": "accept-new",
            "IdentitiesOnly": "yes",
            "IdentityAgent": "none",
            "BatchMode": "yes",
        } | settings
        options = [f"-o{name}={value}" for name, value in settings.items()]
        where = ["-p", str(port), "x@127.0.0.1"]
        return [program, "-F", "none", "-v", "-i", str(key), *options, *where, *words]

    return command


async def knows(kex: str) -> bool:
    """Whether the system's client knows a key exchange."""
    return kex in (await run("ssh", "-Q", "kex"))[1].split()


async def test_the_systems_client_meets_the_default_profile(
    front: Front, ssh: Callable[..., list[str]]
) -> None:
    """With the best that both know: older ones with curve25519 (Debian 12 has 9.2)."""
    newest = await knows("mlkem768x25519-sha256")
    agreed = "mlkem768x25519-sha256" if newest else "curve25519-sha256"

    _, said = await run(*ssh(front.port, "help"))

    assert f"kex: algorithm: {agreed}" in said
    assert "kex: host key algorithm: ssh-ed25519" in said
    assert "-gcm@openssh.com MAC: <implicit> compression: none" in said
    assert f"server-sig-algs=<{','.join(SIGNATURES)}>" in said
    assert "Authenticated to 127.0.0.1 ([127.0.0.1]:" in said


async def test_a_client_without_post_quantum_is_refused_by_strict(
    front: Front, ssh: Callable[..., list[str]]
) -> None:
    """And its user reads why, in its own words."""
    older = {} if not await knows("mlkem768x25519-sha256") else {"KexAlgorithms": OLD}
    async with a_port(front, "strict") as port:
        status, said = await run(*ssh(port, "help", **older))

    assert status == 255
    assert f"Unable to negotiate with 127.0.0.1 port {port}: " in said
    assert "no matching key exchange method found. " in said
    assert "Their offer: mlkem768x25519-sha256,ext-info-s" in said


OLD: Final = "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256"


async def test_a_client_with_post_quantum_comes_in_by_strict(front: Front) -> None:
    """With nothing set, as it is."""
    await front.person("rosa")
    async with a_port(front, "strict") as port:
        async with front.connect("rosa", port=port) as client:
            assert (await client.run("whoami")).exit_status == 0

        with pytest.raises(asyncssh.KeyExchangeFailed):
            await asyncssh.connect(
                "127.0.0.1", port, **NO_CONFIG, kex_algs=["curve25519-sha256"]
            )

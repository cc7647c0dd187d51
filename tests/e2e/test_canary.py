"""What nobody may find out about a client, looked for in all that the server wrote."""

import asyncio
import base64
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Final

import asyncssh
import pytest

from bunniz_bbs.store.sqlcipher import connect
from tests.e2e.house import House
from tests.e2e.terminal import Terminal
from tests.e2e.test_joining import agree_to_be_here, walk_to_code

ADDRESS: Final = "127.77.88.99"
TITLE, LINE = "canary-title-kept", "canary-line-said"
SHORTEST: Final = 6
"""Bytes; what is shorter is found in encrypted data by chance."""
CLIENT: Final = {
    "user": "jane.canary-surname",
    "version": "CanaryClient_9.7",
    "their ssh": "OpenSSH_",
    "terminal": "canaryterm-77",
    "usual terminal": "xterm",
    "locale": "fr_CANARY.UTF-8",
    "command": "canary-command",
    "password": "canary-password",
}
"""What a client tells of itself, or of the person who holds it."""
BREAKS: Final = """
from bunniz_bbs.tui.screens.language import LanguagePage

def redraw(self):
    raise RuntimeError(f"{self.session.someone} in {self.session.capabilities}")

LanguagePage.redraw = redraw
"""
"""A mistake in a page, whose error holds whatever it can."""


def spellings(secret: bytes) -> Iterator[bytes]:
    """A secret as it might be written: in other encodings, as digits, in Base64."""
    yield secret
    with suppress(UnicodeDecodeError):
        for encoding in ("utf-16-le", "utf-16-be", "utf-32-le"):
            yield secret.decode().encode(encoding)
    yield secret.hex().encode()
    for before in range(3):
        # Letters at both ends hang on what stands beside it too.
        whole = base64.b64encode(b"\0" * before + secret)
        yield whole[(0, 2, 3)[before] : -4]


def found_in(data: bytes, secrets: Mapping[str, bytes]) -> list[str]:
    """Which secrets are in some data, in whatever case and spelling."""
    low = data.lower()
    return [
        name
        for name, secret in secrets.items()
        if any(one.lower() in low for one in spellings(secret) if len(one) >= SHORTEST)
    ]


@pytest.mark.parametrize("beside", [b"", b"a", b"ab", b"abc"])
def test_the_search_finds_every_spelling(beside: bytes) -> None:
    """In the middle of other things, in capitals, in wide letters, in Base64."""
    secret = CLIENT["user"].encode()
    whole = beside + secret + beside
    wide = [whole.decode().encode(one) for one in ("utf-16-le", "utf-16-be")]
    others = [whole.upper(), whole.hex().encode(), base64.b64encode(whole)]

    for data in (whole, *wide, *others):
        assert found_in(b"\xff\x00" + data + b"\xff", {"user": secret}) == ["user"]
    assert found_in(b"x" * 5000, {"user": secret}) == []


def rows_of(house: House) -> bytes:
    """Every value of every table of a data file, decrypted."""
    key = bytes.fromhex((house.keys / "data.key").read_text().strip())
    data = connect(house.data / "bunniz.db", key, read_only=True)
    try:
        tables = data.execute("SELECT name, sql FROM sqlite_master").fetchall()
        taken = [str(one) for one in tables]
        for name, sql in tables:
            if sql and sql.upper().startswith("CREATE TABLE"):
                for row in data.execute(f'SELECT * FROM "{name}"'):
                    taken += [
                        one.decode("latin-1") if isinstance(one, bytes) else str(one)
                        for one in row
                    ]
                    taken += [one.hex() for one in row if isinstance(one, bytes)]
    finally:
        data.close()
    # Bytes are put in as they are, so that any spelling of a secret is found.
    return "\n".join(taken).encode("utf-8") + "\n".join(taken).encode(
        "latin-1", "replace"
    )


class Canary:
    """Somebody whose client tells everything that a client can tell."""

    def __init__(self, house: House) -> None:
        self._house = house

    def command(self, *words: str) -> list[str]:
        """The client's command line."""
        told = f"SetEnv=LANG={CLIENT['locale']} COLORTERM={CLIENT['locale']}"
        options = ["-b", ADDRESS, "-o", told, "-l", CLIENT["user"]]
        if not words or words[0] == "go":
            options.append("-t")
        line = self._house.ssh("rosa", *words, options=options)
        line[line.index("x@127.0.0.1")] = "127.0.0.1"
        return ["env", f"TERM={CLIENT['terminal']}", *line]

    def enter(self, *words: str) -> Terminal:
        """Come in."""
        terminal = Terminal(self.command(*words))
        self._house._terminals.append(terminal)
        return terminal

    def ask(self, *words: str) -> Terminal:
        """Run a verb to its end, on a terminal that sees what it says."""
        terminal = self.enter(*words)
        terminal.await_exit()
        return terminal


@pytest.fixture
def breakable(folder: Path) -> Iterator[House]:
    """A house with a mistake in one page."""
    broken = folder / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(BREAKS)
    paths = [str(broken), os.environ.get("PYTHONPATH", "")]
    path = os.pathsep.join(one for one in paths if one)
    made = House(folder, environment={"PYTHONPATH": path})
    try:
        made.start()
        yield made
    finally:
        made.close()


def test_nothing_of_a_client_is_written_anywhere(breakable: House) -> None:
    """A whole visit: joining, posting, talking, a crash, a kick, a ban, and attacks.

    No user name, address, version, terminal, locale or command, and no key: not in what
    the server says, not in its files, and not in any row of any table.
    """
    house = breakable
    visit(house)
    house.stop()

    said = "\n".join(house.output).encode()
    kept = [
        one.read_bytes()
        for folder in (house.data, house.keys)
        for one in folder.rglob("*")
        if one.is_file()
    ]
    rows = rows_of(house)
    blob = base64.b64decode(house.public_key("rosa").read_bytes().split()[1])
    secrets = {name: secret.encode() for name, secret in CLIENT.items()} | {
        "address": ADDRESS.encode(),
        "address as a number": str(int(ip_address(ADDRESS))).encode(),
        "address as digits": ip_address(ADDRESS).packed.hex().encode(),
        "key": blob,
        "key itself": blob[-32:],
        "fingerprint": hashlib.sha256(blob).digest(),
    }
    assert b"incident " in said
    assert found_in(rows, {"title": TITLE.encode()}) == ["title"]  # the search finds
    for data in (said, rows, *kept):
        assert found_in(data, secrets | {"line": LINE.encode()}) == []
    for data in (said, *kept):
        assert found_in(data, {"title": TITLE.encode(), "name": b"rosa"}) == []
    assert said.count(b"127.") == 2  # where it listens, how to join
    house.start()


def visit(house: House) -> None:
    """All that somebody can do here, and some of what they should not."""
    house.admit("maple", "moderator")
    [code] = house.tell("invite", uses="1", expires="7d", role="member")
    rosa = Canary(house)

    inside = rosa.enter()
    walk_to_code(inside)
    inside.type(code, "enter")
    agree_to_be_here(inside)
    inside.press(*["backspace"] * 24)
    inside.type("rosa", "enter")
    inside.await_text("Welcome, rosa")
    inside.press("l")
    inside.await_text("Something broke")
    inside.await_exit()

    # Who has just come in posts slowly until somebody vouches for them.
    assert house.ask("maple", "vouch", "rosa").returncode == 0
    inside = rosa.enter("go", "money")
    inside.await_text("No threads yet")
    inside.press("c")
    inside.await_text("New thread")
    inside.type(TITLE, "enter")
    inside.type("What I wrote.", "^S")
    inside.await_text("What I wrote.", "#1")
    inside.press("r")
    inside.await_text("Reply")
    inside.type("An answer.", "^S")
    inside.await_text("An answer.", "#2")
    inside.press("^X")
    inside.await_exit()

    inside = rosa.enter("go", "lounge")
    inside.await_text("Nothing here")
    inside.type(LINE, "enter")
    inside.await_text(LINE)
    assert "rosa" in rosa.ask("whoami").text
    assert rosa.ask(CLIENT["command"]).text
    assert house.ask("maple", "reply", "1", given="Mine.").returncode == 0
    assert house.ask("maple", "kick", "rosa", "too loud").returncode == 0
    inside.await_text("too loud")
    inside.await_exit()
    inside = rosa.enter()
    inside.await_text("Boards")
    assert house.ask("maple", "ban", "rosa", "1h", "far too loud").returncode == 0
    inside.await_text("far too loud")
    inside.await_exit()
    assert "far too loud" in rosa.ask("whoami").text.replace("\n", " ")
    closed = rosa.enter()
    closed.await_text("far too loud")
    closed.kill()
    asyncio.run(attack(house))


async def attack(house: House) -> None:
    """Clients that cannot agree, that guess passwords, and that vanish half-way."""
    told = dict(
        known_hosts=None,
        config=None,
        agent_path=None,
        username=CLIENT["user"],
        client_version=CLIENT["version"],
        local_addr=(ADDRESS, 0),
    )
    key = asyncssh.read_private_key(house.key("rosa"))
    for wrong in (
        {"kex_algs": ["ecdh-sha2-nistp256"], "client_keys": [key]},
        {
            "client_keys": None,
            "password": CLIENT["password"],
            "preferred_auth": "password",
        },
        {"client_keys": [asyncssh.generate_private_key("ssh-rsa", key_size=2048)]},
        {"client_keys": None},
    ):
        with suppress(asyncssh.Error, OSError):
            async with asyncssh.connect(
                "127.0.0.1", house.port, **(told | wrong)
            ) as client:
                await client.run(CLIENT["command"], check=False)
    for sent in (
        f"SSH-2.0-{CLIENT['version']}\r\n".encode() + CLIENT["user"].encode() * 500,
        CLIENT["user"].encode() + b"\r\n" * 50,
        f"GET /{CLIENT['command']} HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
    ):
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", house.port, local_addr=(ADDRESS, 0)
        )
        writer.write(sent)
        with suppress(OSError):
            await writer.drain()
            await asyncio.wait_for(reader.read(), 3)
        writer.close()

"""A real server as a process of its own, and people who come to it with ssh."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from bunniz_bbs.cli.console import ask_server
from bunniz_bbs.cli.operations import read_public_key
from bunniz_bbs.config.settings import Settings
from tests.e2e.terminal import PATIENCE, Terminal

ROOT: Final = Path(__file__).parents[2]
PROGRAM: Final = (sys.executable, "-m", "bunniz_bbs")
OF_THE_MACHINE: Final = ("BUNNIZ_", "TEXTUAL", "PYTHONDONTWRITEBYTECODE")
"""How settings begin that a server is not given; the last makes each start slower."""


def clean_environment() -> dict[str, str]:
    """The environment of a server: none of this machine's settings."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(OF_THE_MACHINE)
    }


class House:
    """One place: its folders, its server, the keys of its people."""

    def __init__(
        self,
        folder: Path,
        config: Path = ROOT / "boards.yaml",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.keys = folder / "host_keys"
        self.config = config
        self.environment = dict(environment or {})
        self.program = PROGRAM
        """What `start` runs; another one may look into the server."""
        self.port = 0
        self.claim = ""
        self.output: list[str] = []
        """What the server wrote, line by line."""
        self._process: subprocess.Popen[str] | None = None
        self._terminals: list[Terminal] = []

    # -- the server

    def options(self) -> list[str]:
        """Where everything is, as options of the command line."""
        return [
            *("--config", str(self.config)),
            *("--data", str(self.data)),
            *("--keys", str(self.keys)),
        ]

    def start(self) -> None:
        """Start the server and wait until it listens."""
        self.output.clear()
        self._process = subprocess.Popen(
            [*self.program, "serve", "--port", str(self.port), *self.options()],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self.folder,
            env=clean_environment() | self.environment,
        )
        ready = threading.Event()
        self._listener = threading.Thread(target=self._listen, args=(ready,))
        self._listener.start()
        assert ready.wait(PATIENCE), self.output
        said = "\n".join(self.output)
        found = re.search(r"Listening on \S+:(\d+)", said)
        assert found, said
        self.port = int(found[1])
        code = re.search(r"Claim code: (\S+)", said)
        self.claim = code[1] if code else ""

    def _listen(self, ready: threading.Event) -> None:
        process = self._process
        assert process
        assert process.stdout
        with process.stdout as output:
            for line in output:
                self.output.append(line.rstrip("\n"))
                if line.startswith("Stop with"):
                    ready.set()
        ready.set()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send the server a signal and wait for its end; its exit status."""
        process = self._process
        assert process is not None
        process.send_signal(number)
        status = process.wait(PATIENCE)
        self._listener.join(PATIENCE)
        self._process = None
        return status

    def restart(self, number: int = signal.SIGTERM) -> None:
        """Stop the server and start it again on the same port."""
        self.stop(number)
        self.start()

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self._process is not None
        return self._process.pid

    def close(self) -> None:
        """End everything."""
        for terminal in self._terminals:
            terminal.close()
        if self._process is not None:
            self.stop(signal.SIGKILL)

    def command(self, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command of the sysop's."""
        return subprocess.run(
            [*PROGRAM, *words, *self.options()],
            capture_output=True,
            text=True,
            input=given,
            timeout=60,
            cwd=self.folder,
            env=clean_environment() | self.environment,
            check=False,
        )

    def tell(self, operation: str, **given: str) -> list[str]:
        """Have the running server do something for the sysop; what it answers.

        As a command does it, without the start of another program for each.
        """
        settings = Settings("", 0, self.config, self.data, self.keys)
        return asyncio.run(ask_server(settings, operation, given))

    # -- people

    def key(self, person: str, kind: Sequence[str] = ("-t", "ed25519")) -> Path:
        """A person's private key; made when first asked for."""
        path = self.folder / f"{person}.key"
        if not path.exists():
            subprocess.run(
                ["ssh-keygen", "-q", *kind, "-N", "", "-C", "", "-f", str(path)],
                check=True,
            )
        return path

    def public_key(self, person: str) -> Path:
        """A person's public key file."""
        return self.key(person).with_suffix(".key.pub")

    def ssh(self, person: str, *words: str, options: Sequence[str] = ()) -> list[str]:
        """A client's command line."""
        settings = {
            "UserKnownHostsFile": self.folder / "known_hosts",
            "StrictHostKeyChecking": "accept-new",
            "IdentitiesOnly": "yes",
            "IdentityAgent": "none",
            "LogLevel": "ERROR",
        }
        return [
            *("ssh", "-F", "/dev/null", "-p", str(self.port)),
            *("-i", str(self.key(person))),
            *(f"-o{name}={value}" for name, value in settings.items()),
            *options,
            "x@127.0.0.1",
            *words,
        ]

    def enter(
        self, person: str, *words: str, size: tuple[int, int] = (80, 24)
    ) -> Terminal:
        """A person's terminal, as they connect."""
        terminal = Terminal(self.ssh(person, *words, options=["-t"]), size)
        self._terminals.append(terminal)
        return terminal

    def enter_keyless(self, size: tuple[int, int] = (80, 24)) -> Terminal:
        """The terminal of somebody who has no key."""
        options = ["-t", "-oPubkeyAuthentication=no"]
        terminal = Terminal(self.ssh("nobody", options=options), size)
        self._terminals.append(terminal)
        return terminal

    def ask(
        self,
        person: str,
        *words: str,
        given: str | bytes = b"",
        options: Sequence[str] = (),
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a one-shot verb as a person."""
        body = given.encode() if isinstance(given, str) else given
        return subprocess.run(
            self.ssh(person, *words, options=options),
            capture_output=True,
            input=body,
            timeout=PATIENCE,
            check=False,
        )

    def admit(self, person: str, role: str = "member", language: str = "en") -> None:
        """Let a person in, under their own name."""
        key = read_public_key(self.public_key(person))
        self.tell("people add", name=person, key=key, role=role, language=language)

    def await_line(self, text: str) -> None:
        """Wait until the server has written a line with this text."""
        end = time.monotonic() + PATIENCE
        while not any(text in line for line in self.output):
            assert time.monotonic() < end, self.output
            time.sleep(0.02)

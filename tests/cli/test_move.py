"""`bunniz-bbs move`, run as the sysop runs it."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bunniz_bbs.cli.move import move_house
from bunniz_bbs.cli.setup import Ended
from bunniz_bbs.config.secrets import ensure_secrets, load_secrets
from bunniz_bbs.config.settings import settings_from
from bunniz_bbs.store.lock import FolderLock
from bunniz_bbs.store.sqlite import open_sqlite
from bunniz_bbs.store.tables import metadata
from bunniz_bbs.wiring.stores import DATA_FILE
from tests.cli.test_check import run
from tests.config.small import SMALL, save
from tests.store.filled import content, fill
from tests.store.server import PASSWORD, Server

NOTHING = "Nothing was moved; the target is as it was."


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A PostgreSQL server."""
    server = Server()
    yield server
    server.close()


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    """The URL of a database with nothing in it."""
    name = asyncio.run(server.create())
    yield server.url(name, tcp=True)
    asyncio.run(server.drop(name))


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a house in it that has been used."""
    folder = tmp_path_factory.mktemp("used")
    save(folder, SMALL)
    secrets = ensure_secrets(folder / "host_keys", os.urandom, data_exists=False)

    async def use() -> None:
        store = await open_sqlite(folder / "data" / DATA_FILE, secrets.data_key)
        await fill(store.writer, 11, 700)
        await store.close()

    asyncio.run(use())
    return folder


@pytest.fixture
def house(used: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, in which the sysop stands."""
    copy = tmp_path / "house"
    shutil.copytree(used, copy)
    monkeypatch.chdir(copy)
    return copy


def held(house: Path, data: str = "data") -> object:
    """Everything in a data folder."""

    async def look() -> object:
        key = load_secrets(house / "host_keys").data_key
        store = await open_sqlite(house / data / DATA_FILE, key)
        found = await content(store.writer)
        await store.close()
        return found

    return asyncio.run(look())


def move(source: str, target: str) -> tuple[int, str]:
    """How a move ends, in this process, and what is told of it."""
    settings = settings_from({})
    try:
        told = asyncio.run(move_house(settings, source, target))
    except Ended as ended:
        return ended.status, "\n".join(ended.lines)
    return 0, "\n".join(told)


def test_there_and_back(house: Path, database: str):
    """Each way every table is counted and compared, and nothing is lost."""
    before = held(house)

    for source, target in (("data", database), (database, "other")):
        ended = run(house, "move", "--from", source, "--to", target)

        assert (ended.returncode, ended.stderr) == (0, "")
        assert PASSWORD not in ended.stdout
        head, *rows, summary, hint = ended.stdout.splitlines()
        assert head.split() == ["table", "rows", "digest", "last", "arrived"]
        assert [row.split()[0] for row in rows] == [
            table.name for table in metadata.sorted_tables
        ]
        assert all(row.endswith("  the same") for row in rows)
        assert summary.startswith(f"Moved {len(rows)} tables with ")
        assert hint.startswith("The source is as it was")

    assert held(house, "other") == before
    again = run(house, "move", "--from", "data", "--to", database)
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr.startswith("The target is not empty: ")
    assert again.stderr.endswith(f"{NOTHING}\n")


def test_address_may_stand_in_a_file(house: Path, database: str):
    """So that it is in no list of processes; not in a file that others may read."""
    file = house / "address"
    file.write_text(database + "\n")
    file.chmod(0o644)

    status, told = move("data", f"@{file}")

    assert status == 2
    assert told.endswith(f"Run: chmod 600 {file}")
    file.chmod(0o600)
    assert move("data", f"@{file}")[0] == 0


def test_waits_for_no_running_server(house: Path, database: str):
    """A folder that a server holds is refused in a sentence."""
    lock = FolderLock(house / "data")
    try:
        status, told = move("data", database)
    finally:
        lock.release()

    assert status == 1
    assert "another server is running on this data folder. Stop it" in told
    assert told.endswith(NOTHING)


@pytest.mark.parametrize(
    ("source", "target", "status", "told"),
    [
        ("nowhere", "other", 1, "there is no data file."),
        ("data", "./data", 2, "--to: this is the same place as --from."),
        ("data", f"mysql://u:{PASSWORD}@db/x", 2, "--to: mysql:// is not known here"),
        ("data", f"postgresql://u:{PASSWORD}@127.0.0.1:1/x", 1, "no server answers"),
        (f"postgresql://u:{PASSWORD}/@127.0.0.1/x", "x", 1, "not the address"),
    ],
)
def test_tells_what_is_wrong(house: Path, source, target, status: int, told: str):
    """In a sentence, with nothing made and nothing printed of a password."""
    ended, lines = move(source, target)

    assert ended == status
    assert told in lines
    assert PASSWORD not in lines
    assert not (house / "nowhere").exists()


def test_wrong_password(house: Path, database: str):
    """Neither the right one nor the wrong one is shown."""
    status, told = move("data", database.replace(PASSWORD, "pomegranate"))

    assert status == 1
    assert "does not accept this user or this password" in told
    assert "pomegranate" not in told


def test_makes_no_secrets(house: Path, database: str):
    """With new ones, nobody's key would open the house that was moved."""
    (house / "host_keys").rename(house / "elsewhere")

    status, told = move("data", database)

    assert status == 1
    assert "host_keys" in told
    assert not (house / "host_keys").exists()

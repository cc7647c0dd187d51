"""Which store a house stands on is said by its settings alone."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bunniz_bbs.config.secrets import Secrets
from bunniz_bbs.config.settings import Settings, settings_from
from bunniz_bbs.store.errors import StoreUnusable
from bunniz_bbs.store.lock import hold_folder
from bunniz_bbs.store.postgres import PostgresStore
from bunniz_bbs.store.sqlite import SqliteStore
from bunniz_bbs.wiring.stores import DATA_FILE, open_store
from tests.store.conftest import KEY
from tests.store.rows import begin

SECRETS = Secrets(b"", KEY, KEY)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data folder that is not there yet."""
    return settings_from({}, data=tmp_path / "data")


@pytest.fixture
def shared(settings: Settings, database: str) -> Settings:
    """The same, on a database that other nodes use too."""
    return replace(settings, store=database)


@pytest.fixture(params=["settings", "shared"])
def chosen(request: pytest.FixtureRequest) -> Settings:
    """Each of the two."""
    found: Settings = request.getfixturevalue(request.param)
    return found


async def test_data_file_by_default(settings: Settings):
    """Without a setting everything is in one file of the data folder."""
    store = await open_store(settings, SECRETS)

    assert isinstance(store, SqliteStore)
    assert (settings.data / DATA_FILE).exists()
    await store.close()


async def test_database_where_one_is_named(shared: Settings):
    """Nothing of the house is in the data folder; its console's socket will be."""
    store = await open_store(shared, SECRETS)

    assert isinstance(store, PostgresStore)
    assert (await begin(store)).id == 1
    assert shared.data.stat().st_mode & 0o077 == 0
    assert not (shared.data / DATA_FILE).exists()
    await store.close()


async def test_one_server_to_a_folder(chosen: Settings):
    """On either store a second one is refused until the first has closed."""
    store = await open_store(chosen, SECRETS)

    with pytest.raises(StoreUnusable, match="another server is running"):
        await open_store(chosen, SECRETS)

    await store.close()
    await (await open_store(chosen, SECRETS)).close()


async def test_refusal_lets_go_of_the_folder(settings: Settings):
    """A database that cannot be used leaves the folder to the next try."""
    for url in ("postgresql://127.0.0.1:1/house", "postgresql://u:a@b@c/d"):
        with pytest.raises(StoreUnusable):
            await open_store(replace(settings, store=url), SECRETS)

    hold_folder(settings.data).release()


def test_data_file_loads_no_driver_of_another():
    """A house on one file does not pay for a database that it does not use."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, bunniz_bbs.cli.app, bunniz_bbs.wiring.stores\n"
            "print('asyncpg' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "False\n"

"""Which store stands behind the port: a data file, or a database that nodes share."""

from typing import Final

from bunniz_bbs.config.secrets import Secrets
from bunniz_bbs.config.settings import Settings
from bunniz_bbs.store.lock import hold_folder
from bunniz_bbs.store.ports import Store
from bunniz_bbs.store.sqlite import open_sqlite

DATA_FILE: Final = "bunniz.db"


async def open_store(settings: Settings, secrets: Secrets) -> Store:
    """The store that the settings name, brought up to date; holds the data folder.

    Raises:
        StoreUnusable: It cannot be used; says why and what to do.
    """
    if not settings.store:
        return await open_sqlite(settings.data / DATA_FILE, secrets.data_key)
    # Only here: a house on a data file loads no driver for another database.
    from bunniz_bbs.store.postgres import open_postgres

    return await open_postgres(settings.store, lock=hold_folder(settings.data))

"""Adds posts to a thread and says the number of each that was acknowledged."""

import asyncio
import sys
from pathlib import Path

from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.store.sqlite import open_sqlite
from tests.store.rows import say


async def main() -> None:
    """Go on until killed."""
    store = await open_sqlite(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
    while True:
        post = await say(store, ThreadId(1))
        print(post.number, flush=True)


asyncio.run(main())

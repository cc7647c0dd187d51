"""What was acknowledged is on disk, whatever happens to the process."""

import asyncio
import random
import sys
from pathlib import Path

from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.store.sqlite import open_sqlite
from tests.store.conftest import KEY
from tests.store.rows import begin

KILLS = 10


async def acknowledged(path: Path, chance: random.Random) -> list[int]:
    """What a process said it had kept before it was killed in the middle."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.store.appender", str(path), KEY.hex()),
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    async with asyncio.timeout(60):
        told = [await process.stdout.readline() for _ in range(chance.randint(1, 40))]
        # Anywhere between one acknowledgement and the next.
        await asyncio.sleep(chance.random() * 0.01)
        process.kill()
        rest = await process.stdout.read()
        await process.wait()
    # What follows the last line end was cut off in the saying.
    return [int(line) for line in (b"".join(told) + rest).split(b"\n")[:-1]]


async def test_acknowledged_is_stored(path: Path):
    """Killed again and again, no acknowledged post is missing and none is double."""
    chance = random.Random(20260301)
    store = await open_sqlite(path, KEY)
    await begin(store)
    await store.close()

    for _ in range(KILLS):
        told = await acknowledged(path, chance)
        store = await open_sqlite(path, KEY)
        posts = await store.read(lambda tx: tx.posts.in_thread(ThreadId(1)))
        thread = await store.read(lambda tx: tx.threads.get(ThreadId(1)))
        await store.close()

        numbers = [post.number for post in posts]
        assert told
        assert set(told) <= set(numbers)
        assert thread is not None
        assert numbers == list(range(1, thread.last_number + 1))

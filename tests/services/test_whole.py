import asyncio

import pytest

from bunniz_bbs.domain.errors import TextEmpty
from bunniz_bbs.services.whole import shred, whole
from tests.services.still import settle


class TestWhole:
    async def test_answers_as_the_use_case_does(self):
        """Its answer, its refusal, its name and its promise."""

        @whole
        async def add(one: int, two: int = 0) -> int:
            """The sum."""
            if two < 0:
                raise TextEmpty
            return one + two

        assert await add(1, two=2) == 3
        with pytest.raises(TextEmpty):
            await add(1, -1)
        assert (add.__name__, add.__doc__) == ("add", "The sum.")

    async def test_goes_on_without_its_caller(self):
        """Whoever waits can be cancelled; what was begun is not."""
        may_go_on, done = asyncio.Event(), asyncio.Event()

        @whole
        async def work() -> None:
            await may_go_on.wait()
            done.set()

        caller = asyncio.create_task(work())
        await settle()
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        may_go_on.set()

        async with asyncio.timeout(5):
            await done.wait()


async def test_shredding_is_no_reason_to_refuse(home):
    """What was removed stays removed when its copies cannot be overwritten yet."""
    await home.store.close()

    await shred(home.store)

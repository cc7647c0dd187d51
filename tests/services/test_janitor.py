import asyncio
import logging
from contextlib import suppress
from datetime import timedelta

import pytest

from bunniz_bbs.domain.errors import CodeRefused, StoreDown
from bunniz_bbs.domain.events import ThreadChanged
from bunniz_bbs.domain.people import CONSOLE, Role
from bunniz_bbs.services.janitor import EVERY
from tests.services.houses import a_board, a_house
from tests.services.living import key_of, living

DAY = timedelta(days=1)


@pytest.fixture
async def home(tmp_path):
    """A house with a board of a week, one of a day and one for ever."""
    boards = (
        a_board("week", lifetime=7 * DAY),
        a_board("day", lifetime=DAY),
        a_board("ever", lifetime=None),
    )
    async with living(tmp_path, a_house(boards)) as made:
        yield made


async def threads(home, actor) -> dict[str, list[str]]:
    """The titles that are left on each board."""
    return {
        slug: [
            row.thread.title
            for row in await home.services.threads.on_board(actor, slug)
        ]
        for slug in home.house.boards
    }


class TestRound:
    async def test_threads_go_after_their_boards_lifetime(self, home, maple):
        """Counted from the last post; a reply keeps a thread."""
        start, reply = home.services.threads.start, home.services.posts.reply
        silent = await start(maple, "day", "Silent", "A")
        talked = await start(maple, "day", "Talked", "A")
        for slug in ("week", "ever"):
            home.clock.move(seconds=10)
            await start(maple, slug, "Long", "A")
        home.clock.move(hours=23)
        await reply(maple, talked.id, "B")
        home.clock.move(hours=2)

        async with home.ear() as ear:
            await home.wired.janitor.round()
            assert await ear.taken() == [ThreadChanged("day", silent.id)]

        assert await threads(home, maple) == {
            "week": ["Long"],
            "day": ["Talked"],
            "ever": ["Long"],
        }

    async def test_at_the_moment_itself_a_thread_is_still_there(self, home, maple):
        """It is gone after its time, not within it."""
        await home.services.threads.start(maple, "day", "Bread", "A")
        home.clock.move(days=1)
        await home.wired.janitor.round()
        assert (await threads(home, maple))["day"] == ["Bread"]

        home.clock.move(seconds=1)
        await home.wired.janitor.round()

        assert (await threads(home, maple))["day"] == []

    async def test_pinned_threads_stay(self, home, maple, mossy):
        """Until they are let go; then their time is up."""
        thread = await home.services.threads.start(maple, "day", "Bread", "A")
        await home.services.order.pin(mossy, thread.id, True, "Useful")
        home.clock.move(days=300)
        await home.wired.janitor.round()
        assert (await threads(home, maple))["day"] == ["Bread"]

        await home.services.order.pin(mossy, thread.id, False, "Old")
        await home.wired.janitor.round()

        assert (await threads(home, maple))["day"] == []

    async def test_nothing_is_left_of_a_thread(self, home, maple, clover):
        """No post, no mark, no draft, and no copy in the write-ahead log."""
        thread = await home.services.threads.start(maple, "day", "Bread", "A")
        await home.services.threads.mark_read(clover, thread.id, 1)
        await home.services.drafts.save(clover, f"thread:{thread.id}", "", "Begun")
        home.clock.move(days=2)

        await home.wired.janitor.round()

        assert (home.folder / "house.db-wal").stat().st_size == 0
        rows = await home.rows()
        for table in ("threads", "posts", "reads", "drafts"):
            assert rows[table] == []

    async def test_drafts_go_after_a_day_and_leave_no_copy(self, home, maple):
        """Also when nothing else had to go."""
        await home.services.drafts.save(maple, "board:week", "T", "Old")
        home.clock.move(hours=1)
        await home.services.drafts.save(maple, "board:ever", "T", "Recent")
        home.clock.move(hours=23, seconds=1)

        await home.wired.janitor.round()

        assert (home.folder / "house.db-wal").stat().st_size == 0
        [draft] = (await home.rows())["drafts"]
        assert "board:ever" in draft

    async def test_codes_go_when_they_are_worth_nothing(self, home):
        """Used up or expired; a good one stays good."""
        create = home.services.invites.create
        await create(CONSOLE, 1, timedelta(hours=1), Role.MEMBER)
        used = await create(CONSOLE, 1, 7 * DAY, Role.MEMBER)
        good = await create(CONSOLE, 2, 7 * DAY, Role.MEMBER)
        await home.services.people.join(key_of("a"), used, "maple", "en")
        home.clock.move(days=1)

        await home.wired.janitor.round()

        assert len((await home.rows())["invites"]) == 1
        with pytest.raises(CodeRefused):
            await home.services.people.join(key_of("b"), used, "clover", "en")
        assert await home.services.people.join(key_of("b"), good, "clover", "en")


@pytest.fixture
async def running(home):
    """The janitor at work."""
    task = asyncio.create_task(home.wired.janitor.run())
    yield task
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


class TestRun:
    async def test_goes_round_at_the_start_and_every_ten_minutes(
        self, home, maple, running
    ):
        """What expires while the server runs goes too."""
        await home.services.threads.start(maple, "day", "Bread", "A")
        async with home.ear() as ear:
            await home.clock.until_asleep()
            assert home.clock.alarms == [EVERY.total_seconds()]
            home.clock.move(days=2)

            assert isinstance(await ear.next(), ThreadChanged)
            await home.clock.until_asleep()

        assert home.clock.alarms == [EVERY.total_seconds()]

    async def test_outlives_a_store_that_is_down(
        self, home, maple, running, caplog, monkeypatch
    ):
        """A full disk for a moment does not keep words for ever."""
        await home.services.threads.start(maple, "day", "Bread", "A")
        await home.clock.until_asleep()

        async def full(work):
            raise StoreDown

        with monkeypatch.context() as disk:
            disk.setattr(home.store, "write", full)
            home.clock.move(days=2)
            await home.clock.until_asleep()
        [record] = caplog.records
        assert (record.name, record.levelno) == ("bunniz.janitor", logging.WARNING)

        async with home.ear() as ear:
            home.clock.move(minutes=10)
            assert isinstance(await ear.next(), ThreadChanged)

        assert (await threads(home, maple))["day"] == []

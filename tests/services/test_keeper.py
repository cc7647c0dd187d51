"""Lines go by themselves, and nobody is woken for nothing."""

import asyncio
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from bunniz_bbs.domain.events import LineSaid, LinesGone, TimersTicked
from tests.services.still import settle

MINUTE = timedelta(minutes=1)


@asynccontextmanager
async def keeping(home):
    """The keeper at work, until the block ends."""
    task = asyncio.create_task(home.wired.keeper.run())
    await settle()
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def heard(ear) -> list[object]:
    """What was heard of lines and timers, once everything has run that can."""
    await settle()
    wanted = (LinesGone, TimersTicked)
    return [one for one in await ear.taken() if isinstance(one, wanted)]


class TestGoing:
    async def test_a_line_goes_at_zero(self, home, maple):
        """From memory and from all screens, at its moment and not before."""
        async with keeping(home), home.ear() as ear:
            line = await home.services.rooms.say(maple, "lounge", "A", timer=MINUTE)
            await settle()
            home.clock.move(seconds=59)
            early = await heard(ear)
            left = list(home.wired.held.of("lounge").lines)
            home.clock.move(seconds=1)

            assert await heard(ear) == [LinesGone("lounge", (line.id,))]

        assert early == [TimersTicked("lounge")]
        assert left == [line.id]
        assert not home.wired.held.of("lounge").lines

    async def test_a_line_without_a_timer_goes_after_an_hour(self, home, maple):
        """Without a tick on the way: nothing about it is shown."""
        async with keeping(home), home.ear() as ear:
            line = await home.services.rooms.say(maple, "lounge", "A")
            await settle()
            home.clock.move(minutes=59)
            assert await heard(ear) == []
            home.clock.move(minutes=1)

            assert await heard(ear) == [LinesGone("lounge", (line.id,))]

    async def test_a_shorter_timer_that_comes_later_is_kept(self, home, maple):
        """The keeper looks again with each new line."""
        async with keeping(home), home.ear() as ear:
            await home.services.rooms.say(maple, "lounge", "Long")
            await settle()
            short = await home.services.rooms.say(
                maple, "lounge", "Short", timer=timedelta(seconds=5)
            )
            await settle()
            home.clock.move(seconds=5)

            assert await heard(ear) == [LinesGone("lounge", (short.id,))]

    async def test_each_room_by_itself(self, home, mossy):
        """A line in one room is no news in another."""
        async with keeping(home), home.ear() as ear:
            await home.services.rooms.say(mossy, "lounge", "A", timer=MINUTE)
            there = await home.services.rooms.say(
                mossy, "office", "B", timer=2 * MINUTE
            )
            await settle()
            home.clock.move(minutes=1)
            await heard(ear)
            home.clock.move(minutes=1)

            assert LinesGone("office", (there.id,)) in await heard(ear)

    async def test_a_late_keeper_makes_up_for_it(self, home, maple):
        """After a machine slept, everything that was due goes at once."""
        async with home.ear() as ear:
            lines = [
                await home.services.rooms.say(maple, "lounge", text, timer=MINUTE)
                for text in ("A", "B")
            ]
            home.clock.move(hours=5)
            await ear.taken()
            async with keeping(home):
                assert await heard(ear) == [
                    LinesGone("lounge", tuple(line.id for line in lines))
                ]


class TestTicking:
    async def test_a_line_taken_out_at_that_moment_swallows_no_tick(self, home, maple):
        """Two things due at once are both told of."""
        async with keeping(home), home.ear() as ear:
            rooms = home.services.rooms
            await rooms.say(maple, "lounge", "A", timer=10 * MINUTE)
            other = await rooms.say(maple, "lounge", "B")
            await settle()
            await ear.taken()
            home.clock.move(minutes=1)
            await rooms.take_out(other)

            assert TimersTicked("lounge") in await heard(ear)

    async def test_a_timer_ticks_when_it_reads_differently(self, home, maple):
        """Ten minutes tick each minute, and the last minute in tens of seconds."""
        ticks = 0
        async with keeping(home), home.ear() as ear:
            await home.services.rooms.say(maple, "lounge", "A", timer=10 * MINUTE)
            await settle()
            for _ in range(9 * 60):
                home.clock.move(seconds=1)
                ticks += len(await heard(ear))
            assert ticks == 9
            for _ in range(59):
                home.clock.move(seconds=1)
                ticks += len(await heard(ear))

        assert ticks == 9 + 5

    async def test_saying_something_is_not_a_tick(self, home, maple, clover):
        """A busy room with one timed line does not paint everything twice."""
        async with keeping(home), home.ear() as ear:
            await home.services.rooms.say(maple, "lounge", "A", timer=10 * MINUTE)
            await settle()
            for _ in range(4):
                await home.services.rooms.say(clover, "lounge", "B")
                assert await heard(ear) == []

            home.clock.move(minutes=1)

            assert await heard(ear) == [TimersTicked("lounge")]

    async def test_a_tick_that_was_due_is_not_talked_over(self, home, maple, clover):
        """A line said at that very moment does not swallow it."""
        async with keeping(home), home.ear() as ear:
            await home.services.rooms.say(maple, "lounge", "A", timer=10 * MINUTE)
            await settle()
            await ear.taken()
            home.clock.move(minutes=1)
            await home.services.rooms.say(clover, "lounge", "B")

            assert await heard(ear) == [TimersTicked("lounge")]


class TestResting:
    async def test_rooms_without_lines_have_no_timer(self, home, maple):
        """Nothing wakes the server while nobody talks."""
        async with keeping(home):
            assert home.clock.alarms == []

            await home.services.rooms.say(maple, "lounge", "A")
            await settle()
            assert home.clock.alarms == [3600.0]
            home.clock.move(hours=1)
            await settle()

            assert home.clock.alarms == []

    async def test_a_room_waits_for_one_moment_at_a_time(self, home, maple):
        """However many lines there are."""
        async with keeping(home):
            for seconds in (100, 50, 200):
                await home.services.rooms.say(
                    maple, "lounge", "A", timer=timedelta(seconds=seconds)
                )
                await settle()

            assert len(home.clock.alarms) == 1


async def test_what_is_said_is_heard_before_it_goes(home, maple):
    """In this order, also when both happen at once."""
    async with keeping(home), home.ear() as ear:
        line = await home.services.rooms.say(
            maple, "lounge", "A", timer=timedelta(seconds=5)
        )
        await settle()
        home.clock.move(seconds=5)
        await settle()
        events = await ear.taken()

    assert events.index(LineSaid(line)) < events.index(LinesGone("lounge", (line.id,)))

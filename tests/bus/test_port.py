import asyncio

from bunniz_bbs.bus.memory import DEPTH
from bunniz_bbs.bus.ports import (
    HOUSE,
    board_topic,
    person_topic,
    presence_topic,
    room_topic,
    stir_topic,
)
from bunniz_bbs.domain.ids import AccountId, BoardSlug, RoomSlug
from tests.bus.nodes import event, queued


class TestPublish:
    async def test_reaches_all_who_listen_in_order(self, bus):
        """Each listener hears all events of all its topics as they were published."""
        async with bus.subscribe(["a", "b"]) as one, bus.subscribe(["b"]) as other:
            for number, topic in enumerate("abcab"):
                await bus.publish(topic, event(number))

            assert await queued(one) == [0, 1, 3, 4]
            assert await queued(other) == [1, 4]

    async def test_without_a_listener_is_nothing(self, bus):
        """Nobody has to be there, and nobody hears it later."""
        await bus.publish("a", event(1))

        async with bus.subscribe(["a"]) as heard:
            assert await queued(heard) == []

    async def test_never_waits_for_a_listener(self, bus):
        """Whoever does not take their events holds nobody up."""
        async with bus.subscribe(["a"]) as slow, bus.subscribe(["a"]) as quick:
            for number in range(DEPTH * 3):
                await bus.publish("a", event(number))
                assert await queued(quick) == [number]

            assert None in await queued(slow)


class TestNext:
    async def test_waits_for_an_event(self, bus):
        """And is woken by the first."""
        async with bus.subscribe(["a"]) as heard:
            waiting = asyncio.create_task(heard.next())
            await asyncio.sleep(0)
            assert not waiting.done()

            await bus.publish("a", event(1))

            assert await waiting == event(1)

    async def test_a_wait_that_was_given_up_loses_nothing(self, bus):
        """The next one gets the event."""
        async with bus.subscribe(["a"]) as heard:
            waiting = asyncio.create_task(heard.next())
            await asyncio.sleep(0)
            waiting.cancel()
            await bus.publish("a", event(1))

            assert await heard.next() == event(1)


class TestOverflow:
    async def test_a_full_queue_is_kept(self, bus):
        """As many events as it is deep, and nothing is lost."""
        async with bus.subscribe(["a"]) as heard:
            for number in range(DEPTH):
                await bus.publish("a", event(number))

            assert await queued(heard) == list(range(DEPTH))

    async def test_one_more_loses_them_all_and_says_so_once(self, bus):
        """What came last is heard after the None."""
        async with bus.subscribe(["a"]) as heard:
            for number in range(DEPTH + 3):
                await bus.publish("a", event(number))

            assert await queued(heard) == [None, DEPTH, DEPTH + 1, DEPTH + 2]

    async def test_it_stays_bounded_for_ever(self, bus):
        """One None at most, at the front, and never more events than it is deep."""
        async with bus.subscribe(["a"]) as heard:
            for number in range(DEPTH * 10 + 7):
                await bus.publish("a", event(number))

            left = await queued(heard)

            assert len(left) <= DEPTH
            assert left[0] is None
            assert left.count(None) == 1
            assert left[1:] == sorted(left[1:])
            assert left[-1] == DEPTH * 10 + 6


class TestListen:
    async def test_topics_change_while_listening(self, bus):
        """From then on exactly the new ones; what was queued already is heard."""
        async with bus.subscribe(["a", "b"]) as heard:
            await bus.publish("a", event(1))
            heard.listen(["b", "c"])
            for number, topic in enumerate("abc", 2):
                await bus.publish(topic, event(number))

            assert await queued(heard) == [1, 3, 4]

    async def test_a_topic_named_twice_is_heard_once(self, bus):
        """Also when the same topics are asked for again."""
        async with bus.subscribe(["a", "a"]) as heard:
            heard.listen(["a", "a"])
            await bus.publish("a", event(1))

            assert await queued(heard) == [1]

    async def test_nothing_is_heard_after_the_end(self, bus):
        """A session that asks for topics while it is torn down does not come back."""
        async with bus.subscribe(["a"]) as heard:
            pass

        heard.listen(["a"])
        await bus.publish("a", event(1))

        assert await queued(heard) == []

    async def test_one_may_leave_while_an_event_is_handed_out(self, bus):
        """The others hear it all the same."""
        async with bus.subscribe(["a"]) as one, bus.subscribe(["a"]) as other:

            async def leave() -> None:
                await one.next()
                one.listen([])

            leaving = asyncio.create_task(leave())
            await asyncio.sleep(0)
            await bus.publish("a", event(1))
            await leaving
            await bus.publish("a", event(2))

            assert await queued(other) == [1, 2]
            assert await queued(one) == []


def test_topics_of_different_things_never_meet():
    """A board and a room may be called the same."""
    topics = {
        HOUSE,
        room_topic(RoomSlug("house")),
        stir_topic(RoomSlug("house")),
        presence_topic(RoomSlug("house")),
        board_topic(BoardSlug("house")),
        person_topic(AccountId("house")),
    }

    assert len(topics) == 6


class TestAlone:
    async def test_a_node_that_is_alone_is_whole(self, bus):
        """What is published reaches all other nodes: there are none."""
        assert bus.whole

    async def test_a_node_has_a_name(self, bus):
        """And keeps it."""
        assert bus.node
        assert bus.node == bus.node

    async def test_what_is_told_is_heard_here(self, bus):
        """By whoever listens, like what is published."""
        async with bus.subscribe(["a"]) as heard:
            bus.tell("a", event(1))
            await bus.publish("a", event(2))
            bus.tell("b", event(3))

            assert await queued(heard) == [1, 2]

    async def test_nobody_is_told_of_what_they_published(self, bus, probe):
        """Services have done it already."""
        await bus.publish("a", event(1))
        bus.tell("a", event(2))
        await asyncio.sleep(0)

        assert probe.taken == []

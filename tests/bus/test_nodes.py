"""Several nodes of a house that hear each other."""

import asyncio
import logging
import time
from datetime import timedelta

import pytest

from bunniz_bbs.bus import link
from bunniz_bbs.bus.outbox import MOST_WAITING
from bunniz_bbs.domain.events import LineSaid
from tests.bus.nodes import (
    ROOM,
    a_line,
    a_node,
    event,
    number_of,
    queued,
    some_nodes,
    until,
)

pytestmark = pytest.mark.usefixtures("hasty")


class TestPublish:
    async def test_all_nodes_hear_each_event_once_in_its_senders_order(self, broker):
        """However many speak at once; and the sender only what it said itself."""
        async with some_nodes(broker.url, 3) as nodes:

            async def speak(who: int) -> None:
                for number in range(300):
                    await nodes[who].publish(who * 1000 + number)
                    if number % 7 == 0:
                        await asyncio.sleep(0)

            await asyncio.gather(*map(speak, range(3)))
            for node in nodes:
                await until(lambda node=node: len(node.probe.taken) >= 600)

            for who, node in enumerate(nodes):
                for other in range(3):
                    heard = [n for n in node.probe.numbers() if n // 1000 == other]
                    expected = range(other * 1000, other * 1000 + 300)
                    assert heard == (list(expected) if other != who else [])

    async def test_it_is_heard_elsewhere_within_a_second(self, broker):
        """By whoever listens there."""
        async with some_nodes(broker.url) as (one, two):
            begun = time.monotonic()
            await one.publish(1)

            async with asyncio.timeout(1):
                assert await two.heard.next() == event(1)

            assert time.monotonic() - begun < 1

    async def test_a_node_takes_an_event_in_before_its_listeners_hear_it(self, broker):
        """So what they load then has it already."""
        async with some_nodes(broker.url) as (one, two):
            waiting = []
            two.probe.on_take = lambda _: waiting.append(list(two.heard._queue))
            for number in range(5):
                await one.publish(number)
            await until(lambda: len(two.probe.taken) == 5)

            assert [len(one) for one in waiting] == list(range(5))
            assert await queued(two.heard) == list(range(5))

    async def test_what_is_told_stays_here(self, broker):
        """The other nodes do not hear it, and it leaves no gap."""
        async with some_nodes(broker.url) as (one, two):
            one.bus.tell(ROOM, event(1))
            await one.publish(2)
            await until(lambda: two.probe.taken)

            assert two.probe.numbers() == [2]
            assert await queued(one.heard) == [1, 2]
            assert two.probe.turns == []

    async def test_five_thousand_events_in_a_second_are_all_heard(self, broker):
        """Or whoever misses some is told so; here nobody does."""
        async with some_nodes(broker.url) as (one, two):
            begun = time.monotonic()
            for turn in range(50):
                for number in range(100):
                    await one.publish(turn * 100 + number)
                await asyncio.sleep(0.02)
            spent = time.monotonic() - begun
            await until(lambda: len(two.probe.taken) >= 5000)

            assert two.probe.numbers() == list(range(5000))
            assert one.bus.whole
            assert two.bus.whole
            assert spent < 4

    async def test_more_at_once_than_can_wait_is_said_to_be_missing(self, broker):
        """What is heard is in order, and listeners are told to load again."""
        async with some_nodes(broker.url) as (one, two):
            one.probe.holds = [(ROOM, event(-7))]
            for number in range(MOST_WAITING + 500):
                await one.publish(number)
            await until(lambda: -7 in two.probe.numbers() and two.startled)
            await until(lambda: len(two.probe.taken) > MOST_WAITING)

            numbers = two.probe.numbers()
            numbers.remove(-7)
            assert numbers == list(range(MOST_WAITING))
            assert None in await queued(two.heard)
            await one.publish(99_999)
            await until(lambda: two.probe.numbers()[-1] == 99_999)

    async def test_a_node_that_cannot_follow_is_told_so(
        self, broker, monkeypatch, caplog
    ):
        """What it lost it asks for, and its listeners load again."""
        monkeypatch.setattr(link, "PENDING_MESSAGES", 4)
        async with some_nodes(broker.url) as (one, two):
            one.probe.holds = [(ROOM, event(-7))]
            for number in range(1000):
                await one.publish(number)
                await asyncio.sleep(0)
            # The loop was busy sending: much has come at once.
            time.sleep(0.1)  # noqa: ASYNC251 - that is the point
            for number in range(1000, 1100):
                await one.publish(number)
                await asyncio.sleep(0)
            await until(lambda: -7 in two.probe.numbers() and two.startled)

            live = [number for number in two.probe.numbers() if number != -7]
            assert live == sorted(set(live))
            assert len(live) < 1100
            assert await two.heard.next() is None
            assert "messages came faster" in caplog.text


class TestAccounts:
    async def test_one_that_comes_later_hears_what_the_others_hold(self, broker):
        """Before it is whole, however much it is; its listeners load once."""
        held = [(ROOM, event(number)) for number in range(3000)]
        async with (
            a_node(broker.url, holds=held) as one,
            a_node(broker.url, whole=False) as two,
        ):
            await until(lambda: two.bus.whole)

            assert two.probe.numbers() == list(range(3000))
            assert two.probe.turns == ["joined"]
            assert await queued(two.heard) == [None]
            assert one.bus.whole

    async def test_the_others_hear_what_a_newcomer_holds(self, broker):
        """It may have been here before."""
        async with a_node(broker.url) as one:
            async with a_node(broker.url, holds=[(ROOM, event(5))]):
                await until(lambda: one.startled)

            assert one.probe.numbers() == [5]
            assert one.probe.turns == ["joined"]
            assert await queued(one.heard) == [None]

    async def test_a_newcomer_with_nothing_disturbs_nobody(self, broker):
        """Listeners have nothing to load."""
        async with a_node(broker.url) as one:
            async with a_node(broker.url) as two:
                await one.publish(1)
                await until(lambda: two.probe.taken)
                await two.publish(2)
                await until(lambda: one.probe.taken)

            assert await queued(one.heard) == [1, 2]
            assert one.probe.turns == ["joined"]

    async def test_what_happens_meanwhile_is_heard_after_the_account(self, broker):
        """So what was held when the account was given never undoes it."""
        held = [(ROOM, event(number)) for number in range(5000)]
        async with (
            a_node(broker.url, holds=held) as one,
            a_node(broker.url, whole=False) as two,
        ):
            await until(lambda: two.probe.taken)
            for number in range(5000, 5100):
                await one.publish(number)
            await until(lambda: len(two.probe.taken) >= 5100)

            assert two.probe.numbers() == list(range(5100))

    async def test_a_mistake_in_taking_an_event_is_not_the_end(self, broker, caplog):
        """It is said, without the event; listeners load again and others go on."""
        async with some_nodes(broker.url) as (one, two):
            one.probe.holds = [(ROOM, event(-7))]

            def fail(one) -> None:
                if number_of(one) == 1:
                    raise LookupError("canary")

            two.probe.on_take = fail
            await one.publish(1)
            await until(lambda: two.startled)
            await one.publish(2)
            await until(lambda: 2 in two.probe.numbers())

            assert -7 in two.probe.numbers()
            assert two.bus.whole
            assert "LookupError at" in caplog.text
            assert "canary" not in caplog.text


class TestGoodbye:
    async def test_one_that_stops_is_gone_at_once(self, broker):
        """The others need not wait for its silence."""
        async with some_nodes(broker.url) as (one, two):
            begun = time.monotonic()
            await two.bus.close()
            closed = time.monotonic()
            await until(lambda: one.probe.gone)

            assert one.probe.gone == [two.bus.node]
            assert closed - begun < 1
            assert time.monotonic() - begun < 2
            assert one.bus.whole
            assert not two.bus.whole

    async def test_publishing_after_the_end_is_heard_here_alone(self, broker):
        """A session may still be on its way out."""
        async with some_nodes(broker.url) as (one, two):
            await two.bus.close()
            await two.publish(1)

            assert await queued(two.heard) == [1]
            assert one.probe.taken == []


class TestClocks:
    async def test_a_node_whose_clock_is_wrong_shows_a_line_rightly(self, broker):
        """As old as it is, and gone after the same time."""
        skew = timedelta(hours=-1)
        async with (
            a_node(broker.url) as right,
            a_node(broker.url, skew=skew) as wrong,
        ):
            now = right.bus._clock.now()
            said = a_line(
                sent_at=now - timedelta(seconds=3),
                expires_at=now + timedelta(seconds=60),
            )
            await right.bus.publish(ROOM, said)
            await until(lambda: wrong.probe.taken)

            heard = wrong.probe.taken[0][1]
            assert isinstance(heard, LineSaid)
            off_sent = heard.line.sent_at - (said.line.sent_at + skew)
            off_expires = heard.line.expires_at - (said.line.expires_at + skew)
            assert timedelta() <= off_sent < timedelta(seconds=1)
            assert timedelta() <= off_expires < timedelta(seconds=1)


class TestSecrets:
    async def test_nodes_with_different_secrets_do_not_understand_each_other(
        self, broker, caplog
    ):
        """Each says so once, and goes on by itself."""
        caplog.set_level(logging.INFO)
        async with (
            a_node(broker.url) as one,
            a_node(broker.url, secret=bytes(32)) as two,
        ):
            await one.publish(1)
            await two.publish(2)
            await until(lambda: caplog.text.count("cannot be opened") >= 2)
            for node in (one, two):
                await until(lambda node=node: node.bus._speaker._number > 4)

            assert (one.probe.taken, two.probe.taken) == ([], [])
            assert one.bus.whole
            assert two.bus.whole
            assert caplog.text.count("cannot be opened") == 2

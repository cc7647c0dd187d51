"""Two nodes whose clocks are an hour apart."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bunniz_bbs.domain.ids import KeyDigest, RoomSlug
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.store.postgres import open_postgres
from bunniz_bbs.wiring.clock import SharedClock, SystemClock
from bunniz_bbs.wiring.stores import clock_of
from tests.bus.brokers import Broker
from tests.bus.nodes import until
from tests.nodes.node import Node, all_whole
from tests.services.houses import a_house
from tests.store.server import Server

LOUNGE = RoomSlug("lounge")


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_timer_runs_as_long_on_every_node(
    server: Server, broker: Broker, hours: int
) -> None:
    """A line of ten minutes has ten minutes on a node whose clock is an hour off."""
    name = await server.create()
    url = server.url(name, tcp=True)
    right = await Node.start(url, broker.url, a_house())
    wrong = await Node.start(url, broker.url, a_house(), timedelta(hours=hours))
    try:
        await all_whole(right, wrong)
        who = Actor.of(
            await right.services.people.add(
                CONSOLE, "lune", KeyDigest(b"k" * 32), Role.MEMBER, "en"
            )
        )
        for sender, reader in ((right, wrong), (wrong, right)):
            said = await sender.services.rooms.say(
                who, LOUNGE, "timed", timer=timedelta(minutes=10)
            )
            lines = reader.wired.held.of(LOUNGE).lines
            await until(lambda said=said, lines=lines: said.id in lines)
            heard = lines[said.id]

            left = heard.expires_at - reader.clock.now()
            assert abs(left - timedelta(minutes=10)) < timedelta(seconds=5)
            assert abs(heard.sent_at - reader.clock.now()) < timedelta(seconds=5)
    finally:
        await right.stop()
        await wrong.stop()
    await server.drop(name)


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_node_goes_by_the_databases_clock(
    server: Server, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    """Whatever its own machine says, and for as long as the database can be asked."""
    name = await server.create()
    store = await open_postgres(server.url(name))
    monkeypatch.setattr(
        SystemClock, "now", lambda self: datetime.now(UTC) + timedelta(hours=hours)
    )
    try:
        clock = await clock_of(store)

        assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=2)
        await asyncio.to_thread(server.kill)
        assert isinstance(clock, SharedClock)
        await clock.set()
        assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=10)
    finally:
        await asyncio.to_thread(server.start)
        await store.close()
    await server.drop(name)

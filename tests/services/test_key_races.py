"""Two come with one code at once, on one node or on two: exactly one comes in."""

import asyncio

import pytest

from bunniz_bbs.bus.memory import MemoryBus
from bunniz_bbs.domain.errors import LastKey
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.services import Services
from bunniz_bbs.services.keys import Opened, handle
from bunniz_bbs.store.ports import Store
from bunniz_bbs.wiring import build
from tests.services.houses import a_house
from tests.services.living import PEPPER, key_of
from tests.services.may_keys import public_key
from tests.services.still import StillClock
from tests.store.conftest import database, nodes, path, server, sqlite, three

__all__ = ["database", "nodes", "path", "server", "sqlite", "three"]

ROUNDS = 5


@pytest.fixture
def on(nodes: list[Store]) -> list[Services]:
    """Four ways in, spread over the nodes."""
    house, clock = a_house(), StillClock()
    return [
        build(store, MemoryBus(), clock, house, PEPPER).services
        for store in (nodes * 4)[:4]
    ]


async def a_member(on: list[Services], name: str) -> Actor:
    """Somebody with a key."""
    account = await on[0].people.add(CONSOLE, name, key_of(name), Role.MEMBER, "en")
    return Actor.of(account)


@pytest.mark.parametrize("kind", ["device", "recovery", "reset"])
async def test_one_code_lets_one_key_in(on, kind):
    """The others are answered as if it were used, and it is."""
    for number in range(ROUNDS):
        maple = await a_member(on, f"maple {number}")
        if kind == "device":
            code, _ = await on[0].keys.device_code(maple)
        elif kind == "reset":
            _, code, _ = await on[0].keys.reset(CONSOLE, maple.name)
            on[0].clock.move(hours=24)
        else:
            code = (await on[0].keys.recovery_codes(maple))[0]

        answers = await asyncio.gather(
            *(
                services.keys.open_with(key_of(f"{number} {at}"), code)
                for at, services in enumerate(on)
            )
        )

        assert sum(isinstance(one, Opened) for one in answers) == 1
        assert answers.count(None) == 3
        kept = await on[0].keys.list(maple)
        assert len(kept) == (2 if kind == "device" else 1)


async def test_two_keys_that_revoke_each_other_leave_one(on):
    """Nobody locks themselves out by pressing the same key on two devices."""
    for number in range(ROUNDS):
        maple = await a_member(on, f"maple {number}")
        await on[0].keys.add(maple, public_key(), "other")
        keys = await on[0].keys.list(maple)

        answers = await asyncio.gather(
            *(
                services.keys.revoke(maple, handle(key))
                for services, key in zip(on[:2], keys, strict=True)
            ),
            return_exceptions=True,
        )

        assert sum(isinstance(one, LastKey) for one in answers) == 1
        assert len(await on[0].keys.list(maple)) == 1

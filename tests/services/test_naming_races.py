"""Two take one name at once, or one writes while renamed: on one node or on two."""

import asyncio

import pytest

from bunniz_bbs.bus.memory import MemoryBus
from bunniz_bbs.domain.errors import NameTaken
from bunniz_bbs.domain.people import CONSOLE, Account, Actor, Role
from bunniz_bbs.services import Services
from bunniz_bbs.store.ports import Store
from bunniz_bbs.wiring import build
from tests.services.houses import a_house
from tests.services.living import PEPPER, key_of
from tests.services.still import StillClock
from tests.store.conftest import database, nodes, path, server, sqlite, three

__all__ = ["database", "nodes", "path", "server", "sqlite", "three"]

ROUNDS = 5


@pytest.fixture
def on(nodes: list[Store]) -> list[Services]:
    """Two ways in, on two nodes where there are two."""
    house, clock = a_house(), StillClock()
    return [
        build(store, MemoryBus(), clock, house, PEPPER).services
        for store in (nodes * 2)[:2]
    ]


async def a_member(on: list[Services], name: str) -> Actor:
    """Somebody with a key."""
    account = await on[0].people.add(CONSOLE, name, key_of(name), Role.MEMBER, "en")
    return Actor.of(account)


async def test_one_of_two_gets_the_name(on):
    """Exactly one is called so; the other is told."""
    for number in range(ROUNDS):
        people = [await a_member(on, f"{one} {number}") for one in ("maple", "clover")]

        answers = await asyncio.gather(
            *(
                services.naming.rename(person, f"Birch {number}")
                for services, person in zip(on, people, strict=True)
            ),
            return_exceptions=True,
        )

        assert sum(isinstance(one, Account) for one in answers) == 1
        assert sum(isinstance(one, NameTaken) for one in answers) == 1


async def test_a_post_of_that_moment_bears_the_new_name(on):
    """Whichever comes first, no post keeps the former one."""
    for number in range(ROUNDS):
        maple = await a_member(on, f"maple {number}")
        thread = await on[0].threads.start(maple, "general", "Bread", "First.")

        await asyncio.gather(
            on[1].posts.reply(maple, thread.id, "Second."),
            on[0].naming.rename(maple, f"Birch {number}"),
        )

        view = await on[0].threads.open(maple, thread.id)
        assert {one.author_name for one in view.posts} == {f"Birch {number}"}

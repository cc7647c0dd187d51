"""Two use one thing up at once: exactly one gets it, on both databases."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from bunniz_bbs.bus.memory import MemoryBus
from bunniz_bbs.domain.admission import Admission, InviteRule
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.services import Services
from bunniz_bbs.store.ports import Store
from bunniz_bbs.wiring import build
from tests.services.houses import a_house
from tests.services.living import PEPPER, key_of
from tests.services.still import StillClock
from tests.store.conftest import database, nodes, path, server, sqlite, three

__all__ = ["database", "nodes", "path", "server", "sqlite", "three"]

ROUNDS = 5
WEEK = timedelta(days=7)


@pytest.fixture
async def house(nodes: list[Store]) -> list[Services]:
    """Four ways into one house, on its nodes; members may have one open invite."""
    described, clock = a_house(), StillClock()
    described.admission = Admission(invites=InviteRule(lowest=Role.MEMBER, most=1))
    return [
        build(store, MemoryBus(), clock, described, PEPPER).services
        for store in (nodes * 4)[:4]
    ]


def counted(answers: list[object]) -> Counter[str]:
    """How many got it, and why the others did not; a fault of ours is raised."""
    for one in answers:
        if isinstance(one, BaseException) and not isinstance(one, BunnizError):
            raise one
    return Counter(
        type(one).__name__ if isinstance(one, BunnizError) else "done"
        for one in answers
    )


async def member(services: Services, name: str, role: Role = Role.MEMBER) -> Actor:
    people = services.people
    return Actor.of(await people.add(CONSOLE, name, key_of(name), role, "en"))


async def test_over_a_code_for_one(house: list[Services]) -> None:
    """One comes in, and is known to have come through its maker."""
    mossy = await member(house[0], "mossy", Role.MODERATOR)
    for number in range(ROUNDS):
        code = await house[0].invites.create(mossy, 1, WEEK, Role.MEMBER)
        names = [f"fern {'abcde'[number]}{'abcd'[at]}" for at in range(4)]

        answers = await asyncio.gather(
            *(
                on.people.join(key_of(name), code, name, "en")
                for on, name in zip(house, names, strict=True)
            ),
            return_exceptions=True,
        )

        assert counted(answers) == {"done": 1, "CodeRefused": 3}
        [came] = [one for one in answers if not isinstance(one, BaseException)]
        person = await house[0].trust.person(mossy, came.name)
        assert person.standing is not None
        assert person.standing.inviter == "mossy"


async def test_over_the_last_invite(house: list[Services]) -> None:
    """Whoever asks on four screens at once gets no more than the rule says."""
    maple = await member(house[0], "maple")
    for _ in range(ROUNDS):
        answers = await asyncio.gather(
            *(one.invites.create(maple, 1, WEEK, Role.MEMBER) for one in house),
            return_exceptions=True,
        )

        assert counted(answers) == {"done": 1, "TooMany": 3}
        assert await house[0].invites.withdraw_all(maple) == 1


async def test_over_a_badge(house: list[Services]) -> None:
    """Two of the team at once: one proposes, the other confirms."""
    await member(house[0], "maple")
    team = [
        await member(on, f"mossy {'abcd'[at]}", Role.MODERATOR)
        for at, on in enumerate(house[:2])
    ]
    for _ in range(ROUNDS):
        made = await asyncio.gather(
            *(
                on.badges.give(actor, "maple", "UTSOPI")
                for on, actor in zip(house, team, strict=False)
            )
        )

        assert sorted(one.given_on is not None for one in made) == [False, True]
        await house[0].badges.remove(team[0], "maple")

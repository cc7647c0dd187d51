"""Two of the team decide at once: one does, and the other is told that it is done."""

import asyncio
from collections import Counter
from dataclasses import replace

import pytest

from bunniz_bbs.bus.memory import MemoryBus
from bunniz_bbs.domain.boards import Premod
from bunniz_bbs.domain.errors import NotHere
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.domain.team import HeldPost
from bunniz_bbs.services import Services
from bunniz_bbs.store.ports import Store
from bunniz_bbs.wiring import build
from tests.services.houses import BOARDS, a_board, a_house
from tests.services.living import PEPPER, key_of
from tests.services.still import StillClock
from tests.store.conftest import database, nodes, path, server, sqlite, three

__all__ = ["database", "nodes", "path", "server", "sqlite", "three"]

ROUNDS = 5
QUESTIONS = a_board("questions", read=Role.GUEST, post=Role.GUEST, premod=Premod.GUEST)


@pytest.fixture
async def team(nodes: list[Store]) -> list[tuple[Services, Actor]]:
    """Four moderators, each on one of the nodes."""
    house, clock = a_house((*BOARDS, QUESTIONS)), StillClock()
    on = [
        build(store, MemoryBus(), clock, house, PEPPER).services
        for store in (nodes * 4)[:4]
    ]
    found = []
    for number, services in enumerate(on):
        account = await services.people.add(
            CONSOLE, f"mossy {number}", key_of(f"{number}"), Role.MODERATOR, "en"
        )
        found.append((services, Actor.of(account)))
    return found


def counted(answers: list[object]) -> Counter[str]:
    """How many decided, and how many came too late; anything else is raised."""
    for one in answers:
        if isinstance(one, BaseException) and not isinstance(one, NotHere):
            raise one
    return Counter("late" if isinstance(one, NotHere) else "decided" for one in answers)


async def test_over_a_person(team, nodes):
    """Whether they are let in or turned away, it is one of the two."""
    services, _ = team[0]
    for number in range(ROUNDS):
        name = f"robin {number}"
        account = await services.people.add(
            CONSOLE, name, key_of(name), Role.GUEST, "en"
        )
        robin = account.id
        await nodes[0].write(lambda tx, one=robin: tx.accounts.set_waiting(one, True))

        answers = await asyncio.gather(
            *(
                on.team.approve(actor, name)
                if at % 2
                else on.team.decline(actor, name, "Why")
                for at, (on, actor) in enumerate(team)
            ),
            return_exceptions=True,
        )

        left = await nodes[0].read(lambda tx, one=robin: tx.accounts.get(one))
        turned_away = left is None
        late = [one for one in answers if isinstance(one, BaseException)]
        assert len(late) == 3
        if not turned_away:
            assert counted(answers) == {"decided": 1, "late": 3}
            assert left == replace(
                account,
                role=Role.MEMBER,
                settles_on=left.settles_on,
                new_until=left.new_until,
            )


async def test_over_a_post(team, nodes):
    """It is on its board once, or not at all, and once in the log."""
    services, moderator = team[0]
    gorse = Actor.of(
        await services.people.add(CONSOLE, "gorse", key_of("g"), Role.GUEST, "en")
    )
    for number in range(ROUNDS):
        services.clock.move(minutes=1)
        held = await services.threads.start(
            gorse, "questions", f"Bread {number}", "How?"
        )
        assert isinstance(held, HeldPost)
        before = len(await services.threads.on_board(moderator, "questions"))

        answers = await asyncio.gather(
            *(
                on.team.publish(actor, held.id)
                if at % 2
                else on.team.refuse(actor, held.id, "Why")
                for at, (on, actor) in enumerate(team)
            ),
            return_exceptions=True,
        )

        assert counted(answers) == {"decided": 1, "late": 3}
        after = len(await services.threads.on_board(moderator, "questions"))
        newest = (await services.moderation.log(moderator))[0]
        assert after - before == (newest.act.value == "publish")
    assert len(await services.moderation.log(moderator)) == ROUNDS

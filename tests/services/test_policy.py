"""Every use case of every service, asked by every role."""

import asyncio
import inspect
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from bunniz_bbs.domain.errors import NotAllowed, NotFound, NothingKept
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.services import Services
from tests.services.houses import a_house
from tests.services.living import Living, living
from tests.services.may import (
    BEFORE,
    INSIDE,
    PASSERS_MAY,
    UP_TO_DRAFTS,
    Call,
    May,
)
from tests.services.may_admission import ADMISSION
from tests.services.may_keys import KEYS
from tests.services.may_labels import LABELS
from tests.services.may_news import NEWS
from tests.services.may_order import ORDER
from tests.services.may_own import OWN
from tests.services.may_profiles import NOTES, PROFILES
from tests.services.may_reactions import REACTIONS
from tests.services.may_rooms import FROM_ROOMS_ON
from tests.services.may_team import TEAM
from tests.services.may_trust import TRUST
from tests.services.scene import Scene, a_scene, talk

TABLE = (
    *UP_TO_DRAFTS,
    *FROM_ROOMS_ON,
    *ORDER,
    *REACTIONS,
    *TEAM,
    *KEYS,
    *TRUST,
    *ADMISSION,
    *PROFILES,
    *NOTES,
    *NEWS,
    *OWN,
    *LABELS,
)
rows = pytest.mark.parametrize("row", TABLE, ids=str)
NOT_SERVICES = {"house", "clock", "bus"}


def methods(services: Services) -> dict[str, Any]:
    """Every public method of every service, as `service.method`."""
    found = {}
    for field in fields(services):
        if field.name not in NOT_SERVICES:
            service = getattr(services, field.name)
            for name, method in inspect.getmembers(type(service), inspect.isfunction):
                if not name.startswith("_"):
                    found[f"{field.name}.{name}"] = method
    return found


async def ask(call: Call, scene, role: Role) -> None:
    """Let somebody of a role ask a service."""
    await ask_as(scene.people[role], call, scene)


async def ask_as(actor: Actor, call: Call, scene) -> None:
    """Ask a service, whether it answers at once or in a while."""
    answer = call(scene, actor)
    if inspect.isawaitable(answer):
        await answer


class TestTheTable:
    async def test_holds_every_use_case(self, home: Living):
        """A new public method of a service needs a line in the table."""
        listed = {row.what for row in TABLE} | BEFORE | INSIDE

        assert set(methods(home.services)) == listed

    async def test_every_use_case_is_asked_by_somebody(self, home: Living):
        """Only what is asked before anybody is known, or from inside, has no actor."""
        without = {
            name
            for name, method in methods(home.services).items()
            if next(iter(list(inspect.signature(method).parameters)[1:]), "") != "actor"
        }

        assert without == BEFORE | INSIDE

    def test_every_refusal_is_tried_with_absurd_arguments(self):
        """Where words or numbers are taken, senseless ones are refused the same way."""
        lacking = {
            row.what
            for row in TABLE
            if row.lowest not in (Role.GUEST, None)
            and row.what.partition(".")[0] in ("threads", "posts", "moderation")
        } - {row.what for row in TABLE if row.absurd}

        assert lacking == {"threads.on_board", "threads.open", "moderation.log"}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Scene]:
    """A data file with the scene in it, and who and what is there."""
    folder = tmp_path_factory.mktemp("scene")

    async def make() -> Scene:
        async with living(folder, a_house()) as home:
            return await a_scene(home)

    return folder / "house.db", asyncio.run(make())


@asynccontextmanager
async def played(template: tuple[Path, Scene], folder: Path) -> AsyncIterator[Scene]:
    """The scene, on a copy of its own."""
    file, scene = template
    shutil.copytree(file.parent, folder, dirs_exist_ok=True)
    async with living(folder, a_house()) as home:
        yield talk(replace(scene, home=home))


@rows
async def test_whoever_may_is_let_pass(row: May, template, tmp_path):
    """From the lowest role of the table on, everybody is served."""
    for role in filter(row.allows, Role):
        async with played(template, tmp_path / role.word) as scene:
            await ask(row.call, scene, role)


@rows
async def test_whoever_may_not_is_refused_and_nothing_happens(
    row: May, template, tmp_path
):
    """Below it, the refusal is the one of the table; nothing changes or is published.

    That is so for arguments that make sense and for others: the policy is asked first.
    """
    async with (
        played(template, tmp_path) as scene,
        scene.home.ear(*scene.people.values(), scene.other, scene.second) as ear,
    ):
        before = await scene.home.everything()

        for role in Role:
            if row.allows(role):
                continue
            with pytest.raises(row.refusals):
                await ask(row.call, scene, role)
            if row.absurd:
                with pytest.raises((*row.refusals, NotFound)):
                    await ask(row.absurd, scene, role)

        assert await ear.taken() == []
        assert await scene.home.everything() == before


@rows
async def test_whoever_has_no_account_can_look_and_leaves_nothing(
    row: May, template, tmp_path
):
    """What is open to guests is read; nothing else is done, kept or published."""
    passer = Actor.passing()
    async with (
        played(template, tmp_path) as scene,
        scene.home.ear(*scene.people.values(), scene.other, scene.second) as ear,
    ):
        before = await scene.home.everything()

        if row.what in PASSERS_MAY and row.lowest is Role.GUEST:
            await ask_as(passer, row.call, scene)
            if row.what == "team.report":
                return  # it is kept, as its words and place alone
        else:
            with pytest.raises((NotAllowed, NothingKept, NotFound)):
                await ask_as(passer, row.call, scene)
            if row.absurd:
                with pytest.raises((NotAllowed, NotFound)):
                    await ask_as(passer, row.absurd, scene)

        assert await ear.taken() == []
        assert await scene.home.everything() == before

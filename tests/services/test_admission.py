"""Coming in without a code, and what everybody agrees to."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bunniz_bbs.bus.memory import MemoryBus
from bunniz_bbs.bus.ports import TEAM
from bunniz_bbs.domain.admission import Admission, ConsentKind, Mode, Terms
from bunniz_bbs.domain.errors import (
    AlreadyDone,
    CodeRefused,
    DoorClosed,
    KeyTaken,
    NameTaken,
    NotAgreed,
    TooFast,
    TooManyWait,
)
from bunniz_bbs.domain.events import TeamStirred
from bunniz_bbs.domain.keys import month
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.services import Services
from bunniz_bbs.services.admission import MOST_WAITING
from bunniz_bbs.store.ports import Store
from bunniz_bbs.wiring import build
from tests.services.houses import a_house, told
from tests.services.living import PEPPER, key_of
from tests.services.still import StillClock
from tests.store.conftest import database, nodes, path, server, sqlite, three

__all__ = ["database", "nodes", "path", "server", "sqlite", "three"]

ALL = dict.fromkeys(ConsentKind, 1)
ROUNDS = 5


def become(home, mode: Mode = Mode.INVITE, version: int = 1) -> None:
    """From now on let people in so, on such terms."""
    terms = Terms(version, (told("Terms."),), (told("Changed."),))
    home.house.become(replace(home.house, admission=Admission(mode, terms=terms)))


async def come_in(home, name: str, agreed=ALL):
    return await home.services.admission.come_in(key_of(name), name, "en", agreed)


async def a_code(home, role: Role = Role.MEMBER) -> str:
    return await home.services.invites.create(CONSOLE, 1, timedelta(days=7), role)


class TestOpen:
    async def test_whoever_chooses_a_name_is_a_member(self, home):
        """And has agreed to all that was asked."""
        become(home, Mode.OPEN)

        account = await come_in(home, "maple")

        assert (account.role, account.waiting) == (Role.MEMBER, False)
        assert not await home.services.admission.missing(Actor.of(account))

    @pytest.mark.parametrize("left_out", ConsentKind)
    async def test_nobody_comes_in_without_agreeing(self, home, left_out):
        """Each thing is needed, in the version that holds now."""
        become(home, Mode.OPEN)
        agreed = {kind: 1 for kind in ConsentKind if kind is not left_out}

        with pytest.raises(NotAgreed):
            await come_in(home, "maple", agreed)

        assert not await home.services.people.all(CONSOLE)

    async def test_many_who_come_at_once_are_slowed_down(self, home):
        """New keys cost nothing, so all new people share one measure."""
        become(home, Mode.OPEN)
        for number in range(30):
            await come_in(home, f"maple {number}")

        with pytest.raises(TooFast):
            await come_in(home, "fern")

    async def test_a_key_opens_one_account(self, home):
        """Coming again under another name makes no second one."""
        become(home, Mode.OPEN)
        await come_in(home, "maple")

        with pytest.raises(KeyTaken):
            await home.services.admission.come_in(key_of("maple"), "fern", "en", ALL)


class TestApproval:
    async def test_whoever_asks_waits_as_a_guest(self, home):
        """The team is told that somebody waits."""
        become(home, Mode.APPROVAL)
        mossy = await home.person("mossy", Role.MODERATOR)

        async with home.bus.subscribe([TEAM]) as heard:
            account = await come_in(home, "robin")
            assert await heard.next() == TeamStirred()

        assert (account.role, account.waiting) == (Role.GUEST, True)
        (waiting,) = (await home.services.team.queue(mossy)).people
        assert waiting.id == account.id

    async def test_a_code_lets_one_in_at_once(self, home):
        """Whoever knows somebody here need not wait."""
        become(home, Mode.APPROVAL)

        account = await home.services.people.join(
            key_of("robin"), await a_code(home), "robin", "en", ALL
        )

        assert (account.role, account.waiting) == (Role.MEMBER, False)

    async def test_so_many_wait_that_there_is_no_room(self, home):
        """The team's queue cannot be flooded."""
        become(home, Mode.APPROVAL)
        for number in range(MOST_WAITING):
            await come_in(home, f"robin {number}")
            home.clock.move(minutes=1)

        with pytest.raises(TooManyWait):
            await come_in(home, "robin")


class TestClosed:
    @pytest.mark.parametrize("mode", [Mode.INVITE, Mode.CLOSED])
    async def test_nobody_comes_in_without_a_code(self, home, mode):
        """Whatever the door's screen would say."""
        become(home, mode)

        with pytest.raises(DoorClosed):
            await come_in(home, "maple")

    async def test_good_and_bad_codes_are_answered_alike(self, home):
        """So that nobody learns from a closed door which codes there are."""
        await home.person("sorrel", Role.SYSOP)
        code = await a_code(home)
        become(home, Mode.CLOSED)

        for tried in (code, "XXXX-YYYY"):
            with pytest.raises(DoorClosed):
                await home.services.people.check_code(key_of("new"), tried)
            with pytest.raises(DoorClosed):
                await home.services.people.join(key_of("new"), tried, "maple", "en")
        become(home, Mode.INVITE)
        assert await home.services.people.join(key_of("new"), code, "maple", "en")

    async def test_the_first_sysop_comes_in_all_the_same(self, home):
        """A house that begins closed can be taken over."""
        become(home, Mode.CLOSED)
        claim = await home.services.invites.claim(CONSOLE)
        code = await a_code(home)

        with pytest.raises(DoorClosed):
            await home.services.people.join(key_of("other"), code, "maple", "en")
        await home.services.people.check_code(key_of("new"), claim)
        first = await home.services.people.join(key_of("new"), claim, "sorrel", "en")

        assert first.role is Role.SYSOP

    async def test_devices_join_all_the_same(self, home):
        """Whoever is in can add a key."""
        maple = await home.person("maple")
        become(home, Mode.CLOSED)
        code, _ = await home.services.keys.device_code(maple)

        assert await home.services.keys.open_with(key_of("phone"), code)


class TestAgreeing:
    async def test_who_was_let_in_by_hand_has_agreed(self, home):
        """The sysop has their word, and notes it."""
        maple = await home.person("maple")

        given = await home.services.admission.consents(maple)

        assert {one.kind for one in given} == set(ConsentKind)
        assert {one.given_in for one in given} == {month(home.clock.now())}

    async def test_higher_terms_are_asked_for_again(self, home):
        """What else was agreed to stands."""
        maple = await home.person("maple")
        become(home, version=2)
        admission = home.services.admission

        assert await admission.missing(maple) == [ConsentKind.TERMS]
        assert await admission.terms_of(maple) == 1
        assert not await admission.agree(maple, {ConsentKind.TERMS: 2})
        assert await admission.terms_of(maple) == 2

    async def test_agreeing_to_old_terms_is_not_enough(self, home):
        """Where they changed while somebody read, the new ones are asked for."""
        maple = await home.person("maple")
        become(home, version=3)

        missing = await home.services.admission.agree(maple, {ConsentKind.TERMS: 2})

        assert missing == [ConsentKind.TERMS]

    async def test_agreeing_twice_changes_nothing(self, home):
        """Neither the version nor the day."""
        maple = await home.person("maple")
        before = await home.services.admission.consents(maple)
        home.clock.move(days=3)

        with pytest.raises(AlreadyDone):
            await home.services.admission.agree(maple, ALL)

        assert await home.services.admission.consents(maple) == before

    async def test_who_came_without_is_asked_for_everything(self, home):
        """Accounts from before there was anything to agree to."""
        code = await a_code(home)
        old = Actor.of(
            await home.services.people.join(key_of("old"), code, "old", "en")
        )

        assert set(await home.services.admission.missing(old)) == set(ConsentKind)

    async def test_passers_are_asked_for_nothing(self, home):
        """Nothing is kept of them."""
        assert not await home.services.admission.missing(Actor.passing())


@pytest.fixture
def on(nodes: list[Store]) -> list[Services]:
    """Four ways in, spread over the nodes of an open house."""
    house = replace(a_house(), admission=Admission(Mode.OPEN))
    clock = StillClock()
    return [
        build(store, MemoryBus(), clock, house, PEPPER).services
        for store in (nodes * 4)[:4]
    ]


class TestAtOnce:
    async def test_one_gets_the_name(self, on):
        """The others are told that somebody has it, and can choose another."""
        for number in range(ROUNDS):
            answers = await asyncio.gather(
                *(
                    services.admission.come_in(
                        key_of(f"{number} {at}"), f"maple {number}", "en", ALL
                    )
                    for at, services in enumerate(on)
                ),
                return_exceptions=True,
            )

            assert sum(isinstance(one, NameTaken) for one in answers) == 3
        assert len(await on[0].people.all(CONSOLE)) == ROUNDS

    async def test_one_account_comes_of_a_key(self, on):
        """Two windows at the door with one key."""
        for number in range(ROUNDS):
            key = key_of(str(number))
            answers = await asyncio.gather(
                *(
                    services.admission.come_in(key, f"fern {number} {at}", "en", ALL)
                    for at, services in enumerate(on)
                ),
                return_exceptions=True,
            )

            assert sum(isinstance(one, KeyTaken) for one in answers) == 3

    async def test_wrong_codes_stay_wrong(self, on):
        """An open door does not make codes good."""
        with pytest.raises(CodeRefused):
            await on[0].people.join(key_of("new"), "XXXX-YYYY", "maple", "en")

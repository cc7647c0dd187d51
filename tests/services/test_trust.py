"""Who let whom in, who believes whom, and when somebody is trusted."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bunniz_bbs.domain.admission import Admission, InviteRule
from bunniz_bbs.domain.errors import (
    AlreadyDone,
    CodeRefused,
    NotAllowed,
    PersonNotFound,
    TooMany,
)
from bunniz_bbs.domain.events import RoleChanged
from bunniz_bbs.domain.moderation import Restraint, Restriction
from bunniz_bbs.domain.people import Role
from tests.services.houses import a_house
from tests.services.living import Living, key_of, living

WEEK = timedelta(days=7)
OPEN = Admission(invites=InviteRule(lowest=Role.MEMBER, most=2, days=7))


@pytest.fixture
async def inviting(tmp_path) -> AsyncIterator[Living]:
    """A house whose members may invite."""
    house = a_house()
    house.admission = OPEN
    async with living(tmp_path, house) as made:
        yield made


async def role_of(home, actor) -> Role:
    account = await home.store.read(lambda tx: tx.accounts.get(actor.id))
    return account.role


async def ban(home, actor) -> None:
    held = Restriction(actor.id, Restraint.BAN, "Why", None)
    await home.store.write(lambda tx: tx.restrictions.set(held))


class TestInvites:
    async def test_by_default_members_make_none(self, home, maple):
        """The house decides from which role on one may."""
        allowed = await home.services.invites.allowance(maple)

        assert not allowed.may
        with pytest.raises(NotAllowed):
            await home.services.invites.create(maple, 1, WEEK, Role.MEMBER)

    async def test_members_make_as_many_as_the_rule_says(self, inviting):
        """Two unused ones at a time; withdrawing them makes room and they are dead."""
        maple = await inviting.person("maple")
        service = inviting.services.invites
        code = await service.create(maple, 1, WEEK, Role.MEMBER)
        await service.create(maple, 1, WEEK, Role.MEMBER)

        with pytest.raises(TooMany):
            await service.create(maple, 1, WEEK, Role.MEMBER)
        assert (await service.allowance(maple)).open == 2
        assert await service.withdraw_all(maple) == 2
        with pytest.raises(CodeRefused):
            await inviting.services.people.join(key_of("x"), code, "juniper", "en")
        assert await service.create(maple, 1, WEEK, Role.MEMBER)

    @pytest.mark.parametrize(
        ("uses", "lifetime", "role"),
        [
            (2, WEEK, Role.MEMBER),
            (1, WEEK * 2, Role.MEMBER),
            (1, WEEK, Role.TRUSTED),
        ],
    )
    async def test_members_keep_to_the_rule(self, inviting, uses, lifetime, role):
        """For no more people, no longer and to no higher role than it says."""
        maple = await inviting.person("maple")
        with pytest.raises(NotAllowed):
            await inviting.services.invites.create(maple, uses, lifetime, role)

    async def test_a_badge_lets_its_bearer_invite(self, home, maple, mossy, sorrel):
        """Once two have said so, and until it is taken away."""
        badges, create = home.services.badges, home.services.invites.create
        await badges.give(mossy, "maple", "UTSOPI")
        with pytest.raises(NotAllowed):
            await create(maple, 1, WEEK, Role.MEMBER)
        await badges.give(sorrel, "maple", "utsopi")
        assert await create(maple, 1, WEEK, Role.MEMBER)
        await badges.remove(mossy, "maple")

        with pytest.raises(NotAllowed):
            await create(maple, 1, WEEK, Role.MEMBER)

    async def test_moderators_see_who_invited_for_ninety_days(self, home, mossy, maple):
        """At most: it goes by the month. Members never do; then it is not kept."""
        code = await home.services.invites.create(mossy, 1, WEEK, Role.MEMBER)
        await home.services.people.join(key_of("j"), code, "juniper", "en")
        see = home.services.trust.person

        assert (await see(mossy, "juniper")).standing.inviter == "mossy"
        assert (await see(maple, "juniper")).standing is None
        [(_, _, came_on)] = (await home.rows())["invited"]
        assert came_on == date(2026, 3, 1)
        home.clock.move(days=89)
        await home.wired.janitor.round()
        assert (await see(mossy, "juniper")).standing.inviter == "mossy"
        home.clock.move(days=1)
        await home.wired.janitor.round()
        assert (await see(mossy, "juniper")).standing.inviter is None
        assert (await home.rows())["invited"] == []


class TestVouch:
    async def test_two_members_make_somebody_trusted_after_thirty_days(
        self, home, maple, clover
    ):
        """The janitor sees to it on the day, and they are told; vouches are gone."""
        fern = await home.person("fern")
        await home.services.trust.vouch(maple, "fern")
        await home.services.trust.vouch(clover, "fern")
        home.clock.move(days=29)
        await home.wired.janitor.round()
        assert await role_of(home, fern) is Role.MEMBER

        home.clock.move(days=1)
        async with home.ear(fern) as ear:
            await home.wired.janitor.round()
            assert await ear.taken() == [RoleChanged(fern.id, Role.TRUSTED)]

        assert await role_of(home, fern) is Role.TRUSTED
        assert (await home.rows())["vouches"] == []

    async def test_after_the_day_the_last_vouch_promotes_at_once(
        self, home, maple, clover
    ):
        """Also where the day itself is not kept any more."""
        fern = await home.person("fern")
        home.clock.move(days=31)
        await home.wired.janitor.round()
        kept = await home.store.read(lambda tx: tx.accounts.get(fern.id))
        assert kept.settles_on is None

        await home.services.trust.vouch(maple, "fern")
        assert await role_of(home, fern) is Role.MEMBER
        await home.services.trust.vouch(clover, "fern")

        assert await role_of(home, fern) is Role.TRUSTED

    async def test_one_moderator_is_enough(self, home, mossy):
        """But no sooner than after thirty days."""
        fern = await home.person("fern")
        await home.services.trust.vouch(mossy, "fern")
        assert await role_of(home, fern) is Role.MEMBER
        home.clock.move(days=30)
        await home.wired.janitor.round()

        assert await role_of(home, fern) is Role.TRUSTED

    async def test_whoever_is_banned_neither_vouches_nor_counts(
        self, home, maple, clover
    ):
        """A later ban takes a vouch its weight; nobody vouches for the banned."""
        fern = await home.person("fern")
        await home.services.trust.vouch(maple, "fern")
        await home.services.trust.vouch(clover, "fern")
        await ban(home, maple)
        home.clock.move(days=30)
        await home.wired.janitor.round()

        assert await role_of(home, fern) is Role.MEMBER
        for who, whom in ((maple, "clover"), (clover, "maple")):
            with pytest.raises(NotAllowed):
                await home.services.trust.vouch(who, whom)

    async def test_once_each_and_never_for_oneself(self, home, maple):
        """What was said can be taken back."""
        trust = home.services.trust
        await home.person("fern")
        await trust.vouch(maple, "fern")

        with pytest.raises(AlreadyDone):
            await trust.vouch(maple, "fern")
        with pytest.raises(NotAllowed):
            await trust.vouch(maple, "maple")
        await trust.unvouch(maple, "fern")
        with pytest.raises(AlreadyDone):
            await trust.unvouch(maple, "fern")

    async def test_moderators_alone_see_who_vouched(self, home, maple, mossy):
        """And after ninety days at most they do not either: it goes by the week."""
        await home.person("fern")
        see = home.services.trust.person
        await home.services.trust.vouch(maple, "fern")

        assert (await see(mossy, "fern")).standing.vouchers == ("maple",)
        assert (await see(maple, "fern")).standing is None
        [(_, _, given_on)] = (await home.rows())["vouches"]
        assert given_on == date(2026, 2, 23)
        home.clock.move(days=83)
        await home.wired.janitor.round()
        assert (await see(mossy, "fern")).standing.vouchers == ("maple",)
        home.clock.move(days=1)
        await home.wired.janitor.round()
        assert (await see(mossy, "fern")).standing.vouchers == ()

    async def test_members_do_not_see_who_waits(self, home, maple, mossy):
        """The team does."""
        await home.waiter("robin")

        assert await home.services.trust.person(mossy, "robin")
        with pytest.raises(PersonNotFound):
            await home.services.trust.person(maple, "robin")


class TestBadges:
    async def test_it_takes_two_of_the_team(self, home, maple, mossy, sorrel):
        """One proposes, another confirms; it is dated and both are in the log."""
        badges = home.services.badges
        await badges.give(mossy, "maple", "UTSOPI")
        with pytest.raises(AlreadyDone):
            await badges.give(mossy, "maple", "UTSOPI")
        assert await badges.given(maple) == {}
        assert [name for name, _ in await badges.proposed(sorrel)] == ["maple"]
        await badges.give(sorrel, "maple", "UTSOPI")

        [badge] = (await badges.given(maple)).values()
        assert badge.mark == f"UTSOPI {home.clock.now().date().isoformat()}"
        assert await badges.proposed(sorrel) == []
        log = await home.services.moderation.log(mossy)
        assert [(one.moderator, one.act.value) for one in log] == [
            ("sorrel", "badge"),
            ("mossy", "badge-proposed"),
        ]

    async def test_nobody_gives_one_to_themselves(self, home, maple, mossy, sorrel):
        """Nor can a guest have one, and another organisation begins anew."""
        badges = home.services.badges
        with pytest.raises(NotAllowed):
            await badges.give(mossy, "mossy", "UTSOPI")
        guest = await home.person("gorse", Role.GUEST)
        with pytest.raises(NotAllowed):
            await badges.give(mossy, guest.name, "UTSOPI")
        await badges.give(mossy, "maple", "UTSOPI")
        made = await badges.give(sorrel, "maple", "Espace P")

        assert replace(made, proposed_by=mossy.id) != made
        assert await badges.given(maple) == {}

    async def test_one_of_the_team_takes_it_away(self, home, maple, mossy, sorrel):
        """At once, for everybody."""
        badges = home.services.badges
        await badges.give(mossy, "maple", "UTSOPI")
        await badges.give(sorrel, "maple", "UTSOPI")
        assert await badges.given(maple)
        await badges.remove(sorrel, "maple")

        assert await badges.given(maple) == {}
        with pytest.raises(AlreadyDone):
            await badges.remove(sorrel, "maple")

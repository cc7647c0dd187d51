"""Coming in with a code."""

import asyncio
from datetime import timedelta

import pytest

from bunniz_bbs.domain.errors import (
    CodeRefused,
    KeyTaken,
    NameTaken,
    NameUnfit,
    TooFast,
)
from bunniz_bbs.domain.people import CONSOLE, Role
from tests.services.living import key_of

WEEK = timedelta(days=7)


async def a_code(home, uses: int = 1, role: Role = Role.MEMBER) -> str:
    return await home.services.invites.create(CONSOLE, uses, WEEK, role)


class TestJoin:
    async def test_a_code_lets_its_key_in_under_a_name(self, home):
        """From then on the key is known, with the role of the code."""
        code = await a_code(home, role=Role.TRUSTED)

        account = await home.services.people.join(key_of("new"), code, "Fern Dew", "nl")

        assert account == await home.services.people.recognise(key_of("new"))
        assert (account.name, account.role, account.language) == (
            "Fern Dew",
            Role.TRUSTED,
            "nl",
        )

    async def test_a_copied_code_may_look_different(self, home):
        """Small letters, spaces and misread signs make no difference."""
        code = await a_code(home)
        copied = f"  {code.lower().replace('-', ' ').replace('0', 'o')} "

        assert await home.services.people.join(key_of("new"), copied, "maple", "en")

    async def test_two_at_once_on_one_use(self, home):
        """Exactly one comes in, and the other one is told that the code is used."""
        code = await a_code(home)

        answers = await asyncio.gather(
            *(
                home.services.people.join(key_of(name), code, name, "en")
                for name in ("maple", "clover", "juniper")
            ),
            return_exceptions=True,
        )

        refused = [one for one in answers if isinstance(one, CodeRefused)]
        assert len(refused) == 2
        assert len((await home.rows())["accounts"]) == 1

    async def test_two_at_once_under_one_name(self, home):
        """Exactly one gets the name; the other's use of the code is not lost."""
        code = await a_code(home, uses=2)

        answers = await asyncio.gather(
            home.services.people.join(key_of("a"), code, "maple", "en"),
            home.services.people.join(key_of("b"), code, "M.aple", "en"),
            return_exceptions=True,
        )

        assert [type(one) for one in answers].count(NameTaken) == 1
        assert await home.services.people.join(key_of("b"), code, "clover", "en")

    async def test_two_at_once_with_one_key(self, home):
        """A key opens one account."""
        code = await a_code(home, uses=2)

        answers = await asyncio.gather(
            home.services.people.join(key_of("a"), code, "maple", "en"),
            home.services.people.join(key_of("a"), code, "clover", "en"),
            return_exceptions=True,
        )

        assert [type(one) for one in answers].count(KeyTaken) == 1
        assert len((await home.rows())["accounts"]) == 1

    @pytest.mark.parametrize(
        ("name", "refusal"),
        [("maple", NameTaken), ("MAPLE ", NameTaken), ("sysop", NameUnfit)],
    )
    async def test_a_name_that_will_not_do_leaves_the_code_unused(
        self, home, maple, name, refusal
    ):
        """One can choose another name with the same code."""
        code = await a_code(home)
        before = await home.rows()

        with pytest.raises(refusal):
            await home.services.people.join(key_of("new"), code, name, "en")

        assert await home.rows() == before
        assert await home.services.people.join(key_of("new"), code, "clover", "en")

    async def test_a_key_that_is_known_leaves_the_code_unused(self, home, maple):
        """A second account wants a second key."""
        code = await a_code(home)

        with pytest.raises(KeyTaken):
            await home.services.people.join(key_of("maple"), code, "clover", "en")

        assert await home.services.people.join(key_of("new"), code, "clover", "en")

    @pytest.mark.parametrize("code", ["", "x", "0" * 26, "Æ" * 1000, "\ud800"])
    async def test_any_other_text_is_no_code(self, home, code):
        """Unknown, used and expired look the same."""
        with pytest.raises(CodeRefused):
            await home.services.people.join(key_of("new"), code, "maple", "en")

    async def test_an_expired_code_is_none(self, home):
        """At the moment at which it ends."""
        code = await a_code(home)
        home.clock.move(days=7)

        with pytest.raises(CodeRefused):
            await home.services.people.join(key_of("new"), code, "maple", "en")

    async def test_trying_on_and_on_is_slowed(self, home):
        """Each key has ten tries at once, and others are not held up by it."""
        for _ in range(10):
            with pytest.raises(CodeRefused):
                await home.services.people.join(key_of("a"), "nothing", "maple", "en")

        with pytest.raises(TooFast):
            await home.services.people.join(key_of("a"), "nothing", "maple", "en")
        with pytest.raises(CodeRefused):
            await home.services.people.join(key_of("b"), "nothing", "maple", "en")

    async def test_nothing_tells_when_somebody_came(self, home):
        """Of the day only a month is kept, a month before, for unread marks."""
        code = await a_code(home)
        await home.services.people.join(key_of("new"), code, "maple", "en")

        [row] = (await home.rows())["accounts"]

        day = home.clock.now().date()
        assert day not in row
        assert (day - timedelta(days=30)).replace(day=1) in row


class TestCheckCode:
    async def test_uses_nothing(self, home):
        """A good code is still good."""
        code = await a_code(home)

        for _ in range(3):
            await home.services.people.check_code(key_of("new"), code)

        assert await home.services.people.join(key_of("new"), code, "maple", "en")

    async def test_has_a_limit_for_each_key(self, home):
        """Five tries, then one in half a minute."""
        for _ in range(5):
            with pytest.raises(CodeRefused):
                await home.services.people.check_code(key_of("a"), "nothing")

        with pytest.raises(TooFast) as fast:
            await home.services.people.check_code(key_of("a"), "nothing")

        assert fast.value.seconds == 30


class TestClaim:
    async def test_makes_the_first_sysop(self, home):
        """Whoever uses it first; afterwards none is offered."""
        code = await home.services.invites.claim(CONSOLE)

        account = await home.services.people.join(key_of("new"), code, "maple", "en")

        assert account.role is Role.SYSOP
        assert await home.services.invites.claim(CONSOLE) is None

    async def test_a_new_one_replaces_the_former(self, home):
        """A code that scrolled away in some terminal is worth nothing."""
        former = await home.services.invites.claim(CONSOLE)
        code = await home.services.invites.claim(CONSOLE)

        with pytest.raises(CodeRefused):
            await home.services.people.join(key_of("a"), former, "maple", "en")
        assert await home.services.people.join(key_of("b"), code, "clover", "en")

    @pytest.mark.parametrize("how", ["add", "promote", "invite"])
    async def test_is_worth_nothing_once_there_is_a_sysop(self, home, maple, how):
        """However the sysop came to be, nobody else can claim the house."""
        code = await home.services.invites.claim(CONSOLE)
        people = home.services.people
        if how == "add":
            await people.add(CONSOLE, "sorrel", key_of("s"), Role.SYSOP, "en")
        elif how == "promote":
            await people.set_role(CONSOLE, "maple", Role.SYSOP)
        else:
            other = await a_code(home, role=Role.SYSOP)
            await people.join(key_of("s"), other, "sorrel", "en")

        with pytest.raises(CodeRefused):
            await people.join(key_of("late"), code, "juniper", "en")

    async def test_ends_after_a_week(self, home):
        """The house can be claimed for seven days."""
        code = await home.services.invites.claim(CONSOLE)
        home.clock.move(days=7)

        with pytest.raises(CodeRefused):
            await home.services.people.join(key_of("new"), code, "maple", "en")

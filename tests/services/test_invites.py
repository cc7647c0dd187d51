from datetime import timedelta

import pytest

from bunniz_bbs.domain.errors import CodeRefused, NotAllowed, TooFast
from bunniz_bbs.domain.people import Role
from tests.services.living import key_of

WEEK = timedelta(days=7)


class TestCreate:
    async def test_works_as_often_as_it_says(self, home, mossy):
        """Three uses let three in."""
        code = await home.services.invites.create(mossy, 3, WEEK, Role.MEMBER)

        for name in ("maple", "clover", "juniper"):
            await home.services.people.join(key_of(name), code, name, "en")

        with pytest.raises(CodeRefused):
            await home.services.people.join(key_of("x"), code, "alder", "en")

    async def test_keeps_nothing_that_gives_the_code_back(self, home, mossy):
        """Only a keyed hash is in the data file, and whose it is by account alone."""
        code = await home.services.invites.create(mossy, 1, WEEK, Role.MEMBER)

        [row] = (await home.rows())["invites"]

        kept = str(row)
        for part in (code, code.replace("-", ""), code[:4], "mossy"):
            assert part not in kept

    async def test_codes_differ(self, home, mossy):
        """Each is drawn by lot, of 128 bits."""
        codes = {
            await home.services.invites.create(mossy, 1, WEEK, Role.MEMBER)
            for _ in range(10)
        }

        assert len(codes) == 10
        assert all(len(code.replace("-", "")) == 26 for code in codes)

    async def test_a_moderator_invites_up_to_trusted(self, home, mossy, sorrel):
        """The team grows by a sysop's word alone."""
        for role in (Role.GUEST, Role.MEMBER, Role.TRUSTED):
            assert await home.services.invites.create(mossy, 1, WEEK, role)
        for role in (Role.MODERATOR, Role.SYSOP):
            with pytest.raises(NotAllowed):
                await home.services.invites.create(mossy, 1, WEEK, role)
            assert await home.services.invites.create(sorrel, 1, WEEK, role)

    async def test_has_a_limit(self, home, mossy, sorrel):
        """Ten at once, then one a minute; each for themselves."""
        for _ in range(10):
            await home.services.invites.create(mossy, 1, WEEK, Role.MEMBER)

        with pytest.raises(TooFast) as fast:
            await home.services.invites.create(mossy, 1, WEEK, Role.MEMBER)
        assert await home.services.invites.create(sorrel, 1, WEEK, Role.MEMBER)

        assert fast.value.seconds == 60

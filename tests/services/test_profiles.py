import pytest

from bunniz_bbs.domain.errors import Muted, NotAllowed, TextEmpty, TooLongToKeep
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.services.profiles import Profile


class TestProfile:
    async def test_is_empty_at_first_and_one_is_seen(self, home, maple):
        """Nothing is asked of anybody."""
        assert await home.services.profiles.of(maple) == Profile("", (), False)

    async def test_pronouns_come_back_as_they_can_be_shown(self, home, maple):
        """On one line, without what steers a terminal or hides."""
        profiles = home.services.profiles

        shown = await profiles.set_pronouns(maple, " she\x1b[2J /\n they\u202e ")

        assert shown == "she[2J /  they"
        assert (await profiles.of(maple)).pronouns == shown

    @pytest.mark.parametrize("text", ["", "  ", "\n"])
    async def test_nothing_takes_them_away(self, home, maple, text):
        """And languages stay as they were."""
        profiles = home.services.profiles
        await profiles.set_speaks(maple, ["de", "fr"])
        await profiles.set_pronouns(maple, "she")

        await profiles.set_pronouns(maple, text)

        assert await profiles.of(maple) == Profile("", ("fr", "de"), False)

    @pytest.mark.parametrize("text", ["x" * 21, "中" * 11, "x" * 9000])
    async def test_are_held_to_twenty_columns(self, home, maple, text):
        """Wide letters count twice; what was there stays."""
        profiles = home.services.profiles
        await profiles.set_pronouns(maple, "中" * 10)

        with pytest.raises(TooLongToKeep):
            await profiles.set_pronouns(maple, text)

        assert (await profiles.of(maple)).pronouns == "中" * 10

    async def test_what_shows_nothing_is_refused(self, home, maple):
        """Rather than taking away what was there."""
        with pytest.raises(TextEmpty):
            await home.services.profiles.set_pronouns(maple, "\u200b\u202e")

    async def test_whoever_is_muted_takes_them_away_only(self, home, maple, mossy):
        """They are words that others read."""
        profiles = home.services.profiles
        await profiles.set_pronouns(maple, "rude")
        await home.services.moderation.mute(mossy, "maple", None, "Rude")

        with pytest.raises(Muted):
            await profiles.set_pronouns(maple, "ruder")
        await profiles.set_pronouns(maple, "")

        assert (await profiles.of(maple)).pronouns == ""

    async def test_languages_are_kept_once_each_in_the_order_of_the_house(
        self, home, maple
    ):
        """However they were given."""
        profiles = home.services.profiles

        assert await profiles.set_speaks(maple, ["de", "fr", "de"]) == ("fr", "de")
        assert (await profiles.of(maple)).speaks == ("fr", "de")
        assert await profiles.set_speaks(maple, []) == ()

    async def test_are_in_the_data_as_long_as_they_are_shown(self, home, maple):
        """What was taken away is kept nowhere."""
        profiles = home.services.profiles
        await profiles.set_pronouns(maple, "quietly-mine")
        assert "quietly-mine" in repr(await home.rows())
        await profiles.set_pronouns(maple, "")

        assert "quietly-mine" not in repr(await home.rows())

    async def test_whoever_has_no_account_has_none(self, home):
        """Nothing is kept of them, and there is nothing to hide."""
        profiles, passer = home.services.profiles, Actor.passing()

        for refused in (
            profiles.of(passer),
            profiles.set_pronouns(passer, "we"),
            profiles.set_speaks(passer, ["fr"]),
            profiles.set_hidden(passer, True),
        ):
            with pytest.raises(NotAllowed):
                await refused

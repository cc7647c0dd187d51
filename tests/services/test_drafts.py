import pytest

from bunniz_bbs.domain.limits import BODY_CHARACTERS
from bunniz_bbs.services.drafts import SLACK

PLACE = "board:general"


class TestDrafts:
    async def test_come_back_as_they_were_typed(self, home, maple):
        """Every space and sign, since nothing is sent yet."""
        body = "  Rye \n\n\x1b[31m or wheat?\u200b  \n"
        await home.services.drafts.save(maple, PLACE, " Bread", body)

        draft = await home.services.drafts.get(maple, PLACE)

        assert (draft.title, draft.body) == (" Bread", body)

    async def test_survive_a_restart(self, home, maple):
        """A dropped connection or a restart takes nothing that was typed."""
        await home.services.drafts.save(maple, PLACE, "Bread", "Rye?")

        await home.reopen()

        assert (await home.services.drafts.get(maple, PLACE)).body == "Rye?"

    async def test_are_kept_for_24_hours(self, home, maple):
        """To the end of the day, and no longer."""
        await home.services.drafts.save(maple, PLACE, "Bread", "Rye?")

        home.clock.move(hours=24)
        assert await home.services.drafts.get(maple, PLACE)
        home.clock.move(seconds=1)
        assert await home.services.drafts.get(maple, PLACE) is None

    async def test_saving_again_begins_the_day_anew(self, home, maple):
        """The time counts from when it was last saved; there is one for each place."""
        await home.services.drafts.save(maple, PLACE, "Bread", "R")
        home.clock.move(hours=20)
        await home.services.drafts.save(maple, PLACE, "Bread", "Rye?")
        home.clock.move(hours=20)

        assert (await home.services.drafts.get(maple, PLACE)).body == "Rye?"
        assert len((await home.rows())["drafts"]) == 1

    async def test_are_their_writers_alone(self, home, maple, clover, sorrel):
        """Nobody reads or drops what somebody else has begun, whatever their role."""
        await home.services.drafts.save(maple, PLACE, "Bread", "Rye?")

        for other in (clover, sorrel):
            assert await home.services.drafts.get(other, PLACE) is None
            await home.services.drafts.drop(other, PLACE)

        assert await home.services.drafts.get(maple, PLACE)

    @pytest.mark.parametrize("nothing", ["", "  \n\t "])
    async def test_nothing_written_is_no_draft(self, home, maple, nothing):
        """Emptying the composer forgets what was begun."""
        await home.services.drafts.save(maple, PLACE, "Bread", "Rye?")

        await home.services.drafts.save(maple, PLACE, nothing, nothing)

        assert await home.services.drafts.get(maple, PLACE) is None

    async def test_too_much_is_kept_within_reason(self, home, maple):
        """What is too long to be sent can be shortened; a megabyte is not kept."""
        await home.services.drafts.save(maple, PLACE, "T" * 10**6, "x" * 10**6)

        draft = await home.services.drafts.get(maple, PLACE)

        assert len(draft.body) == BODY_CHARACTERS * SLACK
        assert len(draft.title) < 1000

    async def test_half_a_character_is_kept_as_one(self, home, maple):
        """What no encoding can hold does not cost somebody their draft."""
        await home.services.drafts.save(maple, PLACE, "Bread", "Rye\ud83d?")

        assert (await home.services.drafts.get(maple, PLACE)).body == "Rye??"

    async def test_dropping_what_is_not_there_is_fine(self, home, maple):
        """Twice is once."""
        await home.services.drafts.drop(maple, PLACE)

        assert await home.services.drafts.get(maple, PLACE) is None

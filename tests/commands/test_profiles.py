import pytest

from bunniz_bbs.commands.profiles import hidden_text
from bunniz_bbs.domain.errors import NotAllowed, Unseen, UsageUnclear
from bunniz_bbs.domain.ids import RoomSlug
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.i18n import words_for
from bunniz_bbs.i18n.refusals import refusal
from tests.commands.giving import Giver

LOUNGE = RoomSlug("lounge")


@pytest.fixture
def giver(home, maple) -> Giver:
    """A member's visit."""
    return Giver(home, maple)


class TestPronouns:
    async def test_are_changed_shown_and_taken_away(self, giver):
        """As a verb and in a room alike."""
        assert (await giver.verb("pronouns")).lines == ["You show no pronouns."]

        reply = await giver.verb("pronouns she / they")
        assert reply.lines == ["Pronouns: she / they"]
        assert reply.data == {"pronouns": "she / they"}
        assert (await giver.slash("/pronouns")).data == reply.data

        assert (await giver.slash("/pronouns off")).data == {"pronouns": ""}

    async def test_are_shown_to_whoever_looks_one_up(self, home, giver, clover):
        """With the languages, and nowhere else."""
        await giver.verb("pronouns she")
        await giver.verb("speaks nl fr")

        reply = await Giver(home, clover).verb("whois maple")

        assert reply.lines == ["maple", "Pronouns: she", "Speaks: Français, Nederlands"]
        assert (reply.data["pronouns"], reply.data["speaks"]) == ("she", ["fr", "nl"])


class TestSpeaks:
    async def test_takes_languages_of_the_house_or_none(self, giver):
        """Commas are fine."""
        assert (await giver.verb("speaks")).data == {"speaks": []}
        assert (await giver.verb("speaks de, FR")).data == {"speaks": ["fr", "de"]}
        assert (await giver.slash("/speaks")).lines == ["Speaks: Français, Deutsch"]
        assert (await giver.verb("speaks none")).data == {"speaks": []}

    @pytest.mark.parametrize("typed", ["es", "fr es", "fr none", "'"])
    async def test_others_are_refused_and_nothing_changes(self, giver, typed):
        """The refusal says which there are."""
        await giver.verb("speaks fr")

        with pytest.raises(UsageUnclear) as refused:
            await giver.verb(f"speaks {typed}")

        assert "fr nl en de" in refused.value.usage
        assert (await giver.verb("speaks")).data == {"speaks": ["fr"]}


class TestHideAndShow:
    async def test_say_what_they_mean(self, home, giver, maple, clover):
        """That a line shows one's name, and that one does not see the others."""
        giver.room = LOUNGE
        other = Giver(home, clover, room=LOUNGE, visit="other")
        for one in (giver, other):
            await home.services.rooms.enter(one.actor, LOUNGE, one.visit)

        reply = await giver.slash("/hide")

        assert (reply.lines, reply.data) == (
            hidden_text(words_for("en")),
            {"hidden": True},
        )
        assert (await other.slash("/names")).data == ["clover"]
        with pytest.raises(Unseen) as refused:
            await giver.slash("/names")
        assert "/show" in refusal(words_for("en"), refused.value)

        assert (await giver.slash("/show")).data == {"hidden": False}
        assert (await giver.slash("/names")).data == ["clover", "maple"]

    async def test_whoever_asks_who_is_there_learns_that_some_may_hide(
        self, home, giver
    ):
        """Nobody believes to be alone because a list is short."""
        giver.room = LOUNGE
        await home.services.rooms.enter(giver.actor, LOUNGE, giver.visit)

        assert (await giver.slash("/names")).lines == [
            "Here: maple",
            "Others may be here who are hidden.",
        ]

    async def test_are_not_for_whoever_has_no_account(self, home):
        """There is nothing to keep it with."""
        for verb in ("hide", "show", "pronouns we", "speaks fr"):
            with pytest.raises(NotAllowed):
                await Giver(home, Actor.passing()).verb(verb)

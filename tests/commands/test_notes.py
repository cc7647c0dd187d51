import pytest

from bunniz_bbs.domain.errors import NotAllowed, PersonNotFound, UsageUnclear
from bunniz_bbs.domain.people import Actor
from tests.commands.giving import Giver


@pytest.fixture
async def giver(home, maple, clover) -> Giver:
    """A member's visit; others are here, one with two words for a name."""
    await home.person("fern dew")
    return Giver(home, maple)


class TestNote:
    @pytest.mark.parametrize("name", ["clover", "fern dew"])
    async def test_is_written_shown_and_removed(self, giver, name):
        """As a verb and as a slash command, also for a name with spaces."""
        empty = await giver.verb(f"note {name}")
        assert empty.lines == ["You have no note on this person."]
        assert empty.data["note"] is None

        written = await giver.slash(f"/note {name} Brings cake.")
        assert written.data == {"name": name, "note": "Brings cake."}
        shown = await giver.verb(f"note {name}")
        assert shown.lines == ["Your note: Brings cake."]

        removed = await giver.verb(f"note {name} --remove")
        assert removed.data == {"name": name, "note": None}
        assert (await giver.slash(f"/note {name}")).data["note"] is None
        assert (await giver.slash(f"/note {name} --remove")).data == removed.data

    async def test_is_shown_with_what_somebody_shows(self, home, giver, clover):
        """To its writer alone."""
        await giver.verb("note clover Brings cake.")

        mine = await giver.verb("whois clover")
        theirs = await Giver(home, clover).verb("whois clover")

        assert mine.lines == ["clover", "Your note: Brings cake."]
        assert mine.data["note"] == "Brings cake."
        assert theirs.lines == ["clover"]
        assert theirs.data["note"] is None

    async def test_needs_somebody(self, giver):
        """A name that nobody has is said back."""
        for unclear in ("note", "note clover Kind. --remove"):
            with pytest.raises(UsageUnclear):
                await giver.verb(unclear)
        with pytest.raises(PersonNotFound):
            await giver.verb("note zoe is kind")


class TestNotes:
    async def test_are_listed_by_name(self, giver):
        """Empty, it says how one is written."""
        assert (await giver.verb("notes")).lines == [
            "You have no notes on people. Write one with: note NAME TEXT"
        ]
        await giver.verb("note fern dew Quiet.")
        await giver.verb("note clover Brings cake.")

        reply = await giver.slash("/notes")

        assert reply.lines == ["clover - Brings cake.", "fern dew - Quiet."]
        assert reply.data == [
            {"name": "clover", "note": "Brings cake."},
            {"name": "fern dew", "note": "Quiet."},
        ]

    async def test_are_not_for_guests(self, home, giver):
        """With an account or without."""
        robin = await home.waiter("robin")
        for actor in (robin, Actor.passing()):
            for verb in ("notes", "note clover", "note clover Kind."):
                with pytest.raises(NotAllowed):
                    await Giver(home, actor).verb(verb)

from datetime import timedelta

import pytest

from bunniz_bbs.domain.errors import (
    Banned,
    NameTaken,
    NotAllowed,
    Outranked,
    PersonNotFound,
)
from bunniz_bbs.domain.events import AccountRemoved, RoleChanged
from bunniz_bbs.domain.people import CONSOLE, Actor, Role, gone
from bunniz_bbs.domain.words import LANGUAGES
from bunniz_bbs.services import names
from tests.services.living import key_of

WEEK = timedelta(days=7)


async def a_code(home, uses: int = 1, role: Role = Role.MEMBER) -> str:
    return await home.services.invites.create(CONSOLE, uses, WEEK, role)


class TestNames:
    async def test_fit_shows_the_name_as_it_would_be(self, home):
        """Nothing is kept of it."""
        before = await home.rows()

        assert await home.services.people.fit("  fern   dew ") == "fern dew"
        assert await home.rows() == before

    @pytest.mark.parametrize("name", ["maple", "Máple", "m-a-p-l-e", "rnaple"])
    async def test_a_name_that_looks_like_anothers_is_taken(self, home, maple, name):
        """Nobody is taken for somebody else."""
        with pytest.raises(NameTaken):
            await home.services.people.fit(name)

    @pytest.mark.parametrize("language", LANGUAGES)
    async def test_a_suggestion_fits(self, home, language):
        """A name that is drawn by lot can be used."""
        for _ in range(20):
            name = await home.services.people.suggest(language)
            assert await home.services.people.fit(name) == name

    async def test_what_is_drawn_is_nobodys_name(self, home, monkeypatch):
        """Neither of somebody who is here nor of somebody who was."""
        few = {"en": ("maple", "fern"), "fr": (), "nl": (), "de": ()}
        monkeypatch.setattr(names, "FIRST", few)
        monkeypatch.setattr(names, "SECOND", {**few, "en": ("rain", "dew")})
        await home.person("maple rain")
        await home.person("Fern-Dew")
        await home.person("mapledew")
        await home.services.people.remove(CONSOLE, "mapledew")

        for number in range(20):
            passer = await home.services.people.passing(key_of(f"{number}"))
            assert passer.name == "fern rain"
            assert await home.services.people.suggest("en") == "fern rain"


class TestRecognise:
    async def test_an_unknown_key_is_nobodys(self, home, maple):
        """Without a word about whose it could be."""
        assert await home.services.people.recognise(key_of("else")) is None

    async def test_a_banned_account_learns_why(self, home, maple, mossy):
        """And until when; afterwards the door is open again."""
        await home.services.moderation.ban(mossy, "maple", timedelta(days=1), "Rest")

        with pytest.raises(Banned) as ban:
            await home.services.people.recognise(key_of("maple"))
        home.clock.move(days=1)

        assert ban.value.reason == "Rest"
        assert ban.value.until == home.clock.now()
        assert await home.services.people.recognise(key_of("maple"))


class TestRefresh:
    async def test_is_how_the_account_stands_now(self, home, maple):
        """A role or language that changed meanwhile is seen."""
        await home.services.people.set_role(CONSOLE, "maple", Role.TRUSTED)
        await home.services.people.set_language(maple, "de")

        assert await home.services.people.refresh(maple) == Actor(
            maple.id, "maple", Role.TRUSTED, "de"
        )

    async def test_sees_bans_and_removals(self, home, maple, mossy, sorrel):
        """A visit that missed an event learns of it here."""
        await home.services.moderation.ban(mossy, "maple", None, "Out")
        with pytest.raises(Banned):
            await home.services.people.refresh(maple)

        await home.services.people.remove(sorrel, "maple")

        assert await home.services.people.refresh(maple) is None


class TestSetRole:
    async def test_is_told_and_noted(self, home, maple, sorrel):
        """The person's visits learn it; moderators can read who did it."""
        async with home.ear(maple) as ear:
            await home.services.people.set_role(sorrel, "maple", Role.MODERATOR)
            assert await ear.taken() == [RoleChanged(maple.id, Role.MODERATOR)]

        [entry] = await home.services.moderation.log(sorrel)
        assert (entry.moderator, entry.act.value, entry.target, entry.reason) == (
            "sorrel",
            "role",
            "maple",
            "moderator",
        )

    async def test_nobody_changes_nothing(self, home, sorrel):
        """A name that nobody has."""
        with pytest.raises(PersonNotFound):
            await home.services.people.set_role(sorrel, "juniper", Role.GUEST)

        assert await home.services.moderation.log(sorrel) == []

    async def test_a_sysop_is_not_demoted_by_another(self, home, sorrel):
        """Otherwise the way to remove one would be open again."""
        await home.person("alder", Role.SYSOP)

        with pytest.raises(Outranked):
            await home.services.people.set_role(sorrel, "alder", Role.GUEST)

        await home.services.people.set_role(CONSOLE, "alder", Role.GUEST)


class TestRemove:
    async def test_leaves_the_words_and_nothing_else(self, home, maple, clover, sorrel):
        """Keys, marks, drafts and restrictions go; posts stay, under the name."""
        thread = await home.thread(maple)
        await home.services.drafts.save(maple, "board:general", "T", "B")
        await home.services.moderation.mute(sorrel, "maple", None, "Enough")

        await home.services.people.remove(sorrel, "maple")

        view = await home.services.threads.open(clover, thread.id)
        assert view.posts[0].author_name == "maple"
        rows = await home.rows()
        for table in ("reads", "drafts", "restrictions"):
            assert rows[table] == []
        assert maple.id not in str({**rows, "moderation_log": None})
        assert await home.services.people.recognise(key_of("maple")) is None

    async def test_is_told_and_noted(self, home, maple, sorrel):
        """To the person's visits, and to the house."""
        async with home.ear(maple) as ear:
            await home.services.people.remove(sorrel, "maple")
            assert await ear.taken() == [AccountRemoved(maple.id)] * 2

        [entry] = await home.services.moderation.log(sorrel)
        assert (entry.act.value, entry.target) == ("remove", gone(maple.id))

    async def test_frees_the_key_and_not_the_name(self, home, maple, sorrel):
        """Somebody can begin anew, as somebody else."""
        await home.services.people.remove(sorrel, "maple")

        with pytest.raises(NameTaken):
            await home.person("maple")
        again = await home.services.people.add(
            CONSOLE, "clover", key_of("maple"), Role.MEMBER, "en"
        )

        assert again.id != maple.id

    async def test_leaves_no_copy_of_drafts(self, home, maple, sorrel):
        """What was begun is in no file any more."""
        await home.services.drafts.save(maple, "board:general", "T", "B")

        await home.services.people.remove(sorrel, "maple")

        assert (home.folder / "house.db-wal").stat().st_size == 0

    async def test_a_sysop_is_removed_from_the_command_line(self, home, sorrel):
        """Not by another sysop, and not by herself."""
        for name in ("alder", "sorrel"):
            if name == "alder":
                await home.person("alder", Role.SYSOP)
            with pytest.raises(Outranked):
                await home.services.people.remove(sorrel, name)

        assert (await home.services.people.remove(CONSOLE, "sorrel")).name == "sorrel"


class TestAddressee:
    async def test_a_name_may_have_spaces(self, home, mossy):
        """What comes after the name is the rest."""
        await home.person("fern dew")

        found = await home.services.people.addressee(mossy, "Fern  Dew 10m too loud")

        assert found == ("Fern Dew", "10m too loud")

    async def test_the_longest_name_is_meant(self, home, mossy):
        """So that nobody is acted on in another's place."""
        await home.person("fern")
        await home.person("fern dew")

        assert await home.services.people.addressee(mossy, "fern dew Why") == (
            "fern dew",
            "Why",
        )
        assert await home.services.people.addressee(mossy, "fern Why dew") == (
            "fern",
            "Why dew",
        )

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("juniper Why", ("juniper", "Why")),
            ("@maple: Why", ("@maple:", "Why")),
            ("", ("", "")),
            ("  ", ("", "")),
            ("x " * 500, ("x", " ".join("x" * 499))),
        ],
    )
    async def test_else_the_first_word_is_the_name(
        self, home, maple, mossy, text, found
    ):
        """A name that nobody has is refused by that name."""
        assert await home.services.people.addressee(mossy, text) == found

    async def test_members_learn_nothing_of_names(self, home, maple):
        """Whether somebody is called so is for moderators to ask."""
        with pytest.raises(NotAllowed):
            await home.services.people.addressee(maple, "clover Why")


class TestAll:
    async def test_everybody_by_name(self, home, maple, clover, sorrel):
        """As the command line lists them."""
        accounts = await home.services.people.all(sorrel)

        assert [one.name for one in accounts] == ["clover", "maple", "sorrel"]

import asyncio
from datetime import timedelta

import pytest

from bunniz_bbs.domain.errors import (
    Banned,
    CodeRefused,
    KeyTaken,
    NameTaken,
    NameUnfit,
    NotAllowed,
    Outranked,
    PersonNotFound,
    TooFast,
)
from bunniz_bbs.domain.events import AccountRemoved, RoleChanged
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.domain.words import LANGUAGES
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
        """Of the day only a floor 30 days before is kept, for unread marks."""
        code = await a_code(home)
        await home.services.people.join(key_of("new"), code, "maple", "en")

        [row] = (await home.rows())["accounts"]

        day = home.clock.now().date()
        assert day not in row
        assert day - timedelta(days=30) in row


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
            name = home.services.people.suggest(language)
            assert await home.services.people.fit(name) == name


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
        assert (entry.act.value, entry.target) == ("remove", "maple")

    async def test_frees_name_and_key(self, home, maple, sorrel):
        """Somebody can begin anew, as somebody else."""
        await home.services.people.remove(sorrel, "maple")

        again = await home.person("maple")

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

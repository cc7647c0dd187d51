"""Another name: on everything at once, and of the former one no trace."""

import pytest

from bunniz_bbs.domain.errors import AlreadyDone, NameTaken, NameUnfit, TooFast
from bunniz_bbs.domain.events import NameChanged
from bunniz_bbs.domain.ids import RoomSlug
from bunniz_bbs.domain.people import Actor
from tests.services.living import key_of

LOUNGE = RoomSlug("lounge")


async def words_in(home, reader, thread, number=1) -> str:
    view = await home.services.threads.open(reader, thread)
    return view.posts[number - 1].body


class TestRename:
    async def test_everything_bears_the_new_name(self, home, maple, clover, mossy):
        """Threads, posts, lines, presence, mentions, the log; no row has the old."""
        on = home.services
        thread = await home.thread(maple)
        await on.posts.reply(clover, thread.id, "As @maple says, and @Maple's bread.")
        await on.moderation.mute(mossy, "maple", None, "Too loud")
        await on.moderation.unmute(mossy, "maple", "Calm again")
        await on.rooms.enter(maple, "lounge", "visit")
        await on.rooms.enter(clover, "lounge", "other")
        await on.rooms.say(maple, "lounge", "hello")
        await on.rooms.say(clover, "lounge", "hello @maple, not @maples")
        await on.drafts.save(clover, f"thread:{thread.id}", "", "And @maple too")
        await on.team.report(clover, "general", "What @maple writes")

        async with home.ear(maple) as ear:
            account = await on.naming.rename(maple, "Birch")
            assert NameChanged(maple.id, "maple", "Birch") in await ear.taken()

        assert account.name == "Birch"
        view = await on.threads.open(clover, thread.id)
        assert view.thread.author_name == view.posts[0].author_name == "Birch"
        assert view.posts[1].body == "As @Birch says, and @Birch's bread."
        held = home.wired.held.of(LOUNGE)
        assert [(one.name, one.text) for one in held.lines.values()] == [
            ("Birch", "hello"),
            ("clover", "hello @Birch, not @maples"),
        ]
        assert on.rooms.names(clover, "lounge") == ["Birch", "clover"]
        log = await on.moderation.log(mossy)
        assert {one.target for one in log} == {"Birch"}
        draft = await on.drafts.get(clover, f"thread:{thread.id}")
        assert draft.body == "And @Birch too"
        [report] = (await on.team.queue(mossy)).reports
        assert report.body == "What @Birch writes"
        assert "maple" not in str(await home.rows()).casefold()

    async def test_what_others_wrote_without_a_sign_stays(self, home, maple, clover):
        """Nobody rewrites other people's prose."""
        thread = await home.thread(clover)
        await home.services.posts.reply(clover, thread.id, "maple is kind")

        await home.services.naming.rename(maple, "Birch")

        assert await words_in(home, maple, thread.id, 2) == "maple is kind"

    async def test_a_visit_that_does_not_know_yet_writes_under_the_new_name(
        self, home, maple, clover
    ):
        """The actor of an open visit still has the old one for a moment."""
        thread = await home.thread(clover)
        await home.services.naming.rename(maple, "Birch")

        await home.services.posts.reply(maple, thread.id, "late")
        line = await home.services.rooms.say(maple, "lounge", "late")
        await home.services.rooms.enter(maple, "lounge", "visit")

        assert line.name == "Birch"
        assert home.services.rooms.names(maple, "lounge") == ["Birch"]
        assert "maple" not in str(await home.rows())

    async def test_the_former_name_is_for_nobody_else(self, home, maple, clover):
        """Its former bearer alone can take it back; nor can one that looks like it."""
        naming = home.services.naming
        await naming.rename(maple, "Birch")

        for name in ("maple", "Mаple".replace("а", "a"), "MAPLE"):
            with pytest.raises(NameTaken):
                await naming.rename(clover, name)
            with pytest.raises(NameTaken):
                await home.services.people.fit(name)

        assert (await naming.rename(maple, "maple")).name == "maple"
        with pytest.raises(NameTaken):
            await naming.rename(clover, "Birch")

    async def test_capitals_can_change(self, home, maple, clover):
        """The same name in other letters is no other name, and nothing is reserved."""
        await home.services.naming.rename(maple, "Maple")

        assert (await home.rows())["reserved_names"] == []

    @pytest.mark.parametrize(
        ("name", "refused"),
        [
            ("clover", NameTaken),
            ("Clover", NameTaken),
            ("sysop", NameUnfit),
            ("x", NameUnfit),
            ("maple", AlreadyDone),
        ],
    )
    async def test_a_name_that_will_not_do(self, home, maple, clover, name, refused):
        """Nothing changes, and it does not count."""
        before = await home.rows()

        for _ in range(4):
            with pytest.raises(refused):
                await home.services.naming.rename(maple, name)

        assert await home.rows() == before

    async def test_not_too_often(self, home, maple):
        """Each name stays reserved: three a day are enough."""
        for name in ("Birch", "Elm", "Oak"):
            await home.services.naming.rename(maple, name)

        with pytest.raises(TooFast):
            await home.services.naming.rename(maple, "Ash")

    async def test_the_key_still_opens_it(self, home, maple):
        """And a ban set under the new name holds for it."""
        await home.services.naming.rename(maple, "Birch")

        account = await home.services.people.recognise(key_of("maple"))

        assert Actor.of(account).name == "Birch"


class TestMentions:
    async def test_the_longest_name_is_meant(self, home, clover):
        """Names may have spaces; what follows stays as it is."""
        on = home.services
        reader = await home.person("Quiet")
        await home.person("Quiet Otter")
        thread = await home.thread(clover)
        await on.posts.reply(
            clover, thread.id, "@Quiet Otter, @quiet otters and x@Quiet @nobody"
        )

        body = await words_in(home, reader, thread.id, 2)
        assert body == "@Quiet Otter, @Quiet otters and x@Quiet @nobody"
        [row] = [row for row in (await home.rows())["posts"] if "nobody" in str(row)]
        assert str(row).count("\\x02") == 2

    async def test_an_edit_begins_with_the_name_of_today(self, home, maple, clover):
        """What one edits is what one reads, and the mention stays one."""
        on = home.services
        thread = await home.thread(clover)
        await on.posts.reply(clover, thread.id, "Ask @maple.")
        await on.naming.rename(maple, "Birch")
        seen = await words_in(home, clover, thread.id, 2)

        await on.posts.edit(clover, thread.id, 2, seen + " Soon.")
        await on.naming.rename(maple, "Elm")

        assert await words_in(home, clover, thread.id, 2) == "Ask @Elm. Soon."

    async def test_somebody_gone_is_said_to_be(self, home, maple, clover, sorrel):
        """In the reader's language."""
        thread = await home.thread(clover)
        await home.services.posts.reply(clover, thread.id, "Ask @maple.")

        await home.services.people.remove(sorrel, "maple")

        body = await words_in(home, clover, thread.id, 2)
        assert body == "Ask @somebody who has left."

    async def test_nobody_writes_a_token(self, home, maple, clover):
        """Of what comes in, the two signs are dropped."""
        thread = await home.thread(clover)

        await home.services.posts.reply(clover, thread.id, f"\x02{maple.id}\x03")
        await home.services.drafts.save(clover, "board:x", "", f"\x02{maple.id}\x03")

        assert await words_in(home, clover, thread.id, 2) == maple.id
        assert (await home.services.drafts.get(clover, "board:x")).body == maple.id

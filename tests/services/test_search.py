"""Search shows what one may read, as it is now, and tells nothing else."""

from datetime import timedelta

import pytest

from bunniz_bbs.domain.boards import Identity
from bunniz_bbs.domain.choices import Show
from bunniz_bbs.domain.errors import (
    BoardNotFound,
    PersonNotFound,
    SearchUnclear,
    TooFast,
)
from bunniz_bbs.domain.labels import Labels, Tag
from bunniz_bbs.domain.own import Posts
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.services.limits import SEARCHES
from bunniz_bbs.services.search import Hit
from tests.services.houses import BOARDS, a_board, a_house
from tests.services.living import Living, living

SAID = "Bread with butter."


async def hits(home: Living, actor: Actor, text: str, **more) -> list[Hit]:
    found = await home.services.search.search(actor, text, **more)
    return list(found.hits)


async def write(home: Living, actor: Actor, board: str = "general", body: str = SAID):
    home.clock.move(minutes=1)
    return await home.services.threads.start(actor, board, "Breakfast", body)


class TestWhatIsFound:
    async def test_where_who_and_the_words(self, home: Living, maple, clover):
        """A post with its thread, its author, and the word in a line of it."""
        thread = await write(home, maple, body="We ate **breads**, all of us.")

        [hit] = await hits(home, clover, "bread")

        assert (hit.thread.id, hit.board.slug, hit.post.number) == (
            thread.id,
            "general",
            1,
        )
        assert hit.post.author_name == "maple"
        assert "".join(one.text for one in hit.pieces) == "We ate breads, all of us."
        assert [one.text for one in hit.pieces if one.found] == ["breads"]

    async def test_a_part_of_a_long_post(self, home: Living, maple):
        """A line around the first word, with signs where it was cut."""
        await write(home, maple, body="word " * 200 + "needle " + "word " * 200)

        [hit] = await hits(home, maple, "needle")

        line = "".join(one.text for one in hit.pieces)
        assert line[0] == line[-1] == "…"
        assert "needle" in line
        assert len(line) < 260

    async def test_phrases_and_what_is_left_out(self, home: Living, maple):
        """In a row means in a row; without means without."""
        thread = await write(home, maple)
        other = await write(home, maple, body="Butter, then bread with honey.")

        assert [one.thread.id for one in await hits(home, maple, '"bread with"')] == [
            other.id,
            thread.id,
        ]
        [first] = await hits(home, maple, '"with butter"')
        assert first.thread.id == thread.id
        assert [one.found for one in first.pieces] == [False, True, False, True, False]
        [second] = await hits(home, maple, "bread -honey")
        assert second.thread.id == thread.id

    async def test_in_a_time(self, home: Living, maple):
        """Since a day, or for so long."""
        await write(home, maple)
        home.clock.move(days=8)
        late = await write(home, maple)

        for typed in ("bread since:7d", f"bread since:{home.clock.now().date()}"):
            assert [one.thread.id for one in await hits(home, maple, typed)] == [
                late.id
            ]

    async def test_in_a_language(self, home: Living, maple):
        """In threads that are tagged with it."""
        await write(home, maple)
        tagged = await write(home, maple)
        await home.services.labels.label(maple, tagged.id, Labels(language="nl"))

        [hit] = await hits(home, maple, "bread lang:nl,de")

        assert hit.thread.id == tagged.id
        assert await hits(home, maple, "bread lang:fr") == []

    async def test_page_after_page(self, home: Living, maple):
        """Each post once, the newest first, and in the end it is said that it ends."""
        thread = await home.thread(maple, posts=7)
        seen, before = [], None
        for _ in range(5):
            found = await home.services.search.search(maple, "words", 2, before)
            seen += [one.post.number for one in found.hits]
            before = found.before
            if before is None:
                break

        assert seen == [7, 6, 5, 4, 3, 2, 1]
        assert before is None
        assert thread

    async def test_mentions_are_under_the_name_of_today(
        self, home: Living, maple, clover
    ):
        """The snippet shows what somebody is called now; the account is no word."""
        await write(home, maple, body="Thanks, @clover, for the bread.")
        await home.services.naming.rename(clover, "thistle")

        [hit] = await hits(home, maple, "bread")

        line = "".join(one.text for one in hit.pieces)
        assert line == "Thanks, @thistle, for the bread."
        assert await hits(home, maple, "clover") == []


class TestWhatIsNot:
    async def test_only_what_one_may_read(self, home: Living, maple, mossy):
        """A board that is not for somebody is not there, whatever is asked."""
        await write(home, mossy, "team")
        open_to_all = await write(home, mossy, "porch")
        passer = await home.services.people.passing(None)

        assert len(await hits(home, mossy, "bread")) == 2
        for actor in (maple, passer):
            [hit] = await hits(home, actor, "bread")
            assert hit.thread.id == open_to_all.id
            with pytest.raises(BoardNotFound) as refused:
                await hits(home, actor, "bread board:team")
            assert refused.value.name == "team"
            with pytest.raises(BoardNotFound):
                await hits(home, actor, "bread board:nowhere")

    async def test_a_lower_role_is_a_lower_role_at_once(self, home: Living):
        """What was for trusted members is not for members."""
        ash = await home.person("ash", Role.TRUSTED)
        await write(home, ash, "circle")

        assert len(await hits(home, ash, "bread")) == 1
        assert await hits(home, await home.person("elm"), "bread") == []

    async def test_nothing_that_waits_for_the_team(self, home: Living, maple, mossy):
        """Not even for whoever wrote it, until the team has read it."""
        await home.services.threads.start(maple, "careful", "Breakfast", SAID)

        assert await hits(home, maple, "bread") == []
        assert await hits(home, mossy, "bread") == []

    async def test_nothing_that_was_changed_or_removed(
        self, home: Living, maple, mossy
    ):
        """Former words, one's own and others', and words of those who leave."""
        thread = await write(home, maple)
        await home.services.posts.edit(maple, thread.id, 1, "Only honey.")
        assert await hits(home, maple, "bread") == []
        assert len(await hits(home, maple, "honey")) == 1

        await home.services.moderation.delete_post(mossy, thread.id, 1, "why")
        assert await hits(home, maple, "honey") == []

    async def test_nothing_that_has_had_its_time(self, home: Living, maple):
        """Also before the janitor came by."""
        await write(home, maple)
        home.clock.move(days=364)
        assert len(await hits(home, maple, "bread")) == 1
        home.clock.move(days=2)

        assert await hits(home, maple, "bread") == []

    async def test_nothing_whose_own_end_has_come(self, home: Living, maple):
        """A thread's and a post's, at that very moment."""
        day = timedelta(days=1)
        begin, reply = home.services.threads.start, home.services.posts.reply
        await begin(maple, "general", "Breakfast", SAID, Labels(lasts=day))
        kept = await begin(maple, "general", "Lunch", "Soup.")
        await reply(maple, kept.id, "Bread again.", lasts=day)
        assert len(await hits(home, maple, "bread")) == 2
        home.clock.move(days=1)

        assert await hits(home, maple, "bread") == []

    async def test_nobody_by_name_where_one_may_write_without(self, tmp_path):
        """Else a name could be guessed."""
        whisper = a_board("whisper")
        whisper = type(whisper)(
            **{
                name: getattr(whisper, name)
                for name in whisper.__dataclass_fields__
                if name != "identity"
            },
            identity=Identity.ANON_ALLOWED,
        )
        async with living(tmp_path, a_house((*BOARDS, whisper))) as home:
            maple = await home.person("maple")
            await write(home, maple, "whisper")
            thread = await write(home, maple)

            assert len(await hits(home, maple, "bread")) == 2
            for typed in ("by:maple", "bread by:maple", "par:MAPLE"):
                [hit] = await hits(home, maple, typed)
                assert hit.thread.id == thread.id
            assert await hits(home, maple, "by:maple board:whisper") == []
            found = await home.services.search.search(maple, "by:maple board:whisper")
            assert found.by_name

    async def test_nobody_who_has_left(self, home: Living, maple, clover):
        """Words that stay are found, and by nobody's name."""
        await write(home, maple)
        await home.services.leaving.leave(maple, Posts.KEEP)

        [hit] = await hits(home, clover, "bread")

        assert hit.post.author_name == ""
        with pytest.raises(PersonNotFound):
            await hits(home, clover, "by:maple")

    async def test_no_line_of_what_warns(self, home: Living, maple, clover):
        """It is told what it warns of, and nothing else of it; its author sees it."""
        thread = await write(home, maple)
        warned = Labels(frozenset({Tag.VIOLENCE}))
        await home.services.labels.label(maple, thread.id, warned)

        [hit] = await hits(home, clover, "bread")
        [own] = await hits(home, maple, "bread")

        assert (hit.pieces, hit.titled, hit.folded) == ((), False, True)
        assert hit.warnings == {Tag.VIOLENCE}
        assert own.titled
        assert own.pieces

    async def test_what_warns_as_each_reader_chose(self, home: Living, maple, clover):
        """Open like any other, or not found at all."""
        on = home.services
        thread = await write(home, maple)
        warned = frozenset({Tag.VIOLENCE})
        await on.labels.label_post(maple, thread.id, 1, warned)
        await on.choices.choose(clover, [Tag.VIOLENCE], Show.OPEN)
        [hit] = await hits(home, clover, "bread")
        assert (hit.titled, hit.folded) == (True, False)

        await on.choices.choose(clover, [Tag.VIOLENCE], Show.HIDE)

        assert await hits(home, clover, "bread") == []


async def test_refuses_what_is_unclear_or_too_much(home: Living, maple):
    """And what is unclear does not count."""
    for _ in range(SEARCHES.burst + 1):
        with pytest.raises(SearchUnclear):
            await hits(home, maple, "")
    for _ in range(SEARCHES.burst):
        await hits(home, maple, "bread")
    with pytest.raises(TooFast):
        await hits(home, maple, "bread")


async def test_nothing_is_kept_of_a_search(home: Living, maple, clover):
    """Neither on disk nor for others to hear, whatever was found."""
    await write(home, clover)
    before = await home.everything()

    async with home.ear(maple, clover) as ear:
        await hits(home, maple, "bread")
        await hits(home, maple, "by:clover")
        assert await ear.taken() == []

    assert await home.everything() == before

from dataclasses import replace

import pytest

from bunniz_bbs.domain.errors import DraftNotFound, PostNotFound, ThreadNotFound
from bunniz_bbs.domain.labels import Ask, Labels, Tag
from bunniz_bbs.domain.limits import BODY_CHARACTERS
from bunniz_bbs.domain.people import Role
from bunniz_bbs.services.drafts import SLACK, STAYS

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

    async def test_bring_their_labels_back(self, home, maple):
        """What it warns of and asks for, and its language."""
        labels = Labels(frozenset({Tag.POLICE, Tag.DEATH}), Ask.LISTEN, "nl")
        await home.services.drafts.save(maple, PLACE, "Bread", "Rye?", labels)

        assert (await home.services.drafts.get(maple, PLACE)).labels == labels


class TestList:
    async def test_tells_what_each_is_for(self, home, maple):
        """A new thread, a reply, a change; what was written last comes first."""
        drafts = home.services.drafts
        thread = await home.thread(maple)
        await drafts.save(maple, PLACE, "Salt", "How much?")
        home.clock.move(minutes=1)
        await drafts.save(maple, f"thread:{thread.id}", "", "And")
        home.clock.move(minutes=1)
        view = await home.services.threads.open(maple, thread.id)
        await drafts.save(maple, f"post:{view.posts[0].id}", "", "Rye!")

        found = await drafts.all(maple)

        assert [one.name for one in found] == [
            f"{thread.id}#1",
            str(thread.id),
            "general",
        ]
        assert [one.number for one in found] == [1, 0, 0]
        assert found[1].thread == view.thread
        assert found[2].board.slug == "general"
        assert found[0].until == home.clock.now() + STAYS
        assert (await drafts.find(maple, f"{thread.id}#1")).draft.body == "Rye!"
        with pytest.raises(DraftNotFound):
            await drafts.find(maple, "nowhere")

    async def test_shows_no_place_that_is_not_for_one(self, home, maple, sorrel):
        """The words are one's own; a title that one may not read is not."""
        moderator = await home.person("tansy", Role.MODERATOR)
        thread = await home.thread(sorrel, "team")
        await home.services.drafts.save(moderator, f"thread:{thread.id}", "", "And")
        lower = replace(moderator, role=Role.MEMBER)

        [one] = await home.services.drafts.all(lower)

        assert (one.board, one.thread, one.draft.body) == (None, None, "And")

    async def test_is_ones_own(self, home, maple, clover, sorrel):
        """Nobody sees what somebody else has begun, whatever their role."""
        await home.services.drafts.save(maple, PLACE, "Bread", "Rye?")

        for other in (clover, sorrel):
            assert await home.services.drafts.all(other) == []


class TestSealed:
    async def test_the_data_holds_no_words(self, home, maple):
        """Neither the title nor the text, in no table and no file, nor backwards."""
        await home.services.drafts.save(maple, PLACE, "Umbrella", "owes-me-bread")

        [row] = (await home.rows())["drafts"]

        assert b"owes-me-bread" not in b"".join(
            one if isinstance(one, bytes) else str(one).encode() for one in row
        )
        assert "Umbrella" not in str(await home.rows())

    async def test_a_copied_row_tells_nothing(self, home, maple, clover):
        """Under another account, or for another place, it opens for nobody."""
        drafts = home.services.drafts
        await drafts.save(maple, PLACE, "Bread", "Rye?")
        kept = await drafts._store.read(lambda tx: tx.drafts.get(maple.id, PLACE))

        await drafts._store.write(lambda tx: tx.drafts.save(clover.id, kept))

        assert await drafts.get(clover, PLACE) is None
        assert await drafts.all(clover) == []


class TestGone:
    @pytest.mark.parametrize("what", ["thread", "post"])
    async def test_nothing_is_kept_for_what_is_gone(self, home, maple, what):
        """A composer that is still open brings no draft back."""
        thread = await home.thread(maple)
        [post] = (await home.services.threads.open(maple, thread.id)).posts
        place = f"thread:{thread.id}" if what == "thread" else f"post:{post.id}"
        drafts = home.services.drafts
        await drafts.save(maple, place, "", "And salt")
        await drafts.require_there(maple, place)
        await home.services.posts.delete(maple, thread.id, 1)

        gone = ThreadNotFound if what == "thread" else PostNotFound
        assert await drafts.all(maple) == []
        with pytest.raises(gone):
            await drafts.require_there(maple, place)
        with pytest.raises(gone):
            await drafts.save(maple, place, "", "And salt")
        assert (await home.rows())["drafts"] == []

from datetime import timedelta

import pytest

from bunniz_bbs.domain.errors import BoardNotFound
from bunniz_bbs.domain.news import NewsKind
from bunniz_bbs.domain.people import Role


class TestOverview:
    async def test_shows_what_one_may_read(self, home, maple):
        """Boards stand in their sections; what is not for one does not exist."""
        seen = await home.services.boards.overview(maple)

        [talk] = seen.sections
        assert talk.section.id == "talk"
        shown = [view.board.slug for view in talk.boards]
        assert shown == ["porch", "general", "notices", "careful"]

    async def test_the_team_sees_its_section(self, home, mossy):
        """A section is shown to those who may read a board in it."""
        seen = await home.services.boards.overview(mossy)

        assert [one.section.id for one in seen.sections] == ["talk", "house"]

    async def test_counts_threads_with_something_unread(self, home, maple, clover):
        """Two new threads on a board are two, however many posts they have."""
        await home.thread(clover, posts=2)
        home.clock.move(hours=1)
        await home.thread(clover)
        await home.thread(clover, "porch")

        [talk] = (await home.services.boards.overview(maple)).sections

        unread = {view.board.slug: view.unread for view in talk.boards}
        assert unread == {"porch": 1, "general": 2, "notices": 0, "careful": 0}

    async def test_own_words_are_not_news(self, home, maple):
        """What one wrote oneself is never unread."""
        await home.thread(maple)

        assert (await home.services.boards.overview(maple)).unread == ()

    async def test_counts_also_what_it_does_not_name(self, home, maple, clover):
        """Home names a few threads; all are counted."""
        for _ in range(3):
            home.clock.move(minutes=1)
            last = await home.thread(clover)

        seen = await home.services.boards.overview(maple, named=1)
        none = await home.services.boards.overview(maple, named=0)

        assert [row.thread.id for row in seen.unread] == [last.id]
        assert (seen.new, none.new) == (3, 3)
        assert none.unread == ()

    async def test_hidden_words_are_not_news(self, home, mossy):
        """What the team writes among itself is not counted for others."""
        await home.thread(mossy, "team")
        guest = await home.person("gorse", Role.GUEST)

        assert (await home.services.boards.overview(guest)).unread == ()

    async def test_replies_to_oneself_come_first(self, home, maple, clover):
        """A thread one has written in comes before newer ones of others."""
        mine = await home.thread(maple, title="Mine")
        home.clock.move(minutes=1)
        await home.services.posts.reply(clover, mine.id, "Answer.")
        home.clock.move(minutes=1)
        other = await home.thread(clover, title="Other")

        rows = (await home.services.boards.overview(maple)).unread

        assert [row.thread.id for row in rows] == [mine.id, other.id]
        assert [row.kind for row in rows] == [NewsKind.FOLLOWED, NewsKind.NEW]

    async def test_years_of_backlog_do_not_drown_a_newcomer(self, home, clover):
        """What was written two months before one came counts as read."""
        await home.thread(clover, title="Old")
        home.clock.move(days=51)
        recent = await home.thread(clover, title="Recent")
        home.clock.move(days=11)
        newcomer = await home.person("alder")

        rows = (await home.services.boards.overview(newcomer)).unread

        assert [row.thread.id for row in rows] == [recent.id]

    async def test_somebody_whose_account_is_gone_has_no_news(
        self, home, maple, clover, sorrel
    ):
        """A visit that outlives its account by a moment breaks nothing."""
        await home.thread(clover)
        await home.services.people.remove(sorrel, maple.name)

        assert (await home.services.boards.overview(maple)).unread == ()


class TestNextUnread:
    async def test_is_another_one(self, home, maple, clover):
        """The thread that is open is not offered again while there are others."""
        first = await home.thread(clover, title="First")
        home.clock.move(minutes=1)
        second = await home.thread(clover, title="Second")

        row = await home.services.boards.next_unread(maple, after=second.id)

        assert row is not None
        assert row.thread.id == first.id

    async def test_is_one_of_ones_own_first(self, home, maple, clover):
        """The same order as in the list of what is new."""
        mine = await home.thread(maple, title="Mine")
        await home.services.posts.reply(clover, mine.id, "Answer.")
        home.clock.move(minutes=1)
        await home.thread(clover, title="Other")

        row = await home.services.boards.next_unread(maple)

        assert row is not None
        assert (row.thread.id, row.kind, row.unread) == (mine.id, NewsKind.FOLLOWED, 1)

    async def test_is_nothing_of_hidden_boards(self, home, mossy):
        """What the team writes among itself is not offered to others."""
        await home.thread(mossy, "team")
        guest = await home.person("gorse", Role.GUEST)

        assert await home.services.boards.next_unread(guest) is None

    async def test_is_none_when_all_is_read(self, home, maple, clover):
        """Whoever has read everything is told so, also about the open thread."""
        only = await home.thread(clover)

        assert await home.services.boards.next_unread(maple, after=only.id) is None

    async def test_reading_moves_on(self, home, maple, clover):
        """What was read to its end is not offered any more."""
        thread = await home.thread(clover)

        await home.services.threads.mark_read(maple, thread.id, 1)

        assert await home.services.boards.next_unread(maple) is None


class TestGet:
    @pytest.mark.parametrize("slug", ["team", "nothing", "", "Team", "team " * 900])
    async def test_hidden_and_missing_look_the_same(self, home, maple, slug):
        """Nobody learns that a board exists which is not for them."""
        with pytest.raises(BoardNotFound) as refusal:
            home.services.boards.get(maple, slug)

        assert refusal.value.name == slug

    async def test_a_board_keeps_what_the_house_says(self, home, maple):
        """The board comes with its lifetime, for the screens to tell."""
        board = home.services.boards.get(maple, "general")

        assert board.lifetime == timedelta(days=365)

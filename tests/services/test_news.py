"""What is new for somebody, and what they choose to hear of."""

import json
from datetime import timedelta

import pytest

from bunniz_bbs.domain.errors import BoardNotFound, DayUnclear, PostNotFound, TooMany
from bunniz_bbs.domain.news import NewsKind
from bunniz_bbs.domain.own import Posts
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.domain.threads import Post
from bunniz_bbs.services import bookmarks, follows
from bunniz_bbs.services.mentions import meant_by
from bunniz_bbs.services.quotes import quote
from tests.services.living import Living

MINE = NewsKind.FOLLOWED


async def kinds(home: Living, actor: Actor) -> list[tuple[str, NewsKind, str]]:
    """What is new: its title, why, and through whom."""
    found = await home.services.news.of(actor)
    return [(one.thread.title, one.kind, one.by) for one in found.items]


async def say(home: Living, actor: Actor, thread: int, body: str) -> None:
    """One more post, a minute later."""
    home.clock.move(minutes=1)
    await home.services.posts.reply(actor, thread, body)  # type: ignore[arg-type]


class TestMeaningSomebody:
    async def test_who_is_named_is_told_first(self, home, maple, clover):
        """Though newer threads are there, and the board is quiet for them."""
        named = await home.thread(clover, title="Named")
        await say(home, clover, named.id, "Ask @maple about it.")
        home.clock.move(minutes=1)
        await home.thread(clover, title="Newer")
        await home.services.follows.set_quiet(maple, "general", True)

        assert await kinds(home, maple) == [("Named", NewsKind.MENTION, "clover")]

    async def test_a_quote_answers_whom_it_is_of(self, home, maple, clover):
        """Not those who are named in what is quoted, nor whoever is quoted deeper."""
        mossy = await home.person("heather")
        thread = await home.thread(maple)
        quoted = quote("I heard it from @heather.", "@maple", 1)
        await say(home, clover, thread.id, f"{quoted}\n\nThank you.")

        assert await kinds(home, maple) == [("Bread", NewsKind.ANSWER, "clover")]
        assert await kinds(home, mossy) == [("Bread", NewsKind.NEW, "")]

    async def test_nobody_means_themselves(self, home, maple, clover):
        """Their own posts are not new for them."""
        thread = await home.thread(maple)
        await say(home, maple, thread.id, "I, @maple, said so.")

        assert await kinds(home, maple) == []
        assert not (await home.rows())["mentions"]

    async def test_an_edit_can_mean_somebody_or_nobody_any_more(
        self, home, maple, clover
    ):
        """As long as they have not read it."""
        posts = home.services.posts
        thread = await home.thread(clover)
        await posts.edit(clover, thread.id, 1, "For @maple.")
        assert [one[1] for one in await kinds(home, maple)] == [NewsKind.MENTION]
        await posts.edit(clover, thread.id, 1, "For everybody.")
        assert [one[1] for one in await kinds(home, maple)] == [NewsKind.NEW]

        await home.services.threads.mark_read(maple, thread.id, 1)
        await posts.edit(clover, thread.id, 1, "For @maple again.")
        assert await kinds(home, maple) == []
        assert not (await home.rows())["mentions"]

    async def test_what_one_may_not_read_means_nobody(self, home, maple, mossy):
        """Nothing of it is kept, shown or counted."""
        await home.services.threads.start(mossy, "team", "T", "About @maple.")

        assert await kinds(home, maple) == []
        assert await home.services.boards.next_unread(maple) is None
        assert not (await home.rows())["mentions"]

    async def test_a_lower_role_is_shown_nothing_any_more(self, home, maple, mossy):
        """What meant a moderator stays on the team's board."""
        other = await home.person("heather", Role.MODERATOR)
        await home.services.threads.start(mossy, "team", "T", "Look, @heather.")
        assert [one[1] for one in await kinds(home, other)] == [NewsKind.MENTION]
        sysop = await home.person("sorrel", Role.SYSOP)
        await home.services.people.set_role(sysop, "heather", Role.MEMBER)
        lowered = Actor(other.id, other.name, Role.MEMBER)

        assert await kinds(home, lowered) == []
        assert await home.services.boards.next_unread(lowered) is None

    async def test_a_post_that_waited_means_people_once_it_is_out(
        self, home, maple, clover, mossy
    ):
        """Not before the team has read it."""
        held = await home.services.threads.start(clover, "careful", "T", "Hi @maple.")
        assert await kinds(home, maple) == []
        await home.services.team.publish(mossy, held.id)

        assert await kinds(home, maple) == [("T", NewsKind.MENTION, "clover")]

    async def test_it_is_gone_once_it_is_read_or_removed(self, home, maple, clover):
        """However it goes."""
        first = await home.thread(clover)
        second = await home.thread(clover)
        for thread in (first, second):
            await say(home, clover, thread.id, "Hello @maple.")
        assert len((await home.rows())["mentions"]) == 2
        await home.services.threads.mark_read(maple, first.id, 2)
        await home.services.posts.delete(clover, second.id, 2)

        assert not (await home.rows())["mentions"]
        assert await kinds(home, maple) == [("Bread", NewsKind.NEW, "")]

    async def test_a_name_follows(self, home, maple, clover):
        """Who means somebody is shown under the name of today, or none."""
        thread = await home.thread(clover)
        await say(home, clover, thread.id, "Hello @maple.")
        await home.services.naming.rename(clover, "solstice")
        assert (await kinds(home, maple))[0][2] == "solstice"
        await home.services.leaving.leave(clover, Posts.KEEP)
        assert (await kinds(home, maple))[0][2] == ""


@pytest.mark.parametrize(
    ("body", "meant"),
    [
        ("\x02{0}\x03", {0: False}),
        ("> \x02{0}\x03:\n> words\n\nand \x02{1}\x03", {0: True, 1: False}),
        ("> \x02{0}\x03:\n> \x02{1}\x03 said", {0: True}),
        ("> words\n> \x02{0}\x03:", {}),
        ("> > \x02{0}\x03:\n> words", {0: True}),
        ("\x02{2}\x03 and \x02{0}\x03", {0: False}),
        ("> \x02{0}\x03:\nand \x02{0}\x03", {0: True}),
    ],
)
def test_whom_a_post_means(body: str, meant: dict[int, bool]):
    """Quotes answer, names mention, and the author is not meant."""
    people = [digit * 20 for digit in "123"]
    post = Post(1, 1, 1, people[2], "x", body.format(*people), None, False, False)  # type: ignore[arg-type]

    assert meant_by(post) == {people[one]: how for one, how in meant.items()}


class TestFollowing:
    async def test_one_follows_what_one_wrote_in_until_one_says_otherwise(
        self, home, maple, clover
    ):
        """And what one chooses, also where one never wrote."""
        mine = await home.thread(maple, title="Mine")
        other = await home.thread(clover, title="Other")
        await say(home, clover, mine.id, "An answer.")
        set_ = home.services.follows.set
        assert await kinds(home, maple) == [
            ("Mine", MINE, ""),
            ("Other", NewsKind.NEW, ""),
        ]
        await set_(maple, mine.id, False)
        await set_(maple, other.id, True)

        assert await kinds(home, maple) == [
            ("Other", MINE, ""),
            ("Mine", NewsKind.NEW, ""),
        ]
        assert [one.id for one in await home.services.follows.all(maple)] == [other.id]

    async def test_as_many_as_fit(self, home, maple, clover, monkeypatch):
        """What was said of a thread can be changed all the same."""
        monkeypatch.setattr(follows, "FOLLOWS", 1)
        first, second = await home.thread(clover), await home.thread(clover)
        await home.services.follows.set(maple, first.id, True)
        await home.services.follows.set(maple, first.id, False)
        with pytest.raises(TooMany):
            await home.services.follows.set(maple, second.id, True)


class TestQuietBoards:
    async def test_nothing_of_them_is_counted_or_shown(self, home, maple, clover):
        """But what one chose to follow, and the board itself reads as ever."""
        thread = await home.thread(clover)
        await home.services.follows.set_quiet(maple, "general", True)

        seen = await home.services.boards.overview(maple)
        assert (seen.new, seen.unread) == (0, ())
        assert await home.services.boards.next_unread(maple) is None
        [row] = await home.services.threads.on_board(maple, "general")
        assert row.unread == 1

        await home.services.follows.set(maple, thread.id, True)
        assert (await home.services.boards.overview(maple)).new == 1
        await home.services.follows.set(maple, thread.id, False)
        await home.services.follows.set_quiet(maple, "general", False)
        assert (await home.services.boards.overview(maple)).new == 1


class TestReadAtOnce:
    async def test_a_board_or_all_of_them(self, home, maple, clover):
        """Says how many threads had something; others' marks stay."""
        for board in ("general", "general", "porch"):
            await home.thread(clover, board)
        news = home.services.news
        assert await news.mark_all(maple, "general") == 2
        assert [one.thread.board for one in (await news.of(maple)).items] == ["porch"]
        assert await news.mark_all(maple) == 1
        assert await news.mark_all(maple) == 0
        assert len((await news.of(await home.person("heather"))).items) == 3
        with pytest.raises(BoardNotFound):
            await news.mark_all(maple, "team")

    async def test_what_comes_later_is_new(self, home, maple, clover):
        """Nothing is swallowed."""
        thread = await home.thread(clover)
        await home.services.news.mark_all(maple)
        await say(home, clover, thread.id, "More.")
        assert [one.unread for one in (await home.services.news.of(maple)).items] == [1]


class TestSinceWhen:
    async def test_a_day_is_chosen_in_many_ways(self, home, maple, clover):
        """Today, so long ago, or a day; not one that is still to come."""
        await home.thread(clover)
        home.clock.move(days=3)
        news, today = home.services.news, home.clock.now().date()

        assert await news.set_floor(maple, "today") == today
        assert (await news.of(maple)).items == ()
        assert await news.set_floor(maple, "7d") == today - timedelta(days=7)
        assert len((await news.of(maple)).items) == 1
        assert await news.set_floor(maple, "2026-01-31") == await news.floor(maple)
        tomorrow = (today + timedelta(days=1)).isoformat()
        for text in ("tomorrow", "", "99999d", "2026-13-01", tomorrow, "0d"):
            with pytest.raises(DayUnclear):
                await news.set_floor(maple, text)

    async def test_a_thread_opens_at_what_is_new_since_then(self, home, maple, clover):
        """And at its beginning where all of it is older, and was never read."""
        thread = await home.thread(clover, posts=30)
        home.clock.move(days=3)
        await say(home, clover, thread.id, "New.")
        await home.services.news.set_floor(maple, "2d")
        view = await home.services.threads.open(maple, thread.id, None, 8)
        assert (view.read, view.posts[-1].number) == (30, 31)
        home.clock.move(days=3)
        await home.services.news.set_floor(maple, "today")
        view = await home.services.threads.open(maple, thread.id, None, 8)
        assert (view.read, view.posts[0].number) == (0, 1)


class TestUnanswered:
    async def test_is_for_those_who_want_it(self, home, maple, clover, mossy):
        """Threads of others in which nobody else wrote, also once they were read."""
        waits = await home.thread(clover, title="Waits", posts=2)
        answered = await home.thread(clover, title="Answered")
        await say(home, mossy, answered.id, "So it is.")
        locked = await home.thread(clover, title="Locked")
        await home.services.order.lock(mossy, locked.id, True, "done")
        closed = await home.thread(clover, title="Closed")
        await home.services.order.close(clover, closed.id, True)
        await home.thread(maple, title="Mine")
        await home.services.threads.start(mossy, "team", "Hidden", "Words.")
        await home.services.threads.mark_read(maple, waits.id, 2)
        assert "Waits" not in [one[0] for one in await kinds(home, maple)]
        await home.services.news.set_answers(maple, True)

        found = await kinds(home, maple)
        assert found[-1] == ("Waits", NewsKind.UNANSWERED, "")
        assert [one[0] for one in found if one[1] is NewsKind.UNANSWERED] == ["Waits"]
        await home.thread(clover, title="New")
        home.clock.move(minutes=1)
        later = await home.thread(clover, title="Later")
        await say(home, mossy, later.id, "An answer.")
        following = await home.services.boards.next_unread(maple)
        assert following is not None
        assert following.thread.title == "Later"
        last = await home.services.boards.next_unread(maple, later.id)
        assert last is not None
        assert NewsKind.UNANSWERED not in [one[1] for one in await kinds(home, mossy)]


class TestBookmarks:
    async def test_are_kept_until_they_or_their_posts_go(self, home, maple, clover):
        """By thread and number, for their owner alone."""
        thread = await home.thread(clover, posts=3)
        keep = home.services.bookmarks
        assert await keep.turn(maple, thread.id, 1)
        assert await keep.turn(maple, thread.id, 3)
        assert await keep.turn(maple, thread.id, 2)
        assert not await keep.turn(maple, thread.id, 2)
        assert await keep.turn(maple, thread.id, 3, wanted=True)
        numbers = [one.post.number for one in await keep.all(maple)]
        assert numbers == [3, 1]
        assert not await keep.all(clover)
        await home.services.posts.delete(clover, thread.id, 3)
        assert [one.post.number for one in await keep.all(maple)] == [1]
        with pytest.raises(PostNotFound):
            await keep.turn(maple, thread.id, 3)

    async def test_as_many_as_fit(self, home, maple, clover, monkeypatch):
        """One more is refused, and nothing changes."""
        monkeypatch.setattr(bookmarks, "BOOKMARKS", 1)
        thread = await home.thread(clover, posts=2)
        await home.services.bookmarks.turn(maple, thread.id, 1)
        with pytest.raises(TooMany):
            await home.services.bookmarks.turn(maple, thread.id, 2)
        assert len(await home.services.bookmarks.all(maple)) == 1

    async def test_a_board_that_is_closed_to_one_shows_none(self, home, mossy, maple):
        """The bookmark shows nothing of what one may not read any more."""
        begun = await home.services.threads.start(mossy, "team", "Hidden", "Words.")
        await home.services.bookmarks.turn(mossy, begun.id, 1)
        assert len(await home.services.bookmarks.all(mossy)) == 1
        lowered = Actor(mossy.id, mossy.name, Role.MEMBER)

        assert not await home.services.bookmarks.all(lowered)


class TestWhatIsOnesOwn:
    async def test_is_in_the_copy_and_goes_with_the_account(self, home, maple, clover):
        """All that was said and kept; nothing of it stays."""
        thread = await home.thread(clover)
        await say(home, clover, thread.id, "Hello @maple.")
        await home.services.follows.set(maple, thread.id, True)
        await home.services.follows.set_quiet(maple, "porch", True)
        await home.services.bookmarks.turn(maple, thread.id, 1)
        copy = await home.services.own.export(maple)

        assert copy["follows"] == {str(thread.id): True}
        assert copy["quiet_boards"] == ["porch"]
        assert copy["bookmarks"] == [{"thread": thread.id, "number": 1}]
        assert copy["unread_that_means_you"] == [{"thread": thread.id, "number": 2}]
        assert "clover" not in json.dumps(copy)
        await home.services.leaving.leave(maple, Posts.REMOVE)
        rows = await home.rows()
        tables = ("mentions", "follows", "quiet_boards", "bookmarks")
        assert [rows[one] for one in tables] == [[], [], [], []]

    async def test_goes_with_the_words_of_whoever_leaves(self, home, maple, clover):
        """Bookmarks on their posts, and that they meant somebody."""
        mine = await home.thread(maple)
        await say(home, clover, mine.id, "Hello @maple.")
        await home.services.bookmarks.turn(maple, mine.id, 2)
        await home.services.leaving.leave(clover, Posts.REMOVE)
        rows = await home.rows()

        assert (rows["mentions"], rows["bookmarks"]) == ([], [])

    async def test_goes_with_its_thread(self, home, maple, clover):
        """With all of it."""
        thread = await home.thread(clover)
        await home.services.follows.set(maple, thread.id, True)
        await home.services.bookmarks.turn(maple, thread.id, 1)
        await home.store.write(lambda tx: tx.threads.remove(thread.id))
        rows = await home.rows()

        assert (rows["follows"], rows["bookmarks"]) == ([], [])

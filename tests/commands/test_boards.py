import pytest

from bunniz_bbs.commands.boards import AT_ONCE
from bunniz_bbs.domain.errors import (
    BoardNotFound,
    TextEmpty,
    ThreadNotFound,
    UsageUnclear,
)
from bunniz_bbs.domain.ids import ThreadId
from tests.commands.giving import Giver


async def test_boards_are_listed_by_section(home, maple, clover):
    """With how much is new on each; hidden ones are not there."""
    await home.thread(clover)

    reply = await Giver(home, maple).verb("boards")

    assert reply.lines == [
        "Talk",
        "  porch  Porch",
        "  general  General - 1 new",
        "  notices  Notices",
        "  careful  Careful",
    ]
    assert reply.data[1] == {"board": "general", "title": "General", "unread": 1}


class TestUnread:
    async def test_lists_what_is_new(self, home, maple, clover):
        """With number, title and how many posts."""
        thread = await home.thread(clover, title="Rye", posts=2)

        reply = await Giver(home, maple).verb("unread")

        assert reply.lines == [
            "On the boards",
            f"{thread.id:>5}  Rye - 2 new - General - now",
        ]
        [row] = reply.data
        assert (row["thread"], row["unread"], row["posts"]) == (thread.id, 2, 2)

    async def test_says_when_there_is_nothing(self, home, maple):
        """In words; as data it is an empty list."""
        reply = await Giver(home, maple).verb("unread")

        assert (reply.lines, reply.data) == (["Nothing new."], [])


class TestRead:
    async def test_a_board_is_its_threads(self, home, maple, clover, mossy):
        """With marks for what is new, pinned and locked."""
        thread = await home.thread(clover, title="Rye")
        await home.services.order.pin(mossy, thread.id, True, "Why")
        await home.services.order.lock(mossy, thread.id, True, "Why")

        reply = await Giver(home, maple).verb("read GENERAL")

        assert reply.lines == [f"{thread.id:>5} *^= Rye - 1 new - now"]
        assert reply.data[0]["pinned"]
        assert reply.data[0]["locked"]

    async def test_an_empty_board_says_so(self, home, maple):
        """In words; as data it is an empty list."""
        reply = await Giver(home, maple).verb("read general")

        assert (reply.lines, reply.data) == (["No threads yet."], [])

    async def test_a_thread_is_its_posts_and_then_counts_as_read(
        self, home, maple, clover
    ):
        """Removed ones leave their number, changed ones say so."""
        thread = await home.thread(clover, title="Rye", posts=3)
        await home.services.posts.delete(clover, thread.id, 1)
        await home.services.posts.edit(clover, thread.id, 2, "**Better** words")

        reply = await Giver(home, maple).verb(f"read general {thread.id}")

        assert reply.lines == [
            "Rye",
            "",
            "#1 was removed",
            "",
            "#2 clover - 1 min - edited",
            "  Better words",
            "",
            "#3 clover - now",
            "  Words 3.",
        ]
        first, second, _ = reply.data["posts"]
        assert (first["author"], first["body"], first["deleted"]) == (None, "", True)
        assert (second["body"], second["edited"]) == ("**Better** words", True)
        assert (await home.services.boards.overview(maple)).unread == ()

    async def test_a_long_thread_is_all_of_its_posts(self, home, maple, clover):
        """Though they are fetched part by part."""
        thread = await home.thread(clover, posts=2 * AT_ONCE + 3)

        reply = await Giver(home, maple).verb(f"read general {thread.id}")

        numbers = [post["number"] for post in reply.data["posts"]]
        heads = [one for one in reply.lines if one.startswith("#")]
        assert numbers == list(range(1, 2 * AT_ONCE + 4))
        assert len(heads) == len(numbers)
        assert (await home.services.boards.overview(maple)).unread == ()

    async def test_a_thread_is_read_on_its_own_board(self, home, maple, clover):
        """Elsewhere it is not found, and it stays unread."""
        thread = await home.thread(clover)

        with pytest.raises(ThreadNotFound):
            await Giver(home, maple).verb(f"read porch {thread.id}")

        assert len((await home.services.boards.overview(maple)).unread) == 1

    async def test_a_part_of_a_thread(self, home, maple, clover):
        """From a number on, so many, or what is unread; what lies before stays so."""
        thread = await home.thread(clover, posts=AT_ONCE + 20)
        giver, line = Giver(home, maple), f"read general {thread.id}"

        async def numbers(options: str) -> list[int]:
            reply = await giver.verb(f"{line} {options}")
            return [post["number"] for post in reply.data["posts"]]

        assert await numbers("--from 5 --limit 3") == [5, 6, 7]
        assert await numbers("--unread --limit 2") == [1, 2]
        assert await numbers("--unread --limit 2") == [3, 4]
        assert await numbers("--unread --from 7 --limit 1") == [7]
        assert await numbers(f"--limit {AT_ONCE + 1}") == list(range(1, AT_ONCE + 2))
        assert await numbers("--unread") == list(range(AT_ONCE + 2, AT_ONCE + 21))
        assert await numbers("--unread") == await numbers("--from 999") == []
        assert await numbers("--limit 0") == []
        part = await giver.verb(f"{line}#9 --limit 2")
        assert [post["number"] for post in part.data["posts"]] == [9, 10]

    async def test_what_is_new_on_a_board(self, home, maple, clover):
        """Of its threads, those with something new, or the first so many."""
        one, other = await home.thread(clover), await home.thread(clover)
        await home.services.threads.mark_read(maple, other.id, 1)
        giver = Giver(home, maple)

        fresh = await giver.verb("read general --unread")
        first = await giver.verb("read general --limit 1")

        assert [row["thread"] for row in fresh.data] == [one.id]
        assert len(first.data) == 1
        await home.services.threads.mark_read(maple, one.id, 1)
        assert (await giver.verb("read general --unread")).lines == ["Nothing new."]

    @pytest.mark.parametrize(
        ("line", "refusal"),
        [
            ("read general 1 --from x", UsageUnclear),
            ("read general --limit", UsageUnclear),
            ("read team", BoardNotFound),
            ("read nothing", BoardNotFound),
            ("read team 1", BoardNotFound),
            ("read general 99", ThreadNotFound),
            ("read general x", UsageUnclear),
            ("read general 1 2", UsageUnclear),
            ("read", UsageUnclear),
        ],
    )
    async def test_what_is_not_there_is_refused(self, home, maple, line, refusal):
        """Hidden and missing alike."""
        with pytest.raises(refusal):
            await Giver(home, maple).verb(line)


class TestPost:
    async def test_begins_a_thread_with_standard_input(self, home, maple):
        """The answer tells how to read it."""
        reply = await Giver(home, maple).verb("post General -t Rye bread", "Rye?\n")

        thread = reply.data["thread"]
        assert reply.lines == [f"Posted. Read it with: read general {thread}"]
        view = await home.services.threads.open(maple, ThreadId(thread))
        assert (view.thread.title, view.posts[0].body) == ("Rye bread", "Rye?")

    @pytest.mark.parametrize("board", ["team", "nothing"])
    async def test_nobody_writes_for_a_board_that_is_not_there(
        self, home, maple, board
    ):
        """It is refused before anything is read, hidden or missing."""
        giver = Giver(home, maple)

        with pytest.raises(BoardNotFound):
            await giver.verb(f"post {board} -t Rye", "Rye?")

        assert giver.asked == 0

    async def test_nothing_on_standard_input_is_nothing_to_send(self, home, maple):
        """No empty thread is made."""
        with pytest.raises(TextEmpty):
            await Giver(home, maple).verb("post general -t Rye", "\n \n")

        assert await home.services.threads.on_board(maple, "general") == []


class TestReply:
    async def test_answers_with_standard_input(self, home, maple, clover):
        """The answer tells under which number."""
        thread = await home.thread(clover)

        reply = await Giver(home, maple).verb(f"reply #{thread.id}", "Wheat.")

        assert reply.lines == ["Posted as #2."]
        assert reply.data == {"thread": thread.id, "post": 2, "again": False}

    async def test_what_is_not_there_is_refused(self, home, maple, mossy):
        """Hidden and missing alike."""
        hidden = await home.thread(mossy, "team")

        for number in (hidden.id, 99):
            with pytest.raises(ThreadNotFound):
                await Giver(home, maple).verb(f"reply {number}", "Wheat.")

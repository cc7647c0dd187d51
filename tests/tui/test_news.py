"""What is new on one page, what counts as read at once, and what one keeps."""

import pytest

from bunniz_bbs.domain.people import Actor
from bunniz_bbs.tui.screens.board import BoardPage
from bunniz_bbs.tui.screens.bookmarks import BookmarksPage
from bunniz_bbs.tui.screens.news import NewsPage
from bunniz_bbs.tui.screens.thread import ThreadPage
from tests.tui.house import TestHouse
from tests.tui.visit import Visit, visiting

SIZES = [(80, 24), (40, 15)]


def order(visit: Visit, *texts: str) -> bool:
    """Whether these stand one under the other."""
    rows = visit.lines
    at = [next((y for y, row in enumerate(rows) if one in row), -1) for one in texts]
    return -1 not in at and at == sorted(at)


@pytest.mark.parametrize("size", SIZES)
async def test_stands_in_the_order_in_which_n_goes(
    house: TestHouse, lune: Actor, rosa: Actor, size: tuple[int, int]
):
    """What means one, what one follows, the rest; then everything is read."""
    mine = await house.thread(lune, "money", "My question")
    named = await house.thread(rosa, "ghent", "Named here")
    await house.reply(rosa, named, "What does @lune say?")
    await house.reply(rosa, mine, "An answer.")
    await house.thread(rosa, "together", "Something else")

    async with visiting(house.app(lune), size) as visit:
        await visit.press("N")
        await visit.holds(
            lambda: order(
                visit,
                *("To you", "Named here", "What you follow", "My question"),
                *("On the boards", "Something else"),
            )
        )
        for title in ("Named here", "My question", "Something else"):
            await visit.press("n")
            await visit.holds(lambda title=title: title in visit.lines[0])
            last = visit.page.view.thread.last_number
            await visit.holds(lambda last=last: visit.page._read == last)
        await visit.press("n")
        await visit.sees("You have read everything.")
        await visit.press("escape")
        await visit.sees("New for you", "You have read everything.")


async def test_says_who_means_one(house: TestHouse, lune: Actor, rosa: Actor):
    """By the name of today, also while one looks."""
    thread = await house.thread(rosa, "money", "Rent")
    await house.reply(rosa, thread, "Ask @lune.")

    async with visiting(house.app(lune)) as visit:
        await visit.press("N")
        await visit.sees("rosa names you", "Rent")
        await house.services.naming.rename(rosa, "solstice")
        await visit.sees("solstice names you")
        assert "rosa" not in visit.text


@pytest.mark.parametrize("size", SIZES)
async def test_threads_boards_and_all_count_as_read(
    house: TestHouse, lune: Actor, rosa: Actor, size: tuple[int, int]
):
    """One at once; a board and all of them when it is asked for twice."""
    for number, board in enumerate(("money", "money", "ghent", "ghent", "safety")):
        await house.thread(rosa, board, f"Thread {number}")

    async with visiting(house.app(lune), size) as visit:
        await visit.press("N")
        await visit.sees("Thread 4", "Thread 3")
        await visit.press("m")
        await visit.lacks("Thread 4")
        await visit.press("B")
        await visit.sees("Press B again")
        await visit.press("down")
        await visit.lacks("Press B again")
        await visit.press("B", "B")
        await visit.sees("2 threads count as read now.", "Thread 1", "Thread 0")
        await visit.lacks("Thread 3")
        await visit.press("A", "A")
        await visit.sees("You have read everything.")
        assert not (await house.services.news.of(lune)).items


async def test_begins_at_a_day_that_one_chooses(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """What is older counts as read; a day that was not understood stays on the line."""
    await house.thread(rosa, "money", "Last week")
    house.clock.move(days=7)
    await house.thread(rosa, "money", "This week")

    async with visiting(house.app(lune)) as visit:
        await visit.press("N")
        await visit.sees("Last week", "This week", "since ")
        await visit.press("s")
        await visit.type("soon")
        await visit.press("enter")
        await visit.sees("is not a day that has come")
        await visit.press("ctrl+u")
        await visit.type("2d")
        await visit.press("enter")
        await visit.sees("New is what was written from March 6, 2026 on.")
        await visit.lacks("Last week")
        assert "This week" in visit.text


async def test_shows_what_waits_for_an_answer_to_those_who_want_it(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """Also what they have read; off by default."""
    thread = await house.thread(rosa, "money", "Nobody knows")
    await house.services.threads.mark_read(lune, thread, 1)

    async with visiting(house.app(lune)) as visit:
        await visit.press("N")
        await visit.sees("You have read everything.")
        await visit.press("w")
        await visit.sees("Waiting for a first answer", "Nobody knows")
        await visit.press("w")
        await visit.lacks("Nobody knows")


@pytest.mark.parametrize("size", SIZES)
async def test_a_thread_is_followed_and_a_post_kept(
    house: TestHouse, lune: Actor, rosa: Actor, size: tuple[int, int]
):
    """With one key each, and found again on pages of their own."""
    thread = await house.thread(rosa, "money", "Rent", "It is high.", "Very high.")

    async with visiting(house.app(lune, str(thread)), size) as visit:
        await visit.sees("It is high.")
        await visit.press("f")
        await visit.sees("You follow this thread")
        await visit.press("down", "b")
        await visit.sees("among your bookmarks")
        await visit.press("escape")
        await visit.ask("followed")
        await visit.sees("What you follow", "Rent")
        await visit.press("f")
        await visit.lacks("Rent")
        await visit.press("escape")
        await visit.ask("bookmarks")
        await visit.sees("Bookmarks", "Rent", "Very high.")
        assert isinstance(visit.page, BookmarksPage)
        await visit.press("enter")
        assert isinstance(visit.page, ThreadPage)
        await visit.press("escape", "d")
        await visit.sees("You have no bookmarks.")


async def test_a_board_is_quiet_until_one_wants_it(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """By its own key, and on the page of all boards."""
    await house.thread(rosa, "money", "Rent")

    async with visiting(house.app(lune, "money")) as visit:
        await visit.press("Q")
        await visit.sees("is quiet for you")
        await visit.press("escape")
        await visit.sees("nothing new")
        await visit.press("y", "end", "up", "up", "up", "enter")
        await visit.sees("Quiet boards", "quiet ")
        for _ in range(30):
            row = visit.page.query_one("Rows").cursor_screen_offset.y
            if "Money and tax" in visit.lines[row]:
                break
            await visit.press("down")
        await visit.press("enter")
        await visit.sees("You hear of “Money and tax” again.")
        await visit.press("escape", "escape")
        await visit.sees("1 new for you")


async def test_a_board_is_followed_marked_and_read_from_its_list(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """The same keys as on the page of what is new."""
    for title in ("First", "Second", "Third"):
        await house.thread(rosa, "money", title)

    async with visiting(house.app(lune, "money")) as visit:
        await visit.sees("● Third", "● Second", "● First")
        await visit.press("f")
        await visit.sees("You follow this thread")
        await visit.press("m")
        await visit.lacks("● Third")
        await visit.press("B", "B")
        await visit.sees("2 threads count as read now.")
        assert isinstance(visit.page, BoardPage)
        assert "● " not in "".join(visit.lines[1:])


async def test_says_what_is_left_where_one_is(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """Where the rest of the open thread is all that is new, `n` does not deny it."""
    bodies = [f"Words {number}.\n" * 8 for number in range(12)]
    thread = await house.thread(rosa, "money", "Long", *bodies)

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("Words 0.")
        await visit.press("n")
        await visit.sees("All that is left to read is here, further down.")


async def test_keeps_nothing_of_whoever_looks_around(house: TestHouse, rosa: Actor):
    """Neither keys nor pages for what is somebody's own."""
    passer = await house.services.people.passing(None)

    async with visiting(house.app(passer, keyless=True)) as visit:
        await visit.press("N")
        assert not isinstance(visit.page, NewsPage) or not visit.page._news.items
        await visit.press("question_mark")
        await visit.sees("Help")
        assert "all read" not in visit.text

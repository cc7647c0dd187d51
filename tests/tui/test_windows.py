"""Boards and threads of any length open at once: more is fetched as one goes on."""

import re

import pytest

from bunniz_bbs.domain.ids import BoardSlug, ThreadId
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.store.ports import Transaction
from bunniz_bbs.tui.screens.board import LISTED, BoardPage
from bunniz_bbs.tui.screens.thread import ThreadPage
from bunniz_bbs.tui.thread_window import SHOWN
from bunniz_bbs.tui.widgets.rows import Rows
from tests.tui.house import TestHouse
from tests.tui.visit import Visit, visiting

THREADS = LISTED + 30
POSTS = 9 * SHOWN


async def a_long_board(house: TestHouse, author: Actor) -> None:
    """A board with more threads than are fetched at once, past the limits."""

    async def work(tx: Transaction) -> None:
        for number in range(1, THREADS + 1):
            house.clock.move(seconds=60)
            now = house.clock.now()
            thread = await tx.threads.add(
                BoardSlug("money"), f"Thread {number}.", author.id, author.name, now
            )
            await tx.posts.add(thread.id, author.id, author.name, "Words.", now)

    await house.services.threads._store.write(work)


async def a_long_thread(house: TestHouse, author: Actor) -> ThreadId:
    """A thread with more posts than are fetched at once."""
    begun = await house.thread(author, "money", "Long", "Words 1.")

    async def work(tx: Transaction) -> None:
        for number in range(2, POSTS + 1):
            house.clock.move(seconds=60)
            now, text = house.clock.now(), f"Words {number}."
            await tx.posts.add(begun, author.id, author.name, text, now)

    await house.services.threads._store.write(work)
    return begun


def numbers(visit: Visit) -> list[int]:
    """The posts that are on the screen."""
    return [int(one) for one in re.findall(r"Words (\d+)\.", visit.text)]


def fetched(visit: Visit) -> list[int]:
    """The posts that the page has."""
    page = visit.page
    assert isinstance(page, ThreadPage)
    assert page.view is not None
    return [one.number for one in page.view.posts]


async def test_a_board_opens_with_its_newest_threads(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """Not all are fetched; going on, one comes to the oldest with none left out."""
    await a_long_board(house, rosa)

    async with visiting(house.app(lune, "money")) as visit:
        await visit.sees(f"Thread {THREADS}.")
        page = visit.page
        assert isinstance(page, BoardPage)
        assert len(page._threads) == LISTED
        for _ in range(THREADS // 15):
            await visit.press("pagedown")
        await visit.press("end")
        await visit.sees("Thread 1.")
        shown = [row.thread.title for row in page._threads]
        assert shown == [f"Thread {number}." for number in range(THREADS, 0, -1)]


async def test_a_board_stays_where_one_is_when_it_changes(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """Far down a long board, a thread that is begun does not take one back up."""
    await a_long_board(house, rosa)

    async with visiting(house.app(lune, "money")) as visit:
        await visit.sees(f"Thread {THREADS}.")
        await visit.press("end", "end")
        await visit.sees("Thread 1.")
        await house.thread(rosa, "money", "Just now")
        await visit.holds(
            lambda: visit.page._threads[0].thread.title == "Just now"  # type: ignore[attr-defined]
        )
        await visit.press("end")
        await visit.sees("Thread 1.")
        chosen = next(one for one in visit.lines if one.startswith("▌"))
        assert "Thread 1." in chosen


@pytest.mark.parametrize("read", [0, SHOWN + 20, POSTS])
async def test_a_thread_opens_where_reading_goes_on(
    house: TestHouse, lune: Actor, rosa: Actor, read: int
):
    """At its first post, at the first new one, or at its end; not all is fetched."""
    thread = await a_long_thread(house, rosa)
    await house.services.threads.mark_read(lune, thread, read)

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees(f"Words {min(read + 1, POSTS)}.")
        assert len(fetched(visit)) <= 2 * SHOWN
        if 0 < read < POSTS:
            top = "\n".join(visit.lines[:6])
            assert "─ new ─" in top
            assert f"#{read + 1}" in top


@pytest.mark.parametrize("way", ["pagedown", "down"])
async def test_a_thread_is_read_to_its_end(
    house: TestHouse, lune: Actor, rosa: Actor, way: str
):
    """Going on, one sees every post once, in order, and nothing twice."""
    thread = await a_long_thread(house, rosa)
    seen: list[int] = []

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("Words 1.")
        while POSTS not in seen:
            here = numbers(visit)
            assert here == list(range(here[0], here[-1] + 1))
            assert not seen or here[0] <= seen[-1] + 1
            seen += [one for one in here if not seen or one > seen[-1]]
            await visit.press(way)
        assert seen == list(range(1, POSTS + 1))
        await visit.holds(lambda: visit.page._read == POSTS)  # type: ignore[attr-defined]


async def test_a_thread_is_read_back_to_its_beginning(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """Going back from the end, what is in view stays while more is fetched above."""
    thread = await a_long_thread(house, rosa)
    await house.services.threads.mark_read(lune, thread, POSTS)
    seen: list[int] = []

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees(f"Words {POSTS}.")
        while 1 not in seen:
            here = numbers(visit)
            assert here == list(range(here[0], here[-1] + 1))
            assert not seen or here[-1] >= seen[-1] - 1
            seen += [one for one in reversed(here) if not seen or one < seen[-1]]
            await visit.press("pageup")
        assert seen == list(range(POSTS, 0, -1))
        assert len(fetched(visit)) < POSTS


async def test_home_and_end_go_to_the_first_and_the_last_post(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """Of the whole thread, not of what is there; then one goes on from there."""
    thread = await a_long_thread(house, rosa)
    await house.services.threads.mark_read(lune, thread, POSTS // 2)

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("─ new ─")
        await visit.press("end")
        await visit.sees(f"Words {POSTS}.")
        await visit.press("home")
        await visit.sees("Words 1.")
        assert fetched(visit)[0] == 1
        await visit.press("end", "pageup", "pageup")
        here = numbers(visit)
        assert here == list(range(here[0], here[-1] + 1))
        assert POSTS not in here


async def test_new_replies_come_where_one_is_at_the_end(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """At the end of a long thread, what is written meanwhile stands below."""
    thread = await a_long_thread(house, rosa)
    await house.services.threads.mark_read(lune, thread, POSTS)

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees(f"Words {POSTS}.")
        await house.reply(rosa, thread, "Just now.")
        await visit.holds(lambda: fetched(visit)[-1] == POSTS + 1)
        await visit.press("down")
        await visit.sees("Just now.")


async def test_new_replies_leave_one_in_the_middle(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """In the middle of a long thread, what is written at its end changes nothing."""
    thread = await a_long_thread(house, rosa)

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.press("pagedown")
        before = numbers(visit)
        await house.reply(rosa, thread, "Just now.")
        await visit.holds(lambda: visit.page.view.thread.last_number > POSTS)  # type: ignore[attr-defined]
        assert numbers(visit) == before
        await visit.press("end")
        await visit.sees("Just now.")


async def test_the_wheel_takes_the_cursor_along(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """Scrolling alone goes to the end too: what is fetched does not throw one back."""
    thread = await a_long_thread(house, rosa)
    last = 0

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("Words 1.")
        while last < POSTS:
            visit.page.query_one(Rows).on_mouse_scroll_down(None)  # type: ignore[arg-type]
            await visit.rest()
            assert numbers(visit)[-1] >= last
            last = numbers(visit)[-1]


async def test_a_tall_window_is_filled(house: TestHouse, lune: Actor, rosa: Actor):
    """Where more posts fit than are fetched at once, more are fetched by itself."""
    thread = await a_long_thread(house, rosa)

    async with visiting(house.app(lune, str(thread)), (80, 120)) as visit:
        await visit.holds(lambda: len(numbers(visit)) > 30)


@pytest.mark.parametrize("number", [1, 2, POSTS // 2, POSTS])
async def test_a_thread_opens_at_a_post(
    house: TestHouse, lune: Actor, rosa: Actor, number: int
):
    """Whoever comes for one post finds the cursor on it, wherever it is."""
    thread = await a_long_thread(house, rosa)

    async with visiting(house.app(lune, "money")) as visit:
        await visit.sees("Long")
        await visit.app.go_to_post(thread, number, visit.page)
        await visit.sees(f"Words {number}.")
        chosen = next(one for one in visit.lines if one.startswith("▌"))
        assert f"#{number} " in chosen

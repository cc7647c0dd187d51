"""A board lists its threads."""

import re

import pytest

from bunniz_bbs.domain.own import Posts
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.tui.screens.thread import ThreadPage
from tests.tui.house import TestHouse
from tests.tui.visit import visiting


async def test_says_what_could_be_there(house: TestHouse, lune: Actor):
    """An empty board says how to begin, to whoever may."""
    async with visiting(house.app(lune, "money")) as visit:
        await visit.sees("No threads yet. Press c to begin the first one.", "c write")
    async with visiting(house.app(lune, "guide")) as visit:
        await visit.sees("Welcome and rules")
        assert "Press c" not in visit.text
        assert "write" not in visit.lines[-1]


async def test_shows_how_threads_stand(
    house: TestHouse, lune: Actor, rosa: Actor, heron: Actor
):
    """Pinned first, then what is new; each says so in a word, not in a colour alone."""
    old = await house.thread(rosa, "money", "Old and pinned")
    await house.services.order.pin(heron, old, True, "useful")
    shut = await house.thread(rosa, "money", "Shut", "One.", "Two.")
    await house.services.order.lock(heron, shut, True, "goes on elsewhere")
    await house.services.threads.mark_read(lune, shut, 2)

    async with visiting(house.app(lune, "money")) as visit:
        await visit.sees("Old and pinned", "Shut")
        rows = [one for one in visit.lines if "Old and" in one or "Shut" in one]
        assert "● ▲ Old and pinned" in rows[0]
        assert "pinned · 1 new" in rows[0]
        assert "●" not in rows[1]
        assert "locked · 2 posts" in rows[1]


async def test_opens_a_thread_and_comes_back_to_it(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """Enter reads; Esc comes back with the cursor on the same thread."""
    for title in ("First", "Second", "Third"):
        await house.thread(rosa, "money", title)

    async with visiting(house.app(lune, "money")) as visit:
        await visit.sees("Third")
        await visit.press("down", "enter")
        assert isinstance(visit.page, ThreadPage)
        await visit.sees("Second")
        await visit.press("q")
        await visit.sees("Third")
        chosen = next(one for one in visit.lines if one.startswith("▌"))
        assert "Second" in chosen


async def test_hears_of_changes(house: TestHouse, lune: Actor, rosa: Actor):
    """A thread that is begun meanwhile appears, and one that goes disappears."""
    async with visiting(house.app(lune, "money")) as visit:
        await visit.sees("No threads yet.")
        thread = await house.thread(rosa, "money", "Just now")
        await visit.sees("Just now")
        await house.services.posts.delete(rosa, thread, 1)
        await visit.lacks("Just now")


async def test_cuts_long_titles(house: TestHouse, lune: Actor, rosa: Actor):
    """A title that is too long ends with an ellipsis; columns stay in line."""
    await house.thread(rosa, "money", "wide 日本 " * 8)
    await house.thread(rosa, "money", "short")

    async with visiting(house.app(lune, "money"), (60, 20)) as visit:
        await visit.sees("…", "short")
        strips = visit.app.screen._compositor.render_strips()
        assert {strip.cell_length for strip in strips} == {60}
        short, long = (one for one in visit.lines if "●" in one)
        assert long.endswith("1 new   1 min ")
        assert short.endswith("1 new     now ")


async def test_keys_of_the_board(house: TestHouse, lune: Actor, rosa: Actor):
    """`c` and `p` write, `n` goes on, `l` asks for a language, `?` explains."""
    await house.thread(rosa, "together", "Elsewhere")

    async with visiting(house.app(lune, "money")) as visit:
        await visit.press("c")
        await visit.sees("New thread")
        await visit.press("escape", "p")
        await visit.sees("New thread")
        await visit.press("escape", "n")
        await visit.sees("Elsewhere")
        await visit.press("escape", "l")
        await visit.sees("Deutsch")
        await visit.press("escape", "question_mark")
        await visit.sees("Help · Money and tax", "Budget, invoices")
        await visit.press("q", "slash")
        await visit.sees("a place, or a command such as help")


async def test_says_what_happens_to_words(house: TestHouse, lune: Actor):
    """The top line says how long; where there is little room, the rest goes first."""
    async with visiting(house.app(lune, "money")) as visit:
        await visit.sees("kept 1 year · under your name here  EN")
        await visit.resize(40, 15)
        await visit.sees("kept 1 year  EN")
        assert "under your name" not in visit.text


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_an_author_sees_what_waits_and_takes_it_back(
    house: TestHouse, lune: Actor, rosa: Actor, heron: Actor, size
):
    """Nobody else sees it; the row goes when the team decides, too."""
    start = house.services.threads.start
    held = await start(lune, "groups", "Reliable people", "They are.")
    async with (
        visiting(house.app(lune, "groups"), size) as author,
        visiting(house.app(rosa, "groups"), size) as other,
    ):
        await author.sees("Reliable people", "/withdraw")
        await other.sees("No threads yet.")
        assert "Reliable" not in other.text

        await author.ask(f"withdraw {held.id}")
        await author.sees("Taken back: Reliable people")
        await author.lacks("/withdraw")

        house.clock.move(minutes=1)
        held = await start(lune, "groups", "Once more", "They are.")
        await author.press("escape", "escape")
        await author.ask("groups")
        await author.sees("Once more", "/withdraw")
        await house.services.team.refuse(heron, held.id, "Rude.")
        await author.sees("Rude.")
        await author.lacks("/withdraw")


async def test_uses_the_width_it_has(house: TestHouse, lune: Actor, rosa: Actor):
    """How much is new at any width; who began it where there is room."""
    await house.thread(rosa, "money", "One thread", "One.", "Two.")
    await house.thread(lune, "money", "Other", "One.")

    async with visiting(house.app(lune, "money"), (160, 50)) as visit:
        await visit.sees("One thread")
        one, other = (
            next(row for row in visit.lines if title in row)
            for title in ("One thread", "Other")
        )
        assert re.search(r"rosa +2 new", one)
        assert one.index("rosa") == other.index("lune")
        await visit.resize(40, 15)
        row = next(row for row in visit.lines if "One thread" in row)
        assert "+2 " in row
        assert "rosa" not in row


async def test_no_name_stays_in_the_list(house: TestHouse, lune: Actor, rosa: Actor):
    """Whoever began a thread is called as they are now, or not at all."""
    await house.thread(rosa, "money", "One thread")

    async with visiting(house.app(lune, "money"), (160, 50)) as visit:
        await visit.sees("rosa")
        renamed = await house.services.naming.rename(rosa, "stille weide")
        await visit.sees("stille weide")
        assert "rosa" not in visit.text
        await house.services.leaving.leave(Actor.of(renamed), Posts.KEEP)
        await visit.lacks("stille weide")
        await visit.sees("One thread")

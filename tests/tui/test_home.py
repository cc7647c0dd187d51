"""Home shows what is new, where people talk, and all boards."""

import pytest

from bunniz_bbs.domain.people import Actor
from bunniz_bbs.tui.screens.board import BoardPage
from bunniz_bbs.tui.screens.home import HomePage
from bunniz_bbs.tui.screens.room import RoomPage
from bunniz_bbs.tui.screens.thread import ThreadPage
from tests.tui.house import TestHouse
from tests.tui.visit import visiting


async def test_says_so_when_nothing_is_new(house: TestHouse, lune: Actor):
    """An empty list is a sentence, not a hole."""
    async with visiting(house.app(lune)) as visit:
        await visit.sees("nothing new", "Nothing new since you last looked.")


async def test_puts_replies_to_oneself_first(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """What is new in one's own thread stands above newer threads of others."""
    mine = await house.thread(lune, "money", "My question")
    await house.reply(rosa, mine, "An answer.")
    await house.thread(rosa, "together", "Newer than that")

    async with visiting(house.app(lune)) as visit:
        await visit.sees("2 new for you")
        rows = [one for one in visit.lines if "●" in one]
        assert "followed" in rows[0]
        assert "My question" in rows[0]
        assert "new" in rows[1]
        assert "Newer than that" in rows[1]


async def test_counts_what_does_not_fit(house: TestHouse, lune: Actor, rosa: Actor):
    """The newest are named, the others counted; boards show how many each has."""
    for number in range(5):
        await house.thread(rosa, "money", f"Thread {number}")

    async with visiting(house.app(lune)) as visit:
        await visit.sees("5 new for you", "Thread 4", "and 2 more", "Money and tax ●5")
        assert "Thread 1" not in visit.text


async def test_opens_what_the_cursor_is_on(house: TestHouse, lune: Actor, rosa: Actor):
    """Enter opens a thread, a room or a board; Esc comes back to the same place."""
    await house.thread(rosa, "money", "Something new")

    async with visiting(house.app(lune)) as visit:
        await visit.sees("Something new")
        await visit.press("enter")
        assert isinstance(visit.page, ThreadPage)
        await visit.holds(lambda: visit.page._read == 1)
        await visit.press("escape")
        await visit.sees("nothing new")
        await visit.press("home", "enter")
        await visit.sees("The lounge", "gone after 1 hour")
        assert isinstance(visit.page, RoomPage)
        await visit.press("escape", "down", "enter")
        assert isinstance(visit.page, BoardPage)
        assert visit.page.board.slug == "guide"
        await visit.press("escape", "right", "enter")
        assert visit.page.board.slug == "help"
        await visit.press("escape", "down", "left", "enter")
        assert visit.page.board.section == "support"


async def test_goes_through_what_is_unread(house: TestHouse, lune: Actor, rosa: Actor):
    """`n` opens one thread after the other, then says that all is read."""
    for title in ("First", "Second"):
        await house.thread(rosa, "money", title)

    async with visiting(house.app(lune)) as visit:
        await visit.press("n")
        await visit.sees("Second", "#1")
        await visit.holds(lambda: visit.page._read == 1)
        await visit.press("n")
        await visit.holds(lambda: "First" in visit.lines[0])
        await visit.holds(lambda: visit.page._read == 1)
        await visit.press("n")
        await visit.sees("You have read everything.")
        await visit.press("escape")
        await visit.sees("nothing new")
        await visit.press("n")
        await visit.sees("You have read everything.")


async def test_finds_a_place_by_a_part_of_its_title(house: TestHouse, lune: Actor):
    """`/` and a part of a title open the place; while typing one sees what fits."""
    async with visiting(house.app(lune)) as visit:
        await visit.press("slash")
        await visit.sees("a place, or a command such as help")
        await visit.type("loun")
        await visit.sees("Tab  The lounge")
        await visit.press("tab", "enter")
        assert isinstance(visit.page, RoomPage)


async def test_says_which_places_are_alike(house: TestHouse, lune: Actor):
    """Where several places fit, all are named and none is opened."""
    async with visiting(house.app(lune)) as visit:
        await visit.ask("afe")
        await visit.sees("Several places fit: ", "Safety and screening", "Digital")


async def test_looks_for_posts_when_no_place_fits(house: TestHouse, lune: Actor):
    """What is no place is looked for in what people wrote."""
    async with visiting(house.app(lune)) as visit:
        await visit.ask("xyzzy")
        await visit.sees("Nothing of what you may read")


async def test_leaves_the_line_for_commands(house: TestHouse, lune: Actor):
    """Esc closes it, and the cursor is on the list again."""
    async with visiting(house.app(lune)) as visit:
        await visit.press("slash")
        await visit.type("abc")
        await visit.press("escape")
        await visit.lacks("/ abc")
        await visit.press("down")
        assert isinstance(visit.page, HomePage)
        await visit.press("slash")
        assert "abc" not in visit.text


async def test_carries_out_commands(house: TestHouse, lune: Actor):
    """A short answer stands above the keys, a long one on a page of its own."""
    async with visiting(house.app(lune)) as visit:
        await visit.ask("whoami")
        await visit.sees("lune")
        await visit.ask("rules")
        await visit.sees("/rules", "Nobody here judges the work of others")
        await visit.press("question_mark")
        await visit.sees("to you alone")
        await visit.press("escape", "escape")
        await visit.sees("Talking now")


async def test_names_a_command_that_was_meant(house: TestHouse, lune: Actor):
    """A slip gets a suggestion."""
    async with visiting(house.app(lune)) as visit:
        await visit.ask("/rulse")
        await visit.sees("Did you mean “rules”?")


async def test_tells_room_commands_where_they_work(house: TestHouse, lune: Actor):
    """A command for rooms does nothing elsewhere and says so."""
    async with visiting(house.app(lune)) as visit:
        await visit.ask("/names")
        await visit.sees("That works inside a room only.")


async def test_hears_of_new_threads(house: TestHouse, lune: Actor, rosa: Actor):
    """What somebody writes meanwhile appears by itself."""
    async with visiting(house.app(lune)) as visit:
        await visit.sees("nothing new")
        await house.thread(rosa, "money", "Just now")
        await visit.sees("1 new for you", "Just now")


async def test_stays_where_it_is(house: TestHouse, lune: Actor):
    """Esc at home goes nowhere and says how to leave; a move clears the sentence."""
    async with visiting(house.app(lune)) as visit:
        await visit.press("escape")
        await visit.sees("This is home. Press q to end the visit")
        await visit.press("down")
        await visit.lacks("This is home.")


@pytest.mark.parametrize("key", ["q", "ctrl+x"])
async def test_ends_the_visit(house: TestHouse, lune: Actor, key: str):
    """`q` ends it in peace, Ctrl+X at once; both with nothing left to read."""
    async with visiting(house.app(lune)) as visit:
        await visit.pilot.press(key)
        assert await visit.ends() == 0
        assert visit.app.farewell == ""


async def test_opens_the_place_that_was_asked_for(house: TestHouse, lune: Actor):
    """`go lounge` begins in the room, with home behind it."""
    async with visiting(house.app(lune, "lounge")) as visit:
        await visit.sees("gone after 1 hour")
        await visit.press("escape")
        await visit.sees("Talking now", "you are in")


async def test_says_so_when_the_place_is_not_there(house: TestHouse, lune: Actor):
    """A place that is not, or not for one, opens home and says so."""
    for place in ("nowhere", "modroom", "99999"):
        async with visiting(house.app(lune, place)) as visit:
            await visit.sees("Talking now")
            await visit.holds(lambda v=visit: v.page.query_one("#notice").display)


async def test_shows_one_board_a_line_on_a_phone(house: TestHouse, lune: Actor):
    """In a narrow window up and down reach every board."""
    async with visiting(house.app(lune), (40, 15)) as visit:
        await visit.press("end", "enter")
        assert isinstance(visit.page, BoardPage)
        await visit.press("escape", "up", "enter")
        assert isinstance(visit.page, BoardPage)

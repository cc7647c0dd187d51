"""The search page: a line, what was found, and back to it."""

from bunniz_bbs.domain.choices import Show
from bunniz_bbs.domain.labels import Labels, Tag
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.services.search import SHOWN
from bunniz_bbs.tui.screens.search import SearchPage
from bunniz_bbs.tui.screens.thread import ThreadPage
from tests.tui.house import TestHouse
from tests.tui.visit import visiting


async def test_finds_a_post_and_comes_back_to_it(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """Enter opens the thread at that post; Esc is back where one was."""
    for number in range(4):
        thread = await house.thread(rosa, "money", f"Thread {number}", "Some bread.")
        await house.reply(rosa, thread, "Nothing of it.")
        await house.reply(rosa, thread, "Breads again.")

    async with visiting(house.app(lune)) as visit:
        await visit.press("s")
        await visit.sees("Type words and press Enter.", "⏎ search")
        await visit.say("bread")
        await visit.sees("▌Thread 3")
        await visit.press("end")
        await visit.sees("8 posts; there are no others.")
        await visit.press("home", "down", "down")
        before = visit.text
        await visit.press("enter")
        await visit.sees("#3", "Breads again.")
        assert isinstance(visit.page, ThreadPage)
        await visit.press("escape")
        await visit.holds(lambda: visit.text == before)


async def test_says_what_is_wrong_and_loses_nothing(house: TestHouse, lune: Actor):
    """What was typed stays and can be mended."""
    async with visiting(house.app(lune)) as visit:
        await visit.press("s")
        await visit.say("tax board:nowhere")
        await visit.sees("No board is called “nowhere”", "tax board:nowhere")
        await visit.press(*["backspace"] * 14, "enter")
        await visit.sees("Nothing of what you may read here says that.")
        await visit.press("escape")
        await visit.sees("Talking now")


async def test_says_where_one_person_is_not_looked_for(house: TestHouse, lune: Actor):
    """Nothing found by a name may only mean that the board lets one leave it out."""
    async with visiting(house.app(lune)) as visit:
        await visit.press("s")
        await visit.say("by:lune")
        await visit.sees("Nothing was found. Posts of one person are")


async def test_is_opened_from_boards_threads_and_by_its_command(
    house: TestHouse, lune: Actor
):
    """By the same key, or with what is looked for at once."""
    thread = await house.thread(lune, "money", "Bakery", "Bread, sold early.")

    async with visiting(house.app(lune)) as visit:
        for place in ("money", thread):
            await visit.app.go(place, visit.page)
            await visit.press("s")
            assert isinstance(visit.page, SearchPage)
            await visit.press("escape", "escape")
        await visit.ask('/search "sold early"')
        await visit.sees("Bakery", "1 post; there is no other.")
        await visit.press("s", "ctrl+u")
        await visit.say("honey")
        await visit.sees("Nothing of what you may read here says that.")


async def test_goes_on_to_older_ones(house: TestHouse, lune: Actor, rosa: Actor):
    """The newest first, more by a key, and the end is said."""
    thread = await house.thread(rosa, "money", "Long", "bread 0")
    for number in range(1, SHOWN + 2):
        house.clock.move(minutes=1)
        await house.reply(rosa, thread, f"bread {number}")

    async with visiting(house.app(lune)) as visit:
        await visit.ask("/search bread")
        await visit.sees(f"bread {SHOWN + 1}", "m older ones")
        await visit.press("end")
        await visit.sees(f"{SHOWN} posts so far; there may be older ones.")
        await visit.press("m", "end")
        await visit.sees("bread 0", f"{SHOWN + 2} posts; there are no others.")
        assert "m older ones" not in visit.text


async def test_what_goes_leaves_the_page(house: TestHouse, lune: Actor, rosa: Actor):
    """A post that is removed, and a name that is another one now."""
    thread = await house.thread(rosa, "money", "Bakery", "Bread at dawn.")
    await house.thread(rosa, "money", "Mill", "Bread at noon.")

    async with visiting(house.app(lune)) as visit:
        await visit.ask("/search bread")
        await visit.sees("Bread at dawn.", "rosa")
        await house.services.naming.rename(rosa, "thistle")
        await visit.sees("thistle")
        await visit.lacks("rosa")
        await house.services.posts.delete(rosa, thread, 1)
        await visit.lacks("Bread at dawn.")
        await visit.sees("Bread at noon.")


async def test_what_warns_is_folded_or_not_there(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """Neither title nor words are shown to those who did not choose to see them."""
    thread = await house.thread(rosa, "money", "Bakery", "Bread at dawn.")
    warned = Labels(frozenset({Tag.VIOLENCE}))
    await house.services.labels.label(rosa, thread, warned)

    async with visiting(house.app(lune)) as visit:
        await visit.ask("/search bread")
        await visit.sees("[violence]", "1 post; there is no other.")
        assert "Bakery" not in visit.text
        assert "dawn" not in visit.text
        await house.services.choices.choose(lune, [Tag.VIOLENCE], Show.OPEN)
        await visit.ask("/search bread")
        await visit.sees("Bakery", "Bread at dawn.")
        await house.services.choices.choose(lune, [Tag.VIOLENCE], Show.HIDE)
        await visit.ask("/search bread")
        await visit.sees("Nothing of what you may read here says that.")

"""What was begun is found again, gone on with, thrown away."""

from bunniz_bbs.domain.labels import Labels, Tag
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.tui.screens.compose import ComposePage
from tests.tui.house import TestHouse
from tests.tui.visit import visiting


async def test_lists_them_and_goes_on(house: TestHouse, lune: Actor):
    """Where, how it begins, how long it stays; Enter goes on, and sends."""
    thread = await house.thread(lune, "money", "Question", "One.")
    drafts = house.services.drafts
    await drafts.save(lune, "board:money", "Bread", "Where?")
    house.clock.move(minutes=1)
    await drafts.save(lune, f"thread:{thread}", "", "> @lune #1:\n> One.\n\nTwo")

    async with visiting(house.app(lune)) as visit:
        await visit.ask("drafts")
        await visit.sees("Your drafts", "Reply in “Question”", "Two", "gone in 24 h")
        await visit.sees("New thread on Money and tax", "Bread")
        await visit.press("enter")
        await visit.holds(lambda: isinstance(visit.page, ComposePage))
        await visit.sees("> One.", "Two")
        await visit.type(" and three.")
        await visit.press("ctrl+s")
        await visit.sees("lune  #2", "Two and three.")
        await visit.lacks("new ──")
        await visit.press("escape")
        await visit.sees("Your drafts", "New thread on Money and tax")
        await visit.lacks("Reply in")
    view = await house.services.threads.open(lune, thread)
    assert view.posts[-1].body.endswith("Two and three.")


async def test_throws_one_away_when_asked_twice(house: TestHouse, lune: Actor):
    """And says so where there are none."""
    await house.services.drafts.save(lune, "board:money", "Bread", "Where?")

    async with visiting(house.app(lune), (40, 15)) as visit:
        await visit.ask("drafts")
        await visit.sees("New thread on", "Bread")
        await visit.press("d")
        await visit.sees("Press d again")
        await visit.press("d")
        await visit.sees("You have no drafts.")
    assert await house.services.drafts.all(lune) == []


async def test_a_thread_that_goes_leaves_the_words_on_the_screen(
    house: TestHouse, lune: Actor, rosa: Actor, heron: Actor
):
    """It is said; nothing is kept or sent; two Esc let them go."""
    thread = await house.thread(rosa, "money", "Question", "One.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.press("r")
        await visit.type("My answer")
        await house.services.moderation.delete_post(heron, thread, 1, "names")
        await visit.sees("not there any more", "Your words stay here", "My answer")
        await visit.press("ctrl+s")
        await visit.sees("Your words stay here", "My answer")
        await visit.press("escape")
        await visit.sees("Esc again throws this text away.", "My answer")
        await visit.press("escape")
        await visit.lacks("My answer")
    assert await house.services.drafts.all(lune) == []


async def test_home_says_that_there_are_some(house: TestHouse, lune: Actor):
    """Whoever lost the line finds the way back."""
    async with visiting(house.app(lune)) as visit:
        await visit.lacks("draft that you did not send")
    await house.services.drafts.save(lune, "board:money", "Bread", "Where?")
    async with visiting(house.app(lune), (40, 15)) as visit:
        await visit.sees("You have 1 draft that you did not", "/drafts")
        await visit.ask("drafts")
        await visit.sees("Your drafts", "Bread")


async def test_folds_the_titles_that_are_folded_elsewhere(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """What a thread warns of stands there instead."""
    labels = Labels(frozenset({Tag.DEATH}))
    threads = house.services.threads
    thread = await threads.start(rosa, "money", "Funeral", "Costs?", labels)
    await house.services.drafts.save(lune, f"thread:{thread.id}", "", "Mine")

    async with visiting(house.app(lune)) as visit:
        await visit.ask("drafts")
        await visit.sees("Reply in “[death and grief]”", "Mine")
        await visit.lacks("Funeral")

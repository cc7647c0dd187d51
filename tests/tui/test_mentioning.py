"""`@` and some letters offer names; words of the thread are chosen to quote."""

from bunniz_bbs.domain.people import Actor
from bunniz_bbs.tui.screens.compose import ComposePage
from tests.tui.house import TestHouse
from tests.tui.visit import Visit, visiting


def text(visit: Visit) -> str:
    assert isinstance(visit.page, ComposePage)
    return visit.page.editor.text


async def test_offers_who_wrote_here(
    house: TestHouse, lune: Actor, rosa: Actor, heron: Actor
):
    """Who wrote in the thread comes first; Tab takes the first, typing narrows."""
    await house.thread(heron, "money", "Other", "Elsewhere.")
    thread = await house.thread(rosa, "money", "Question", "One.")

    async with visiting(house.app(lune, str(thread)), (40, 15)) as visit:
        await visit.press("r")
        await visit.type("Dear @")
        await visit.sees("Tab  rosa · heron")
        await visit.type("H")
        await visit.sees("Tab  heron")
        await visit.press("tab")
        await visit.lacks("Tab  heron")
        assert text(visit) == "Dear @heron "
        await visit.type("and @ro")
        await visit.sees("Tab  rosa")
        await visit.press("enter")
        assert text(visit) == "Dear @heron and @rosa "
        await visit.press("ctrl+z")
        assert text(visit) == "Dear @heron and @ro"


async def test_names_go_away_when_asked(house: TestHouse, lune: Actor, rosa: Actor):
    """Esc sends them away and stays; a whole name, or an address, offers nothing."""
    thread = await house.thread(rosa, "money", "Question", "One.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.press("r")
        await visit.type("@r")
        await visit.sees("Tab  rosa")
        await visit.press("escape")
        await visit.sees("2 of 4000 characters", "Reply: Question")
        await visit.type("o")
        await visit.sees("3 of 4000 characters")
        await visit.type("sa\n")
        assert text(visit) == "@rosa\n"
        await visit.type("x@r")
        await visit.sees("9 of 4000 characters")


async def test_offers_nobody_who_hides(house: TestHouse, lune: Actor, rosa: Actor):
    """Nor oneself."""
    thread = await house.thread(rosa, "money", "Question", "One.")
    await house.services.posts.reply(lune, thread, "Two.")
    await house.services.profiles.set_hidden(rosa, True)

    assert await house.services.threads.writers(lune, "money", thread) == []


async def test_quotes_what_is_chosen(house: TestHouse, lune: Actor, rosa: Actor):
    """A paragraph, or a post from its beginning; what one typed stays."""
    thread = await house.thread(rosa, "money", "Question", "One.\n\nTwo.")
    await house.services.posts.reply(rosa, thread, "Three.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.press("r")
        await visit.type("Hello.")
        await visit.press("ctrl+o")
        await visit.sees("Quote: Question", "rosa  #1", "Two.", "rosa  #2", "Three.")
        await visit.press("home", "down", "down", "enter")
        await visit.sees("Reply: Question")
        assert text(visit) == "Hello.\n\n> @rosa #1:\n> Two.\n\n"
        await visit.press("ctrl+o", "end", "up", "enter")
        await visit.sees("Reply: Question")
        assert text(visit).endswith("> Two.\n\n> @rosa #2:\n> Three.\n\n")
        await visit.press("ctrl+z")
        assert text(visit).endswith("> Two.\n\n")


async def test_nothing_is_quoted_in_a_new_thread(house: TestHouse, lune: Actor):
    """There is nothing yet."""
    async with visiting(house.app(lune, "money")) as visit:
        await visit.press("c", "ctrl+o")
        await visit.sees("New thread")
        await visit.lacks("^O")


async def test_no_composer_keeps_a_former_name(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """Neither what is offered, nor a quote, nor what could be undone; no list."""
    thread = await house.thread(rosa, "money", "Question", "One.")
    other = await house.thread(rosa, "money", "Other", "Two.")
    await house.services.drafts.save(lune, f"thread:{other}", "", "@rosa is right")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.press("Q")
        await visit.type("Yes @Rosa, and @ro")
        await visit.sees("> @rosa #1:", "Tab  rosa")
        await house.services.naming.rename(rosa, "Heather")
        await visit.lacks("@rosa", "@Rosa", "Tab  rosa")
        assert text(visit) == "> @Heather #1:\n> One.\n\nYes @Heather, and @ro"
        await visit.press("ctrl+z")
        assert "rosa" not in text(visit).casefold()
        await visit.press("ctrl+o")
        await visit.sees("Heather  #1")
        await house.services.naming.rename(rosa, "Briar")
        await visit.sees("Briar  #1")
        await visit.press("escape", "escape", "escape")
        await visit.ask("drafts")
        await visit.sees("@Briar is right")
        await house.services.naming.rename(rosa, "Fern")
        await visit.sees("@Fern is right")

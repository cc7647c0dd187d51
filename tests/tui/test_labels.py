"""Labels on what one writes."""

from bunniz_bbs.domain.labels import Ask, Labels, Tag
from bunniz_bbs.domain.people import Actor
from tests.tui.house import TestHouse
from tests.tui.visit import visiting

GRIEF = frozenset({Tag.DEATH})


async def test_a_thread_gets_labels(house: TestHouse, lune: Actor):
    """Ctrl+L lists them, Enter and Space set them; the text is there as it was."""
    async with visiting(house.app(lune, "wellbeing")) as visit:
        await visit.press("c")
        await visit.type("Bread\nWhere?")
        await visit.sees("^L labels", "English")
        await visit.press("ctrl+l")
        await visit.sees("What does it warn of?", "[ ] violence")
        await visit.press("enter", "down", "space")
        await visit.sees("[x] violence", "[x] sexual violence")
        await visit.press("end")
        await visit.sees("[x] English")
        await visit.press("home", "enter", "escape")
        await visit.sees("warns of: sexual violence · English", "Where?")
        await visit.press("ctrl+s")
        await visit.sees("lune  #1")

    [row] = await house.services.threads.on_board(lune, "wellbeing")
    expected = Labels(frozenset({Tag.SEXUAL_VIOLENCE}), None, "en")
    assert row.thread.labels == expected


async def test_who_replies_is_reminded(house: TestHouse, lune: Actor, rosa: Actor):
    """Of what the author asked for; a reply has warnings alone."""
    begin = house.services.threads.start
    asked = Labels(ask=Ask.LISTEN)
    thread = await begin(rosa, "wellbeing", "Rye", "I am tired.", asked)

    async with visiting(house.app(lune, str(thread.id))) as visit:
        await visit.press("r")
        await visit.sees("rosa asks to be listened to, not for advice.")
        await visit.press("ctrl+l")
        await visit.sees("[ ] money worries")
        await visit.lacks("What do you ask for?")


async def test_a_quote_carries_its_warning_on(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """Whoever quotes it warns of it too."""
    thread = await house.thread(rosa, "wellbeing", "Rye", "Hello.")
    await house.services.posts.reply(rosa, thread, "A hard night.", GRIEF)

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.press("end", "Q")
        await visit.sees("warns of: death and grief")
        await visit.press("ctrl+s")
        await visit.sees("lune  #3")

    view = await house.services.threads.open(lune, thread)
    assert view.posts[-1].warnings == GRIEF


async def test_an_edit_changes_warnings(house: TestHouse, lune: Actor):
    """Of one's own post."""
    thread = await house.thread(lune, "wellbeing", "Rye", "Hello.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.press("e", "ctrl+l", "enter", "escape")
        await visit.sees("warns of: violence")
        await visit.press("ctrl+s")
        await visit.sees("edited")

    view = await house.services.threads.open(lune, thread)
    assert view.posts[0].warnings == {Tag.VIOLENCE}

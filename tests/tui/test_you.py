"""The page of what is one's own, and the ways from it."""

import pytest

from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.services.profiles import Profile
from bunniz_bbs.tui.widgets.rows import Rows
from tests.tui.house import TestHouse
from tests.tui.visit import Visit, visiting

SIZES = [(80, 24), (40, 15)]


async def to_you(visit: Visit) -> None:
    """From home to one's own page."""
    await visit.press("y")
    await visit.sees(" You ", "Name", "Your keys")


def cursor_line(visit: Visit) -> str:
    """The line that the cursor is on."""
    return visit.lines[visit.page.query_one(Rows).cursor_screen_offset.y]


async def choose(visit: Visit, text: str) -> None:
    """Move the cursor to a line, and press Enter."""
    for _ in range(20):
        if text in cursor_line(visit):
            break
        await visit.press("down")
    assert text in cursor_line(visit)
    await visit.press("enter")


@pytest.mark.parametrize("size", SIZES)
async def test_another_name_is_taken(
    house: TestHouse, lune: Actor, rosa: Actor, size: tuple[int, int]
):
    """What it means is said before; what is refused stays on the line."""
    async with visiting(house.app(lune), size) as visit:
        await to_you(visit)
        await choose(visit, "Name")
        await visit.sees("Nobody else can")
        await visit.type("rosa")
        await visit.sees("Nobody else can")
        await visit.press("enter")
        await visit.sees("Choose another name.")
        await visit.press("ctrl+u")
        await visit.type("solstice")
        await visit.press("enter")
        await visit.sees("You are called solstice now.")
        await visit.lacks("lune")
        assert visit.app.session.actor.name == "solstice"


@pytest.mark.parametrize("size", SIZES)
async def test_shows_only_what_one_chooses(
    house: TestHouse, lune: Actor, rosa: Actor, size: tuple[int, int]
):
    """Pronouns, languages, and whether one is seen: each changed on its line."""
    profiles = house.services.profiles
    async with visiting(house.app(lune), size) as visit:
        await to_you(visit)
        await choose(visit, "Pronouns")
        await visit.type("elle")
        await visit.press("enter")
        await visit.sees("elle")
        await choose(visit, "You speak")
        await visit.sees("● Français")
        await visit.press("right", "right", "enter")
        await visit.sees("● English")
        await choose(visit, "In rooms")
        await visit.sees("nobody sees you")
        shown = await profiles.of(lune)
        assert (shown.pronouns, shown.speaks, shown.hidden) == (
            "elle",
            ("fr", "en"),
            True,
        )
        await visit.press("enter", "up", "enter", "up")
        await visit.press("enter", "ctrl+u", "enter")
        await visit.sees("not shown", "others see that")
    assert await profiles.of(lune) == Profile("", ("en",), False)


@pytest.mark.parametrize("size", SIZES)
async def test_notes_on_people_are_for_oneself(
    house: TestHouse, lune: Actor, rosa: Actor, size: tuple[int, int]
):
    """Written by name, changed on the list; a note left empty is gone."""
    async with visiting(house.app(lune), size) as visit:
        await to_you(visit)
        await choose(visit, "Your notes on people")
        await visit.press("c")
        await visit.type("nobody")
        await visit.press("enter")
        await visit.sees("Nobody here is called")
        await visit.press("ctrl+u")
        await visit.type("rosa")
        await visit.press("enter")
        await visit.sees("Your note on rosa:")
        await visit.type("met at the drop-in")
        await visit.press("enter")
        await visit.sees("Noted, for you alone.", "met at the drop-in")
        await visit.press("enter")
        await visit.type(", kind")
        await visit.press("enter")
        await visit.sees("met at the drop-in, kind")
        await visit.press("enter", "ctrl+u", "enter")
        await visit.sees("You have no note on rosa any more.", "You have no notes.")
    assert not await house.services.notes.all(lune)


async def test_leads_to_all_that_is_ones_own(house: TestHouse, heron: Actor):
    """Enter opens a page, Esc comes back to the same line; `/you` leads here too."""
    async with visiting(house.app(heron)) as visit:
        await visit.ask("you")
        for line, title in (
            ("Your keys", "only a keyed hash"),
            ("Invites", "Make a code that works once"),
            ("What you agreed to", "leaving for good"),
            ("What this place knows", "Whoever runs the server"),
            ("Leaving for good", "My posts go too"),
        ):
            await choose(visit, line)
            await visit.sees(title)
            await visit.press("escape")
            await visit.sees(" You ")
            assert line in cursor_line(visit)


@pytest.mark.parametrize("size", SIZES)
async def test_an_account_is_left_by_its_own_name(
    house: TestHouse, lune: Actor, size: tuple[int, int]
):
    """One chooses what becomes of the posts; nothing is lost by mistake."""
    thread = await house.thread(lune, "money", "Rent", "It is high.")
    heron = await house.person("heron", Role.MODERATOR)
    async with visiting(house.app(lune), size) as visit:
        await to_you(visit)
        await choose(visit, "Leaving for good")
        await choose(visit, "My posts stay")
        await visit.sees("type your name")
        await visit.type("yes")
        await visit.press("enter")
        await visit.sees("My posts stay")
        assert not visit.app._exit
        await visit.press("ctrl+u")
        await visit.type("lune")
        await visit.press("enter")
        await visit.ends()
    view = await house.services.threads.open(heron, thread)

    assert view.posts[0].body == "It is high."
    assert view.posts[0].author_name != "lune"


async def test_is_for_accounts_alone(house: TestHouse):
    """Whoever looks around has nothing of their own here."""
    passer = await house.services.people.passing(None)
    async with visiting(house.app(passer, keyless=True)) as visit:
        await visit.sees("Boards")
        await visit.press("y")
        assert "Your keys" not in visit.text
        await visit.press("question_mark")
        await visit.sees("Help")
        assert "y        you" not in visit.text

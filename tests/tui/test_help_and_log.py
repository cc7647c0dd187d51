"""`?` explains each screen; the log is for those who keep order."""

from datetime import timedelta

import pytest

from bunniz_bbs.domain.people import Actor
from bunniz_bbs.tui.screens.help import HelpPage
from bunniz_bbs.tui.screens.log import LogPage
from tests.shots.content import furnish
from tests.shots.scenes import SCENES
from tests.tui.house import TestHouse
from tests.tui.visit import visiting

EXPLAINED = [
    "door-1-language",
    "door-4-code",
    "home",
    "home-rules",
    "board",
    "thread",
    "compose",
    "preview",
    "room",
    "language",
    "log",
    "closed",
]


@pytest.mark.parametrize("scene", EXPLAINED)
async def test_explains_every_key_of_a_screen(house: TestHouse, scene: str):
    """What a screen binds and offers is told, with how the key is written."""
    told = await furnish(house)

    async with visiting(SCENES[scene].app(told, language="en"), (80, 150)) as visit:
        await SCENES[scene].walk(told, visit)
        page = visit.page
        await visit.press("f1")
        assert isinstance(visit.page, HelpPage)
        glyphs = visit.app.session.glyphs
        for key in page.KEYS:
            if page.offers(key):
                name = glyphs.of_key(key.shown or key.name)
                assert name
                assert any(
                    line.split() == [*name.split(), *key.label.split()]
                    for line in visit.lines
                ), key
        await visit.sees("Help by phone", "112", "Leaving at once", "LogLevel ERROR")
        await visit.press("f1", "question_mark")
        assert visit.page is not page
        await visit.press("escape")
        assert visit.page is page


@pytest.mark.parametrize("scene", EXPLAINED)
async def test_shows_no_key_that_does_nothing(house: TestHouse, scene: str):
    """Each key on the key line is bound by its screen or by the widget in front."""
    told = await furnish(house)

    async with visiting(SCENES[scene].app(told)) as visit:
        await SCENES[scene].walk(told, visit)
        bound = set(visit.app.screen.active_bindings)
        for key in visit.page.KEYS:
            if key.shown and visit.page.offers(key):
                assert bound & set(key.keys.split(",")), key


async def test_help_scrolls(house: TestHouse, lune: Actor):
    """Arrows, pages, Home and End move through a long text."""
    async with visiting(house.app(lune), (80, 24)) as visit:
        await visit.press("question_mark")
        await visit.sees("Home shows what is new")
        await visit.press("down", "down", "down")
        await visit.lacks("Home shows what is new")
        await visit.press("up", "up", "up")
        await visit.sees("Home shows what is new")
        await visit.press("end")
        await visit.sees("/report PLACE")
        await visit.press("pageup", "home")
        await visit.sees("Home shows what is new")


async def test_help_puts_ones_own_language_first(house: TestHouse, lune: Actor):
    """Urgent numbers come first, then those that answer in one's language."""
    lines = house.services.house.help_lines
    other = next(one for one in lines if one.language == "nl" and not one.urgent)
    own = next(one for one in lines if one.language == "fr" and not one.urgent)

    async with visiting(house.app(lune, language="fr"), (80, 150)) as visit:
        await visit.press("question_mark")
        await visit.sees(f"   {own.number}  ", f"   {other.number}  ")
        places = [
            next(i for i, one in enumerate(visit.lines) if one.startswith(f"   {n}  "))
            for n in ("112", own.number, other.number)
        ]
        assert places == sorted(places)


async def test_help_lists_commands_that_one_may_give(
    house: TestHouse, lune: Actor, heron: Actor
):
    """Commands of the team are told to the team alone."""
    for actor, told in ((lune, False), (heron, True)):
        async with visiting(house.app(actor), (80, 250)) as visit:
            await visit.press("question_mark")
            await visit.sees("Commands", "/rooms")
            assert ("/ban" in visit.text) is told


async def test_the_log_tells_the_team_all(house: TestHouse, lune: Actor, heron: Actor):
    """Every act with its reason and its end, newest first, and never the words."""
    moderation = house.services.moderation
    thread = await house.thread(lune, "money", "Question", "One.", "secret words")
    await moderation.mute(heron, "lune", timedelta(hours=2), "names, twice")
    await moderation.delete_post(heron, thread, 2, "names a person")

    async with visiting(house.app(heron)) as visit:
        await visit.ask("log")
        await visit.sees("Moderators' log", "post removed", "names a person")
        await visit.sees("muted", "names, twice", "until 1 March 2026")
        assert visit.text.index("post removed") < visit.text.index("muted")
        assert "secret words" not in visit.text
        await visit.press("down", "up", "slash")
        await visit.sees("a place, or a command such as help")
        await visit.press("escape", "escape")
        await visit.sees("Talking now")


async def test_the_log_can_be_empty(house: TestHouse, heron: Actor):
    """An empty log says so."""
    async with visiting(house.app(heron)) as visit:
        await visit.ask("log")
        await visit.sees("The log is empty.")


async def test_the_log_is_for_nobody_else(house: TestHouse, lune: Actor):
    """Members are told that their role does not reach; nothing is shown."""
    async with visiting(house.app(lune)) as visit:
        await visit.ask("/log")
        await visit.sees("Your role does not reach for this here.")
        await visit.app.push_screen(LogPage(visit.app.session))
        await visit.holds(lambda: not isinstance(visit.page, LogPage))


async def test_language_and_colours_are_chosen(house: TestHouse, lune: Actor):
    """The language is kept for the person, colours for the visit."""
    async with visiting(house.app(lune)) as visit:
        await visit.press("l")
        await visit.sees("Deutsch", "light colours")
        await visit.press("end", "enter")
        await visit.sees("Talking now")
        assert visit.app.theme == "bunniz-light"
        ground = visit.app.screen._compositor.render_strips()[1]._segments[0].style
        assert ground is not None
        assert ground.bgcolor is not None
        assert ground.bgcolor.name == "#fbf7f1"
        await visit.press("l")
        await visit.sees("dark colours")
        await visit.press("down", "enter")
        await visit.sees("Gerade im Gespräch")
        await visit.press("l", "end", "enter")
        await visit.sees("Gerade im Gespräch")
        assert visit.app.theme == "bunniz-dark"

    account = await house.services.people.refresh(lune)
    assert account is not None
    assert account.language == "de"

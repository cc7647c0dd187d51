"""What people type is text: nothing in it commands a program or a terminal."""

import asyncio
import re
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.tui.page import Page
from tests.tui.house import TestHouse, a_house
from tests.tui.visit import Visit, visiting

MARKUP = "[/x][@click=app.quit]q[/][b]r {v} %s \\["

CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]"
)

NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "\x00\x07\x08\x0b\x1b\x7f\x84\x85\x9b\x9d\u200b\u200d\u200e\u202e\u2066"
            "\u2069\ufeff\ufe0f\u0301\u115f\u3164\u2028\U000e0041[]@=/{}%<>&日👩🇧x \n\t"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    min_size=1,
    max_size=60,
)


def harmless(visit: Visit) -> None:
    """No control or direction character is in what goes to the terminal."""
    width, _ = visit.app.size
    for strip in visit.app.screen._compositor.render_strips():
        assert not CONTROLS.search(strip.text)
        assert strip.cell_length == width


async def put_in(house: TestHouse, actor: Actor, text: str) -> None:
    """The text wherever somebody can put one; what is refused is not there."""
    services = house.services
    for begin in (
        services.threads.start(actor, "money", text, text),
        services.rooms.say(actor, "lounge", text),
        services.rooms.set_topic(actor, "lounge", text),
        services.drafts.save(actor, "board:money", text, text),
    ):
        with suppress(BunnizError):
            await begin
    house.clock.move(minutes=1)


async def look_around(house: TestHouse, actor: Actor) -> None:
    """Every screen on which others' words can stand."""
    async with visiting(house.app(actor, "lounge")) as visit:
        harmless(visit)
        await visit.press("f1")
        harmless(visit)
        await visit.press("escape", "escape")
        harmless(visit)
        await visit.press("n")
        harmless(visit)
        await visit.press("Q")
        harmless(visit)
        await visit.press("tab")
        harmless(visit)
        await visit.press("escape", "escape")
        await visit.app.go("money", visit.page)
        await visit.pilot.pause()
        harmless(visit)
        await visit.press("c")
        harmless(visit)
        assert visit.app._exception is None
        assert visit.app._exit is False


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(text=NASTY)
def test_any_text_is_harmless_on_every_screen(text: str):
    """Titles, posts, lines, topics and drafts of any characters break no screen."""

    async def story() -> None:
        with TemporaryDirectory() as folder:
            async with a_house(Path(folder)) as house:
                writer = await house.person("heron", Role.MODERATOR)
                reader = await house.person("lune")
                async with visiting(house.app(reader, "lounge")):
                    await put_in(house, writer, text)
                    await put_in(house, reader, text)
                await look_around(house, reader)

    asyncio.run(story())


async def test_markup_is_shown_as_it_was_typed(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """Brackets are brackets on every screen; nothing in them is carried out."""
    thread = await house.thread(rosa, "money", MARKUP, f"    {MARKUP}\n\n{MARKUP}")

    async with visiting(house.app(lune, "lounge"), (120, 30)) as visit:
        await house.services.rooms.say(rosa, "lounge", MARKUP)
        await visit.sees(MARKUP)
        await visit.say(MARKUP)
        await visit.holds(lambda: visit.text.count(MARKUP) == 2)
        await visit.press("escape")
        await visit.sees(MARKUP)
        await visit.press("n")
        await visit.holds(lambda: MARKUP in visit.lines[0])
        await visit.press("escape")
        await visit.app.go("money", visit.page)
        await visit.sees(MARKUP)
        await visit.press("c")
        await visit.type(MARKUP)
        await visit.press("tab")
        await visit.type(MARKUP)
        await visit.holds(lambda: visit.text.count(MARKUP) == 2)
        await visit.press("escape", "slash")
        await visit.type(MARKUP)
        await visit.press("enter")
        await visit.holds(lambda: visit.text.count(MARKUP) >= 2)
    assert thread


async def test_markup_in_refusals_is_text(house: TestHouse, lune: Actor, heron: Actor):
    """Reasons and names are said back as they are."""
    async with visiting(house.app(lune, "lounge"), (160, 30)) as visit:
        await visit.say(f"/join {MARKUP}")
        await visit.pilot.pause()
        await house.services.moderation.mute(heron, "lune", timedelta(hours=1), MARKUP)
        await visit.sees("The reason given:", MARKUP)
    async with visiting(house.app(heron), (160, 30)) as visit:
        await visit.ask("log")
        await visit.sees(MARKUP)


@pytest.mark.parametrize("place", ["lounge", "money"])
async def test_a_hostile_paste_is_text(house: TestHouse, lune: Actor, place: str):
    """Escape sequences in a paste neither act nor stay."""
    from textual import events

    paste = "\x1b]52;c;eA==\x07\x1b[2J\x9b31m\u202ereversed\r\nnext\x00"

    async with visiting(house.app(lune, place)) as visit:
        if place == "money":
            await visit.press("c")
        visit.app.post_message(events.Paste(paste))
        await visit.sees("reversed")
        harmless(visit)
        assert isinstance(visit.page, Page)


async def test_two_visits_never_mix(house: TestHouse, lune: Actor, rosa: Actor):
    """Two visits in one process each keep their language, screen and colours.

    `widget.app` is the app of whoever calls: a visit that touched another's widgets
    would paint the wrong person's terminal.
    """
    one = house.app(lune, "lounge", language="fr")
    two = house.app(rosa, "lounge", language="de", light=True)

    async with visiting(one, (80, 24)) as left, visiting(two, (60, 20)) as right:
        for number in range(5):
            house.clock.move(seconds=5)
            await left.say(f"un {number}")
            await right.say(f"eins {number}")
        await left.sees("un 4", "eins 4", "disparaît après", " FR ")
        await right.sees("un 4", "eins 4", "bleibt nur", " DE ")
        await left.press("f1")
        await right.sees("eins 4")
        await left.press("escape", "escape")
        await right.press("f1")
        await left.sees("On parle en ce moment")
        await right.sees("Hilfe")
        assert (left.app.theme, right.app.theme) == ("bunniz-dark", "bunniz-light")
        assert {len(line) for line in right.lines} <= {60}
        for visit in (left, right):
            for page in visit.app.pages():
                for widget in page.query("*"):
                    assert widget.screen in visit.app.screen_stack

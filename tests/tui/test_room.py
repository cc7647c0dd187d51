"""A room is live, and forgets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest

from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.domain.rooms import LineKind
from bunniz_bbs.tui.screens.room import RoomPage
from bunniz_bbs.tui.widgets.entry import Entry
from tests.tui.house import TestHouse
from tests.tui.visit import Visit, visiting


@asynccontextmanager
async def keeping(house: TestHouse) -> AsyncIterator[None]:
    """Let lines go when their time is up."""
    task = asyncio.create_task(house.wired.keeper.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def lounge(visit: Visit) -> RoomPage:
    assert isinstance(visit.page, RoomPage)
    return visit.page


def typed(visit: Visit) -> str:
    return visit.page.query_one("#say", Entry).value


def held(visit: Visit) -> str:
    """Everything that a page of the room keeps anywhere in its memory."""
    feed = lounge(visit).live.lines
    widget = visit.page.query_one("#feed")
    shared = visit.app.session.gallery
    kept = list(shared._laid.items()), shared._frames, widget._styles_cache._cache
    return repr((list(feed.newest_first()), feed._asides, widget._lines, kept))


async def test_is_live(house: TestHouse, lune: Actor, rosa: Actor):
    """What one says stands on both screens at once."""
    async with (
        visiting(house.app(lune, "lounge")) as one,
        visiting(house.app(rosa, "lounge")) as two,
    ):
        await one.sees("Nothing here at the moment.")
        await one.say("bonsoir")
        await two.sees("lune", "bonsoir")
        await two.say("hallo")
        await one.sees("rosa", "hallo")
        assert typed(one) == ""


async def test_shows_name_and_line_in_one_row(house: TestHouse, lune: Actor):
    """The name, the timer of what one says, and what one types stand together."""
    async with visiting(house.app(lune, "lounge")) as visit:
        await visit.type("hello")
        await visit.sees(" lune ▸ hello")
        await visit.press("ctrl+u")
        await visit.say("/ephemeral 10m")
        await visit.sees(" lune 10 min ▸ ", "go after 10 minutes")
        await visit.say("/ephemeral")
        await visit.say("/ephemeral off")
        await visit.sees(" lune ▸ ", "stay 1 hour again")


async def test_says_what_somebody_does(house: TestHouse, lune: Actor, rosa: Actor):
    """`/me` reads as a sentence; its timer stands after the name."""
    async with (
        visiting(house.app(lune, "lounge")) as one,
        visiting(house.app(rosa, "lounge")) as two,
    ):
        await one.say("/me waves")
        await two.sees("* lune waves")
        await one.say("/ephemeral 10m")
        await one.say("/me sings")
        await two.sees("* lune 10 min ▸ sings")


async def test_lets_timed_lines_go(house: TestHouse, lune: Actor, rosa: Actor):
    """At zero a line is gone from both screens and from all that both pages hold."""
    async with (
        keeping(house),
        visiting(house.app(lune, "lounge")) as one,
        visiting(house.app(rosa, "lounge")) as two,
    ):
        await one.say("stays")
        await one.say("/ephemeral 10m the code is 4711")
        await two.sees("10 min ▸ the code is 4711")
        house.clock.move(minutes=3)
        await two.sees("7 min ▸ the code is 4711")
        await one.sees("7 min ▸ the code is 4711")
        house.clock.move(minutes=7)
        await one.lacks("4711")
        await two.lacks("4711")
        assert "stays" in one.text
        assert "stays" in two.text
        assert "4711" not in held(one) + held(two)
        house.clock.move(hours=1)
        await one.lacks("stays")
        await two.lacks("stays")
        assert "stays" not in held(one) + held(two)


async def test_lets_lines_go_under_another_page(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """A line goes from a page behind help as well, and is not there on return."""
    async with keeping(house), visiting(house.app(lune, "lounge")) as visit:
        await house.services.rooms.say(
            rosa, "lounge", "the code is 4711", timer=timedelta(minutes=1)
        )
        await visit.sees("4711")
        room = lounge(visit)
        await visit.press("f1")
        await visit.sees("Help · The lounge")
        house.clock.move(minutes=1)
        await visit.holds(
            lambda: "4711" not in repr(list(room.live.lines.newest_first()))
        )
        await visit.press("escape")
        await visit.sees("gone after 1 hour")
        assert "4711" not in visit.text + held(visit)


async def test_completes_names(house: TestHouse, lune: Actor, rosa: Actor):
    """Tab completes who is there, with a colon at the beginning, and goes round."""
    ruby = await house.person("ruby")

    async with (
        visiting(house.app(rosa, "lounge")),
        visiting(house.app(ruby, "lounge")),
        visiting(house.app(lune, "lounge")) as visit,
    ):
        await visit.type("r")
        await visit.press("tab")
        assert typed(visit) == "rosa: "
        await visit.press("tab")
        assert typed(visit) == "ruby: "
        await visit.press("ctrl+u")
        await visit.type("dank je @ros")
        await visit.press("tab")
        assert typed(visit) == "dank je rosa "


async def test_nobody_completes_who_is_hidden(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """Nor does somebody hidden complete others, but for those who have spoken."""
    await house.services.profiles.set_hidden(rosa, True)

    async with (
        visiting(house.app(rosa, "lounge")) as hidden,
        visiting(house.app(lune, "lounge")) as visit,
    ):
        for one, text in ((visit, "ro"), (hidden, "lu")):
            await one.type(text)
            await one.press("tab")
            assert typed(one) == text
            await one.press("ctrl+u")

        await visit.type("Hello")
        await visit.press("enter")
        await hidden.sees("Hello")
        await hidden.type("lu")
        await hidden.press("tab")
        assert typed(hidden) == "lune: "


async def test_completes_commands(house: TestHouse, lune: Actor):
    """Tab completes commands and what comes after them."""
    async with visiting(house.app(lune, "lounge")) as visit:
        await visit.type("/eph")
        await visit.press("tab")
        assert typed(visit) == "/ephemeral "
        await visit.press("tab")
        assert typed(visit) == "/ephemeral 5m "
        await visit.press("ctrl+u")
        await visit.type("/join lou")
        await visit.press("tab")
        assert typed(visit) == "/join lounge "


async def test_says_who_is_there(house: TestHouse, lune: Actor, rosa: Actor):
    """`/names` answers between the lines, to whoever asked, and to nobody else."""
    async with (
        visiting(house.app(rosa, "lounge")) as other,
        visiting(house.app(lune, "lounge")) as visit,
    ):
        await visit.say("/names")
        await visit.sees("Here: lune, rosa")
        assert "Here:" not in other.text


async def test_has_a_topic(house: TestHouse, lune: Actor, heron: Actor):
    """The team sets it, all see it at once; members may read it."""
    async with (
        visiting(house.app(heron, "lounge")) as team,
        visiting(house.app(lune, "lounge")) as visit,
    ):
        await team.say("/topic calm evening")
        await visit.sees("The lounge  calm evening")
        await visit.say("/topic")
        await visit.sees("Topic: calm evening")
        await visit.say("/topic mine")
        await visit.sees("Your role does not reach for this here.")
        assert typed(visit) == "/topic mine"


async def test_keeps_what_was_refused(house: TestHouse, lune: Actor, heron: Actor):
    """A muted person reads why, and the line is still there to be copied."""
    async with visiting(house.app(lune, "lounge")) as visit:
        await house.services.moderation.mute(heron, "lune", None, "names")
        await visit.sees("A moderator muted you")
        await visit.say("but")
        await visit.sees("nothing that you typed is lost")
        assert typed(visit) == "but"


async def test_never_says_a_slip(house: TestHouse, lune: Actor, rosa: Actor):
    """An unknown command is not said aloud; two slashes say one."""
    async with (
        visiting(house.app(rosa, "lounge")) as other,
        visiting(house.app(lune, "lounge")) as visit,
    ):
        await visit.say("/nmaes")
        await visit.sees("Did you mean “names”?")
        await visit.press("ctrl+u")
        await visit.say("//shrug")
        await other.sees("/shrug")
        assert "nmaes" not in other.text


async def test_holds_its_place(house: TestHouse, lune: Actor, rosa: Actor):
    """Who scrolled up stays there while others talk; a sign says there is more."""
    rooms = house.services.rooms

    async with visiting(house.app(lune, "lounge")) as visit:
        for number in range(40):
            house.clock.move(seconds=2)
            await rooms.say(rosa, "lounge", f"line {number:02}")
        await visit.sees("line 39")
        await visit.press("pageup")
        await visit.lacks("line 39")
        before = [one for one in visit.lines if "line " in one]
        house.clock.move(seconds=2)
        await rooms.say(rosa, "lounge", "one more")
        feed = lounge(visit).live.lines
        await visit.holds(lambda: len(list(feed.newest_first())) == 41)
        await visit.holds(lambda: lounge(visit).live.shown == feed.newest)
        now = [one for one in visit.lines if "line " in one]
        assert [one[:40] for one in now] == [one[:40] for one in before]
        assert any(one.endswith("↓") for one in visit.lines)
        await visit.press("pagedown", "pagedown")
        await visit.sees("one more")
        await visit.press("pageup")
        await visit.say("I am here")
        await visit.sees("I am here")


async def test_counts_what_one_missed(house: TestHouse, lune: Actor, rosa: Actor):
    """Home counts lines in rooms one is in; back there, a line divides them."""
    async with visiting(house.app(lune, "lounge")) as visit:
        await house.services.rooms.say(rosa, "lounge", "seen")
        await visit.sees("seen")
        await visit.press("escape")
        await visit.sees("you are in")
        await house.services.rooms.say(rosa, "lounge", "missed")
        await visit.sees("1 new line")
        await visit.press("home", "enter")
        await visit.sees("missed")
        at = next(i for i, one in enumerate(visit.lines) if "─ new ─" in one)
        assert "seen" in visit.lines[at - 1]
        assert "missed" in visit.lines[at + 1]
        await visit.press("escape")
        await visit.lacks("new line")


async def test_counts_each_room_by_itself(house: TestHouse, heron: Actor, rosa: Actor):
    """A line in one room is not counted for another that is in front."""
    async with visiting(house.app(heron, "lounge")) as visit:
        await visit.say("/join team")
        await visit.sees("Team")
        await house.services.rooms.say(rosa, "lounge", "over here")
        await visit.holds(lambda: visit.app.session.rooms["lounge"] == 1)
        assert visit.app.session.rooms["team"] == 0
        await visit.press("escape")
        await visit.sees("1 new line")


async def test_is_left_by_a_command_alone(house: TestHouse, lune: Actor, rosa: Actor):
    """Esc goes back and stays in; `/leave` leaves, and one is not counted any more."""
    async with visiting(house.app(lune, "lounge")) as visit:
        await visit.press("escape")
        await visit.sees("you are in")
        assert house.services.rooms.names(lune, "lounge") == ["lune"]
        await visit.press("home", "enter")
        await visit.say("/leave")
        await visit.sees("nobody at the moment")
        assert "you are in" not in visit.text


async def test_is_left_when_the_visit_ends(house: TestHouse, lune: Actor, rosa: Actor):
    """Nobody is shown as there who is gone."""
    async with visiting(house.app(rosa, "lounge")):
        async with visiting(house.app(lune, "lounge")):
            assert house.services.rooms.names(rosa, "lounge") == ["lune", "rosa"]
        assert house.services.rooms.names(rosa, "lounge") == ["rosa"]


async def test_is_closed_to_whom_it_is_not_open(house: TestHouse, lune: Actor):
    """A room of the team does not exist for members, a planned one is not open."""
    async with visiting(house.app(lune, "lounge")) as visit:
        await visit.say("/join team")
        await visit.sees("No room is called “team” for you here.")
        await visit.press("ctrl+u")
        await visit.say("/join circle")
        await visit.sees("This room is not open yet.")


async def test_focuses_where_one_types(house: TestHouse, lune: Actor):
    """Letters go to the line, wherever the cursor was."""
    async with visiting(house.app(lune, "lounge")) as visit:
        visit.app.screen.set_focus(None)
        await visit.press("h")
        await visit.type("i")
        await visit.holds(lambda: typed(visit).endswith("i"))


@pytest.mark.parametrize("width", [80, 40, 20])
async def test_wraps_long_lines_under_their_text(
    house: TestHouse, lune: Actor, width: int
):
    """Long lines and names never leave the window, and no name is cut."""
    long = await house.person("a very long name", Role.MEMBER)
    await house.services.rooms.enter(long, "lounge", long)

    async with visiting(house.app(lune, "lounge"), (width, 24)) as visit:
        await house.services.rooms.say(
            long, "lounge", "日本 " * 12 + "x" * 50, kind=LineKind.SAY
        )
        await visit.sees("a very long name")
        strips = visit.app.screen._compositor.render_strips()
        assert {strip.cell_length for strip in strips} == {width}


async def test_explains_what_happens_to_words(house: TestHouse, lune: Actor):
    """F1 says where lines are, for how long, and who can copy them."""
    async with visiting(house.app(lune, "lounge")) as visit:
        await visit.press("f1")
        await visit.sees("server's memory only", "after 1 hour", "can copy it before")


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_reports_the_newest_line_of_somebody(
    house: TestHouse, lune: Actor, rosa: Actor, heron: Actor, size: tuple[int, int]
):
    """With its words and one's own; whose name is not there is words too."""
    rooms = house.services.rooms
    await rooms.enter(rosa, "lounge", rosa)
    async with visiting(house.app(lune, "lounge"), size) as visit:
        for text in ("Hello.", "I know where you live."):
            house.clock.move(seconds=5)
            await rooms.say(rosa, "lounge", text)
        await visit.sees("I know where you live.")
        await visit.say("/report rosa: she frightens me")
        await visit.sees("The team has it", "The newest line of rosa")
        await visit.say("/report somebody threatens others")
    queue = await house.services.team.queue(heron)

    assert {(one.target, one.body) for one in queue.reports} == {
        ("lounge", "> rosa: I know where you live.\nshe frightens me"),
        ("lounge", "somebody threatens others"),
    }


async def test_shows_for_whom_somebody_speaks(
    house: TestHouse, lune: Actor, rosa: Actor, heron: Actor
):
    """The badge of an organisation stands beside a name, from when it is given."""
    badges, rooms = house.services.badges, house.services.rooms
    other = await house.person("egret", Role.MODERATOR)
    await rooms.enter(rosa, "lounge", rosa)
    await rooms.say(rosa, "lounge", "We are open on Monday.")
    async with visiting(house.app(lune, "lounge")) as visit:
        await visit.sees("We are open on Monday.")
        await badges.give(heron, "rosa", "Drop-in")
        assert "Drop-in" not in visit.text
        await badges.give(other, "rosa", "Drop-in")
        await visit.sees("[Drop-in] We are open")
        await rooms.say(rosa, "lounge", "And on Friday.")
        await visit.sees("[Drop-in] And on Friday.")


async def test_tells_who_becomes_trusted(house: TestHouse, lune: Actor, heron: Actor):
    """In words, at once."""
    house.clock.move(days=31)
    async with visiting(house.app(lune)) as visit:
        await visit.sees("Boards")
        await house.services.trust.vouch(heron, "lune")
        await visit.sees("You are a trusted member now")

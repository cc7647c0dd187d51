"""A visit hears of what concerns it, and of nothing else."""

from datetime import timedelta

from bunniz_bbs.bus.ports import HOUSE
from bunniz_bbs.domain.errors import Banned
from bunniz_bbs.domain.events import HouseClosing
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.tui.app import BunnizApp
from bunniz_bbs.tui.screens.board import BoardPage
from bunniz_bbs.tui.screens.home import HomePage
from tests.tui.house import TestHouse
from tests.tui.visit import visiting


async def test_a_kick_ends_the_visit(house: TestHouse, lune: Actor, heron: Actor):
    """The person reads why, and that they may come back."""
    async with visiting(house.app(lune)) as visit:
        await house.services.moderation.kick(heron, "lune", "shouting")
        assert await visit.ends() == 4
        assert "The reason given: shouting. You may come back." in visit.app.farewell


async def test_a_ban_ends_the_visit(house: TestHouse, lune: Actor, heron: Actor):
    """The person reads why and until when; the next visit says it again."""
    async with visiting(house.app(lune, "lounge")) as visit:
        await house.services.moderation.ban(
            heron, "lune", timedelta(days=7), "sold names"
        )
        assert await visit.ends() == 4
        assert "sold names" in visit.app.farewell

    app = BunnizApp(house.session(None), None, Banned("sold names", None))
    async with visiting(app) as visit:
        await visit.sees("sold names", "until a moderator lifts it")
        await visit.press("l", "home", "enter")
        await visit.sees("sold names", "raison")
        await visit.press("question_mark", "escape")
        await visit.pilot.press("enter")
        assert await visit.ends() == 0


async def test_a_mute_is_told(house: TestHouse, lune: Actor, heron: Actor):
    """Wherever one is, one reads of a mute, and of its end."""
    async with visiting(house.app(lune)) as visit:
        await house.services.moderation.mute(heron, "lune", None, "names")
        await visit.sees("A moderator muted you", "The reason given: names")
        await house.services.moderation.unmute(heron, "lune", "understood")
        await visit.sees("You can write again.")


async def test_a_removed_post_is_told(house: TestHouse, lune: Actor, heron: Actor):
    """The author reads which thread it was in, and why it went."""
    thread = await house.thread(lune, "money", "Question", "One.", "A name.")

    async with visiting(house.app(lune)) as visit:
        await house.services.moderation.delete_post(heron, thread, 2, "names a person")
        await visit.sees("A moderator removed something you wrote in “Question”.")


async def test_another_role_takes_effect_at_once(house: TestHouse, heron: Actor):
    """What is not for one any more closes, and its rooms are left."""
    async with visiting(house.app(heron, "modroom")) as visit:
        assert isinstance(visit.page, BoardPage)
        await visit.app.go("team", visit.page)
        await visit.sees("gone after")
        await house.services.people.set_role(CONSOLE, "heron", Role.MEMBER)
        await visit.holds(lambda: "team" not in visit.app.session.rooms)
        await visit.holds(lambda: isinstance(visit.page, BoardPage | HomePage))
        await visit.press("escape")
        await visit.sees("Talking now")
        assert "Team" not in visit.text
        await visit.ask("/log")
        await visit.sees("Your role does not reach for this here.")


async def test_a_removed_account_ends_the_visit(house: TestHouse, lune: Actor):
    """Nobody stays who is not there any more."""
    async with visiting(house.app(lune)) as visit:
        await house.services.people.remove(CONSOLE, "lune")
        await visit.ends()
        assert visit.app.farewell == "This account was removed."


async def test_the_house_closes(house: TestHouse, lune: Actor):
    """All are told, at the door and inside, and drafts are kept."""
    async with (
        visiting(house.app(None)) as door,
        visiting(house.app(lune, "money")) as visit,
    ):
        await visit.press("c")
        await visit.type("Bread\nWhere?")
        await house.services.bus.publish(HOUSE, HouseClosing())
        assert await visit.ends() == 0
        assert await door.ends() == 0
        assert visit.app.farewell.startswith("The server stops now")

    draft = await house.services.drafts.get(lune, "board:money")
    assert draft is not None
    assert draft.body == "Where?"


async def test_lost_events_are_made_up_for(house: TestHouse, lune: Actor, rosa: Actor):
    """Who was too far behind to be told everything looks at everything again."""
    async with visiting(house.app(lune, "money")) as visit:
        await visit.sees("No threads yet.")
        heard = visit.app.ear._heard
        assert heard is not None
        await house.thread(rosa, "money", "Just now")
        heard._queue.clear()  # type: ignore[attr-defined]
        heard._queue.append(None)  # type: ignore[attr-defined]
        heard._ready.set()  # type: ignore[attr-defined]
        await visit.sees("Just now")

"""The team's list, the porch, and reports, on the screen."""

import pytest

from bunniz_bbs.domain.people import Actor, Role
from tests.tui.house import TestHouse
from tests.tui.visit import Visit, visiting

SIZES = [(80, 24), (40, 15)]


async def waiting(house: TestHouse, name: str = "robin") -> Actor:
    """Somebody who asked to come in."""
    actor = await house.person(name, Role.GUEST)
    store = house.services.team._store
    await store.write(lambda tx: tx.accounts.set_waiting(actor.id, True))
    account = await store.read(lambda tx: tx.accounts.get(actor.id))
    assert account is not None
    return Actor.of(account)


async def asked(house: TestHouse, actor: Actor, title: str = "First week") -> None:
    """A post in newcomers that waits."""
    house.clock.move(seconds=60)
    services = house.services
    await services.threads.start(actor, "newcomers", title, "What should *I* know?")


async def to_the_list(visit: Visit) -> None:
    """From home to what waits for the team."""
    await visit.press("t")
    await visit.sees("For the team")


@pytest.mark.parametrize("size", SIZES)
async def test_the_team_decides_what_waits(house: TestHouse, heron: Actor, size):
    """One calm list: a person is let in, a post is read and published."""
    robin = await waiting(house)
    await asked(house, robin)
    await house.services.team.report(robin, "guide/1#1", "It names me.")
    async with visiting(house.app(heron), size) as visit:
        await visit.sees("3 wait")
        await to_the_list(visit)
        await visit.sees("robin", "First week", "guide/1#1")
        await visit.press("a")
        await visit.sees("robin is let in.")
        await visit.press("enter")
        await visit.sees("What should", "a publish")
        await visit.press("a")
        await visit.sees("Published: First week")
        await visit.press("enter")
        await visit.sees("It names me.", "a close")
        await visit.press("a")
        await visit.sees("Nothing waits for the team.")
        await visit.press("escape")
        await visit.lacks("wait for the team")


async def test_turning_away_asks_why(house: TestHouse, heron: Actor):
    """Without a reason nothing is done; whoever waits reads it, and is out."""
    robin = await waiting(house)
    async with (
        visiting(house.app(robin)) as guest,
        visiting(house.app(heron)) as visit,
    ):
        await guest.sees("You asked to come in")
        await to_the_list(visit)
        await visit.press("d", "enter")
        await visit.lacks("not let in")
        await visit.press("d")
        await visit.sees("why: the person reads it")
        await visit.type("Come with a friend.")
        await visit.press("enter")
        await visit.sees("robin is not let in.", "Nothing waits")
        assert await guest.ends() == 4
        assert "Come with a friend." in str(guest.app.farewell)


async def test_a_post_is_not_published(house: TestHouse, heron: Actor):
    """Its author reads why at once; a list that is open shows what comes."""
    robin = await house.person("robin", Role.GUEST)
    async with (
        visiting(house.app(robin, "newcomers")) as guest,
        visiting(house.app(heron)) as visit,
    ):
        await to_the_list(visit)
        await visit.sees("Nothing waits for the team.")
        await guest.press("c")
        await guest.type("First week")
        await guest.press("enter")
        await guest.type("What should I know?")
        await guest.press("ctrl+s")
        await guest.sees("Somebody of the team reads it", "No threads yet.")
        await visit.sees("First week")
        await visit.press("d")
        await visit.type("It names a client.")
        await visit.press("enter")
        await visit.sees("Not published: First week")
        await guest.sees("The team did not publish", "names a client.")


@pytest.mark.parametrize("size", SIZES)
async def test_a_guest_and_the_team_talk_in_the_porch(
    house: TestHouse, heron: Actor, size
):
    """From the list into the talk; who is let in meanwhile is told, and is at home."""
    robin = await waiting(house)
    async with (
        visiting(house.app(robin, "porch"), size) as guest,
        visiting(house.app(heron), size) as visit,
    ):
        await guest.sees("Here you talk with the team alone")
        await guest.say("Is somebody there?")
        await visit.sees("2 wait")
        await visit.press("t")
        await visit.press("p")
        await visit.sees("Is somebody there?", "robin - The")
        await visit.say("Yes, welcome.")
        await guest.sees("Yes, welcome.", "heron")
        await visit.press("escape", "a")
        await visit.sees("robin is let in.")
        await guest.sees("The team let you in. Welcome, robin.")
        await guest.lacks("Yes, welcome.")


async def test_opening_the_porch_shows_the_team_with_whom(
    house: TestHouse, heron: Actor
):
    """There is no room in which all of them are."""
    async with visiting(house.app(heron, "porch")) as visit:
        await visit.sees("For the team", "Nothing waits for the team.")


async def test_whoever_has_no_account_asks_and_leaves_no_draft(house: TestHouse):
    """Under the name that was drawn for the visit; Esc throws away, asking once."""
    passer = await house.services.people.passing(None)
    async with visiting(house.app(passer, "newcomers", keyless=True)) as visit:
        await visit.press("c")
        await visit.type("First week")
        await visit.press("escape")
        await visit.sees("Esc again throws this text away")
        await visit.press("escape")
        await visit.sees("Press c to begin the first one.")
        await visit.press("c")
        await visit.type("First week")
        await visit.press("enter")
        await visit.type("What should I know?")
        await visit.press("ctrl+s")
        await visit.sees("Somebody of the team reads it", passer.name)


async def test_a_visit_that_goes_to_the_door_leaves_the_porch(
    house: TestHouse, heron: Actor
):
    """The team sees that nobody is there any more."""
    passer = await house.services.people.passing(None)
    async with visiting(house.app(passer, "porch")) as visit:
        await visit.say("Hello?")
        await visit.sees("Hello?")
        await visit.press("escape", "c")
        await visit.sees("Your invite code")
        (talk,) = house.services.rooms.conversations(heron)
        assert not talk.here


@pytest.mark.parametrize("size", SIZES)
async def test_a_post_is_reported_where_it_is_read(
    house: TestHouse, heron: Actor, lune: Actor, size
):
    """R asks what is the matter; nothing is sent without it."""
    thread = await house.thread(lune, "money", "Rent", "It names me.")
    async with visiting(house.app(lune, str(thread)), size) as visit:
        await visit.press("R", "enter")
        await visit.press("R")
        await visit.type("Please take it away.")
        await visit.press("enter")
        await visit.sees("Thank you. The team has it")
    (report,) = (await house.services.team.queue(heron)).reports
    assert (report.target, report.body) == (
        f"money/{thread}#1",
        "Please take it away.",
    )


async def test_a_member_has_no_such_list(house: TestHouse, lune: Actor):
    """Neither by its key nor by its name."""
    async with visiting(house.app(lune)) as visit:
        await visit.press("t")
        assert "For the team" not in visit.text
        await visit.ask("/queue")
        await visit.sees("Your role does not reach")

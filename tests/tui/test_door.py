"""Whoever holds a key that is not known here stands at the door."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bunniz_bbs.domain.house import Address
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.tui.widgets.entry import Entry
from tests.tui.house import TestHouse
from tests.tui.visit import Visit, visiting


async def a_code(house: TestHouse, uses: int = 1) -> str:
    return await house.services.invites.create(
        CONSOLE, uses, timedelta(days=1), Role.MEMBER
    )


def close_to_guests(house: TestHouse) -> None:
    """From now on every board is for members."""
    shown = house.services.house
    boards = {
        slug: replace(board, read=max(board.read, Role.MEMBER))
        for slug, board in shown.boards.items()
    }
    shown.become(replace(shown, boards=boards))


async def read_on(visit: Visit, wanted: str) -> None:
    """Press Enter until something stands there: terms take more than a screen."""
    for _ in range(20):
        if wanted not in visit.text:
            await visit.press("enter")
    await visit.sees(wanted)


async def to_the_code(visit: Visit) -> None:
    await read_on(visit, "Your invite code")


async def to_the_name(visit: Visit, code: str) -> None:
    """Give a code and agree to what an account means."""
    await to_the_code(visit)
    await visit.say(code)
    await visit.sees("That you are here")
    await read_on(visit, "Your name here")


def answer(visit: Visit) -> str:
    return visit.page.query_one("#answer", Entry).value


async def test_leads_from_language_to_home(house: TestHouse):
    """From a language to a name; then one is in, and has agreed to three things."""
    code = await a_code(house)

    async with visiting(house.app(None)) as visit:
        await visit.sees("Choisir · Kiezen · Choose · Auswählen")
        await visit.press("down", "enter")
        await visit.sees("Bevor du hereinkommst", "1/6")
        await read_on(visit, "2/6")
        await read_on(visit, "3/6")
        await read_on(visit, "4/6")
        await visit.type(code.lower())
        await visit.press("enter")
        await read_on(visit, "5/6")
        await read_on(visit, "6/6")
        drawn = answer(visit)
        await visit.press("enter", "escape")  # recovery codes can wait
        await visit.sees(f"Willkommen, {drawn}")

    account = (await house.services.people.all(CONSOLE))[0]
    assert (account.name, account.language) == (drawn, "de")
    assert not await house.services.admission.missing(Actor.of(account))


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_whoever_was_not_let_in_reads_why_first(house: TestHouse, size):
    """In the language that they choose; then the door goes on as for everybody."""
    app = house.app(None)
    app.session.answer = "Early."
    async with visiting(app, size) as visit:
        await visit.press("enter")
        await visit.sees("Early.")
        await read_on(visit, "2/6")


async def test_speaks_the_language_that_one_stands_on(house: TestHouse):
    """Before one has chosen, the keys are told in the language under the cursor."""
    async with visiting(house.app(None)) as visit:
        await visit.press("up")
        await visit.sees("verder", "NL")
        await visit.press("up")
        await visit.sees("continuer", "FR")


async def test_keeps_a_wrong_code(house: TestHouse):
    """What was typed is still there, and the reason stands right under it."""
    async with visiting(house.app(None)) as visit:
        await to_the_code(visit)
        await visit.say("WRNG-CODE")
        await visit.sees("This code was used or has expired")

        assert answer(visit) == "WRNG-CODE"
        at = next(i for i, one in enumerate(visit.lines) if "WRNG-CODE" in one)
        assert "This code was used" in visit.lines[at + 2]


async def test_forgets_a_refusal_when_one_types_on(house: TestHouse):
    """A reason that was read does not stay in the way."""
    async with visiting(house.app(None)) as visit:
        await to_the_code(visit)
        await visit.say("WRNG-CODE")
        await visit.sees("This code was used")
        await visit.type("x")
        await visit.lacks("This code was used")


async def test_asks_for_something_where_nothing_is_open(house: TestHouse):
    """An empty code is no code, and takes no try away."""
    close_to_guests(house)
    async with visiting(house.app(None)) as visit:
        await to_the_code(visit)
        assert "guest" not in visit.text
        await visit.press("enter")
        await visit.sees("There is nothing to send yet.")


class TestGuests:
    """Whoever has no code, or no key, can read what is open."""

    async def test_look_around_without_a_code(self, house: TestHouse):
        """Home shows what is open, and how to come in; nothing else can be written."""
        team = await house.person("maple", Role.SYSOP)
        await house.thread(team, "guide", "How this works")
        async with visiting(house.app(None)) as visit:
            await to_the_code(visit)
            await visit.press("enter")
            await visit.sees("You look around as a guest", "Welcome and rules")
            assert "The lounge" not in visit.text
            assert "Money" not in visit.text
            await visit.press("enter")
            await visit.sees("How this works")
            assert "n next unread" not in visit.text
            await visit.press("enter", "r", "c", "n")
            await visit.sees("How this works")
            await visit.press("escape", "escape", "c")
            await visit.sees("Your invite code")

    async def test_come_in_by_the_door_later(self, house: TestHouse):
        """Having looked around takes nothing away."""
        code = await a_code(house)
        async with visiting(house.app(None)) as visit:
            await to_the_code(visit)
            await visit.press("enter")
            await visit.sees("You look around")
            await visit.press("c")
            await visit.sees("Your invite code", "XXXX")
            await to_the_name(visit, code)
            await visit.press("enter")
            await visit.sees("Welcome, ")

        assert len(await house.services.people.all(CONSOLE)) == 1

    async def test_read_how_to_make_a_key(self, house: TestHouse):
        """Who came without one is asked for no code."""
        async with visiting(house.app(None, keyless=True)) as visit:
            await read_on(visit, "4/4")
            await visit.sees("4/4", "ssh-keygen -t ed25519", "IdentitiesOnly yes")
            await visit.sees("Press Enter to look around as a guest.")
            await visit.press("f1")
            await visit.sees("You came without an SSH key.")
            await visit.press("escape", "enter")
            await visit.sees("You look around as a guest")
            await visit.press("c")
            await visit.sees("4/4", "ssh-keygen -t ed25519")

    async def test_are_told_where_nothing_is_open(self, house: TestHouse):
        """They can only come back with a key."""
        close_to_guests(house)
        async with visiting(house.app(None, keyless=True)) as visit:
            await read_on(visit, "Nothing here is open to guests")
            await visit.press("enter")
            await visit.sees("4/4")

    async def test_cannot_do_more_by_commands(self, house: TestHouse):
        """Rooms are not there for them, nor is anything that is kept."""
        async with visiting(house.app(None, keyless=True)) as visit:
            await read_on(visit, "You look around as a guest")
            for asked in ("/join lounge", "/say hello", "/invite", "/log"):
                await visit.press("slash")
                await visit.type(asked)
                await visit.press("enter")
                await visit.sees("You look around as a guest")
            await visit.press("slash")
            await visit.type("/whoami")
            await visit.press("enter")
            await visit.sees("nobody knows you here")
            await visit.ask("lounge")
            await visit.sees("Nothing of what you may read here says that.")


async def test_keeps_a_name_that_is_taken(house: TestHouse, lune: Actor):
    """A name that looks like somebody's is refused; it can be changed on the spot."""
    code = await a_code(house)

    async with visiting(house.app(None)) as visit:
        await to_the_name(visit, code)
        await visit.press("ctrl+u")
        await visit.say("Lune")
        await visit.sees("Somebody is called “Lune” here")
        assert answer(visit) == "Lune"
        await visit.say(" claire")
        await visit.sees("Welcome, Lune claire")


async def test_goes_back_and_forth(house: TestHouse):
    """Esc goes one question back; a code that was typed is there again."""
    async with visiting(house.app(None)) as visit:
        await to_the_code(visit)
        await visit.type("HALF-A-C")
        await visit.press("escape")
        await visit.sees("18 or older")
        await visit.press("escape")
        await visit.sees("How we are with each other")
        await visit.press("escape", "escape")
        await visit.sees("Choisir")
        await visit.press("escape")
        await visit.sees("Choisir")
        await to_the_code(visit)
        assert answer(visit) == "HALF-A-C"


async def test_draws_another_name(house: TestHouse):
    """Ctrl+N offers another name by lot, as often as one likes."""
    code = await a_code(house)

    async with visiting(house.app(None)) as visit:
        await to_the_name(visit, code)
        drawn = set()
        for _ in range(6):
            drawn.add(answer(visit))
            await visit.press("ctrl+n")
        assert len(drawn) > 1
        await visit.sees("^N")


async def test_returns_to_the_code_when_it_was_used_meanwhile(house: TestHouse):
    """Somebody else was faster: one is told so at the question for the code."""
    code = await a_code(house)

    async with visiting(house.app(None)) as visit:
        await to_the_name(visit, code)
        await house.services.people.join(house.key(), code, "brume", "fr")
        await visit.press("enter")
        await visit.sees("Your invite code", "This code was used")


async def test_lets_nobody_skip_what_a_low_window_hides(house: TestHouse):
    """Enter scrolls until all rules were on the screen, and only then goes on."""
    async with visiting(house.app(None), (40, 10)) as visit:
        await visit.press("enter")
        seen = ""
        while "1/6" in visit.text:
            seen += visit.text
            await visit.press("enter")
        assert "police 101" in " ".join(seen.split())


async def test_speaks_another_language_at_any_question(house: TestHouse):
    """Ctrl+T works where letters are typed, and nothing typed is lost."""
    async with visiting(house.app(None)) as visit:
        await to_the_code(visit)
        await visit.type("ABCD")
        await visit.press("ctrl+t", "home", "enter")
        await visit.sees("Ton code d'invitation", "ABCD")


async def test_names_the_address_that_boards_yaml_gives(house: TestHouse):
    """And else the port that the server listens on: nothing has to be guessed."""
    services = house.services
    services.whereabouts.listens = 2345
    async with visiting(house.app(None)) as visit:
        await to_the_code(visit)
        await visit.sees("HostName ADDRESS", "Port 2345")
    services.house.address = Address("bbs.example.org", 22)
    async with visiting(house.app(None)) as visit:
        await to_the_code(visit)
        await visit.sees("HostName bbs.example.org", "Port 22")


async def test_has_help_of_its_own(house: TestHouse):
    """F1 tells members what went wrong, with a block that can be copied as it is."""
    async with visiting(house.app(None)) as visit:
        await to_the_code(visit)
        await visit.press("f1")
        await visit.sees("IdentityFile ~/.ssh/bunniz")
        at = next(i for i, one in enumerate(visit.lines) if "Host bunniz" in one)
        assert visit.lines[at + 1].strip() == "HostName ADDRESS"
        assert "Commands" not in visit.text
        await visit.press("escape")
        await visit.sees("Your invite code")


@pytest.mark.parametrize("key", ["slash", "n"])
async def test_gives_no_commands(house: TestHouse, key: str):
    """Keys of the house do nothing before one is in."""
    async with visiting(house.app(None)) as visit:
        await visit.press("enter", key)
        await visit.sees("Before you come in")

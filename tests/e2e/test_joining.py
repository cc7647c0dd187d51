"""Coming in: a claim code, an invite, a name."""

import pytest

from tests.e2e.house import House
from tests.e2e.terminal import Terminal

SIZES = [(80, 24), (40, 15)]
PHONE = (40, 15)


def walk_to_code(visitor: Terminal) -> None:
    """From the first screen of the door to the question for a code, in English."""
    visitor.await_text("Choisir")
    visitor.press("enter")
    visitor.await_text("Before you come in")
    visitor.press_until("enter", "How we are with each other")
    visitor.press_until("enter", "18 or older")
    visitor.press_until("enter", "Your invite code")


def agree_to_be_here(visitor: Terminal) -> None:
    """From a good code to the question for a name."""
    visitor.await_text("That you are here")
    visitor.press_until("enter", "Your name here")


@pytest.mark.parametrize("size", SIZES)
def test_the_claim_code_makes_a_sysop_once(house: House, size: tuple[int, int]) -> None:
    """Whoever brings the claim code is sysop; nobody after them is."""
    visitor = house.enter("lune", size=size)
    walk_to_code(visitor)
    visitor.type(house.claim, "enter")
    agree_to_be_here(visitor)
    visitor.press("enter")
    visitor.await_text("Welcome,")

    said = house.ask("lune", "whoami").stdout.decode()
    late = house.enter("late")
    walk_to_code(late)
    late.type(house.claim, "enter")

    assert "sysop" in said
    late.await_text("This code was used or has expired")


@pytest.mark.parametrize("size", SIZES)
def test_an_invited_person_takes_a_name_of_their_own(
    house: House, size: tuple[int, int]
) -> None:
    """A moderator's code lets somebody in under the name that they type."""
    house.admit("maple", "moderator")
    host = house.enter("maple", size=size)
    host.await_text("Boards")
    host.type("/")
    host.await_text("a place, or a command")
    host.type("invite", "enter")
    host.await_text("Invite code:")
    code = host.text.split("Invite code:")[1].split()[0]

    guest = house.enter("rosa", size=size)
    walk_to_code(guest)
    guest.type(code.lower().replace("-", " "), "enter")
    agree_to_be_here(guest)
    guest.press(*["backspace"] * 24)
    guest.type("maple", "enter")
    guest.await_text("Somebody is called")
    guest.press(*["backspace"] * 5)
    guest.type("rosa", "enter")

    guest.await_text("Welcome, rosa")
    assert "rosa" in house.ask("rosa", "whoami").stdout.decode()


def test_the_door_speaks_french(house: House) -> None:
    """The whole way in can be walked in French on a phone."""
    visitor = house.enter("lune", size=PHONE)
    visitor.await_text("Choisir")
    visitor.press("up", "up", "enter")
    visitor.await_text("Avant d'entrer")
    visitor.press_until("enter", "Comment on est entre nous")
    visitor.press_until("enter", "Ton code d'invitation")
    visitor.type(house.claim, "enter")
    visitor.await_no_text("Ton code d'invitation")
    visitor.press_until("enter", "Ton nom ici")
    visitor.press("enter")

    visitor.await_text("Bienvenue")
    assert b"sysop" in house.ask("lune", "whoami").stdout


def test_a_known_key_never_meets_the_door(house: House) -> None:
    """Whoever is known comes home at once, whatever user name ssh sends."""
    house.admit("rosa", language="de")

    visitor = house.enter("rosa")

    visitor.await_text("Foren")

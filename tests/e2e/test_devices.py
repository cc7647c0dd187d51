"""Several devices, and the way back when one is lost."""

import json

import pytest

from tests.e2e.house import House
from tests.e2e.terminal import Terminal
from tests.e2e.test_joining import PHONE, SIZES, walk_to_code


def french_walk_to_code(visitor: Terminal) -> None:
    """From the first screen of the door to the question for a code, in French."""
    visitor.await_text("Choisir")
    visitor.press("up", "up", "enter")
    visitor.await_text("Avant d'entrer")
    visitor.press_until("enter", "Comment on est entre nous")
    visitor.press_until("enter", "Ton code d'invitation")


def open_keys(member: Terminal) -> None:
    """From home to the keys."""
    member.type("/")
    member.await_text("help")
    member.type("keys", "enter")


@pytest.mark.parametrize("size", SIZES)
def test_a_second_device_comes_in_by_a_code(
    house: House, size: tuple[int, int]
) -> None:
    """The code stands on the keys page and is typed at the other device's door."""
    house.admit("rosa")
    first = house.enter("rosa", size=size)
    first.await_text("Boards")
    open_keys(first)
    first.await_text("Your keys")
    first.press("c")
    first.await_text("type this code")
    code = next(word for word in first.text.split() if word.count("-") == 6)

    second = house.enter("phone", size=size)
    walk_to_code(second)
    second.type(code.lower(), "enter")

    second.await_text("Welcome, rosa")
    first.await_text("Another key opens")
    assert b"rosa" in house.ask("phone", "whoami").stdout
    late = house.ask("late", "redeem", code)
    guess = house.ask("guess", "redeem", "AAAA-BBBB")
    assert late.returncode == 1
    assert (late.stderr, late.returncode) == (guess.stderr, guess.returncode)


def test_a_lost_key_is_dead_once_a_recovery_code_was_used(house: House) -> None:
    """On a phone: codes are made and written down; the old device is sent out."""
    house.admit("rosa")
    old = house.enter("rosa", size=PHONE)
    old.await_text("Boards")
    open_keys(old)
    old.await_text("Your keys")
    old.press("w")
    old.await_text("make them")
    old.press("enter")
    old.await_text("Write these down")
    code = next(word for word in old.text.split() if word.count("-") == 3)
    old.press("esc")

    new = house.enter("new", size=PHONE)
    walk_to_code(new)
    new.type(code.replace("-", " "), "enter")

    new.await_text("Welcome back, rosa")
    old.await_text("was revoked")
    assert house.ask("rosa", "whoami").returncode == 0
    assert b"rosa" not in house.ask("rosa", "whoami").stdout
    assert b"rosa" in house.ask("new", "whoami").stdout


def test_the_same_by_verbs_and_in_french(house: House) -> None:
    """`keys recovery`, `redeem`, `keys`: the visit with the old key ends at once."""
    house.admit("lune", language="fr")
    made = json.loads(house.ask("lune", "keys", "recovery", "--json").stdout)
    old = house.enter("lune")
    old.await_text("Forums")

    told = house.ask("neuf", "redeem", given=made["codes"][7])

    assert told.returncode == 0, told.stderr
    assert b"lune" in told.stdout
    old.await_no_text("Forums")
    listed = json.loads(house.ask("neuf", "keys", "--json").stdout)
    assert [one["this"] for one in listed["keys"]] == [True]
    assert listed["recovery_codes_left"] == 7
    again = house.ask("lune", "redeem", made["codes"][7])
    assert again.returncode == 1


def test_a_french_device_code_at_a_french_door(house: House) -> None:
    """A verb gives the code, the door takes it."""
    house.admit("lune", language="fr")
    made = json.loads(house.ask("lune", "keys", "code", "--json").stdout)

    phone = house.enter("phone", size=PHONE)
    french_walk_to_code(phone)
    phone.type(made["code"], "enter")

    phone.await_text("lune")
    assert b"lune" in house.ask("phone", "whoami").stdout


def test_a_reset_waits_and_every_visit_can_stop_it(house: House) -> None:
    """The sysop's code opens nothing today, and its owner makes it useless."""
    house.admit("rosa")
    visit = house.enter("rosa")
    visit.await_text("Boards")

    done = house.command("people", "reset", "rosa")
    assert done.returncode == 0, done.stderr
    code = next(word for word in done.stdout.split() if word.count("-") == 6)

    visit.await_text("A sysop gave a code")
    assert house.ask("thief", "redeem", code).returncode == 1
    later = house.enter("rosa", size=PHONE)
    later.await_text("A sysop gave a code")
    assert b"Stopped" in house.ask("rosa", "keys", "stop").stdout
    assert b"nothing to stop" in house.ask("rosa", "keys", "stop").stdout


def test_a_key_comes_by_its_file_and_goes_by_its_label(house: House) -> None:
    """The last key stays unless there are recovery codes."""
    house.admit("rosa")
    laptop = house.public_key("laptop").read_text()

    added = house.ask("rosa", "keys", "add", "laptop", given=laptop)
    twice = house.ask("rosa", "keys", "add", "again", given=laptop)
    known = house.ask("laptop", "whoami")
    gone = house.ask("rosa", "keys", "revoke", "laptop")
    own = json.loads(house.ask("rosa", "keys", "--json").stdout)["keys"][0]["id"]
    last = house.ask("rosa", "keys", "revoke", own)

    assert added.returncode == 0, added.stderr
    assert b"opens an account already" in twice.stderr
    assert b"rosa" in known.stdout
    assert gone.returncode == 0
    assert b"only key" in last.stderr
    assert b"rosa" not in house.ask("laptop", "whoami").stdout

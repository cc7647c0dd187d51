"""The door: who may come in, what everybody agrees to, and who runs the house."""

import json
from pathlib import Path

import pytest

from tests.e2e.house import ROOT, House
from tests.e2e.test_joining import PHONE, SIZES, agree_to_be_here, walk_to_code

CLEAR = "\x15"
"""Ctrl+U takes away what stands on a line."""
OPERATOR = ('  name: ""', '  name: "Maison Test asbl"')
CONTACT = ('  contact: ""', '  contact: "post@example.org"')
NEWER = (
    *(("    version: 1", "    version: 2"),),
    (
        "    changed: []",
        "    changed:\n"
        '      - {fr: "Les fils restent un an.", nl: "Draden blijven een jaar.", '
        'en: "Threads stay a year.", de: "Threads bleiben ein Jahr."}',
    ),
)


def describe(house: House, *changes: tuple[str, str]) -> None:
    """Give the house a boards.yaml of its own, changed here and there."""
    own = house.folder / "boards.yaml"
    text = (own if own.exists() else ROOT / "boards.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    own.write_text(text, "utf-8")
    house.config = own
    house.tell("reload", config=str(own))


@pytest.mark.parametrize("size", SIZES)
def test_an_open_door_asks_for_no_code(house: House, size: tuple[int, int]) -> None:
    """Who runs the place, three things to agree to, a name; each on record."""
    describe(house, ("mode: invite", "mode: open"), OPERATOR, CONTACT)
    visitor = house.enter("rosa", size=size)
    visitor.await_text("Choisir")
    visitor.press("enter")
    visitor.press_until("enter", "post@example.org")
    visitor.press_until("enter", "How we are with each other")
    visitor.press_until("enter", "18 or older")
    visitor.press_until("enter", "Your invite code")
    visitor.await_text("none.")
    visitor.press("enter")
    agree_to_be_here(visitor)
    visitor.type(CLEAR + "rosa", "enter")
    visitor.await_text("Welcome, rosa")

    assert b"member" in house.ask("rosa", "whoami").stdout
    given = json.loads(house.ask("rosa", "agreements", "--json").stdout)
    assert {one["what"] for one in given} == {"terms", "adult", "special"}
    assert b"Maison Test asbl" in house.ask("rosa", "about").stdout


def test_whoever_asks_to_come_in_waits_for_the_team(house: House) -> None:
    """In French on a phone: a name, the porch, and nothing else until then."""
    describe(house, ("mode: invite", "mode: approval"))
    house.admit("maple", "moderator")
    robin = house.enter("robin", size=PHONE)
    robin.await_text("Choisir")
    robin.press("up", "up", "enter")
    robin.await_text("Avant d'entrer")
    robin.press_until("enter", "Comment on est entre nous")
    robin.press_until("enter", "Ton code d'invitation")
    robin.press("enter")
    robin.await_no_text("Ton code d'invitation")
    robin.press_until("enter", "Ton nom ici")
    robin.type(CLEAR + "robin", "enter")
    robin.await_no_text("Ton nom ici")

    assert house.ask("robin", "read", "money").returncode == 3
    queue = json.loads(house.ask("maple", "queue", "--json").stdout)
    assert "robin" in json.dumps(queue)
    assert house.ask("maple", "approve", "robin").returncode == 0
    assert house.ask("robin", "read", "money").returncode == 0


def test_a_closed_door_lets_devices_in_and_nobody_else(house: House) -> None:
    """It says so; a good code and a wrong one are answered alike."""
    house.admit("rosa")
    house.admit("sorrel", "sysop")
    [invite] = house.tell("invite", uses="1", expires="7d", role="member")
    describe(house, ("mode: invite", "mode: closed"))
    made = json.loads(house.ask("rosa", "keys", "code", "--json").stdout)

    visitor = house.enter("lune")
    walk_to_code(visitor)
    visitor.await_text("Nobody new is let in")
    for code in (invite, "WRNG-CODE"):
        visitor.type(CLEAR + code, "enter")
        visitor.await_text("Come back another day.")
        visitor.press("backspace")
        visitor.await_no_text("Come back another day.")
    visitor.type(CLEAR + made["code"], "enter")

    visitor.await_text("Boards")
    assert b"rosa" in house.ask("lune", "whoami").stdout


@pytest.mark.parametrize("size", SIZES)
def test_new_terms_are_shown_before_home(house: House, size: tuple[int, int]) -> None:
    """With what changed, once; verbs say so and wait, and leave by exit 4."""
    house.admit("rosa")
    house.admit("lune", language="fr")
    assert house.ask("rosa", "boards").returncode == 0
    describe(house, *NEWER)

    refused = house.ask("lune", "boards", "--json")
    assert refused.returncode == 4
    assert json.loads(refused.stdout)["error"] == "not-agreed"
    read = house.ask("lune", "terms").stdout.decode()
    assert "Les fils restent un an." in read
    assert house.ask("lune", "agree", "terms").returncode == 0
    assert house.ask("lune", "boards").returncode == 0

    rosa = house.enter("rosa", "go", "lounge", size=size)
    rosa.await_text("What is new in the terms", "Threads stay a year.")
    rosa.press("esc")
    assert rosa.await_exit() == 0
    rosa = house.enter("rosa", "go", "lounge", size=size)
    rosa.await_text("Threads stay a year.")
    rosa.press_until("enter", "The lounge")
    again = house.enter("rosa", size=size)
    again.await_text("Boards")
    assert "Threads stay a year." not in again.text


def test_line_mode_asks_as_the_screen_does(house: House) -> None:
    """New terms before home; Enter alone agrees, 0 leaves."""
    house.admit("rosa")
    describe(house, *NEWER)

    left = house.ask("rosa", "plain", given="0\n").stdout.decode()
    agreed = house.ask("rosa", "plain", given="\n0\n").stdout.decode()
    later = house.ask("rosa", "plain", given="0\n").stdout.decode()

    assert "Threads stay a year." in left
    assert "2. Boards" not in left
    assert "Threads stay a year." in agreed
    assert "2. Boards" in agreed
    assert "Threads stay a year." not in later
    assert "2. Boards" in later


def test_taking_back_is_leaving_for_good(house: House) -> None:
    """On the page, once one's own name is typed; or by a verb."""
    house.admit("rosa")
    house.admit("lune")
    rosa = house.enter("rosa", size=PHONE)
    rosa.await_text("Boards")
    rosa.type("/")
    rosa.await_text("command")
    rosa.type("agreements", "enter")
    rosa.await_text("What you agreed to", "18 or older")
    rosa.press("enter")
    rosa.await_text("your word is")
    rosa.press("esc")
    rosa.await_no_text("your word is")
    rosa.press("w")
    rosa.await_text("Leaving for good")
    rosa.press("enter")
    rosa.await_text("type your name:")
    rosa.type("yes", "enter")
    rosa.await_text("Nothing was changed.")
    rosa.press("esc")
    rosa.press("enter")
    rosa.await_text("type your name:")
    rosa.type("rosa", "enter")

    rosa.await_exit()
    assert b"leave-for-good" in house.ask("lune", "agreements").stdout
    left = house.ask("lune", "leave-for-good", "--posts", "remove", "lune")
    assert left.returncode == 0
    assert house.tell("people list") == ["Nobody yet."]


def test_the_house_is_handed_over(house: House) -> None:
    """A sysop makes another; when none is left the command line makes one."""
    house.admit("sorrel", "sysop")
    house.admit("maple")
    assert "only sysop" in house.command("doctor").stdout
    refused = house.command("claim")
    assert refused.returncode == 1
    for way in ("people reset", "people role", "people add", "people remove"):
        assert way in refused.stderr

    assert house.ask("sorrel", "role", "maple", "sysop").returncode == 0
    checked = house.command("doctor", "--json")
    found = {one["check"]: one for one in json.loads(checked.stdout)}
    assert checked.returncode == 0
    assert found["sysops"]["level"] == "fine"
    assert found["operator"]["level"] == "advice"
    assert found["terms"]["level"] == found["secrets"]["level"] == "fine"

    for name in ("sorrel", "maple"):
        house.tell("people remove", name=name)
    said = house.command("claim").stdout
    code = said.split("Claim code: ")[1].split()[0]
    house.restart()
    assert house.claim != code  # a start makes a new one, and the old one useless
    Path(house.keys / "pepper").chmod(0o644)
    broken = house.command("doctor")
    assert broken.returncode == 1
    assert "problem" in broken.stdout

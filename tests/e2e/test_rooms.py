"""Talking live: two people in a room, and lines that disappear."""

import pytest

from tests.e2e.house import House
from tests.e2e.terminal import Terminal

SIZES = [(80, 24), (40, 15)]


@pytest.fixture
def pair(house: House, size: tuple[int, int]) -> tuple[Terminal, Terminal]:
    """Lune and rosa, both in the lounge."""
    house.admit("lune")
    house.admit("rosa")
    lune = house.enter("lune", "go", "lounge", size=size)
    rosa = house.enter("rosa", "go", "lounge", size=size)
    for one in (lune, rosa):
        one.await_text("Nothing here at the moment")
    return lune, rosa


@pytest.mark.parametrize("size", SIZES)
def test_what_one_says_the_other_reads(pair: tuple[Terminal, Terminal]) -> None:
    """Lines come live, in order; /me, /names and completion work."""
    lune, rosa = pair
    lune.type("quelqu'un est là ?", "enter")
    rosa.await_text("quelqu'un est là ?")
    rosa.type("oui", "enter")
    rosa.type("lu", "tab")
    rosa.await_text("lune:")
    rosa.type("bienvenue", "enter")
    lune.await_text("lune: bienvenue")
    rosa.type("/me", "tab")
    rosa.type("sert du thé", "enter")
    lune.await_text("rosa sert du thé")
    lune.type("/names", "enter")

    lune.await_text("lune, rosa")
    rosa.await_text("bienvenue")
    assert rosa.text.index("oui") < rosa.text.index("bienvenue")
    rosa.settle()
    assert "Here:" not in rosa.text


@pytest.mark.parametrize("size", SIZES)
def test_a_timed_line_goes_from_both_screens(pair: tuple[Terminal, Terminal]) -> None:
    """At zero a line is gone for its writer and its reader; others stay."""
    lune, rosa = pair
    lune.type("this stays", "enter")
    lune.type("/ephemeral 6s the code is 4711", "enter")
    for one in pair:
        one.await_text("this stays", "the code is 4711", "10 s")
    for one in pair:
        one.await_no_text("4711", seconds=12)

    assert "this stays" in lune.text
    assert "this stays" in rosa.text


@pytest.mark.parametrize("size", [(80, 24)])
def test_a_timer_holds_until_it_is_switched_off(
    pair: tuple[Terminal, Terminal],
) -> None:
    """From /ephemeral 10m on lines carry it; after off they carry none."""
    lune, rosa = pair
    lune.type("/ephemeral 10m", "enter")
    lune.await_text("10 minutes")
    lune.type("first", "enter")
    rosa.await_text("10 min", "first")
    lune.type("/ephemeral off", "enter")
    lune.await_text("1 hour again")
    lune.type("second", "enter")
    rosa.await_text("second")

    [line] = [one for one in rosa.text.split("\n") if "second" in one]
    assert "min" not in line


@pytest.mark.parametrize("size", [(80, 24)])
def test_nothing_of_a_room_is_in_a_file(
    house: House, pair: tuple[Terminal, Terminal]
) -> None:
    """What is said in a room, its topic and who was there are in no file."""
    lune, rosa = pair
    lune.type("a-word-like-no-other", "enter")
    rosa.await_text("a-word-like-no-other")

    files = [one for one in house.folder.rglob("*") if one.is_file()]
    assert any(one.parent == house.data for one in files)
    for one in files:
        assert b"a-word-like-no-other" not in one.read_bytes(), one


@pytest.mark.parametrize("size", [(80, 24)])
def test_a_moderator_sets_the_topic(
    house: House, pair: tuple[Terminal, Terminal]
) -> None:
    """Members see it at once; they cannot change it themselves."""
    lune, _ = pair
    house.admit("maple", "moderator")
    maple = house.enter("maple", "go", "lounge")
    maple.await_text("Nothing here")
    maple.type("/topic rest and tea", "enter")

    lune.await_text("rest and tea")
    lune.type("/topic mine", "enter")
    lune.await_text("Your role does not reach")


@pytest.mark.parametrize("size", [(80, 24)])
def test_a_dead_connection_leaves_the_room(pair: tuple[Terminal, Terminal]) -> None:
    """A client that vanishes is gone from /names; nobody is locked out."""
    lune, rosa = pair
    rosa.kill()
    for _ in range(20):
        lune.type("/names", "enter")
        lune.settle()
        if lune.text.rsplit("Here:", 1)[-1].split("\n")[0].strip() == "lune":
            break

    assert lune.text.rsplit("Here:", 1)[-1].split("\n")[0].strip() == "lune"

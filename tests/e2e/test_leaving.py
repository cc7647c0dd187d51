"""Leaving: at once from anywhere, in peace, or because the server stops."""

import signal
import time

import pytest

from tests.e2e.house import House
from tests.e2e.terminal import KEYS, Terminal

PLACES = {
    "home": [],
    "find": ["/"],
    "help": ["?"],
    "language": ["l"],
    "board": ["/", "money", "enter"],
    "composer title": ["/", "money", "enter", "c"],
    "composer text": ["/", "money", "enter", "c", "T", "enter"],
    "composer preview": ["/", "money", "enter", "c", "T", "enter", "x", "tab"],
    "room": ["/", "lounge", "enter"],
    "log": ["/", "log", "enter"],
}


def go(visitor: Terminal, keys: list[str]) -> None:
    """Press keys one by one, each after the screen has come to rest."""
    for key in keys:
        visitor.press(key) if key in KEYS or len(key) == 1 else visitor.type(key)
        visitor.settle()


@pytest.mark.parametrize("place", PLACES)
def test_ctrl_x_leaves_at_once_from_everywhere(shared: House, place: str) -> None:
    """The terminal is empty and as it was, the status 0, and no word is said."""
    visitor = shared.enter("maple")
    visitor.await_text("Boards")
    go(visitor, PLACES[place])
    began = time.monotonic()
    visitor.press("^X")

    assert visitor.await_exit() == 0
    assert time.monotonic() - began < 2
    assert visitor.text.strip() == ""
    assert visitor.modes_left_on() == set()
    assert b"\x1b[3J" in visitor.raw


def test_ctrl_x_leaves_from_each_step_of_the_door(shared: House) -> None:
    """Also somebody who is not in yet can be gone at once."""
    for steps in range(5):
        visitor = shared.enter(f"visitor{steps}")
        visitor.await_text("Choisir")
        go(visitor, ["enter"] * steps)
        visitor.press("^X")

        assert visitor.await_exit() == 0
        assert visitor.text.strip() == ""
        assert visitor.modes_left_on() == set()


def test_leaving_in_peace_gives_the_terminal_back(shared: House) -> None:
    """Pressing q at home ends the visit; every mode is as it was."""
    visitor = shared.enter("rosa")
    visitor.await_text("Boards")
    visitor.press("q")

    assert visitor.await_exit() == 0
    assert visitor.modes_left_on() == set()


def test_a_stopping_server_says_so_on_every_screen(house: House) -> None:
    """SIGTERM: a notice for everybody, what was begun is kept, exit 0 in 10 s."""
    house.admit("rosa", language="fr")
    house.admit("lune")
    rosa = house.enter("rosa", "go", "lounge")
    lune = house.enter("lune", "go", "money")
    stranger = house.enter("stranger")
    lune.await_text("No threads yet")
    lune.press("c")
    lune.await_text("New thread")
    lune.type("Begun", "enter")
    lune.await_text("Begun")
    stranger.await_text("Choisir")
    rosa.await_text("Rien ici")
    began = time.monotonic()
    status = house.stop()
    took = time.monotonic() - began

    for one, words in (
        (rosa, "Le serveur s'arrête"),
        (lune, "The server stops now"),
        (stranger, "The server stops now"),
    ):
        assert one.await_exit() == 0
        assert words in one.text.replace("\n", " ")
        assert one.modes_left_on() == set()
    assert status == 0
    assert took < 10
    house.start()
    back = house.enter("lune", "go", "money")
    back.await_text("No threads yet")
    back.press("c")
    back.await_text("Begun")


def test_a_killed_server_leaves_data_whole(house: House) -> None:
    """A kill in the middle of visits: it starts again and knows everybody."""
    house.admit("rosa")
    visitor = house.enter("rosa", "go", "lounge")
    visitor.await_text("Nothing here")
    house.restart(signal.SIGKILL)

    assert house.ask("rosa", "whoami").returncode == 0

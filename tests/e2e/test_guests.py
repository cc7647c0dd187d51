"""Whoever comes without a key looks around as a guest."""

import pytest

from tests.e2e.house import House

WITHOUT_KEY = ["-oPubkeyAuthentication=no"]


def with_a_thread(house: House) -> None:
    """The team has written on a board that is open to guests."""
    house.admit("maple", "sysop")
    done = house.ask("maple", "post guide -t 'How this works'", given="With *care*.\n")
    assert done.returncode == 0


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
def test_a_guest_reads_and_learns_how_to_come_back(
    house: House, size: tuple[int, int]
) -> None:
    """In French: the door, the recipe for a key, home, a thread, the door again."""
    with_a_thread(house)
    guest = house.enter_keyless(size=size)
    guest.await_text("Choisir")
    guest.press("up", "up")
    guest.await_text("continuer")
    guest.press("enter")
    guest.await_text("Avant d")
    guest.press_until("enter", "ssh-keygen -t ed25519")
    guest.press_until("enter", "Tu es en visite")
    guest.press_until("enter", "With care.")
    guest.press("r", "e", "d")
    guest.settle()
    guest.await_text("With care.")
    guest.press("esc")
    guest.await_no_text("With care.")
    guest.press("esc")
    guest.await_text("Tu es en visite")
    guest.press("c")
    guest.await_text("ssh-keygen -t ed25519")
    guest.press("^X")

    assert guest.await_exit() == 0
    assert guest.modes_left_on() == set()


def test_a_guest_asks_by_verbs(house: House) -> None:
    """What is open is read; the rest is refused with a way in; no name appears."""
    with_a_thread(house)

    def ask(*words: str) -> tuple[int, str, str]:
        done = house.ask("nobody", *words, options=WITHOUT_KEY)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    assert "How this works" in ask("read guide")[1]
    assert "With care." in ask("read guide 1")[1]
    for words in ("read money", "post guide -t x", "say lounge hello", "invite"):
        status, shown, told = ask(words)
        assert (status, shown) == (4, "")
        assert "without a key" in told
    assert house.ask("stranger", "read money").returncode == 4
    assert b"not known here" in house.ask("stranger", "read money").stderr

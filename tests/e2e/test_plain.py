"""Line mode over ssh: through a pipe, on a terminal, on a dumb one, and in a room."""

import json
import subprocess
import time
from collections.abc import Sequence

from tests.e2e.house import House
from tests.e2e.terminal import PATIENCE, Terminal


def enter(
    house: House, person: str, *words: str, term: str = "xterm-256color"
) -> Terminal:
    """A person's terminal of a kind, as they connect."""
    command = ["env", f"TERM={term}", *house.ssh(person, *words, options=["-t"])]
    terminal = Terminal(command, (80, 60))
    house._terminals.append(terminal)
    return terminal


def pipe(
    house: House, person: str, lines: Sequence[str], *words: str
) -> subprocess.CompletedProcess[bytes]:
    """A visit whose lines come from a pipe."""
    given = "".join(line + "\n" for line in lines)
    return house.ask(person, *words, given=given, options=["-T"])


def test_a_pipe_reads_and_writes(shared: House) -> None:
    """No terminal and no verb: a menu that a script can walk, and a farewell."""
    done = pipe(shared, "rosa", ["/post money -t Tea", "A cup of tea.", ".", "1", "0"])
    read = pipe(shared, "lune", ["n", "r", "Yes", "please", ".", "0", "/whoami", "q"])
    said = read.stdout.decode()

    assert (done.returncode, done.stderr) == (0, b"")
    assert (read.returncode, read.stderr) == (0, b"")
    assert "A cup of tea." in said
    assert "Posted as #2." in said
    assert "You are lune" in said
    assert said.endswith("You have left. Come back any time.\n")
    assert b"\x1b" not in done.stdout + read.stdout
    assert b"\r" not in read.stdout
    [thread] = json.loads(shared.ask("rosa", "unread", "--json").stdout)
    number = str(thread["thread"])
    body = shared.ask("rosa", "read", "money", number).stdout.decode()
    assert "Yes\n  please" in body


def test_a_terminal_is_written_to_in_plain_lines(house: House) -> None:
    """`ssh -t HOST plain`, in French: echo, backspace, a kept draft; no escape ever."""
    house.admit("lune", language="fr")
    lune = enter(house, "lune", "plain")
    lune.await_text("1. Ce qui est nouveau", "Ton choix")
    lune.type("/go money", "enter")
    lune.await_text("c en commence un nouveau")
    lune.type("c", "enter")
    lune.await_text("Titre du fil")
    lune.type("Thé", "enter")
    lune.await_text("ligne par ligne")
    lune.type("du théé", "backspace", "enter")
    lune.type("et du la")
    lune.await_text("du thé\n", "et du la")
    lune.kill()

    # The server hears of it in its own time.
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        again = pipe(house, "lune", ["/go money", "c", "0", "0", "0"]).stdout.decode()
        if "et du la" in again:
            break
    assert "Thé\ndu thé\net du la\n" in again

    lune = enter(house, "lune", "plain", "money")
    lune.await_text("Ton choix")
    lune.type("c", "enter")
    lune.await_text("2. Recommencer sans")
    lune.type("1", "enter")
    lune.await_text("ligne par ligne")
    lune.type("it", "enter", ".", "enter")
    lune.await_text("C'est envoyé.")
    lune.press("^D")
    assert lune.await_exit() == 0
    assert "Reviens quand tu veux" in lune.text
    assert b"\x1b" not in lune.raw


def test_a_dumb_terminal_and_a_screen_talk(shared: House) -> None:
    """What comes while one types waits; both read what the other says."""
    lune = shared.enter("lune", "go", "lounge")
    lune.await_text("Nothing here")
    rosa = enter(shared, "rosa", "go", "lounge", term="dumb")
    rosa.await_text("Type a line and Enter to say it")
    lune.type("hello rosa", "enter")
    rosa.await_text("lune: hello rosa")
    rosa.type("half a th")
    rosa.await_text("half a th")
    lune.type("are you there", "enter")
    lune.await_text("are you there")
    rosa.settle()
    assert "are you there" not in rosa.text
    rosa.type("ought", "enter")
    rosa.await_text("1 line came while you typed:\nlune: are you there")
    rosa.await_text("rosa: half a thought")
    lune.await_text("half a thought")

    lune.type("/ephemeral 10m soon gone", "enter")
    rosa.await_text("lune: soon gone (gone after 10 min)")
    rosa.type("/names", "enter")
    rosa.await_text("Here: lune, rosa")
    rosa.press("^X")
    assert rosa.await_exit() == 0
    assert b"\x1b" not in rosa.raw


def test_a_moderator_sends_somebody_out_of_line_mode(shared: House) -> None:
    """With the reason, and status 4."""
    rosa = enter(shared, "rosa", "plain")
    rosa.await_text("Your choice:")
    assert shared.ask("maple", "mod", "kick", "rosa", "too loud").returncode == 0

    assert rosa.await_exit() == 4
    assert "too loud" in rosa.text


def test_whoever_has_no_key_reads_in_plain_lines(shared: House) -> None:
    """The same door: a language, limits, rules, and how to make a key."""
    options = ["-T", "-oPubkeyAuthentication=no"]
    done = shared.ask("stranger", given="1\n\n\n6\n0\n", options=options)
    said = done.stdout.decode()

    assert done.returncode == 0, done.stderr
    assert "Avant d'entrer" in said
    assert "ssh-keygen -t ed25519" in said
    assert "\x1b" not in said

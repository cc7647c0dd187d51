"""One-shot verbs over ssh: answers, statuses, and bodies from standard input."""

import json
import subprocess

import pytest

from tests.e2e.house import House


def test_every_verb_answers_in_words_and_in_json(shared: House) -> None:
    """Each verb ends with 0 and its JSON is JSON."""
    begun = shared.ask("rosa", "post", "money", "-t", "'A title'", given="b")
    assert begun.returncode == 0, begun.stderr
    for verb in (
        ["help"],
        ["whoami"],
        ["boards"],
        ["unread"],
        ["read", "money"],
        ["read", "money", "1"],
        ["rooms"],
        ["rules"],
    ):
        words = shared.ask("rosa", *verb)
        data = shared.ask("rosa", *verb, "--json")

        assert words.returncode == 0, (verb, words.stderr)
        assert words.stdout.strip() or verb == ["unread"]
        assert isinstance(json.loads(data.stdout), dict | list)


@pytest.mark.parametrize(
    ("verb", "given", "status"),
    [
        (["nonsense"], b"", 2),
        (["read"], b"", 2),
        (["read", "nowhere"], b"", 3),
        (["read", "money", "99"], b"", 3),
        (["read", "team"], b"", 3),
        (["log"], b"", 4),
        (["post", "money", "-t", "T"], b"", 1),
        (["post", "money", "-t", "T"], b" \n\x00\x1b\n", 1),
        (["post", "money", "-t", "T"], b"x" * 1_000_000, 1),
        (["reply", "99"], b"words", 3),
        (["say", "nowhere", "hello"], b"", 3),
        (["go", "lounge"], b"", 2),
    ],
)
def test_what_cannot_be_done_says_why(
    shared: House, verb: list[str], given: bytes, status: int
) -> None:
    """Each refusal has its exit code and a sentence on standard error."""
    done = shared.ask("rosa", *verb, given=given)

    assert done.returncode == status, done.stderr
    assert len(done.stderr.split()) > 3
    assert done.stdout == b""


def test_an_unknown_key_is_told_how_to_come_in(shared: House) -> None:
    """They read what is open to guests; for the rest status 4, and a sentence."""
    assert b"guide" in shared.ask("stranger", "boards").stdout
    for words in ("read money", "say lounge hello", "invite"):
        done = shared.ask("stranger", words)
        assert done.returncode == 4
        assert b"ssh -t" in done.stderr


def test_say_and_listen_meet_the_full_screen(shared: House) -> None:
    """A verb's line reaches a screen, and a screen's line reaches a listener."""
    lune = shared.enter("lune", "go", "lounge")
    lune.await_text("Nothing here")
    listener = subprocess.Popen(
        shared.ssh("rosa", "listen", "lounge", "--json"), stdout=subprocess.PIPE
    )
    assert listener.stdout
    for _ in range(50):
        lune.type("/names", "enter")
        lune.settle()
        if "lune, rosa" in lune.text:
            break
    assert shared.ask("rosa", "say", "lounge", "from", "a", "verb").returncode == 0
    lune.await_text("from a verb")
    lune.type("from a screen", "enter")

    heard = [json.loads(listener.stdout.readline())["text"] for _ in range(2)]
    listener.kill()
    listener.wait()
    listener.stdout.close()
    assert heard == ["from a verb", "from a screen"]


def test_nothing_but_screens_and_verbs_is_offered(shared: House) -> None:
    """No files, no forwarding, no agent; the environment is not taken."""
    sftp = shared.ask("rosa", "-s", "sftp")
    shell = shared.ask("rosa", "sh", "-c", "id")

    assert sftp.returncode != 0
    assert shell.returncode == 2
    assert b"uid=" not in shell.stdout


def test_a_verb_with_a_terminal_reads_a_typed_body(shared: House) -> None:
    """With a terminal, keys are echoed and Ctrl+D ends the body."""
    shared.ask("rosa", "post", "money", "-t", "T", given="b")
    typist = shared.enter("rosa", "reply", "1")
    typist.read(1.0)
    typist.type("typed by hand!", "backspace", "enter", "^D")

    assert typist.await_exit() == 0
    assert "typed by hand" in typist.text
    said = shared.ask("rosa", "read", "money", "1").stdout.decode()
    assert "typed by hand\n" in said

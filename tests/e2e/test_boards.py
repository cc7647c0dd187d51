"""Reading and writing on boards, and what survives."""

import json
import os
import signal

import pytest

from tests.e2e.house import House
from tests.e2e.terminal import Terminal

SIZES = [(80, 24), (40, 15)]


def write_thread(writer: Terminal, title: str, body: str) -> None:
    """On an open board, write a thread and see it posted."""
    writer.press("c")
    writer.await_text("New thread")
    writer.type(title, "enter")
    writer.type(body)
    writer.await_text(body)
    writer.press("^S")
    writer.await_text(title, body, "#1")


@pytest.mark.parametrize("size", SIZES)
def test_a_post_is_there_after_a_restart_and_unread_for_others(
    house: House, size: tuple[int, int]
) -> None:
    """Written by one, still there and new for the other after a restart."""
    house.admit("lune")
    house.admit("rosa")
    writer = house.enter("lune", "go", "money", size=size)
    writer.await_text("No threads yet")
    write_thread(writer, "Tax return", "Which expenses count?")
    house.restart()

    reader = house.enter("rosa", size=size)
    reader.await_text("1 new for you", "Tax return")
    reader.press("n")
    reader.await_text("Which expenses count?")
    reader.press("r")
    reader.await_text("Reply: Tax return")
    reader.type("Rent, by surface and hours.", "^S")
    reader.await_text("Rent, by surface and hours.", "#2")

    own = house.enter("lune", size=size)
    own.await_text("1 new for you", "Tax return")
    reader.press("esc")
    reader.await_text("Talking now")
    reader.await_text("nothing new")


def test_editing_and_removing_ones_own(house: House) -> None:
    """Only one's own posts can be changed or removed; removing asks once."""
    house.admit("lune")
    house.admit("rosa")
    lune = house.enter("lune", "go", "money")
    lune.await_text("No threads yet")
    write_thread(lune, "A question", "First words")
    lune.press("e")
    lune.await_text("Edit: A question", "First words")
    lune.type(" and others", "^S")
    lune.await_text("First words and others", "edited")

    rosa = house.enter("rosa", "go", "1")
    rosa.await_text("First words and others")
    rosa.press("e")
    rosa.await_text("only what you wrote yourself")
    lune.press("d")
    lune.await_text("Press d again")
    lune.press("d")

    lune.await_text("No threads yet")
    rosa.await_text("not there any more")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_draft_survives_a_dropped_connection_and_a_restart(
    house: House, number: int
) -> None:
    """What was begun is there again, with its title."""
    house.admit("lune")
    writer = house.enter("lune", "go", "money")
    writer.await_text("No threads yet")
    writer.press("c")
    writer.await_text("New thread")
    writer.type("Half a title", "enter")
    writer.type("and half a thought")
    writer.await_text("and half a thought", "18 of 4000")
    writer.kill()
    back = house.enter("lune", "go", "money")
    back.await_text("No threads yet")
    back.press("c")
    back.await_text("Half a title", "and half a thought", "draft that you began")
    house.restart(number)
    again = house.enter("lune", "go", "money")
    again.await_text("No threads yet")
    again.press("c")

    again.await_text("Half a title", "and half a thought")


def test_markup_is_shown_and_hostile_text_is_harmless(house: House) -> None:
    """Markdown is drawn; escapes, Rich markup and bidi marks are only text or gone."""
    house.admit("lune")
    house.admit("rosa")
    body = (
        "**bold** and [/nope] [@click=app.quit]x[/] \x1b]0;owned\x07 \u202eabc\u202c"
        "\u200b\x9b31m <script> [red]y[/red]"
    )
    sent = house.ask("lune", "post", "money", "-t", "[/x] title", given=body)
    assert sent.returncode == 0, sent.stderr

    reader = house.enter("rosa", "go", "1")

    reader.await_text("bold and [/nope] [@click=app.quit]x[/]", "[red]y[/red]")
    assert b"\x1b]" not in reader.raw
    assert b"\x07" not in reader.raw
    assert "\u202e".encode() not in reader.raw
    reader.press("esc", "esc")
    reader.await_text("Talking now")


def test_an_acknowledged_post_outlives_kill_dash_nine(house: House) -> None:
    """The server dies right after the acknowledgement: the post is there."""
    house.admit("lune")
    for number in range(1, 4):
        sent = house.ask(
            "lune", "post", "money", "-t", f"T{number}", "--json", given="words"
        )
        assert json.loads(sent.stdout)["thread"] == number
        os.kill(house.pid, signal.SIGKILL)
        house.restart(signal.SIGKILL)

    shown = json.loads(house.ask("lune", "read", "money", "--json").stdout)
    assert {one["title"] for one in shown} == {"T1", "T2", "T3"}


def test_a_client_that_vanishes_while_posting_harms_nobody(house: House) -> None:
    """Half a post is no post; others go on."""
    house.admit("lune")
    house.admit("rosa")
    rosa = house.enter("rosa", "go", "lounge")
    rosa.await_text("Nothing here")
    half = Terminal(house.ssh("lune", "post", "money", "-t", "Half"))
    half.type("first line", "enter")
    half.read(0.5)
    half.close()
    rosa.type("still here", "enter")

    rosa.await_text("still here")
    assert b"Half" not in house.ask("rosa", "read", "money").stdout

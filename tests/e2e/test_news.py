"""What is new across boards: on the full screen, as verbs, in line mode."""

import json
from collections.abc import Sequence

import pytest

from tests.e2e.house import House


def post(house: House, person: str, board: str, title: str, body: str) -> int:
    """Begin a thread with a verb; its number."""
    words = ("post", board, "--json", "-t", f"'{title}'")
    done = house.ask(person, *words, given=body)
    assert done.returncode == 0, done.stderr
    return int(json.loads(done.stdout)["thread"])


def reply(house: House, person: str, thread: int, body: str) -> None:
    """Answer with a verb."""
    done = house.ask(person, "reply", str(thread), given=body)
    assert done.returncode == 0, done.stderr


def told(house: House, person: str, *words: str) -> str:
    """What a verb answers, in words."""
    done = house.ask(person, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


@pytest.mark.parametrize(
    ("size", "language", "said"),
    [
        (
            (80, 24),
            "fr",
            ("Nouveau pour toi", "rosa te répond", "Tu as tout lu.", "signets"),
        ),
        (
            (40, 15),
            "en",
            ("New for you", "To you", "You have read everything.", "bookmarks"),
        ),
    ],
)
def test_one_key_goes_through_all_that_is_new(
    house: House, size: tuple[int, int], language: str, said: Sequence[str]
) -> None:
    """First an answer, then what one follows, then the rest; one post is kept."""
    house.admit("lune", language=language)
    house.admit("rosa")
    mine = post(house, "lune", "money", "Rent", "Is it too high?")
    other = post(house, "rosa", "ghent", "Drop-in", "On Monday.")
    post(house, "rosa", "together", "Good evening", "How are you all?")
    reply(house, "rosa", mine, "> @lune #1:\n> Is it too high?\n\nIt is.")
    assert house.ask("lune", "follow", str(other)).returncode == 0

    page, means, read, kept = said
    lune = house.enter("lune", size=size)
    lune.await_text("Rent", "Drop-in")
    lune.press("N")
    lune.await_text(page, means, "Rent", "Drop-in", "Good evening")
    lune.press("n")
    lune.await_text("It is.")
    lune.press("b")
    lune.await_text(kept)
    lune.press("n")
    lune.await_text("On Monday.")
    lune.press("n")
    lune.await_text("How are you all?")
    lune.press("n")
    lune.await_text(read)
    lune.type("/bookmarks", "enter")
    lune.await_text("Rent", "rosa")
    lune.press("esc", "esc")
    lune.await_text(page, read)


def test_verbs_tell_what_is_new_and_let_it_count_as_read(house: House) -> None:
    """In Dutch and as JSON: unread, since, quiet, follow, bookmark, read-all."""
    house.admit("rosa", language="nl")
    house.admit("lune")
    thread = post(house, "lune", "money", "Huur", "Ask @rosa.")
    post(house, "lune", "ghent", "Inloop", "Maandag.")
    heard = told(house, "rosa", "unread")
    assert heard.index("Aan jou") < heard.index("lune noemt je - Huur")
    assert heard.index("Huur") < heard.index("Op de forums") < heard.index("Inloop")
    kinds = [one["kind"] for one in json.loads(told(house, "rosa", "new", "--json"))]
    assert kinds == ["mention", "new"]

    assert "is stil voor jou" in told(house, "rosa", "quiet", "ghent")
    assert "Inloop" not in told(house, "rosa", "unread")
    assert json.loads(told(house, "rosa", "quiet", "--json")) == ["ghent"]
    assert "hoort weer" in told(house, "rosa", "unquiet", "ghent")
    assert "volgt deze draad" in told(house, "rosa", "follow", str(thread))
    assert "Huur" in told(house, "rosa", "followed")
    assert "bladwijzers" in told(house, "rosa", "bookmark", str(thread), "1")
    assert "lune: Ask @rosa." in told(house, "rosa", "bookmarks")
    assert "2 draden" in told(house, "rosa", "read-all")
    assert "Niets nieuws" in told(house, "rosa", "unread")
    assert json.loads(told(house, "rosa", "since", "2026-01-31", "--json")) == {
        "since": "2026-01-31"
    }
    for words, status in (
        (("since", "soon"), 2),
        (("quiet", "nowhere"), 3),
        (("follow", "99"), 3),
        (("follow",), 2),
        (("bookmark", str(thread), "9"), 3),
        (("read-all", "modroom"), 3),
    ):
        refused = house.ask("rosa", *words)
        assert refused.returncode == status, (words, refused.stderr)
    assert house.ask("stranger", "read-all").returncode == 4


def test_in_line_mode_a_list_with_numbers_says_it_all(house: House) -> None:
    """What it is stands in words; one answer opens it, keeps it, lets all be read."""
    house.admit("rosa")
    house.admit("lune")
    post(house, "lune", "money", "Rent", "Ask @rosa.")
    post(house, "lune", "ghent", "Drop-in", "On Monday.")

    rosa = house.enter("rosa", "plain")
    rosa.await_text("1. What is new")
    rosa.type("1", "enter")
    rosa.await_text("To you:", "1. lune names you - Rent", "On the boards:")
    rosa.type("1", "enter")
    rosa.await_text("Ask @rosa.")
    rosa.type("f", "enter", "b", "enter")
    rosa.await_text("You follow this thread", "among your bookmarks")
    rosa.type("0", "enter")
    rosa.await_text("1. Drop-in")
    rosa.type("a", "enter", "y", "enter")
    rosa.await_text("1 thread counts as read now.", "Nothing new.")

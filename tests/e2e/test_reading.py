"""Reading a thread: quotes that fold, jumps and the way back, links by hand."""

import json

import pytest

from tests.e2e.house import House

BODY = "\n".join(f"Regel {number}." for number in range(1, 9))
LINK = "https://example.org/lijst"


@pytest.mark.parametrize(
    ("language", "size", "folded", "asked", "links", "warned"),
    [
        (
            *("fr", (80, 24), "… 9 lignes de rosa, #1"),
            *("le numéro d'un message", "Liens de #1", "Rien d'un lien"),
        ),
        (
            *("nl", (40, 15), "… 9 regels van rosa, #1"),
            *("het nummer van een bericht", "Links van #1", "Van een link"),
        ),
    ],
)
def test_reading_calmly(
    house: House,
    language: str,
    size: tuple[int, int],
    folded: str,
    asked: str,
    links: str,
    warned: str,
) -> None:
    """With a quote to its post and back, to a number, and to where a link leads."""
    house.admit("rosa")
    house.admit("lune", language=language)
    house.ask("rosa", "post", "money", "-t", "Lijst", given=f"{BODY}\n{LINK}")
    lune = house.enter("lune", "go", "1", size=size)
    lune.await_text("Regel 1.")
    lune.press("Q")
    lune.await_text("> @rosa #1:")
    lune.type("merci", "^S")
    lune.await_text("rosa  #1")
    lune.press("G")
    lune.await_text(folded, "merci")

    lune.press("o")
    lune.await_text("│ Regel 1.")
    lune.press("o")
    lune.await_text(folded)
    lune.press("v")
    lune.await_text("rosa  #1", "Regel 1.")
    lune.press("B")
    lune.await_text("merci")
    lune.press("g")
    lune.await_text(asked)
    lune.type("1", "enter")
    lune.await_text("Regel 1.")

    lune.press("L")
    lune.await_text(links, warned, "example.org")
    assert LINK not in lune.text
    lune.press("enter")
    lune.await_text(LINK)
    lune.press("esc")
    lune.await_text("Regel 1.")

    told = house.ask("rosa", "read", "money", "1", "--unread", "--json")
    assert [one["number"] for one in json.loads(told.stdout)["posts"]] == [2]
    told = house.ask("lune", "links", "1#1", "--json")
    assert [one["address"] for one in json.loads(told.stdout)] == [LINK]

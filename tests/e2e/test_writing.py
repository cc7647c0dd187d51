"""Writing over ssh: the line drops, one comes back and goes on; quotes and names."""

import json

from bunniz_bbs.i18n import words_for
from tests.e2e.house import House

FRENCH = words_for("fr")


def test_a_reply_outlives_the_line_and_is_sent(house: House) -> None:
    """In French: begun, lost, found under its name, gone on with, sent, changed."""
    house.admit("lune", language="fr")
    house.admit("rosa")
    asked = "Quels frais peut-on d\u00e9duire\u202f?"
    house.ask("rosa", "post", "money", "-t", "Frais", given=asked)

    lune = house.enter("lune", "go", "1")
    lune.await_text("rosa", "#1")
    lune.press("r")
    lune.type("L'\u00e9lectricit\u00e9, \u00e0 moiti\u00e9")
    lune.await_text("\u00e0 moiti\u00e9", "23")
    lune.kill()

    again = house.enter("lune")
    again.await_text(FRENCH("find or command"))
    again.type("/")
    again.type("drafts", "enter")
    again.await_text(FRENCH("Your drafts"), "Frais", "L'\u00e9lectricit\u00e9")
    again.press("enter")
    again.await_text("L'\u00e9lectricit\u00e9, \u00e0 moiti\u00e9")
    again.type(", @ro")
    again.await_text("Tab  rosa")
    again.press("tab")
    again.type("et l'eau.")
    again.await_text("@rosa et l'eau.")
    again.press("^O")
    again.await_text(FRENCH("Quote"), "rosa")
    again.press("enter")
    again.await_text("> @rosa #1:")
    again.press("^Z")
    again.await_no_text("> @rosa #1:")
    again.press("^S")
    again.await_text("lune  #2")
    again.press("esc")
    again.await_text(FRENCH("You have no drafts."))

    read = json.loads(house.ask("rosa", "read", "money", "1", "--json").stdout)
    said = "L'\u00e9lectricit\u00e9, \u00e0 moiti\u00e9, @rosa et l'eau."
    assert [one["body"] for one in read["posts"]][1:] == [said]
    assert json.loads(house.ask("lune", "drafts", "--json").stdout) == []


def test_a_paste_is_one_change_and_f10_sends(house: House) -> None:
    """On a phone: a paste of several lines, taken back, pasted again, sent."""
    house.admit("lune")
    lune = house.enter("lune", "go", "money", size=(40, 15))
    lune.await_text("No threads yet")
    lune.press("c")
    lune.await_text("New thread")
    lune.type("Lists", "enter")
    lune.type("\x1b[200~- one\r- two\r- th\x07ree\x1b[201~")
    lune.await_text("- one", "- two", "- three")
    lune.press("^Z")
    lune.await_no_text("- two")
    lune.type("\x1b[200~- one\r- two\x1b[201~", "tab")
    lune.await_text("preview", "s send")
    lune.press("tab", "f10")
    lune.await_text("#1", "two")

    read = json.loads(house.ask("lune", "read", "money", "1", "--json").stdout)
    assert read["posts"][0]["body"] == "- one\n- two"


def test_the_same_as_verbs(house: House) -> None:
    """A post is changed, a reply quotes, a draft is listed and thrown away."""
    house.admit("lune")
    house.admit("rosa")
    house.ask("lune", "post", "money", "-t", "Rent", given="First words")

    changed = house.ask("lune", "edit", "1#1", given="Other words")
    assert (changed.returncode, changed.stdout) == (0, b"#1 was changed.\n")
    assert house.ask("rosa", "edit", "1#1", given="Mine").returncode == 4
    house.ask("rosa", "reply", "1", "--quote", "1", given="Yes.")
    read = json.loads(house.ask("lune", "read", "money", "1", "--json").stdout)
    assert read["posts"][0]["edited"]
    assert read["posts"][1]["body"] == "> @lune #1:\n> Other words\n\nYes."

    rosa = house.enter("rosa", "go", "1")
    rosa.await_text("Yes.")
    rosa.press("r")
    rosa.type("Half a thought")
    rosa.await_text("14 of 4000")
    rosa.press("^X")
    told = house.ask("rosa", "drafts").stdout.decode()
    assert "1 - Reply in \u201cRent\u201d - Half a thought" in told
    assert house.ask("lune", "draft", "1").returncode == 3
    assert house.ask("rosa", "draft", "1", "--drop").returncode == 0
    assert json.loads(house.ask("rosa", "drafts", "--json").stdout) == []

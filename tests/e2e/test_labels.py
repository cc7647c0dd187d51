"""What warns, what is asked, and in which language: on the screen and as verbs."""

import json

from tests.e2e.house import House

WORDS = "They came at night."
TITLE = "A hard night"


def test_a_warning_on_the_full_screen(house: House) -> None:
    """Set while writing in English on a phone; folded in French until it is opened."""
    house.admit("rosa")
    house.admit("lune", language="fr")
    rosa = house.enter("rosa", "go", "wellbeing", size=(40, 15))
    rosa.await_text("No threads yet")
    rosa.press("c")
    rosa.await_text("New thread")
    rosa.type(TITLE, "enter")
    rosa.type(WORDS)
    rosa.press("\x0c")
    rosa.await_text("What does it warn of?")
    rosa.press("enter")
    rosa.await_text("[x] violence")
    rosa.press("esc")
    rosa.await_text("warns of: violence")
    rosa.press("^S")
    rosa.await_text(WORDS, "#1")

    lune = house.enter("lune", size=(80, 24))
    lune.await_text("[violence]")
    assert TITLE not in lune.text
    lune.press("n")
    lune.await_text("Ce fil parle de", "violence")
    assert WORDS not in lune.text
    lune.press("enter")
    lune.await_text(TITLE, WORDS)
    lune.press("esc")
    lune.await_no_text(WORDS)


def test_warnings_and_languages_as_verbs(house: House) -> None:
    """A Dutch reader hides one subject and reads in Dutch alone."""
    house.admit("rosa")
    house.admit("linde", language="nl")
    begin = ["post", "wellbeing", "-t"]
    options = ["--warn", "violence", "--ask", "listen", "--lang", "nl"]
    assert house.ask("rosa", *begin, "Nacht", *options, given=WORDS).returncode == 0
    french = [*begin, "Matin", "--lang", "fr"]
    assert house.ask("rosa", *french, given="Bonjour.").returncode == 0

    def read(*verb: str):
        return json.loads(house.ask("linde", *verb, "--json").stdout)

    folded = read("read", "wellbeing", "1")
    assert (folded["title"], folded["posts"]) == (None, [])
    assert folded["ask"] == "listen"
    opened = house.ask("linde", "read", "wellbeing", "1", "--open").stdout.decode()
    assert "[geweld] Nacht" in opened
    assert "rosa vraagt om te luisteren, niet om raad." in opened
    assert WORDS in opened

    assert len(read("read", "wellbeing")) == 2
    read("reads", "nl")
    [row] = read("read", "wellbeing")
    assert row["language"] == "nl"
    read("warnings", "violence", "hide")
    assert read("read", "wellbeing") == []
    listed = house.ask("linde", "read", "wellbeing").stdout.decode()
    assert "1 draad is verborgen zoals je koos." in listed
    assert read("unread") == []

"""Search over ssh: on a desk, on a phone, as a verb and in line mode."""

import json

import pytest

from tests.e2e.house import House

SAID = {
    "fr": ("Mes **impôts** de l'année, et le loyer.", "impot annee", "Recherche"),
    "en": ("Two *clients* were paying late.", "client pay", "Search"),
}


@pytest.mark.parametrize(
    ("size", "language"), [((80, 24), "fr"), ((40, 15), "en")], ids=["desk", "phone"]
)
def test_a_word_in_another_form_leads_to_the_post_and_back(
    house: House, size: tuple[int, int], language: str
) -> None:
    """Typed without accents and endings; Enter reads it there, Esc is back."""
    body, typed, title = SAID[language]
    house.admit("rosa")
    house.admit("lune", language=language)
    house.ask("rosa", "post", "money", "-t", "'A question'", given="First words.")
    assert house.ask("rosa", "reply", "1", given=body).returncode == 0

    reader = house.enter("lune", size=size)
    reader.await_text("A question")
    reader.press("s")
    reader.await_text(title)
    reader.type(typed, "enter")
    reader.await_text("A question", "1 ")
    reader.press("enter")
    reader.await_text("#2")
    reader.press("esc")
    reader.await_text(title, typed)


def test_as_a_verb_with_phrases_and_conditions(house: House) -> None:
    """Data for machines, quotes through two shells, and statuses."""
    house.admit("rosa")
    house.ask("rosa", "post", "money", "-t", "'A question'", given="Tax on rent.")
    house.ask("rosa", "post", "money", "-t", "Another", given="Rent on tax.")

    both = house.ask("rosa", "search", "taxes", "board:money", "since:1d", "--json")
    assert [one["title"] for one in json.loads(both.stdout)] == [
        "Another",
        "A question",
    ]
    one = house.ask("rosa", "search", "'\"tax on rent\"'", "--json")
    assert [found["title"] for found in json.loads(one.stdout)] == ["A question"]
    assert house.ask("rosa", "search", "tax", "board:team").returncode == 3
    assert house.ask("rosa", "search", "tax", "since:never").returncode == 2
    nothing = house.ask("rosa", "search", "umbrella")
    assert nothing.returncode == 0
    assert "Nothing of what you may read here says that." in nothing.stdout.decode()

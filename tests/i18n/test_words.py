import pytest

from bunniz_bbs.domain.words import LANGUAGES
from bunniz_bbs.i18n import N_, words_for


def test_a_sentence_is_said_in_the_language():
    """The English sentence asks for the one in the reader's language."""
    assert words_for("en")("yesterday") == "yesterday"
    assert words_for("fr")("yesterday") == "hier"
    assert words_for("nl")("yesterday") == "gisteren"
    assert words_for("de")("yesterday") == "gestern"


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_are_only_values(language):
    """Braces in what somebody wrote are shown, never read."""
    words = words_for(language)

    assert "{0.x} {name!r} {" in words("Topic: {topic}", topic="{0.x} {name!r} {")


def test_what_is_not_in_the_catalog_is_said_in_english():
    """A word that was added a minute ago is better in English than not at all."""
    assert words_for("de")(N_("added a minute ago")) == "added a minute ago"


def test_numbers_bend_words_as_each_language_does():
    """In French zero is singular; elsewhere it is not."""
    said = [
        [words_for(one).many("{n} day", "{n} days", n) for n in (0, 1, 2)]
        for one in LANGUAGES
    ]

    assert said == [
        ["0 jour", "1 jour", "2 jours"],
        ["0 dagen", "1 dag", "2 dagen"],
        ["0 days", "1 day", "2 days"],
        ["0 Tage", "1 Tag", "2 Tage"],
    ]


def test_a_language_is_compiled_once():
    """Sessions share a language's words."""
    assert words_for("fr") is words_for("fr")

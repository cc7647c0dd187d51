"""The catalogs are complete, true to their messages and kind."""

import re
from collections.abc import Iterator
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from tests.words import LOCALES, TRANSLATED, extract, load, merge, missing, text_of

SAME = {
    "fr": {
        *("{n} h", "{n} min", "{n} minute", "{n} s", "sysop"),
        *("CODE", "ORGANISATION", "mention", "version {n}, {month}"),
        *("suicide", "violence"),
    },
    "nl": {
        *(
            "in {month}",
            "moderator",
            "sysop",
            "{heading}: {title}",
            "{what}: {amount}. {about}",
            "{n} d",
            "{n} min",
            "{n} s",
            "{n} week",
        ),
        *(
            "Badge: {text}",
            "CODE",
            "Code: {code}",
            "Labels",
            "labels",
            "later",
            "links",
            "OPEN",
        ),
        "team",
    },
    "de": {
        *("CODE", "Code: {code}", "NAME", "Name", "ORGANISATION", "TEXT", "THREAD"),
        "{n} s",
        "{heading}: {title}",
        "{what}: {amount}. {about}",
    },
}
"""Messages that really read the same in English."""

ALIKE = {
    *("ADDRESS", "BOARD", "Boards", "Here: {names}", "NUMBER", "TITLE", "Title"),
    *("as {name}", "hidden", "how to connect", "move", "{n} second"),
}
"""Messages that really read the same in two languages, though not in English."""

UNKIND = {
    "en": r"\b(invalid|illegal|denied|users?|whores?|hookers?|prostitut\w+|please)\b",
    "fr": r"\b(invalides?|illéga\w+|refusée?s?|utilisat\w+|vous|votre|vos|put(e|ain)s?"
    r"|prostitu\w*)\b",
    "nl": r"\b(ongeldige?|illega\w+|geweigerd|gebruikers?|uw|hoer\w*|prostitu\w*)\b",
    "de": r"\b(ungültig\w*|illegal\w*|verweigert|(Be)?[Nn]utzer\w*|Nutten?|Huren?"
    r"|Prostitu\w*)\b",
}
SPLIT_GENDER = re.compile(r"·|•|\(e\)|\w[*:_/](innen|in)\b|\w/(ne|trice|euse)\b")


@pytest.fixture(params=TRANSLATED)
def catalog(request: pytest.FixtureRequest) -> Catalog:
    return load(request.param)


def translated(catalog: Catalog) -> Iterator[tuple[Message, list[str], list[str]]]:
    for message in catalog:
        if message.id:
            one = isinstance(message.id, str)
            yield (
                message,
                [message.id] if one else list(message.id),
                [message.string] if one else list(message.string),
            )


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalog_holds_what_the_program_says(language):
    """No word is missing or left over; `make words` would change nothing."""
    merged = merge(language, extract())

    assert missing(merged) == []
    on_disk = (LOCALES / f"{language}.po").read_text(encoding="utf-8")
    assert on_disk == text_of(merged), "run `make words` and translate what it lists"


def test_nothing_is_fuzzy(catalog):
    """Guesses are not shown to members."""
    assert [one.id for one in catalog if one.id and one.fuzzy] == []


def test_placeholders_are_kept(catalog):
    """Each form names exactly what the message names, and nothing deeper."""
    for message, sources, said in translated(catalog):
        wanted = set().union(*(names_in(one) for one in sources))
        for one in said:
            assert names_in(one) == wanted, message.id
            assert all(name.isidentifier() for name in names_in(one)), message.id


def test_everything_is_translated(catalog):
    """What reads as in English is on the list of words that really are the same."""
    same = SAME[str(catalog.locale)]
    found = {source[0] for _, source, said in translated(catalog) if source[0] in said}

    assert found == same


def test_no_two_languages_say_it_alike():
    """What reads the same in two of them stands in the wrong one, or is on a list."""
    said: dict[tuple[str, str], str] = {}
    alike = set[str]()
    for language in TRANSLATED:
        for _, source, texts in translated(load(language)):
            for text in texts:
                if text in source:
                    continue
                if said.setdefault((source[0], text), language) != language:
                    alike.add(source[0])

    assert alike == ALIKE


def test_sentences_end_alike(catalog):
    """A sentence stays a sentence and a label stays a label."""
    for message, sources, said in translated(catalog):
        ends = {one[-1] if one[-1] in ".?:" else "" for one in (*sources, *said)}
        assert len(ends) == 1, message.id


def test_words_are_kind():
    """Nobody is shouted at, called a user or told that they are invalid."""
    for one in extract():
        for text in [one.id] if isinstance(one.id, str) else one.id:
            assert "!" not in text
            assert not re.search(UNKIND["en"], text, re.IGNORECASE), text


def test_translations_are_kind_and_for_everybody(catalog):
    """No shouting, no slurs, no forms that split people or stumble when read aloud."""
    unkind = re.compile(UNKIND[str(catalog.locale)], re.IGNORECASE)
    for _, _, said in translated(catalog):
        for text in said:
            assert "!" not in text, text
            assert not unkind.search(text), text
            assert not SPLIT_GENDER.search(text), text

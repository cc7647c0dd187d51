"""Words are compared by their stems, and a text is gone through quickly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bunniz_bbs.i18n.stems import LONGEST, folded, forms_of, stems

ALIKE = [
    ("impôts", "impôt"), ("travailleuse", "travailleuses"), ("parlées", "parler"),
    ("klanten", "klant"), ("huizen", "huis"), ("belastingen", "belasting"),
    ("gewerkt", "werk"),
    ("clients", "client"), ("running", "runs"), ("taxes", "tax"),
    ("Häuser", "Haus"), ("Steuern", "Steuer"), ("größer", "grösser"),
    ("ÉTÉ", "ete"), ("cœurs", "coeur"), ("straße", "strasse"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_forms_of_a_word_have_a_stem_in_common(one: str, other: str):
    """In any of the four languages, with or without accents, either way."""
    assert stems(one) & stems(other)
    assert forms_of(one)(other)
    assert forms_of(other)(one)


@pytest.mark.parametrize(
    ("one", "other"), [("bread", "butter"), ("huis", "hond"), ("Steuer", "Steg")]
)
def test_other_words_have_none(one: str, other: str):
    """However alike they begin."""
    assert not stems(one) & stems(other)
    assert not forms_of(one)(other)


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_the_beginning_misses_no_form(one: str, other: str):
    """Looking at beginnings first finds what a look at all stems finds."""
    for word in (other, one, f"{one}s", f"ge{one}"):
        assert forms_of(one)(word) == bool(stems(one) & stems(word))


@given(st.text(max_size=100))
def test_any_word_has_a_stem(word: str):
    """And none is longer than what counts of it, letters that fold to two aside."""
    assert all(stems(word)) or not word
    assert len(folded(word)) <= LONGEST * 18

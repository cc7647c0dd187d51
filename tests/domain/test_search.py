"""What is typed to search is read as it is meant, or refused with a reason."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bunniz_bbs.domain.errors import SearchUnclear
from bunniz_bbs.domain.search import MOST_CHARACTERS, MOST_WORDS, Sought, parse


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("tax Rent", Sought(("tax", "Rent"))),
        ("l'heure drop-in", Sought(("l", "heure", "drop", "in"))),
        ('tax "own words here"', Sought(("tax",), (("own", "words", "here"),))),
        ("« à la suite »", Sought((), (("à", "la", "suite"),))),
        ("„zwei Wörter“ eins", Sought(("eins",), (("zwei", "Wörter"),))),
        ('"one', Sought(("one",))),
        ("tax -rent", Sought(("tax",), without=("rent",))),
        ("tax board:money,rights", Sought(("tax",), boards=("money", "rights"))),
        ("tax forum:Money", Sought(("tax",), boards=("money",))),
        ("by:maple", Sought(by="maple")),
        ('par:"deux mots" tax', Sought(("tax",), by="deux mots")),
        ('"van:@twee woorden"', Sought(by="twee woorden")),
        ("tax lang:de,fr", Sought(("tax",), languages=("fr", "de"))),
        ("tax since:7d", Sought(("tax",), since=timedelta(days=7))),
        ("tax seit:2026-03-31", Sought(("tax",), since=date(2026, 3, 31))),
        ("12:30 https://a.be/b", Sought(("12", "30", "https", "a", "be", "b"))),
    ],
)
def test_reads_what_is_meant(typed: str, sought: Sought):
    """Words, phrases, what is left out, and conditions by any of their names."""
    assert parse(typed) == sought


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("", "nothing"),
        (" !? ", "nothing"),
        ("board:money since:7d", "nothing"),
        ("-tax", "without"),
        ("tax board:", "empty"),
        ("tax by:@", "empty"),
        ("tax lang:", "empty"),
        ("tax lang:ru", "lang"),
        ("tax since:yesterday", "since"),
        ("tax since:99y", "since"),
        ("a " * (MOST_WORDS + 1), "many"),
        ("a" * (MOST_CHARACTERS + 1), "long"),
    ],
)
def test_says_what_is_wrong(typed: str, kind: str):
    """Each in a way of its own."""
    with pytest.raises(SearchUnclear) as refused:
        parse(typed)

    assert refused.value.kind == kind


@given(st.text(max_size=MOST_CHARACTERS))
def test_any_text_is_read_or_refused(typed: str):
    """Nothing that can be typed fails in another way."""
    try:
        sought = parse(typed)
    except SearchUnclear:
        return

    assert sought.words or sought.phrases or sought.by

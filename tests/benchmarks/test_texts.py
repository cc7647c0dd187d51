"""What a house that is made is searched by is what it says."""

from random import Random

from benchmarks.texts import TOLD, UNSAID, Texts, alone, body_of, terms_of
from bunniz_bbs.domain.ids import BoardSlug
from bunniz_bbs.store import terms

MONEY = BoardSlug("money")


def test_posts_are_found_by_the_terms_of_what_they_say(monkeypatch) -> None:
    """The terms that are put together are those that the program makes of the text."""
    chance, texts = Random(1), _some(monkeypatch)
    for number in range(1, 2 * TOLD, 7):
        title, post = texts.title(chance), texts.post(chance, number)
        said = terms.terms_of(MONEY, str(title), body_of(post))
        assert terms_of(MONEY, title, post) == said
        assert terms_of(MONEY, None, post) == terms.terms_of(MONEY, "", body_of(post))


def test_some_words_are_in_one_post_and_some_in_none(monkeypatch) -> None:
    """What is looked for as rare is rare, and nobody writes what nobody wrote."""
    chance, texts = Random(2), _some(monkeypatch)
    posts = [body_of(texts.post(chance, number)) for number in range(1, 2 * TOLD)]
    assert [alone(TOLD) in one.split() for one in posts].count(True) == 1
    words = [f" {one.replace('.', '')} " for one in posts]
    assert any(f" {UNSAID[0]} {UNSAID[1]} " in one for one in words)
    assert not any(f" {' '.join(UNSAID)} " in one for one in words)


def _some(monkeypatch) -> Texts:
    for name, fewer in {"KNOWN": 300, "SENTENCES": 200, "TITLES": 50}.items():
        monkeypatch.setattr(f"benchmarks.texts.{name}", fewer)
    return Texts()

from hypothesis import given
from hypothesis import strategies as st

from bunniz_bbs.domain.markup import Paragraph, Quote, Text
from bunniz_bbs.services.markup import parse
from bunniz_bbs.services.quotes import Source, quote, quoted_numbers, source

names = st.sampled_from(["lune", "@a_b", "o'neill", "@stille weide", "Ève-9"])


def test_a_reply_begins_with_the_words():
    """Which post, then each of its lines, less what it quoted itself."""
    assert quote("> old\n\nfirst\n\nsecond ", "@lune", 12) == (
        "> @lune #12:\n> first\n>\n> second"
    )


def test_a_long_post_is_cut():
    """There is room left for the reply."""
    said = quote("\n".join("x" * 100 for _ in range(80)), "lune", 1)

    assert said.endswith("\n> …")
    assert len(said) < 700


@given(st.text(max_size=300), names, st.integers(1, 99_999))
def test_a_quote_is_one_quote_and_says_of_what(body: str, author: str, number: int):
    """Whatever is quoted, the reply after it is not part of it."""
    written = quote(body.replace("\r", "\n"), author, number) + "\n\nreply"
    first, *_, last = parse(written).blocks

    assert isinstance(first, Quote)
    assert last == Paragraph((Text("reply"),))
    assert source(first) == Source(author.removeprefix("@"), number)
    assert quoted_numbers(written) == [number]


def test_other_quotes_say_of_nothing():
    """A head without a number, words that have one in them, and no head at all."""
    for body in ("> @lune:\n> x", "> see #12: there", "> [a #1:](b)", "> ---", "#1:"):
        assert quoted_numbers(body) == []


def test_numbers_stand_once_in_their_order():
    """As a post quotes others, one after the other."""
    parts = [quote("words", "a", 3), quote("words", "b", 1), quote("more", "a", 3)]
    assert quoted_numbers("\n\nyes\n\n".join(parts)) == [3, 1]

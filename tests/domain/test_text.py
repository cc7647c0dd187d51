import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bunniz_bbs.domain.errors import TextEmpty, TextTooLong, TextTooManyLines
from bunniz_bbs.domain.text import (
    LONGEST_NAME,
    MOST_MARKS,
    clean,
    clean_line,
    clean_name,
    printable,
)

ODD = "\x00\x07\x1b\x7f\x85\x9b\xad\t\r\n\v\f ae1#\u0301\u0323\u034f\u200b\u200d\u200e"
ODD += "\u202e\u2028\u2060\u2066\u2800\u3164\ud800\ufe01\ufe0f\ufeff\U000e0041"
ODD += "😀👍🏽❤↔©\u1100\u1161\u0344"

texts = st.one_of(st.text(max_size=200), st.text(st.sampled_from(ODD), max_size=60))
"""Any text, and texts made of what does harm."""


def cleaned(text: str) -> str:
    try:
        return clean(text, characters=400, lines=80)
    except TextEmpty:
        return ""


class TestClean:
    @given(texts)
    def test_cleaning_twice_is_cleaning_once(self, text):
        """What was kept can be edited and kept again without changing."""
        once = cleaned(text)

        assert not once or cleaned(once) == once

    @given(texts)
    def test_nothing_that_steers_a_terminal_survives(self, text):
        """No control, direction, hidden or broken character is kept."""
        for one in cleaned(text):
            if one not in "\n\u200d":
                assert unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co", "Cn")
            assert one not in "\u2028\u2029\u034f\u2800\u3164\ufe01"

    @given(texts)
    def test_few_marks_stand_on_a_letter(self, text):
        """A pile of accents does not reach over the lines above."""
        marks = 0
        for one in cleaned(text):
            marks = marks + 1 if unicodedata.combining(one) else 0
            assert marks <= MOST_MARKS

    @given(st.text(st.sampled_from("abc ,.éß語\u202e\u200b\x1b"), max_size=60))
    def test_what_can_be_read_keeps_its_order(self, text):
        """Only what cannot be seen goes; the rest stays as it was typed."""
        seen = [one for one in text if one in "abc,.éß語"]

        assert [one for one in cleaned(text) if one != " "] == seen

    @given(texts, st.integers(1, 50), st.integers(1, 5))
    def test_no_more_is_kept_than_fits(self, text, characters, lines):
        """The limits hold for what is kept, whatever came in."""
        try:
            kept = clean(text, characters=characters, lines=lines)
        except (TextEmpty, TextTooLong, TextTooManyLines):
            return

        assert 0 < len(kept) <= characters
        assert kept.count("\n") < lines

    def test_lines_are_kept_and_the_edges_trimmed(self):
        """Line ends of every kind are one kind, tabs are spaces, edges are bare."""
        text = " \n\tone \r\ntwo\rthree\x85four\u2028\n\n \n"

        assert clean(text, characters=99, lines=9) == "    one\ntwo\nthree\nfour"

    def test_accents_join_their_letters(self):
        """The same word typed in two ways is kept in one."""
        assert clean("e\u0301te\u0301", characters=3, lines=1) == "été"

    @pytest.mark.parametrize("emoji", ["👨‍👩‍👧", "❤️‍🔥", "1️⃣", "🏳️‍🌈", "👍🏽", "↔️"])
    def test_emoji_stay_whole(self, emoji):
        """What joins pictographs is kept between them."""
        assert clean(emoji, characters=9, lines=1) == emoji

    def test_joiners_elsewhere_hide_nothing(self):
        """Between letters a joiner only makes two words look like one."""
        assert clean("a\u200db ^\u200d^ x\ufe0f", characters=9, lines=1) == "ab ^^ x"

    @pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u2060", "\u2800", "\u202e"])
    def test_nothing_is_refused(self, text):
        """A text of which nothing can be seen is empty."""
        with pytest.raises(TextEmpty):
            clean(text, characters=99, lines=9)

    def test_too_much_is_refused_with_its_size(self):
        """Whoever wrote too much learns how much too much."""
        with pytest.raises(TextTooLong) as long:
            clean("x" * 12, characters=10, lines=9)
        with pytest.raises(TextTooManyLines) as high:
            clean("x\nx\nx", characters=10, lines=2)

        assert (long.value.length, long.value.limit) == (12, 10)
        assert (high.value.lines, high.value.limit) == (3, 2)

    @pytest.mark.parametrize("one", ["x", "é", "\n", "\u0301", "\u200d"])
    def test_a_flood_costs_nothing(self, one):
        """A megabyte is refused before it is looked at."""
        flood = one * 1_000_000
        began = time.perf_counter()

        with pytest.raises(TextTooLong):
            clean(flood, characters=4000, lines=80)
        with pytest.raises(TextTooLong):
            clean_line(flood, characters=80)

        assert time.perf_counter() - began < 0.005


class TestCleanLine:
    def test_breaks_are_spaces(self):
        """A line stays one line."""
        assert clean_line(" a\r\nb\tc\u2028d\v", characters=99) == "a b c d"

    @given(texts)
    def test_a_line_is_one_line(self, text):
        """Cleaning twice is cleaning once, and there is no second line."""
        try:
            once = clean_line(text, characters=400)
        except TextEmpty:
            return

        assert "\n" not in once
        assert clean_line(once, characters=400) == once

    def test_emptiness_and_length_are_refused(self):
        """The same limits hold as for longer texts."""
        with pytest.raises(TextEmpty):
            clean_line("\n \n", characters=9)
        with pytest.raises(TextTooLong):
            clean_line("x" * 10, characters=9)


class TestCleanName:
    def test_spaces_are_single(self):
        """What cannot be seen makes no difference between names."""
        assert clean_name("  ro\u200bsa \u3000 lune\n") == "rosa lune"

    def test_a_novel_is_not_a_name(self):
        """Far too long names are refused before they are looked at."""
        with pytest.raises(TextTooLong):
            clean_name("x" * (LONGEST_NAME + 1))


class TestPrintable:
    @given(texts)
    def test_nothing_that_steers_a_terminal_gets_out(self, text):
        """The last filter holds for text that no other has seen."""
        shown = printable(text)

        assert not any(unicodedata.category(one) in ("Cc", "Cs") for one in shown)
        assert not set(shown) & set("\u202e\u2066\u200e\u200f\u061c\u2028\u2029")
        assert printable(shown) == shown

    @given(texts)
    def test_clean_lines_pass(self, text):
        """What was cleaned is shown as it is."""
        for row in cleaned(text).split("\n"):
            assert printable(row) == row

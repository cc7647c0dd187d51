from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bunniz_bbs.domain.durations import LONGEST, looks_like_duration, parse_duration
from bunniz_bbs.domain.errors import DurationUnclear


class TestParseDuration:
    @pytest.mark.parametrize(
        ("text", "seconds"),
        [
            ("30s", 30),
            ("10m", 600),
            ("2h", 7200),
            ("7d", 7 * 86400),
            ("1w", 7 * 86400),
            ("1h30m", 5400),
            (" 1H30M ", 5400),
            ("0h5s", 5),
            ("366d", 366 * 86400),
        ],
    )
    def test_reads_as_people_type(self, text, seconds):
        """Small or capital letters, several parts, and outer spaces."""
        assert parse_duration(text) == timedelta(seconds=seconds)

    @pytest.mark.parametrize(
        "text",
        ["", " ", "5", "m", "-5m", "5 m", "1.5h", "0s", "367d", "999999w", "٣m", "5m!"],
    )
    def test_anything_else_is_unclear(self, text):
        """Zero, and more than a year, too."""
        with pytest.raises(DurationUnclear):
            parse_duration(text)

    @given(st.text(max_size=300))
    def test_no_text_breaks_it(self, text):
        """It is a duration within bounds, or it is refused."""
        with suppress(DurationUnclear):
            assert timedelta(0) < parse_duration(text) <= LONGEST
            assert looks_like_duration(text)

    def test_a_refusal_says_a_few_words_back(self):
        """Not a megabyte of them."""
        with pytest.raises(DurationUnclear) as refusal:
            parse_duration("x" * 10**6)

        assert refusal.value.text == "x" * 40

"""Which numbers to call stand under threads."""

from pathlib import Path

import pytest

from bunniz_bbs.config.load import load_house
from bunniz_bbs.i18n import words_for
from bunniz_bbs.i18n.help_lines import first_lines

BOARDS = Path(__file__).parents[2] / "boards.yaml"


@pytest.mark.parametrize(
    ("language", "there", "elsewhere"),
    [
        ("fr", {"107", "0800 32 123"}, {"106", "108"}),
        ("nl", {"106", "1813"}, {"107", "108"}),
        ("de", {"108"}, {"106", "107"}),
        ("en", {"106", "107", "108"}, {"1813", "0800 32 123"}),
    ],
)
def test_come_in_the_readers_language_or_one_of_each(language, there, elsewhere):
    """After those for an emergency."""
    lines = first_lines(words_for(language), load_house(BOARDS))
    numbers = [one.partition("  ")[0] for one in lines]

    assert numbers[:2] == ["112", "101"]
    assert there <= set(numbers)
    assert not elsewhere & set(numbers)

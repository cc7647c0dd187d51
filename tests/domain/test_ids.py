"""How a post is called, where one goes by a name."""

import pytest

from bunniz_bbs.domain.ids import PostPlace, ThreadId, post_place


def test_a_post_is_its_thread_and_its_number():
    """With nothing around it but spaces."""
    assert post_place("12#3") == post_place(" 12#3 ") == PostPlace(ThreadId(12), 3)


@pytest.mark.parametrize(
    "text", ["", "12", "#3", "12#", "12 #3", "12#3#4", "x#1", "1#x", "1#" + "9" * 30]
)
def test_all_else_is_none(text: str):
    """However it was typed."""
    assert post_place(text) is None

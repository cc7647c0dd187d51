"""Ctrl+X is found in whatever form and pieces it comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bunniz_bbs.ssh.quick_exit import QuickExit

FORMS = [
    b"\x18",
    b"\x1b\x18",  # with Alt
    b"\x1b[120;5u",  # kitty, xterm with formatOtherKeys
    b"\x1b[120;69u",  # with Caps Lock
    b"\x1b[120;133u",  # with Num Lock
    b"\x1b[120;197u",
    b"\x1b[120;5:1u",  # with the kind of event
    b"\x1b[120:88;5u",  # with the shifted key
    b"\x1b[1095::120;5u",  # on a Cyrillic keyboard
    b"\x1b[120;5;24u",  # with its text
    b"\x1b[27;5;120~",  # xterm with modifyOtherKeys
    b"\x1b[27;69;120~",
]
OTHERS = [
    *(b"x", b"X", b"\x1bx", b"\x03", b"\x11", b"\x1a", b"120;5u", b"[120;5u", b"\x1b"),
    *(b"\x1b[120u", b"\x1b[120;2u", b"\x1b[120;6u", b"\x1b[121;5u", b"\x1b[1120;5u"),
    *(
        b"\x1b[27;2;120~",
        b"\x1b[27;5;12~",
        b"\x1b[A",
        b"\xe2\x80\x98",
        b"\x1b[<0;5;120M",
    ),
]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_at_every_cut(form: bytes) -> None:
    """In one piece, in two, in single bytes; with something before and after."""
    stream = b"ab\x1b[A" + form + b"cd"

    for cut in range(len(stream) + 1):
        quick = QuickExit()
        assert quick.pressed(stream[:cut]) or quick.pressed(stream[cut:])
    quick = QuickExit()
    assert any([quick.pressed(bytes([one])) for one in stream])


@pytest.mark.parametrize("other", OTHERS)
def test_no_other_key(other: bytes) -> None:
    """Alone, again and again, and in single bytes."""
    quick = QuickExit()

    assert not any(quick.pressed(other) for _ in range(20))
    assert not any(quick.pressed(bytes([one])) for one in other * 5)


@given(some.lists(some.binary(max_size=70), max_size=20), some.sampled_from(FORMS))
def test_what_is_remembered_is_bounded(chunks: list[bytes], form: bytes) -> None:
    """A few bytes, whatever comes; and it is found behind anything."""
    quick = QuickExit()
    for chunk in chunks:
        quick.pressed(chunk)
        assert len(quick._begun) <= 64

    assert quick.pressed(form)

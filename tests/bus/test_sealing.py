import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bunniz_bbs.bus.sealing import LARGEST, NODE_BYTES, OVERHEAD, Seal

SECRET = bytes(range(32))
NODE = b"nodenode"
OTHER = b"othernod"


def a_seal(node: bytes = NODE, secret: bytes = SECRET, subject: str = "s") -> Seal:
    """One node's seal."""
    return Seal(secret, node, subject, os.urandom)


@given(plain=st.binary(max_size=2000), secret=st.binary(min_size=32, max_size=32))
def test_every_node_of_the_house_opens_it(plain: bytes, secret: bytes):
    """And learns who sealed it; so does the sender."""
    sealed = a_seal(secret=secret).seal(plain)

    assert a_seal(OTHER, secret).open(sealed) == (NODE, plain)
    assert a_seal(NODE, secret).open(sealed) == (NODE, plain)
    assert len(sealed) == len(plain) + OVERHEAD


@given(plain=st.binary(min_size=8, max_size=200))
def test_nothing_of_it_is_seen(plain: bytes):
    """But for its length."""
    assert plain not in a_seal().seal(plain)


def test_the_same_words_never_look_the_same():
    """Nobody sees that something was said again."""
    seal = a_seal()

    assert len({seal.seal(b"hello")[9:21] for _ in range(1000)}) == 1000
    assert len({seal.seal(b"hello")[21:] for _ in range(1000)}) == 1000


@given(plain=st.binary(max_size=100), data=st.data())
def test_one_changed_bit_breaks_it(plain: bytes, data: st.DataObject):
    """Wherever it is."""
    sealed = bytearray(a_seal().seal(plain))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))

    assert a_seal(OTHER).open(bytes(sealed)) is None


@given(plain=st.binary(max_size=100), data=st.data())
def test_a_part_of_it_is_nothing(plain: bytes, data: st.DataObject):
    """Nor is it with something added."""
    sealed = a_seal().seal(plain)
    end = data.draw(st.integers(0, len(sealed) - 1))

    assert a_seal(OTHER).open(sealed[:end]) is None
    assert a_seal(OTHER).open(sealed[end:]) is None or end == 0
    assert a_seal(OTHER).open(sealed + b"\x00") is None


@given(data=st.binary(max_size=200))
def test_what_nobody_sealed_is_not_opened(data: bytes):
    """And does no harm."""
    assert a_seal().open(data) is None


def test_another_secret_does_not_open_it():
    """Not even one that differs in a bit."""
    sealed = a_seal().seal(b"hello")

    assert a_seal(secret=bytes([1, *SECRET[1:]])).open(sealed) is None


def test_another_subject_does_not_open_it():
    """What was sealed for one is nothing on another."""
    assert a_seal(subject="t").open(a_seal().seal(b"hello")) is None


@given(other=st.binary(min_size=NODE_BYTES, max_size=NODE_BYTES))
def test_nobody_speaks_in_anothers_name(other: bytes):
    """A sender that was changed on the way breaks the seal."""
    sealed = a_seal().seal(b"hello")
    forged = sealed[:1] + other + sealed[1 + NODE_BYTES :]

    assert a_seal(OTHER).open(forged) is None or other == NODE


def test_what_is_too_large_is_not_looked_at():
    """Even where it is well sealed."""
    assert a_seal().open(a_seal().seal(bytes(LARGEST))) is None


def test_many_senders_take_no_more_memory_than_some():
    """And all of them are still understood."""
    reader = a_seal()
    for number in range(1000):
        node = number.to_bytes(NODE_BYTES)
        assert reader.open(a_seal(node).seal(b"x")) == (node, b"x")

    assert len(reader._ciphers) <= 128
    assert reader.open(a_seal().seal(b"x")) == (NODE, b"x")


@pytest.mark.parametrize(("secret", "node"), [(b"short", NODE), (SECRET, b"short")])
def test_a_short_secret_is_refused(secret, node):
    """It is a mistake of ours."""
    with pytest.raises(ValueError, match="32 bytes"):
        Seal(secret, node, "s", os.urandom)

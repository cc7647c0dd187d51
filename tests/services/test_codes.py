import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bunniz_bbs.services.codes import (
    ALPHABET,
    canonical,
    code_digest,
    key_digest,
    new_code,
)

PEPPER = b"p" * 32
randoms = st.binary(min_size=16, max_size=16)


def test_a_code_reads_in_groups():
    """26 letters and digits in groups of four, none of them misread."""
    code = new_code(lambda size: bytes(range(size)))

    assert [len(one) for one in code.split("-")] == [4, 4, 4, 4, 4, 4, 2]
    assert set(code) <= set(ALPHABET) | {"-"}
    assert not set("ILOU") & set(ALPHABET)


@given(randoms)
def test_a_code_carries_all_its_bits(random):
    """No randomness is lost between the bytes and the code."""
    digits = new_code(lambda _: random).replace("-", "")
    number = 0
    for one in digits:
        number = number * 32 + ALPHABET.index(one)

    assert number.to_bytes(16, "big") == random


@given(randoms, st.randoms(use_true_random=False))
def test_a_code_survives_copying(random, hand):
    """Case, spaces, dashes and look-alikes do not matter."""
    code = new_code(lambda _: random)
    typed = "".join(
        hand.choice({"0": "0oO", "1": "1iIlL", "-": [" ", "", "-", "–"]}.get(one, one))
        for one in code
    )
    typed = " " + "".join(hand.choice([one, one.lower()]) for one in typed) + "\n"

    assert canonical(typed) == canonical(code)
    assert code_digest(PEPPER, typed) == code_digest(PEPPER, code)


@given(st.text())
def test_any_text_can_be_tried(text):
    """What is no code is merely not found."""
    assert len(code_digest(PEPPER, text)) == 32
    assert canonical(canonical(text)) == canonical(text)


@pytest.mark.parametrize("other", ["0000-0000-0000-0000-0000-0000-01", "", "0"])
def test_other_codes_have_other_digests(other):
    """A digest tells codes apart."""
    code = "0000-0000-0000-0000-0000-0000-00"

    assert code_digest(PEPPER, other) != code_digest(PEPPER, code)


def test_a_key_digest_is_the_plain_keyed_hash():
    """Exactly HMAC-SHA-256(pepper, blob), as other tools compute it."""
    blob = b"\0\0\0\x0bssh-ed25519\0\0\0 " + b"k" * 32

    assert key_digest(PEPPER, blob) == hmac.new(PEPPER, blob, hashlib.sha256).digest()


def test_codes_and_keys_never_meet():
    """The digest of a code is not the one of a key with the same bytes."""
    assert code_digest(PEPPER, "ABCD") != key_digest(PEPPER, b"ABCD")
    assert code_digest(b"q" * 32, "ABCD") != code_digest(PEPPER, "ABCD")

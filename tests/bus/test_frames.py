from hypothesis import given
from hypothesis import strategies as st

from bunniz_bbs.bus.frames import (
    CHALLENGE_BYTES,
    Account,
    Ask,
    Frame,
    Kind,
    pack,
    pack_account,
    pack_ask,
    pack_told,
    unpack,
    unpack_account,
    unpack_ask,
    unpack_told,
)
from bunniz_bbs.bus.sealing import NODE_BYTES

numbers = st.integers(0, 2**64 - 1)
nodes = st.binary(min_size=NODE_BYTES, max_size=NODE_BYTES)
challenges = st.binary(min_size=CHALLENGE_BYTES, max_size=CHALLENGE_BYTES)
told = st.lists(
    st.binary(min_size=1).map(lambda one: one.replace(b"\n", b" ")), max_size=5
)


@given(st.builds(Frame, st.sampled_from(Kind), numbers, numbers, st.binary()))
def test_a_frame_comes_back(frame: Frame):
    """As it was."""
    assert unpack(pack(frame)) == frame


@given(told)
def test_events_come_back(events: list[bytes]):
    """Each for itself."""
    assert unpack_told(pack_told(events)) == events


@given(st.builds(Ask, nodes, challenges))
def test_a_request_comes_back(ask: Ask):
    """As it was."""
    assert unpack_ask(pack_ask(ask)) == ask


@given(
    st.builds(
        Account,
        st.dictionaries(nodes, challenges, max_size=5),
        st.booleans(),
        st.booleans(),
        told,
    )
)
def test_an_account_comes_back(account: Account):
    """With whom it answers and what it says."""
    assert unpack_account(pack_account(account)) == account


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes):
    """Another version of the program may mean something by them."""
    unpack(data)
    unpack_ask(data)
    unpack_account(data)


@given(st.integers(len(Kind) + 1, 255))
def test_an_unknown_kind_is_nothing(kind: int):
    """Nor is an empty message."""
    assert unpack(bytes([kind]) + bytes(16)) is None
    assert unpack(b"") is None

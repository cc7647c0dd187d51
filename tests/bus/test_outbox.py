from bunniz_bbs.bus.codec import LARGEST_LINE, Codec
from bunniz_bbs.bus.outbox import MOST_WAITING, PARCEL_BYTES, Outbox
from bunniz_bbs.domain.events import HouseDescribed
from tests.bus.nodes import NOON, a_line, event, number_of

NODE = b"nodenode"


def an_outbox() -> Outbox:
    """One with nothing in it."""
    return Outbox(Codec(), lambda: NOON)


def numbers(told: list[bytes]) -> list[int | None]:
    """Which events are told."""
    read = [Codec().decode(one, NOON) for one in told]
    return [number_of(one[1]) for one in read if one]


def test_what_waits_is_told_together_in_order():
    """Once."""
    outbox = an_outbox()
    for number in range(100):
        outbox.put("t", event(number))

    assert numbers(outbox.take_told()) == list(range(100))
    assert outbox.take_told() == []
    assert not outbox.skipped


def test_what_is_much_is_told_in_parts():
    """None of them much larger than it should be, and nothing is left out."""
    outbox = an_outbox()
    for number in range(4000):
        outbox.put("t", event(number))

    parts = []
    while told := outbox.take_told():
        parts.append(told)

    assert len(parts) > 2
    assert all(sum(map(len, part)) < PARCEL_BYTES + 100 for part in parts)
    assert [one for part in parts for one in numbers(part)] == list(range(4000))


def test_when_it_is_full_the_others_learn_that_something_is_missing():
    """And it stays bounded."""
    outbox = an_outbox()
    for number in range(MOST_WAITING + 10):
        outbox.put("t", event(number))

    assert outbox.skipped
    assert len(outbox._told) == MOST_WAITING


def test_an_event_that_is_too_large_is_left_out_and_missed():
    """The others are told, and the others hear the rest."""
    outbox = an_outbox()
    outbox.put("t", event(1))
    outbox.put("t", a_line("x" * LARGEST_LINE))
    outbox.put("t", event(2))

    assert numbers(outbox.take_told()) == [1, 2]
    assert outbox.skipped


def test_a_large_event_that_may_be_so_is_told():
    """As a part of its own, if need be."""
    outbox = an_outbox()
    outbox.put("t", HouseDescribed("x" * 500_000))
    outbox.put("t", event(2))

    assert len(outbox.take_told()) == 1
    assert numbers(outbox.take_told()) == [2]


def test_what_was_forgotten_is_missed():
    """Where there was something."""
    outbox = an_outbox()
    outbox.forget()
    assert not outbox.skipped

    outbox.put("t", event(1))
    outbox.forget()

    assert outbox.skipped
    assert outbox.take_told() == []


def test_whoever_asks_twice_is_answered_once():
    """With what they asked last."""
    outbox = an_outbox()
    outbox.answer(NODE, b"one")
    outbox.answer(NODE, b"two")

    assert outbox.take_askers() == {NODE: b"two"}
    assert not outbox.asked


def test_requests_and_askers_are_bounded():
    """However many there are."""
    outbox = an_outbox()
    for number in range(1000):
        outbox.ask(number.to_bytes(8))
        outbox.answer(number.to_bytes(8), b"x")

    assert len(outbox.take_asks()) <= 64
    assert len(outbox.take_askers()) <= 200

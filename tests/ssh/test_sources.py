"""How many connections one source may open, and what is remembered of it."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bunniz_bbs.config.settings import SourceLimits
from bunniz_bbs.ssh import sources as module
from bunniz_bbs.ssh.allowance import Allowance
from bunniz_bbs.ssh.sources import (
    AT_THE_GATE,
    BURST,
    EACH,
    REMEMBERED,
    TOTAL,
    Place,
    Sources,
)


class Gate:
    """Sources with a clock that is moved."""

    def __init__(self, limits: SourceLimits = "remote") -> None:
        self.time = 0.0
        self.sources = Sources(lambda: self.time, b"s" * 32, limits)
        self.put_out: list[str] = []

    def enter(self, address: str) -> Place | None:
        """Somebody comes from an address."""
        return self.sources.enter(address, lambda: self.put_out.append(address))


def test_a_source_has_so_many_connections() -> None:
    """Another source has its own; one that goes makes room."""
    gate = Gate()
    places = []
    for _ in range(EACH):
        gate.time += 1
        places.append(gate.enter("192.0.2.1"))
    gate.time += 1

    assert None not in places
    assert gate.enter("192.0.2.1") is None
    assert gate.enter("192.0.2.2") is not None
    places[0].leave()
    places[0].leave()
    gate.time += 10
    assert gate.enter("192.0.2.1") is not None
    assert gate.enter("192.0.2.1") is None


def test_a_source_comes_so_often() -> None:
    """A burst, then two a second; who comes more often is not kept out longer."""
    gate = Gate()

    for _ in range(BURST):
        gate.enter("192.0.2.1").leave()
    for _ in range(100):
        assert gate.enter("192.0.2.1") is None
    gate.time += 1
    gate.enter("192.0.2.1").leave()
    gate.enter("192.0.2.1").leave()
    assert gate.enter("192.0.2.1") is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("fe80::1%eth0", "fe80::1%eth1", True),
    ],
)
def test_what_one_source_is(one: str, other: str, same: bool) -> None:
    """An IPv4 address, or the /64 of an IPv6 address."""
    sources = Gate().sources

    assert (sources._source(one) == sources._source(other)) is same


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1", "", "no address"])
def test_this_machine_is_no_source(address: str) -> None:
    """Behind a balancer or an onion service everybody comes from there."""
    gate = Gate()

    assert all(gate.enter(address) for _ in range(AT_THE_GATE))
    assert not gate.sources._allowances


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_can_be_made_a_source(address: str) -> None:
    """Where nothing on it stands between the server and its clients."""
    gate = Gate("all")
    for _ in range(BURST):
        assert gate.enter(address) is not None

    assert gate.enter(address) is None
    assert gate.enter("192.0.2.1") is not None


@pytest.mark.parametrize("address", ["127.0.0.1", "192.0.2.1", "2001:db8::1"])
def test_no_source_is_counted_where_all_are_one(address: str) -> None:
    """Behind a balancer elsewhere; nothing is remembered of anybody then."""
    gate = Gate("none")

    assert all(gate.enter(address) for _ in range(AT_THE_GATE))
    assert not gate.sources._allowances
    assert not gate.sources._open


@pytest.mark.parametrize("limits", get_args(SourceLimits))
def test_the_whole_is_bounded_in_any_case(limits: SourceLimits) -> None:
    """At the gate the oldest gives way; inside there are never more than so many."""
    gate = Gate(limits)
    addresses = [f"10.{number // 250}.{number % 250}.1" for number in range(TOTAL + 1)]
    for address in addresses[: AT_THE_GATE + 1]:
        gate.enter(address)

    assert gate.put_out == addresses[:1]

    gate = Gate(limits)
    for address in addresses[:TOTAL]:
        place = gate.enter(address)
        assert place is not None
        place.proven()

    assert gate.enter(addresses[TOTAL]) is None
    assert gate.put_out == []


def test_no_address_is_remembered() -> None:
    """What is kept is a hash that another boot cannot make again."""
    gate, later = Gate(), Sources(lambda: 0.0, b"t" * 32)
    gate.enter("192.0.2.1")

    assert "192.0.2.1" not in repr(vars(gate.sources))
    assert later._source("192.0.2.1") not in gate.sources._allowances


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sources that came longest ago are forgotten."""
    monkeypatch.setattr(module, "REMEMBERED", 10)
    gate = Gate()
    for number in range(100):
        place = gate.enter(f"198.51.100.{number}")
        assert place is not None
        place.leave()

    assert len(gate.sources._allowances) == 10 < REMEMBERED
    assert not gate.sources._open


def test_at_a_full_gate_the_oldest_gives_way() -> None:
    """And nobody who has proven a key."""
    gate = Gate()
    inside = gate.enter("127.0.0.1")
    assert inside is not None
    inside.proven()
    inside.proven()
    for number in range(AT_THE_GATE):
        gate.enter(f"::ffff:10.0.{number}.1")
    assert gate.put_out == []
    gate.enter("127.0.0.1")

    assert gate.put_out == ["::ffff:10.0.0.1"]
    assert len(gate.sources._waiting) == AT_THE_GATE


@given(some.lists(some.tuples(some.sampled_from("eplg"), some.integers(0, 30))))
def test_places_are_counted_right(steps: list[tuple[str, int]]) -> None:
    """Whatever order they come, prove, leave and give way in: nothing is lost."""
    gate = Gate()
    places: list[Place] = []
    for step, number in steps:
        gate.time += 1
        if step == "e" and (place := gate.enter(f"192.0.2.{number % 3}")):
            places.append(place)
        elif places and step == "p":
            places[number % len(places)].proven()
        elif places and step == "l":
            places[number % len(places)].leave()
        elif places and step == "g":
            places[number % len(places)].give_way()
    held = [one for one in places if one._held]

    assert gate.sources._total == len(held)
    assert set(gate.sources._waiting) <= set(held)
    assert sum(gate.sources._open.values()) == len(held)
    for one in places:
        one.leave()
    assert (gate.sources._total, len(gate.sources._waiting)) == (0, 0)
    assert not gate.sources._open


@given(
    some.lists(some.tuples(some.floats(0, 5), some.floats(0.1, 20)), min_size=1),
    some.floats(1, 50),
    some.floats(0.1, 10),
)
def test_an_allowance_lets_through_what_it_says(
    steps: list[tuple[float, float]], burst: float, rate: float
) -> None:
    """Never more than the burst and what has flowed in since."""
    time, granted = 0.0, 0.0
    allowance = Allowance(burst, rate, time)
    for pause, amount in steps:
        time += pause
        if allowance.has(amount, time):
            granted += amount

        assert granted <= burst + rate * time + 1e-6


def test_an_overdrawn_allowance_says_how_long_to_wait() -> None:
    """What was taken too early is waited for."""
    allowance = Allowance(10, 2, 0.0)

    assert allowance.take(10, 0.0) == 0
    assert allowance.take(4, 0.0) == 2.0
    assert allowance.take(0, 1.0) == 1.0
    assert allowance.take(0, 2.0) == 0

import json
import logging
import types
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bunniz_bbs.bus.codec import LARGEST, LARGEST_LINE, VERSION, Codec, TooLarge
from bunniz_bbs.domain.events import (
    BanSet,
    Event,
    HouseDescribed,
    LineSaid,
    LinesGone,
    MuteSet,
)
from bunniz_bbs.domain.ids import AccountId, LineId, RoomSlug
from bunniz_bbs.domain.limits import LINE_CHARACTERS, ROOM_LINES
from tests.bus.nodes import NOON, a_line

KINDS = get_args(Event)
HOUR = timedelta(hours=1)

moments = st.timedeltas(timedelta(-10_000), timedelta(20_000)).map(NOON.__add__)


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Anything that a field of some type may hold."""
    while hasattr(hint, "__supertype__"):
        hint = hint.__supertype__
    origin, inner = get_origin(hint), get_args(hint)
    if origin is types.UnionType:
        return st.one_of(
            [st.none() if one is type(None) else values(one) for one in inner]
        )
    if origin is tuple and inner[-1] is Ellipsis:
        return st.lists(values(inner[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values, inner))
    if hint is datetime:
        return moments
    if issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    if is_dataclass(hint):
        return instances(hint)
    return st.from_type(hint)


def instances(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Anything of a dataclass."""
    hints = get_type_hints(kind)
    return st.builds(
        kind, **{one.name: values(hints[one.name]) for one in fields(kind)}
    )


events = st.one_of([instances(kind) for kind in KINDS])


def damaged(told: list[Any], **more: Any) -> bytes:
    """A line as it is written, with other fields."""
    told[3]["line"].update(more)
    return json.dumps(told).encode()


@pytest.fixture
def told() -> list[Any]:
    """A line as it is written, taken apart."""
    made: list[Any] = json.loads(Codec().encode("room.lounge", a_line(), NOON))
    return made


class TestRoundTrip:
    @given(topic=st.text(), event=events, now=moments)
    def test_every_event_comes_back(self, topic: str, event: Event, now: datetime):
        """As it was, to the microsecond, whichever it is."""
        codec = Codec()

        assert codec.decode(codec.encode(topic, event, now), now) == (topic, event)
        assert codec.dropped == 0

    @given(event=events)
    def test_an_event_is_one_line(self, event: Event):
        """So that several can be told together."""
        assert b"\n" not in Codec().encode("a\nb", event, NOON)

    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
    @given(data=st.data())
    def test_no_kind_is_left_out(self, kind: type[Any], data: st.DataObject):
        """Each has its own name, and is read as what it is."""
        codec, event = Codec(), data.draw(instances(kind))

        read = codec.decode(codec.encode("t", event, NOON), NOON)

        assert read
        assert type(read[1]) is kind

    def test_a_half_character_does_no_harm(self):
        """No text of ours holds one; the event is told all the same."""
        data = Codec().encode("t", a_line("x\ud800y"), NOON)

        assert Codec().decode(data, NOON) == ("t", a_line("x?y"))


class TestMoments:
    @given(skew=st.timedeltas(-timedelta(days=400), timedelta(days=400)))
    def test_a_line_is_as_old_for_a_clock_that_is_wrong(self, skew: timedelta):
        """And goes after the same time."""
        data = Codec().encode("t", a_line(), NOON)

        read = Codec().decode(data, NOON + skew)

        assert read
        assert isinstance(read[1], LineSaid)
        assert read[1].line.sent_at == NOON + skew - timedelta(seconds=3)
        assert read[1].line.expires_at == NOON + skew + HOUR

    @pytest.mark.parametrize("kind", [BanSet, MuteSet])
    def test_the_end_of_a_ban_is_what_the_database_says(self, kind: type[Any]):
        """It is the same moment on every node."""
        event = kind(AccountId("a"), "spam", NOON + HOUR)
        data = Codec().encode("t", event, NOON)

        assert Codec().decode(data, NOON + timedelta(days=9)) == ("t", event)

    def test_a_moment_beyond_all_calendars_is_dropped(self, told):
        """It is no moment."""
        codec = Codec()

        assert codec.decode(damaged(told, sent_at=10**30), NOON) is None
        assert codec.decode(damaged(told, expires_at=-(10**17)), NOON) is None
        assert codec.dropped == 2


class TestUnreadable:
    @pytest.mark.parametrize(
        "more",
        [
            {"colour": "red"},
            {"timed": 1},
            {"timed": None},
            {"text": 5},
            {"text": None},
            {"text": ["a"]},
            {"kind": "shout"},
            {"kind": ["say"]},
            {"kind": True},
            {"sent_at": "noon"},
            {"sent_at": 1.5},
            {"sent_at": True},
        ],
        ids=str,
    )
    def test_a_field_that_is_not_as_it_should_be_drops_the_event(self, told, more):
        """One too many, or one of another type."""
        codec = Codec()

        assert codec.decode(damaged(told, **more), NOON) is None
        assert codec.dropped == 1

    def test_a_missing_field_drops_the_event(self, told):
        """Nothing is made up for it."""
        del told[3]["line"]["name"]

        assert Codec().decode(json.dumps(told).encode(), NOON) is None

    @pytest.mark.parametrize(
        ("place", "other"),
        [(0, VERSION + 1), (0, "1"), (1, 7), (2, "Line"), (2, "object"), (2, [])],
    )
    def test_another_version_or_kind_drops_the_event(self, told, place, other):
        """Also one that names something else of ours."""
        told[place] = other

        assert Codec().decode(json.dumps(told).encode(), NOON) is None

    @given(data=st.binary())
    def test_no_bytes_raise(self, data: bytes):
        """Whatever they are."""
        assert Codec().decode(data, NOON) is None

    @given(
        told=st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        )
    )
    def test_no_json_raises(self, told: Any):
        """Nor where it looks almost right."""
        codec = Codec()
        for one in (
            told,
            [VERSION, "t", "LineSaid", told],
            [VERSION, "t", "BanSet", told],
        ):
            assert codec.decode(json.dumps(one).encode(), NOON) is None

    @given(data=st.data(), event=events)
    def test_no_damage_raises(self, data: st.DataObject, event: Event):
        """What comes of it is an event or nothing."""
        codec = Codec()
        good = bytearray(codec.encode("t", event, NOON))
        for _ in range(3):
            place = data.draw(st.integers(0, len(good) - 1))
            good[place] = data.draw(st.integers(0, 255))

        read = codec.decode(bytes(good), NOON)

        assert read is None or type(read[1]) in KINDS

    @pytest.mark.parametrize("deep", [b"[" * 100_000, b'{"a":' * 100_000])
    def test_a_tower_of_brackets_does_no_harm(self, deep):
        """It is dropped like anything else."""
        assert Codec().decode(deep, NOON) is None

    def test_it_is_said_without_saying_what_it_was(self, caplog):
        """Counted, and not for each one."""
        codec = Codec()
        with caplog.at_level(logging.DEBUG):
            for _ in range(100):
                codec.decode(b"canary", NOON)

        assert codec.dropped == 100
        assert [record.args for record in caplog.records] == [
            ("an event that another node told was not read", count)
            for count in (1, 10, 100)
        ]
        assert "canary" not in caplog.text


class TestSize:
    def test_the_longest_line_fits(self):
        """In the widest characters, under the longest name."""
        line = a_line("\U0001f430" * LINE_CHARACTERS, name="\U0001f430" * 20)

        assert len(Codec().encode("room." + "r" * 64, line, NOON)) <= LARGEST_LINE

    def test_a_longer_one_is_not_told(self):
        """It would be dropped where it arrives."""
        with pytest.raises(TooLarge):
            Codec().encode("t", a_line("x" * LARGEST_LINE), NOON)

    def test_a_longer_one_is_not_read(self, told):
        """Whoever wrote it."""
        data = damaged(told, text="x" * LARGEST_LINE)

        assert Codec().decode(data, NOON) is None

    def test_all_lines_of_a_room_may_go_at_once(self):
        """And a description of a house may be as long as one is."""
        gone = LinesGone(RoomSlug("r"), (LineId("0" * 24),) * ROOM_LINES)
        text = HouseDescribed('a: "b"\n' * 2**16)

        for event in (gone, text):
            data = Codec().encode("t", event, NOON)
            assert Codec().decode(data, NOON) == ("t", event)

    def test_nothing_is_larger_than_a_broker_takes(self):
        """It is not told and not read."""
        data = json.dumps([VERSION, "t", "HouseDescribed", {"text": "x" * LARGEST}])

        assert Codec().decode(data.encode(), NOON) is None
        with pytest.raises(TooLarge):
            Codec().encode("t", HouseDescribed("x" * LARGEST), NOON)

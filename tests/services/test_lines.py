from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bunniz_bbs.domain.ids import AccountId, LineId, RoomSlug
from bunniz_bbs.domain.limits import ROOM_LINES
from bunniz_bbs.domain.rooms import Line, LineKind
from bunniz_bbs.i18n import words_for
from bunniz_bbs.i18n.times import left
from bunniz_bbs.services.lines import RoomMemory, until_label_changes
from tests.services.still import NOON

SECOND = timedelta(seconds=1)


def a_line(number: int = 0, *, stays: timedelta = 60 * SECOND, timed: bool = False):
    sent_at = NOON + number * SECOND
    return Line(
        LineId(f"{number:06}"),
        RoomSlug("lounge"),
        AccountId("maple"),
        "maple",
        LineKind.SAY,
        "Words.",
        sent_at,
        sent_at + stays,
        timed,
    )


class TestRoomMemory:
    def test_holds_a_thousand_lines(self):
        """The oldest goes for one more, and is named."""
        memory = RoomMemory()
        for number in range(ROOM_LINES):
            assert memory.add(a_line(number)) == []

        gone = memory.add(a_line(ROOM_LINES))

        assert gone == [LineId("000000")]
        assert len(memory.lines) == ROOM_LINES
        assert memory.last_at == NOON + ROOM_LINES * SECOND

    def test_expires_what_is_due_and_no_more(self):
        """At the very moment, and in any order of saying."""
        memory = RoomMemory()
        for number, stays in enumerate((30, 10, 20)):
            memory.add(a_line(number, stays=stays * SECOND))

        assert memory.expire(NOON + 10 * SECOND) == []
        assert memory.expire(NOON + 22 * SECOND) == [LineId("000001"), LineId("000002")]
        assert list(memory.lines) == [LineId("000000")]

    def test_dropping_twice_is_dropping_once(self):
        """The second time there is nothing to tell."""
        memory = RoomMemory()
        memory.add(a_line())

        assert memory.drop(LineId("000000"))
        assert not memory.drop(LineId("000000"))

    def test_since_is_from_that_moment_on(self):
        """Oldest first."""
        memory = RoomMemory()
        for number in range(4):
            memory.add(a_line(number))

        found = [line.id for line in memory.since(NOON + 2 * SECOND)]

        assert found == [LineId("000002"), LineId("000003")]

    def test_an_empty_room_never_changes(self):
        """There is nothing to wait for."""
        assert RoomMemory().next_change(NOON) is None

    def test_the_next_change_is_the_first_of_all(self):
        """A line that goes, or a shown timer that reads differently."""
        memory = RoomMemory()
        memory.add(a_line(stays=45 * SECOND))
        assert memory.next_change(NOON) == NOON + 45 * SECOND

        memory.add(a_line(1, stays=60 * SECOND, timed=True))

        assert memory.next_change(NOON) == NOON + 1 * SECOND
        assert memory.next_change(NOON + 1 * SECOND) == NOON + 11 * SECOND

    def test_what_is_overdue_changes_now(self):
        """A line whose moment has passed is not waited for."""
        memory = RoomMemory()
        memory.add(a_line(stays=10 * SECOND, timed=True))

        assert memory.next_change(NOON + 20 * SECOND) == NOON + 10 * SECOND


LEFT = st.one_of(
    st.timedeltas(timedelta(microseconds=1), timedelta(days=7)),
    st.integers(1, 7 * 86400).map(lambda seconds: timedelta(seconds=seconds)),
    st.integers(1, 7000).map(lambda seconds: timedelta(seconds=seconds)),
)


class TestUntilLabelChanges:
    @given(LEFT, st.floats(0, 0.999))
    def test_a_shown_timer_is_never_out_of_date(self, remaining, part):
        """Until then it reads the same; so no line goes before its label says."""
        words = words_for("en")
        change = until_label_changes(remaining)
        between = remaining - change * part

        assert timedelta(0) < change <= remaining
        assert left(words, between.total_seconds()) == left(
            words, remaining.total_seconds()
        )

    @given(LEFT)
    def test_nothing_ticks_more_than_it_must(self, remaining):
        """Ten seconds, a minute or an hour apart, once it has begun to tick."""
        after = remaining - until_label_changes(remaining)

        if after:
            assert until_label_changes(after) >= timedelta(seconds=10)

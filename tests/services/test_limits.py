import pytest
from hypothesis import given
from hypothesis import strategies as st

from bunniz_bbs.domain.errors import TooFast
from bunniz_bbs.services import limits as module
from bunniz_bbs.services.limits import Limits, Rate
from tests.services.still import StillClock

rates = st.builds(
    Rate, burst=st.integers(1, 20), seconds=st.floats(0.01, 100) | st.integers(1, 60)
)
waits = st.lists(st.floats(0, 50), max_size=60)


def takes(limits: Limits, rate: Rate, key: object = "maple") -> bool:
    try:
        limits.take(rate, key)
    except TooFast:
        return False
    return True


class TestTake:
    @given(rates, waits)
    def test_never_more_than_the_burst_and_one_each_so_often(self, rate, pauses):
        """Over any stretch of time, however one spreads one's tries."""
        clock = StillClock()
        limits = Limits(clock)
        taken = []
        for pause in pauses:
            clock.move(seconds=pause)
            if takes(limits, rate):
                taken.append(clock.monotonic())

        for first, begin in enumerate(taken):
            for last, end in enumerate(taken[first:], 1):
                assert last <= rate.burst + (end - begin) / rate.seconds + 1e-6

    @given(rates, waits)
    def test_waiting_as_long_as_one_is_told_is_enough(self, rate, pauses):
        """Nobody is told a time after which they are refused again."""
        clock = StillClock()
        limits = Limits(clock)
        for pause in pauses:
            clock.move(seconds=pause)
            while takes(limits, rate):
                pass
            with pytest.raises(TooFast) as fast:
                limits.take(rate, "maple")
            assert fast.value.seconds >= 1
            clock.move(seconds=fast.value.seconds)

            assert takes(limits, rate)

    @given(rates)
    def test_a_burst_is_had_whole(self, rate):
        """By somebody who has done nothing for long; and refusals cost nothing."""
        clock = StillClock()
        limits = Limits(clock)

        for _ in range(2):
            assert [takes(limits, rate) for _ in range(rate.burst + 3)] == [
                True
            ] * rate.burst + [False] * 3
            clock.move(seconds=rate.burst * rate.seconds + 1)

    def test_keys_and_rates_do_not_mix(self):
        """Somebody else's words, and another kind of act, are counted apart."""
        limits = Limits(StillClock())
        lines, posts = Rate(1, 10), Rate(1, 20)

        assert takes(limits, lines, "maple")
        assert takes(limits, lines, "clover")
        assert takes(limits, posts, "maple")
        assert not takes(limits, lines, "maple")


class TestMemory:
    def test_is_bounded(self, monkeypatch):
        """However many keys try, and full buckets are the first to be forgotten."""
        monkeypatch.setattr(module, "MOST_BUCKETS", 10)
        clock = StillClock()
        limits = Limits(clock)
        rate = Rate(1, 10)
        for number in range(10):
            takes(limits, rate, number)
        clock.move(seconds=10)
        assert takes(limits, rate, "busy")

        for number in range(5):
            takes(limits, rate, f"more {number}")

        assert len(limits._buckets) <= 10
        assert not takes(limits, rate, "busy")

    def test_the_oldest_goes_when_none_is_full(self, monkeypatch):
        """A flood of keys cannot make memory grow."""
        monkeypatch.setattr(module, "MOST_BUCKETS", 10)
        limits = Limits(StillClock())

        for number in range(1000):
            takes(limits, Rate(1, 10), number)

        assert len(limits._buckets) == 10
        assert not takes(limits, Rate(1, 10), 999)

"""How slowly somebody posts in their first days."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bunniz_bbs.domain.errors import NewHere
from bunniz_bbs.domain.newcomers import (
    DAY,
    LINKS,
    MENTIONS,
    POST_PAUSE,
    REPLIES,
    THREAD_PAUSE,
    THREADS,
    Written,
    require_few,
    require_slow,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def may(lately: list[Written], begins: bool, at: datetime) -> NewHere | None:
    """Why not, or nothing."""
    try:
        require_slow([one for one in lately if one.at > at - DAY], begins, at)
    except NewHere as refusal:
        return refusal
    return None


@given(some.lists(some.tuples(some.booleans(), some.integers(0, 4000)), max_size=60))
def test_whatever_they_try_no_day_has_more_than_is_enough(tries):
    """And whoever waits as long as they were told is let pass by that rule."""
    written: list[Written] = []
    now = NOON
    for begins, seconds in tries:
        now += timedelta(seconds=seconds)
        if refusal := may(written, begins, now):
            later = may(written, begins, now + timedelta(seconds=refusal.seconds))
            assert later is None or later.rule != refusal.rule or later.seconds
        else:
            written.append(Written(now, begins))
    for one in written:
        day = [w for w in written if one.at <= w.at < one.at + DAY]
        assert sum(w.begins for w in day) <= THREADS
        assert sum(not w.begins for w in day) <= REPLIES
    for before, after in pairwise(written):
        assert after.at - before.at >= POST_PAUSE
    threads = [one.at for one in written if one.begins]
    for first, second in pairwise(threads):
        assert second - first >= THREAD_PAUSE


@pytest.mark.parametrize(
    ("count", "begins", "rule", "limit"),
    [(THREADS, True, "threads", THREADS), (REPLIES, False, "replies", REPLIES)],
)
def test_says_what_is_enough_and_how_long_to_wait(count, begins, rule, limit):
    """Until the first of them is a day old."""
    hours = timedelta(hours=1)
    lately = [Written(NOON + number * hours, begins) for number in range(count)]

    refusal = may(lately, begins, NOON + 20 * hours)

    assert refusal == NewHere(rule, limit, 4 * 3600)
    assert may(lately, begins, NOON + 24 * hours) is None


def test_there_is_a_pause_after_each_post():
    """A longer one between threads."""
    lately = [Written(NOON, True)]
    at = NOON + timedelta(seconds=10)

    assert may(lately, False, at) == NewHere("pause", 0, 20)
    assert may(lately, True, at) == NewHere("pause", 0, 20)
    assert may(lately, True, NOON + POST_PAUSE) == NewHere("pause", 0, 90)
    assert may(lately, False, NOON + POST_PAUSE) is None
    assert may(lately, True, NOON + THREAD_PAUSE) is None


def test_a_post_points_to_few_places_and_people():
    """So many are fine, one more is not."""
    require_few(LINKS, MENTIONS)
    for links, mentions, rule in (
        (LINKS + 1, 0, "links"),
        (0, MENTIONS + 1, "mentions"),
    ):
        with pytest.raises(NewHere) as refusal:
            require_few(links, mentions)
        assert refusal.value.rule == rule

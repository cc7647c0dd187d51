from bunniz_bbs.bus.pulse import (
    DEAD_SECONDS,
    FELT_SECONDS,
    HOPELESS_SECONDS,
    Pulse,
)


def begun() -> Pulse:
    """A connection that has just been made."""
    pulse = Pulse()
    pulse.begin(100.0)
    return pulse


def test_it_is_felt_only_once_a_beat_came_back():
    """A connection alone shows nothing."""
    pulse = begun()
    pulse.sent(1, 100.0)
    assert not pulse.felt(100.0)

    pulse.came_back(1)

    assert pulse.felt(100.0)


def test_it_counts_from_when_the_beat_was_sent():
    """One that came back late shows little."""
    pulse = begun()
    pulse.sent(1, 100.0)
    pulse.came_back(1)

    assert pulse.felt(100.0 + FELT_SECONDS - 0.01)
    assert not pulse.felt(100.0 + FELT_SECONDS)


def test_a_beat_that_is_played_back_shows_nothing():
    """Each counts once, and only those of this connection."""
    pulse = begun()
    pulse.sent(1, 100.0)
    pulse.came_back(1)
    pulse.begin(101.0)
    pulse.came_back(1)
    pulse.came_back(7)

    assert not pulse.felt(101.0)


def test_a_connection_on_which_nothing_comes_is_given_up():
    """After the time that a new one has, too."""
    pulse = begun()

    assert not pulse.dead(100.0 + DEAD_SECONDS)
    assert pulse.dead(100.0 + DEAD_SECONDS + 0.01)


def test_a_connection_that_is_only_slow_gets_longer():
    """But not for ever."""
    pulse = begun()
    pulse.heard(100.0 + HOPELESS_SECONDS)

    assert not pulse.dead(100.0 + HOPELESS_SECONDS)
    assert pulse.dead(100.0 + HOPELESS_SECONDS + 0.01)


def test_beats_that_never_come_back_take_no_memory():
    """Only the last ones are waited for."""
    pulse = begun()
    for number in range(1000):
        pulse.sent(number, 100.0)

    assert len(pulse._beats) <= 32


def test_a_stall_of_this_process_is_no_cut():
    """What came meanwhile is still unread; a beat under way may still come back."""
    pulse = begun()
    pulse.sent(1, 100.0)
    pulse.came_back(1)
    pulse.sent(2, 100.5)
    pulse.stalled(5.0)

    assert pulse.felt(105.0 + FELT_SECONDS - 0.01)
    assert not pulse.felt(105.0 + FELT_SECONDS)
    assert not pulse.dead(105.0 + DEAD_SECONDS)

    pulse.came_back(2)
    assert pulse.felt(105.5 + FELT_SECONDS - 0.01)


def test_a_stall_revives_nothing():
    """A connection that had ended stays unfelt."""
    pulse = begun()
    pulse.sent(1, 100.0)
    pulse.came_back(1)
    pulse.end()
    pulse.stalled(5.0)

    assert not pulse.felt(100.0)

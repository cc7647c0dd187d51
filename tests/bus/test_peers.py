import os
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bunniz_bbs.bus.frames import Account, Frame, Kind
from bunniz_bbs.bus.peers import ANSWER, ASK_AGAIN, LATEST, SILENCE, Hearing, Peers

ME = b"me------"
ONE = b"one-----"
OTHER = b"other---"
HOUR = 3600.0


class Speaker:
    """Another node, whose monotonic clock shows something else."""

    def __init__(self, name: bytes = ONE, clock: float = 5000.0) -> None:
        self.name = name
        self._clock = clock
        self._number = 0

    def says(self, kind: Kind = Kind.TOLD, at: float = 0.0, skip: int = 0) -> Frame:
        """Its next message, so many seconds after it began."""
        self._number += 1 + skip
        return Frame(kind, self._number, int((self._clock + at) * 1000))


def an_account(challenge: bytes, *, first: bool = True, last: bool = True) -> Account:
    """What gives a challenge back."""
    return Account({ME: challenge}, first, last)


def meet(peers: Peers, speaker: Speaker, now: float = 0.0) -> Frame:
    """Let a node show that it is live; returns the message in which it did."""
    frame = speaker.says(Kind.ACCOUNT, now)
    account = an_account(peers.challenge(now))
    assert peers.hear(speaker.name, frame, now, account) is Hearing.HEARD
    peers.gathered(speaker.name)
    return frame


class TestLiveness:
    def test_a_stranger_is_not_believed(self):
        """However often it speaks."""
        peers, one = Peers(ME, os.urandom), Speaker()

        assert [peers.hear(ONE, one.says(), 0.0) for _ in range(3)] == [
            Hearing.STRANGER
        ] * 3

    def test_who_gives_a_challenge_back_is_believed(self):
        """From that message on."""
        peers, one = Peers(ME, os.urandom), Speaker()
        meet(peers, one)

        assert peers.hear(ONE, one.says(), 0.0) is Hearing.HEARD

    def test_a_challenge_of_before_shows_nothing(self):
        """What was recorded yesterday is not news."""
        peers, one = Peers(ME, os.urandom), Speaker()
        account = an_account(peers.challenge(0.0))
        frame = one.says(Kind.ACCOUNT)

        late = peers.hear(ONE, frame, ANSWER + 0.1, account)

        assert late is Hearing.STRANGER

    def test_a_challenge_of_another_shows_nothing(self):
        """Nor does one that nobody made."""
        peers, one = Peers(ME, os.urandom), Speaker()
        challenge = peers.challenge(0.0)
        others = Account({OTHER: challenge}, first=True, last=True)

        assert peers.hear(ONE, one.says(), 0.0, others) is Hearing.STRANGER
        assert (
            peers.hear(ONE, one.says(), 0.0, an_account(b"x" * 16)) is Hearing.STRANGER
        )

    def test_the_second_part_of_an_account_alone_is_no_account(self):
        """The first was lost: it is asked for again."""
        peers, one = Peers(ME, os.urandom), Speaker()
        part = an_account(peers.challenge(0.0), first=False)

        assert peers.hear(ONE, one.says(), 0.0, part) is Hearing.STRANGER
        assert not peers.gathers(ONE)

    def test_an_account_with_a_hole_is_asked_for_again(self):
        """What is left of it is not taken for the whole."""
        peers, one = Peers(ME, os.urandom), Speaker()
        challenge = peers.challenge(0.0)
        first = an_account(challenge, last=False)
        peers.hear(ONE, one.says(), 0.0, first)
        assert peers.gathering

        third = an_account(challenge, first=False)
        assert peers.hear(ONE, one.says(skip=1), 0.0, third) is Hearing.GAP

        assert not peers.gathers(ONE)
        assert peers.wanting(1.0) == [ONE]


class TestCounting:
    def test_what_comes_twice_is_dropped(self):
        """At once, later, and after much else."""
        peers, one = Peers(ME, os.urandom), Speaker()
        meet(peers, one)
        frames = [one.says() for _ in range(100)]

        assert {peers.hear(ONE, one, 0.0) for one in frames} == {Hearing.HEARD}
        assert {peers.hear(ONE, one, 1.0) for one in frames} == {Hearing.DROPPED}

    def test_what_was_left_out_shows(self):
        """And what comes after it counts."""
        peers, one = Peers(ME, os.urandom), Speaker()
        meet(peers, one)

        assert peers.hear(ONE, one.says(skip=1), 0.0) is Hearing.GAP
        assert peers.hear(ONE, one.says(), 0.0) is Hearing.HEARD

    def test_a_gap_is_asked_about_until_it_is_filled(self):
        """Once a second while it is not answered."""
        peers, one = Peers(ME, os.urandom), Speaker()
        meet(peers, one)
        peers.hear(ONE, one.says(skip=1), 0.0)

        assert peers.want(ONE, 0.0)
        assert peers.wanting(ASK_AGAIN / 2) == []
        assert peers.wanting(ASK_AGAIN) == [ONE]
        meet(peers, one)
        assert peers.wanting(HOUR) == []

    def test_each_node_is_counted_for_itself(self):
        """What one leaves out is not the other's."""
        peers, one, other = Peers(ME, os.urandom), Speaker(), Speaker(OTHER)
        meet(peers, one)
        meet(peers, other)

        assert peers.hear(ONE, one.says(skip=5), 0.0) is Hearing.GAP
        assert peers.hear(OTHER, other.says(), 0.0) is Hearing.HEARD

    @given(st.lists(st.integers(0, 29), max_size=100))
    def test_whatever_is_played_back_each_counts_once_and_in_order(self, played):
        """An attacker who cannot open messages can only leave some out."""
        peers, one = Peers(ME, os.urandom), Speaker()
        recorded = [one.says() for _ in range(10)]
        recorded.append(meet(peers, one))
        recorded += [one.says() for _ in range(19)]

        taken = [
            recorded[place].number
            for place in played
            if peers.hear(ONE, recorded[place], 1.0) in (Hearing.HEARD, Hearing.GAP)
        ]

        assert taken == sorted(set(taken))
        assert all(number > 11 for number in taken)


class TestTime:
    def test_a_silent_node_is_gone_once(self):
        """After six seconds; nobody is told twice."""
        peers, one = Peers(ME, os.urandom), Speaker()
        meet(peers, one)

        assert peers.silent(SILENCE) == []
        assert peers.silent(SILENCE + 0.1) == [ONE]
        assert peers.silent(HOUR) == []

    def test_a_stall_of_this_node_is_no_silence(self):
        """What the others said meanwhile is still unread."""
        peers, one = Peers(ME, os.urandom), Speaker()
        meet(peers, one)
        peers.stalled(2.0)

        assert peers.silent(SILENCE + 2.0) == []
        assert peers.silent(SILENCE + 2.1) == [ONE]

    def test_one_that_was_gone_has_to_show_itself_again(self):
        """What was under way meanwhile is not taken for news."""
        peers, one = Peers(ME, os.urandom), Speaker()
        meet(peers, one)
        late = one.says()
        peers.silent(SILENCE + 0.1)

        assert peers.hear(ONE, late, SILENCE + 1) is Hearing.STRANGER
        meet(peers, one, SILENCE + 1)
        assert peers.hear(ONE, late, SILENCE + 1) is Hearing.DROPPED
        assert peers.hear(ONE, one.says(at=SILENCE + 1), SILENCE + 1) is Hearing.HEARD

    def test_one_that_was_gone_may_have_said_something(self):
        """So whoever listens has to load again."""
        peers, one = Peers(ME, os.urandom), Speaker()
        meet(peers, one)
        peers.silent(HOUR)
        account = an_account(peers.challenge(HOUR))
        peers.hear(ONE, one.says(Kind.ACCOUNT), HOUR, account)

        assert peers.gathered(ONE)

    def test_a_stranger_is_silent_already(self):
        """Nobody is told that one is gone who was never there."""
        peers, one = Peers(ME, os.urandom), Speaker()
        peers.hear(ONE, one.says(), 0.0)

        assert peers.silent(HOUR) == []

    def test_what_was_held_up_is_not_taken(self):
        """By the sender's own clock, whatever that shows."""
        peers, one = Peers(ME, os.urandom), Speaker()
        meet(peers, one)

        in_time = peers.hear(ONE, one.says(at=1.0), LATEST)
        too_late = peers.hear(ONE, one.says(at=2.0), LATEST + 2.1)

        assert (in_time, too_late) == (Hearing.HEARD, Hearing.STRANGER)

    def test_clocks_that_run_differently_part_in_time_and_meet_again(self):
        """A second an hour, for a month."""
        peers, one = Peers(ME, os.urandom), Speaker()
        meet(peers, one)
        asked = 0
        for hour in range(24 * 30):
            now = hour * (HOUR + 1.0)
            if peers.hear(ONE, one.says(at=hour * HOUR), now) is Hearing.STRANGER:
                asked += 1
                account = an_account(peers.challenge(now))
                frame = one.says(Kind.ACCOUNT, hour * HOUR)
                assert peers.hear(ONE, frame, now, account) is Hearing.HEARD

        assert 0 < asked < 24 * 30 / (LATEST - 1)

    def test_who_said_goodbye_does_not_come_back(self):
        """Nobody else speaks in its name, whatever they recorded."""
        peers, one = Peers(ME, os.urandom), Speaker()
        meet(peers, one)
        peers.end(ONE)
        account = an_account(peers.challenge(0.0))

        assert peers.hear(ONE, one.says(), 0.0, account) is Hearing.DROPPED
        assert peers.silent(HOUR) == []


class TestBounds:
    def test_many_names_take_no_memory(self):
        """And those who are live stay."""
        peers, one = Peers(ME, os.urandom), Speaker()
        meet(peers, one)
        for number in range(1000):
            stranger = Speaker(number.to_bytes(8))
            peers.hear(stranger.name, stranger.says(), 0.0)

        assert len(peers._peers) <= 64
        assert peers.hear(ONE, one.says(), 0.0) is Hearing.HEARD

    def test_more_live_nodes_than_are_kept_count_of_are_not_heard(self):
        """A house has no sixty-four nodes."""
        peers = Peers(ME, os.urandom)
        for number in range(64):
            meet(peers, Speaker(number.to_bytes(8)))

        assert peers.hear(ONE, Speaker().says(), 0.0) is Hearing.DROPPED

    def test_many_strangers_are_not_all_asked_at_once(self):
        """Who plays back a thousand names makes no thousand requests."""
        peers = Peers(ME, os.urandom)
        asked = 0
        for number in range(60):
            stranger = Speaker(number.to_bytes(8))
            peers.hear(stranger.name, stranger.says(), 0.0)
            asked += peers.want(stranger.name, 0.0)

        assert asked == 1

    def test_a_request_is_answered_once(self):
        """However often it is played back; others are answered all the same."""
        peers = Peers(ME, os.urandom)

        assert peers.serve(b"a")
        assert not peers.serve(b"a")
        assert all(peers.serve(bytes([0, number])) for number in range(256))
        assert len(peers._served) <= 256

    def test_challenges_that_nobody_answers_take_no_memory(self):
        """The last ones count."""
        peers, one = Peers(ME, os.urandom), Speaker()
        first = peers.challenge(0.0)
        last = [peers.challenge(0.0) for _ in range(1000)][-1]

        assert len(peers._challenges) <= 32
        frame = one.says(Kind.ACCOUNT)
        assert peers.hear(ONE, frame, 0.0, an_account(first)) is Hearing.STRANGER
        again = replace(frame, number=2)
        assert peers.hear(ONE, again, 0.0, an_account(last)) is Hearing.HEARD

from datetime import UTC, datetime, timedelta

import pytest

from bunniz_bbs.domain.words import LANGUAGES
from bunniz_bbs.i18n import words_for
from bunniz_bbs.i18n.times import ago, left, lifetime, spell_duration, stay, until

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(seconds=-5), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=3), "3 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=23, minutes=59), "23 h"),
        (timedelta(hours=25), "yesterday"),
        (timedelta(hours=37), "2 days"),
        (timedelta(days=5), "5 days"),
        (timedelta(days=15), "2 weeks"),
        (timedelta(days=250), "in March"),
        (timedelta(days=400), "in October 2025"),
    ],
)
def test_the_past_is_said_in_words(before, said):
    """The further away, the rougher."""
    assert ago(words_for("en"), NOON - before, NOON) == said


def test_the_past_in_four_languages():
    """Months bend with their language."""
    then = NOON - timedelta(days=250)

    assert [ago(words_for(one), then, NOON) for one in LANGUAGES] == [
        "en mars",
        "in maart",
        "in March",
        "im März",
    ]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "10 s"),
        (41, "50 s"),
        (60, "60 s"),
        (61, "2 min"),
        (540, "9 min"),
        (5400, "90 min"),
        (5401, "2 h"),
        (2 * 86400, "48 h"),
        (3 * 86400, "3 d"),
    ],
)
def test_what_is_left_is_counted_up(seconds, said):
    """Nothing goes while its label says that there is time."""
    assert left(words_for("en"), seconds) == said


@pytest.mark.parametrize(
    ("duration", "said"),
    [
        (timedelta(0), "0 seconds"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(minutes=90), "1 hour 30 minutes"),
        (timedelta(days=30), "30 days"),
        (timedelta(days=365), "1 year"),
        (timedelta(days=1, hours=1, minutes=1), "1 day 1 hour"),
    ],
)
def test_durations_are_spelled(duration, said):
    """In full words, in at most two units."""
    assert spell_duration(words_for("en"), duration) == said


def test_lifetimes_in_four_languages():
    """How long things stay is grammatical everywhere."""
    year, hour = timedelta(days=365), timedelta(hours=1)
    said = [
        (lifetime(words, year), lifetime(words, None), stay(words, hour))
        for words in map(words_for, LANGUAGES)
    ]

    assert said == [
        ("gardé 1 an", "gardé jusqu'au retrait", "disparaît après 1 heure"),
        ("bewaard: 1 jaar", "bewaard tot verwijdering", "weg na 1 uur"),
        ("kept 1 year", "kept until removed", "gone after 1 hour"),
        ("bleibt 1 Jahr", "bleibt, bis es entfernt wird", "bleibt nur 1 Stunde"),
    ]


def test_ends_are_said_with_their_day_and_zone():
    """A date reads as the language writes it."""
    assert [until(words_for(one), NOON) for one in LANGUAGES] == [
        "jusqu'au 24 novembre 2026, 12:00 (UTC)",
        "tot 24 november 2026, 12:00 (UTC)",
        "until 24 November 2026, 12:00 (UTC)",
        "bis 24. November 2026, 12:00 (UTC)",
    ]
    assert until(words_for("en"), None) == "until a moderator lifts it"

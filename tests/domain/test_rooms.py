from datetime import timedelta

import pytest

from tests.services.houses import a_room


@pytest.mark.parametrize(
    ("history", "stays"),
    [
        (timedelta(0), timedelta(hours=1)),
        (timedelta(minutes=30), timedelta(hours=1)),
        (timedelta(hours=8), timedelta(hours=8)),
    ],
)
def test_a_line_stays_an_hour_or_as_long_as_it_is_shown(history, stays):
    """Whoever is there can read it for a while, also where newcomers see nothing."""
    assert a_room(history=history).stay == stays

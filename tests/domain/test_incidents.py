import json

import pytest

from bunniz_bbs.domain.durations import parse_duration
from bunniz_bbs.domain.incidents import describe, new_incident


def raised(work) -> BaseException:
    """The error that some work ends with."""
    with pytest.raises(Exception) as caught:  # noqa: PT011 - any kind
        work()
    return caught.value


class TestDescribe:
    def test_names_a_kind_and_a_place_in_this_program(self):
        """As one finds it in the tree."""
        said = describe(raised(lambda: parse_duration("no duration")))

        assert said.startswith("DurationUnclear at domain/durations.py:")

    def test_says_no_word_of_what_people_wrote(self):
        """An error's own words can hold a text, a name or a key."""
        said = describe(raised(lambda: json.loads("my secret")))

        assert said.startswith("JSONDecodeError at json/decoder.py:")
        assert "secret" not in said

    def test_an_error_from_nowhere_has_a_kind(self):
        """One that was never raised has no place."""
        assert describe(ValueError("my secret")) == "ValueError at nowhere"


def test_an_incident_is_eight_digits():
    """Short enough to be read to somebody of the team."""
    assert new_incident(lambda count: bytes(range(count))) == "00010203"

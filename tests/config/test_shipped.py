"""The boards.yaml that the project ships: complete, in four languages, and open."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

import pytest
from pydantic import BaseModel

from bunniz_bbs.config.house import HouseConfig
from bunniz_bbs.config.load import load_house, read_config
from bunniz_bbs.config.parts import Paragraph, Sentence, Title
from bunniz_bbs.domain.boards import Identity, Premod
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.people import Role
from bunniz_bbs.domain.words import LANGUAGES
from tests.config.small import SHIPPED

BOARDS: Final = (
    *("guide", "help", "newcomers", "groups", "together", "stories", "wellbeing"),
    *("stigma", "health", "safety", "alerts", "digital", "police", "clients"),
    *("business", "money", "rights", "world", "brussels", "antwerp", "liege", "ghent"),
    *("charleroi", "regions", "events", "workshops", "advocacy", "articles", "house"),
    "modroom",
)
ROOMS: Final = ("lounge", "porch", "circle", "hall", "city", "team")
SPLITTING: Final = re.compile(
    r"[·•∙・]|\((?:e|e?s|ne|in|r)\)|[:*_/]in(?:nen)?\b|\w/(?:trice|euse|ne|in|ster)\b"
)
"""Forms that split people, which screen readers stumble over."""


@pytest.fixture(scope="module")
def config() -> HouseConfig:
    """All that the file says."""
    return read_config(SHIPPED)


@pytest.fixture(scope="module")
def house() -> House:
    """What is open."""
    return load_house(SHIPPED)


def texts(part: Any) -> Iterator[Title | Sentence | Paragraph]:
    """Every text of the file that stands in four languages."""
    if isinstance(part, Title | Sentence | Paragraph):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from texts(getattr(part, name))
    elif isinstance(part, tuple):
        for one in part:
            yield from texts(one)


class TestContent:
    def test_has_all_boards_and_rooms(self, config: HouseConfig):
        """Thirty boards and six rooms, in their order."""
        assert tuple(board.slug for board in config.boards) == BOARDS
        assert tuple(room.slug for room in config.rooms) == ROOMS

    def test_every_section_has_boards(self, config: HouseConfig):
        """Eight headings, none of them without boards."""
        used = Counter(board.section for board in config.boards)

        assert [section.id for section in config.sections] == list(used)
        assert len(used) == 8

    def test_every_title_stands_in_four_languages(self, config: HouseConfig):
        """Boards, rooms and sections have a title in each language."""
        titled = (*config.boards, *config.rooms)
        titles = [one.title for one in titled] + list(config.sections)

        assert len(titles) == 30 + 6 + 8
        for title in titles:
            assert all(getattr(title, language) for language in LANGUAGES)

    def test_titles_tell_places_apart(self, config: HouseConfig):
        """No two boards, and no two rooms, have the same title in a language."""
        for places in (config.boards, config.rooms):
            for language in LANGUAGES:
                titles = [getattr(place.title, language) for place in places]
                assert len(set(titles)) == len(titles)

    def test_languages_are_at_equal_depth(self, config: HouseConfig):
        """No language makes do with a fraction of what the others say."""
        for text in texts(config):
            lengths = [len(getattr(text, language)) for language in LANGUAGES]
            if not isinstance(text, Title) and max(lengths) > 30:
                assert min(lengths) > max(lengths) / 2, text

    def test_no_form_splits_people(self, config: HouseConfig):
        """There are no median points, no `(e)`, no `:innen`."""
        for text in texts(config):
            for language in LANGUAGES:
                assert not SPLITTING.search(getattr(text, language))

    def test_french_breaks_no_line_before_a_sign(self, config: HouseConfig):
        """A no-break space stands before `:`, `;` and `?` in French."""
        for text in texts(config):
            assert not re.search(r"[^\N{NO-BREAK SPACE}][:;?](\s|$)", text.fr), text.fr

    def test_has_terms(self, config: HouseConfig):
        """What is kept, who moderates and how one leaves, in a few paragraphs."""
        assert 3 <= len(config.admission.terms.text) <= 8

    def test_rules_are_few(self, config: HouseConfig):
        """What everybody agrees to at the door fits on a small screen."""
        assert 5 <= len(config.house_rules) <= 9


class TestHelpLines:
    NUMBERS: Final = (
        *("112", "101", "App 112 BE", "107", "106", "108", "0800 32 123", "1813"),
        *("1712", "0800 30 030", "0800 98 100", "violencessexuelles.be"),
        *("078 055 800", "0800 12 800"),
    )

    def test_are_those_that_were_found(self, house: House):
        """The numbers that sources agree on, and none that must be called first."""
        assert tuple(line.number for line in house.help_lines) == self.NUMBERS

    def test_each_has_a_source_and_a_day(self, house: House):
        """Where a number was read, and when."""
        for line in house.help_lines:
            assert line.source
            assert line.checked_on.year >= 2026

    def test_emergencies_come_first(self, house: House):
        """Ambulance and police come first for everybody."""
        urgent = [line.number for line in house.help_lines if line.urgent]

        assert urgent == ["112", "101"]

    def test_each_language_has_somebody_to_talk_to(self, house: House):
        """French, Dutch and German are answered; nobody answers in English alone."""
        languages = {line.language for line in house.help_lines}

        assert languages == {"fr", "nl", "de", None}


class TestHouse:
    def test_opens_with_few_places(self, house: House):
        """An empty forum feels like isolation: 19 boards and 4 rooms are open."""
        assert len(house.boards) == 19
        assert list(house.rooms) == ["lounge", "porch", "circle", "team"]

    def test_guests_see_the_start(self, house: House):
        """Guests read four boards and ask on one; the team answers on the porch."""
        readable = [one.slug for one in house.boards.values() if one.read is Role.GUEST]

        assert readable == ["guide", "help", "newcomers", "groups"]
        assert house.board("newcomers").post is Role.GUEST
        assert house.board("newcomers").premod is Premod.GUEST
        assert house.board("newcomers").identity is Identity.ANON_ALLOWED

    def test_the_team_is_among_itself(self, house: House):
        """Members see neither the team's board nor its room."""
        assert house.board("modroom").read is Role.MODERATOR
        assert house.room("team").read is Role.MODERATOR

    def test_words_are_kept_as_long_as_is_said(self, house: House):
        """Each board has its own lifetime, that of the defaults, or none."""
        assert house.board("guide").lifetime is None
        assert house.board("together").lifetime == timedelta(days=30)
        assert house.board("events").lifetime == timedelta(days=365)
        assert house.board("help").stale_after == timedelta(days=180)

    def test_rooms_forget(self, house: House):
        """Only the team's rooms show what was said before one came."""
        history = {
            slug: room.history for slug, room in house.rooms.items() if room.history
        }

        hour = timedelta(hours=1)
        assert history == {"team": hour, "porch": hour}

    def test_rooms_that_are_not_built_are_closed(self, house: House):
        """A room with a host, or by appointment, cannot be entered yet."""
        assert [slug for slug, room in house.rooms.items() if room.open] == [
            "lounge",
            "porch",
            "team",
        ]

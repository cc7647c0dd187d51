from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime

import pytest

from bunniz_bbs.domain import errors
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.newcomers import Rule
from bunniz_bbs.domain.words import LANGUAGES
from bunniz_bbs.i18n import words_for
from bunniz_bbs.i18n.refusals import (
    NAME_RULES,
    NEWCOMER_RULES,
    SEARCHES,
    SENTENCES,
    refusal,
)

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
VALUES = {str: "lune {x}", int: 7, datetime | None: NOON}


def leaves(kind: type[BunnizError]) -> Iterator[type[BunnizError]]:
    if not kind.__subclasses__():
        yield kind
    for one in kind.__subclasses__():
        yield from leaves(one)


LEAVES = [one for one in leaves(BunnizError) if one.__module__ == errors.__name__]


def an_error(kind: type[BunnizError]) -> BunnizError:
    if kind is errors.NameUnfit:
        return errors.NameUnfit("edges")
    if kind is errors.NewHere:
        return errors.NewHere("threads", 3, 90)
    if kind is errors.SearchUnclear:
        return errors.SearchUnclear("since", "lune {x}")
    declared = fields(kind) if is_dataclass(kind) else ()
    return kind(**{one.name: VALUES[one.type] for one in declared})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_every_refusal_has_its_words(kind, language):
    """What is so and what to do, with every value in its place."""
    said = refusal(words_for(language), an_error(kind))

    assert said[-1] in ".?}"
    assert "{" not in said.replace("{x}", "")


def test_no_sentence_is_left_over():
    """Each sentence belongs to a leaf; three of them have one for each rule."""
    ruled = {errors.NameUnfit, errors.NewHere, errors.SearchUnclear}
    assert set(SENTENCES) | ruled == set(LEAVES)
    assert set(NEWCOMER_RULES) == set(Rule)
    assert set(NAME_RULES) == {"length", "letters", "scripts", "edges", "reserved"}
    kinds = {"nothing", "without", "empty", "long", "many", "lang", "since"}
    assert set(SEARCHES) == kinds


def test_a_command_that_is_nearly_one_is_named():
    """A slip of the finger gets the word that was meant."""
    near = refusal(words_for("en"), errors.CommandNotFound("rooom", "room"))

    assert near == "There is no command “rooom”. Did you mean “room”?"


def test_outside_a_room_the_way_in_is_told():
    """A room command without a room says where rooms are."""
    words = words_for("en")

    assert "/join" in refusal(words, errors.RoomNotFound(""))
    assert "“attic”" in refusal(words, errors.RoomNotFound("attic"))


def test_waiting_is_spelled():
    """One second is one second, and none is one."""
    words = words_for("en")

    assert "Wait 1 second;" in refusal(words, errors.TooFast(0))
    assert "Wait 2 minutes;" in refusal(words, errors.TooFast(120))


def test_what_was_typed_is_said_back_shortly():
    """A name of a thousand letters does not fill the screen."""
    assert len(refusal(words_for("en"), errors.BoardNotFound("x" * 1000))) < 120

"""What authors say about a thread or a post before anybody reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bunniz_bbs.domain.words import Language


class Tag(StrEnum):
    """What somebody may not want to meet unasked.

    The order is kept on disk: new ones come last, and none is taken out.
    """

    VIOLENCE = "violence"
    SEXUAL_VIOLENCE = "sexual-violence"
    COERCION = "coercion"
    SELF_HARM = "self-harm"
    SUICIDE = "suicide"
    DEATH = "death"
    HATE = "hate"
    POLICE = "police"
    OUTING = "outing"
    DRUGS = "drugs"
    HEALTH = "health"
    PREGNANCY = "pregnancy"
    FAMILY = "family"
    MONEY = "money"


class Ask(StrEnum):
    """What somebody asks of those who reply."""

    LISTEN = "listen"
    ADVICE = "advice"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands on a thread; on a post there are warnings alone."""

    warnings: frozenset[Tag] = frozenset()
    ask: Ask | None = None
    language: Language | None = None
    """None: it is for readers of every language."""
    lasts: timedelta | None = None
    """How long it stays from when it is sent; None: as long as its board keeps it.
    What was sent has an end instead."""


NONE: Final = Labels()
"""Nothing is said."""


def in_order(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    """Tags in the order in which they are shown."""
    given = frozenset(tags)
    return tuple(one for one in Tag if one in given)

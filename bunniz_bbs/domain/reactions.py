"""What a reader can say to an author without a word; nobody else sees it."""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum


class Reaction(StrEnum):
    """What can be said."""

    HEARD = "heard"
    """I have read this, and I am with you."""
    THANKS = "thanks"
    """This helped me."""


@dataclass(frozen=True, slots=True)
class Kindness:
    """What stands at one post for one reader."""

    given: Set[Reaction] = frozenset()
    """What they said to its author themselves."""
    heard: int = 0
    """How many said so, where the post is the reader's own; else none is counted."""
    thanks: int = 0

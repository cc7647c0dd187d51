"""Reactions in words: to who gives one, and to the author."""

from collections.abc import Sequence

from bunniz_bbs.domain.reactions import Kindness, Reaction
from bunniz_bbs.i18n.words import Words


def told(words: Words, reaction: Reaction, *, given: bool) -> str:
    """What whoever gave one reads, or took it back."""
    if not given:
        return words("Taken back.")
    if reaction is Reaction.HEARD:
        return words("The author sees that somebody heard them, and not who.")
    return words("The author sees that somebody thanks them, and not who.")


def beneath(words: Words, kindness: Kindness | None) -> Sequence[str]:
    """What stands under a post for one reader."""
    if kindness is None:
        return []
    said = []
    if kindness.heard:
        said.append(words.many("{n} heard you", "{n} heard you", kindness.heard))
    if kindness.thanks:
        said.append(words.many("{n} thanks you", "{n} thank you", kindness.thanks))
    if Reaction.HEARD in kindness.given:
        said.append(words("you heard this"))
    if Reaction.THANKS in kindness.given:
        said.append(words("you gave thanks"))
    return said

"""What is new, and why, in words."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from bunniz_bbs.domain.news import NewsKind
from bunniz_bbs.i18n.times import day
from bunniz_bbs.i18n.words import N_, Words

LABELS: Final[Mapping[NewsKind, str]] = {
    NewsKind.ANSWER: N_("reply"),
    NewsKind.MENTION: N_("mention"),
    NewsKind.FOLLOWED: N_("followed"),
    NewsKind.NEW: N_("new"),
    NewsKind.UNANSWERED: N_("unanswered"),
}
"""What something new is, in a word."""

_TO_YOU: Final = N_("To you")
HEADINGS: Final[Mapping[NewsKind, str]] = {
    NewsKind.ANSWER: _TO_YOU,
    NewsKind.MENTION: _TO_YOU,
    NewsKind.FOLLOWED: N_("What you follow"),
    NewsKind.NEW: N_("On the boards"),
    NewsKind.UNANSWERED: N_("Waiting for a first answer"),
}
"""What stands above things of a kind."""


def calls(words: Words, kind: NewsKind, name: str) -> str:
    """Who means the reader, and how."""
    if kind is NewsKind.ANSWER:
        return words("{name} answers you", name=name)
    return words("{name} names you", name=name)


def since(words: Words, floor: date) -> str:
    """From which day on posts count as new."""
    return words("New is what was written from {day} on.", day=day(words, floor))


def read_at_once(words: Words, count: int) -> str:
    """That threads count as read now."""
    if not count:
        return words("Everything there was read already.")
    return words.many(
        "{n} thread counts as read now.", "{n} threads count as read now.", count
    )


def following(words: Words, *, wanted: bool) -> str:
    """That somebody follows a thread from now on, or does not."""
    if wanted:
        return words("You follow this thread: what is new in it comes first.")
    return words("You do not follow this thread any more.")


def kept(words: Words, *, wanted: bool) -> str:
    """That a post has a bookmark from now on, or none."""
    if wanted:
        return words("This post is among your bookmarks; you alone see them.")
    return words("This post is not among your bookmarks any more.")


def hushed(words: Words, title: str, *, quiet: bool) -> str:
    """That nothing is heard of a board from now on, or that it is heard of again."""
    if quiet:
        return words(
            "“{board}” is quiet for you: you hear of it only where somebody means you, "
            "and of threads that you chose to follow.",
            board=title,
        )
    return words("You hear of “{board}” again.", board=title)


def answering(words: Words, *, answers: bool) -> str:
    """That somebody is shown what waits for a first answer, or is not."""
    if answers:
        return words(
            "From now on you are shown what waits for a first answer. Nobody else "
            "learns that."
        )
    return words("What waits for a first answer is not shown to you any more.")


def about_news(words: Words) -> list[str]:
    """What comes to the page of what is new, and in which order."""
    return [
        words(
            "First comes what answers you or names you, then what you follow, then all "
            "else. You follow what you wrote in and what you choose to; f changes that "
            "for a thread. n goes through all of it in this order."
        ),
        words(
            "m lets a thread count as read, B its board, A everything. What was "
            "written before a day that you choose with s counts as read too."
        ),
        words(
            "w shows also what waits for a first answer, or hides it. Nobody learns "
            "what you read, follow or leave aside."
        ),
    ]

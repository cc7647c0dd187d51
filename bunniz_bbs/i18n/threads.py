"""How a thread stands, in a word for lists and in sentences for who reads it."""

from collections.abc import Sequence
from datetime import date

from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.threads import Post, Thread
from bunniz_bbs.i18n.times import day, lifetime, short_day
from bunniz_bbs.i18n.words import Words


def stays(words: Words, thread: Thread, board: Board) -> str:
    """How long it stays: “kept 1 year”, “goes on 3 December”, “kept by the team”."""
    if thread.goes_at:
        return words("gone on {day}", day=short_day(words, thread.goes_at))
    if thread.kept_for:
        return words("kept by the team")
    return lifetime(words, board.lifetime)


def standing(words: Words, thread: Thread, board: Board, today: date) -> Sequence[str]:
    """A word each for how it stands, what matters most first; none as a rule."""
    told = {
        words("locked"): thread.locked,
        words("closed"): thread.closed and not thread.locked,
        words("maybe outdated"): thread.is_stale(board, today),
        words("pinned"): thread.pinned,
    }
    return [word for word, so in told.items() if so]


def goes(words: Words, post: Post) -> str:
    """When a post goes that has an end of its own; empty: with its thread."""
    if post.goes_at is None or post.deleted:
        return ""
    return words("gone on {day}", day=short_day(words, post.goes_at))


def missing(words: Words, post: Post) -> str:
    """What stands in the place of a post that is gone."""
    if post.expired:
        return words("#{number} is gone: its time was up", number=post.number)
    return words("#{number} was removed", number=post.number)


def beforehand(
    words: Words, thread: Thread, board: Board, today: date
) -> Sequence[str]:
    """What is to be known before reading it."""
    told = []
    if thread.is_stale(board, today):
        when = day(words, thread.as_of)
        if thread.checked_on:
            told.append(words("Last checked: {day}. May be out of date.", day=when))
        else:
            told.append(words("Written: {day}. May be out of date.", day=when))
    elif board.stale_after is not None and thread.checked_on:
        told.append(words("Last checked: {day}.", day=day(words, thread.checked_on)))
    if thread.kept_for:
        told.append(words("The team keeps this: {reason}", reason=thread.kept_for))
    return told


def afterwards(words: Words, thread: Thread) -> Sequence[str]:
    """What is to be known before answering."""
    if thread.locked:
        return [words("This thread is locked: it takes no more replies.")]
    if thread.closed:
        return [words("Whoever began this thread takes no more replies.")]
    return []

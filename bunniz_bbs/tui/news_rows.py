"""Threads with something new as rows of a list, laid out for a width."""

from collections.abc import Sequence
from typing import Final

from bunniz_bbs.domain.news import NewsKind
from bunniz_bbs.i18n.news import LABELS, calls
from bunniz_bbs.i18n.people import author
from bunniz_bbs.services.news import NewsItem
from bunniz_bbs.tui.ink import Ink, Line, Span, aligned, cells, cut, line, pad, spread
from bunniz_bbs.tui.labels import titled
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.times import when
from bunniz_bbs.tui.widgets.rows import Row

GAP: Final = 3
"""Columns between columns."""
BOARD: Final = 24
"""Columns of a board's title, where it is not alone."""
WIDE: Final = 100
"""Columns from which on there is room for how much is new."""


def heading(text: str) -> Row:
    """A word over rows."""
    return Row((line(" ", Span(text, Ink.ACCENT)),))


def news_rows(
    session: Session,
    items: Sequence[NewsItem],
    width: int,
    *,
    slim: bool,
    kinds: bool = False,
) -> list[Row]:
    """A row for each thread, by its id.

    Args:
        session: For whom.
        items: What is new.
        width: Columns.
        slim: Whether there is room for a title and its age alone.
        kinds: Whether each says why it is there.
    """
    words, house = session.words, session.services.house
    ages = aligned([when(session, one.thread.last_at) for one in items], right=True)
    titles = [house.boards[one.thread.board].title[words.language] for one in items]
    boards = aligned([cut(title, BOARD) for title in titles])
    counts = aligned([_count(session, one) for one in items], right=True)
    labels = [_why(session, one, kinds=kinds) for one in items]
    widest = max(map(cells, labels), default=0)
    rows = []
    for at, item in enumerate(items):
        right = [Span(f"{ages[at]} ", Ink.QUIET)]
        if not slim:
            right.insert(0, Span(boards[at] + " " * GAP, Ink.QUIET))
        if width >= WIDE and not kinds:
            right.insert(0, Span(counts[at] + " " * GAP, Ink.ACCENT))
        left = _left(session, item, "" if slim else labels[at], widest)
        rows.append(Row((spread(left, right, width),), (item.thread.id,)))
    return rows


def _left(session: Session, item: NewsItem, label: str, widest: int) -> Line:
    mark = Span(session.glyphs.unread if item.unread else " ", Ink.ACCENT)
    why = Span(pad(label, widest) + " " * 2 if label else "", Ink.QUIET)
    ink = Ink.STRONG if item.unread else Ink.PLAIN
    return line(" ", mark, " ", why, *titled(session, item.thread, ink))


def _why(session: Session, item: NewsItem, *, kinds: bool) -> str:
    """Why a thread is there, and on the page of what is new also through whom."""
    words = session.words
    if kinds:
        return words(LABELS[item.kind])
    if item.kind in (NewsKind.ANSWER, NewsKind.MENTION):
        return calls(words, item.kind, author(words, item.by))
    return ""


def _count(session: Session, item: NewsItem) -> str:
    if not item.unread:
        return ""
    return session.words.many("{n} new", "{n} new", item.unread)

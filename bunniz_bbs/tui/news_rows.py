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
NAME: Final = 10
"""Columns of the name of who means one, where it stands beside a title alone."""
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
        slim: Whether there is room for little more than a title and its age.
        kinds: Whether each says why it is there.
    """
    words, house = session.words, session.services.house
    ages = aligned([when(session, one.thread.last_at) for one in items], right=True)
    titles = [house.boards[one.thread.board].title[words.language] for one in items]
    boards = aligned([cut(title, BOARD) for title in titles])
    counts = aligned([_count(session, one) for one in items], right=True)
    labels = [_why(session, one, slim=slim, kinds=kinds) for one in items]
    widest = 0 if slim else max(map(cells, labels), default=0)
    rows = []
    for at, item in enumerate(items):
        right = [Span(f"{ages[at]} ", Ink.QUIET)]
        if not slim:
            right.insert(0, Span(boards[at] + " " * GAP, Ink.QUIET))
        if width >= WIDE and not kinds:
            right.insert(0, Span(counts[at] + " " * GAP, Ink.ACCENT))
        left = _left(session, item, labels[at], widest)
        rows.append(Row((spread(left, right, width),), (item.thread.id,)))
    return rows


def _left(session: Session, item: NewsItem, label: str, widest: int) -> Line:
    mark = Span(session.glyphs.unread if item.unread else " ", Ink.ACCENT)
    why = Span(pad(label, widest) + " " * 2 if label else "", Ink.QUIET)
    ink = Ink.STRONG if item.unread else Ink.PLAIN
    return line(" ", mark, " ", why, *titled(session, item.thread, ink))


def _why(session: Session, item: NewsItem, *, slim: bool, kinds: bool) -> str:
    """Why a thread is there, and on the page of what is new also through whom."""
    words = session.words
    if kinds:
        return "" if slim else words(LABELS[item.kind])
    if item.kind not in (NewsKind.ANSWER, NewsKind.MENTION):
        return ""
    by = author(words, item.by)
    return cut(by, NAME) if slim else calls(words, item.kind, by)


def _count(session: Session, item: NewsItem) -> str:
    if not item.unread:
        return ""
    return session.words.many("{n} new", "{n} new", item.unread)

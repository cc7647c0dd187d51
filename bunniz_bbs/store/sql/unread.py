"""How much of each thread somebody has not read, without counting posts.

A thread's posts are numbered without gaps and none is older than the one before it.
So what is unread is the newest number, less where reading stopped or the floor lies
(one look into an index), less what was deleted and what is the reader's own after it.
"""

from datetime import UTC, date, datetime, time
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    select,
)

from bunniz_bbs.store.tables import NOBODY, Moment, posts, reads, threads

_reader: Final[BindParameter[str]] = bindparam("reader")
_floor: Final = bindparam("floor", type_=Moment())
_boards: Final[BindParameter[str]] = bindparam("boards", expanding=True)
_limit: Final[BindParameter[int]] = bindparam("limit")

_mark: Final = func.coalesce(reads.c.number, 0)

_before_floor: Final = (
    select(posts.c.number)
    .where(posts.c.thread == threads.c.id, posts.c.created_at < _floor)
    .order_by(posts.c.created_at.desc(), posts.c.number.desc())
    .limit(1)
    .correlate(threads)
    .scalar_subquery()
)

_start: Final = case(
    (threads.c.created_at >= _floor, 0), else_=func.coalesce(_before_floor, 0)
)

_marked: Final = select(
    threads, _mark.label("mark"), _start.label("start")
).select_from(
    threads.outerjoin(
        reads, and_(reads.c.thread == threads.c.id, reads.c.account == _reader)
    )
)


def _counted(shown: Subquery) -> Select[Any]:
    """The threads shown, with `unread` and `mine`."""
    after = case((shown.c.mark > shown.c.start, shown.c.mark), else_=shown.c.start)
    here = posts.c.thread == shown.c.id
    # Not a parameter: the index of deleted posts is chosen by this very term.
    gone: ColumnElement[bool] = literal_column("posts.deleted = 1")
    own = and_(here, posts.c.author == _reader, posts.c.author != NOBODY)
    count = select(func.count()).select_from(posts).correlate(shown)
    deleted = count.where(here, gone, posts.c.number > after).scalar_subquery()
    owned = count.where(own, posts.c.number > after).scalar_subquery()
    unread = case(
        (after >= shown.c.last_number, 0),
        else_=shown.c.last_number - after - deleted - owned,
    )
    mine = select(posts.c.id).where(own).correlate(shown).exists()
    return select(shown, unread.label("unread"), mine.label("mine"))


def _on_board() -> Select[Any]:
    shown = (
        _marked.where(threads.c.board == bindparam("board"))
        .order_by(
            threads.c.pinned.desc(), threads.c.last_at.desc(), threads.c.id.desc()
        )
        .limit(_limit)
        .subquery("shown")
    )
    return _counted(shown).order_by(
        shown.c.pinned.desc(), shown.c.last_at.desc(), shown.c.id.desc()
    )


def _unread() -> Select[Any]:
    stirred = _marked.where(
        # The empty end keeps databases off the index by board: going through all
        # threads from the newest on ends with the first `limit` that fit.
        threads.c.board.concat("").in_(_boards),
        threads.c.last_at >= _floor,
        threads.c.last_number > _mark,
    ).subquery("stirred")
    counted = _counted(stirred).subquery("counted")
    return (
        select(counted)
        .where(counted.c.unread > 0)
        .order_by(counted.c.last_at.desc(), counted.c.id.desc())
        .limit(_limit)
    )


ON_BOARD: Final = _on_board()
"""A board's threads; wants board, reader, floor and limit."""

UNREAD: Final = _unread()
"""Threads with something unread; wants boards, reader, floor and limit."""


def midnight(day: date) -> datetime:
    """When a day begins, in UTC."""
    return datetime.combine(day, time(), UTC)

"""How much of each thread somebody has not read, without counting posts.

A thread's posts are numbered without gaps and none is older than the one before it.
So what is unread is the newest number, less where reading stopped or the floor lies
(one look into an index), less what was deleted and what is the reader's own after it.

Whoever has read everything would have all threads of the house looked through. So
what is new is looked for among the newest `REACH` threads alone; on its board, an older
one still shows what one has not read of it.
"""

from datetime import UTC, date, datetime, time
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)

from bunniz_bbs.store.sql.wanted import (
    hidden_posts,
    hides,
    is_foreign,
    is_hidden,
    is_wanted,
)
from bunniz_bbs.store.tables import (
    NOBODY,
    Flag,
    Moment,
    follows,
    posts,
    reads,
    threads,
)

READER: Final[BindParameter[str]] = bindparam("reader")
FLOOR: Final = bindparam("floor", type_=Moment())
BOARDS: Final[BindParameter[str]] = bindparam("boards", expanding=True)
LIMIT: Final[BindParameter[int]] = bindparam("limit")
BESIDES: Final = bindparam("besides", type_=BigInteger())

REACH: Final = 2_000
"""Threads that are looked through for something new."""
NEWEST: Final = 200
"""So many with something new are told apart: those the reader follows first."""

_mark: Final = func.coalesce(reads.c.number, 0)

_before_floor: Final = (
    select(posts.c.number)
    .where(posts.c.thread == threads.c.id, posts.c.created_at < FLOOR)
    .order_by(posts.c.created_at.desc(), posts.c.number.desc())
    .limit(1)
    .correlate(threads)
    .scalar_subquery()
)

START: Final = case(
    (threads.c.created_at >= FLOOR, 0), else_=func.coalesce(_before_floor, 0)
)

# Looked up thread by thread: joined, all that somebody ever read would be gone
# through, and for each look at it anew if the rows were not kept.
MARK: Final = func.coalesce(
    select(reads.c.number)
    .where(reads.c.thread == threads.c.id, reads.c.account == READER)
    .correlate(threads)
    .scalar_subquery(),
    0,
)

_IN_INDEX: Final = (
    threads.c.id,
    threads.c.board,
    threads.c.last_at,
    threads.c.last_number,
    threads.c.created_at,
)
"""What the index of the newest threads holds."""

_marked: Final = select(threads, _mark.label("mark"), START.label("start")).select_from(
    threads.outerjoin(
        reads, and_(reads.c.thread == threads.c.id, reads.c.account == READER)
    )
)


def unread_of(shown: Subquery) -> ColumnElement[int]:
    """How many posts of a thread are unread."""
    after = case((shown.c.mark > shown.c.start, shown.c.mark), else_=shown.c.start)
    here = posts.c.thread == shown.c.id
    # Not a parameter: the index of deleted posts is chosen by this very term.
    gone: ColumnElement[bool] = literal_column("posts.deleted = 1")
    own = _own_in(shown)
    count = select(func.count()).select_from(posts).correlate(shown)
    deleted = count.where(here, gone, posts.c.number > after).scalar_subquery()
    owned = count.where(own, posts.c.number > after).scalar_subquery()
    hidden = count.where(here, hidden_posts(READER), posts.c.number > after)
    # Whoever hides nothing has no post looked up for that.
    unseen = case((hides(READER) == 0, 0), else_=hidden.scalar_subquery())
    return case(
        (after >= shown.c.last_number, 0),
        else_=shown.c.last_number - after - deleted - owned - unseen,
    )


def _own_in(shown: Subquery) -> ColumnElement[bool]:
    """Which posts of a thread are the reader's."""
    here = posts.c.thread == shown.c.id
    return and_(here, posts.c.author == READER, posts.c.author != NOBODY)


def _followed_in(shown: Subquery) -> ColumnElement[int]:
    """Whether the reader follows a thread: as they said, else what they wrote in."""
    said = (
        select(follows.c.wanted)
        .where(follows.c.thread == shown.c.id, follows.c.account == READER)
        .correlate(shown)
        .scalar_subquery()
    )
    wrote = select(posts.c.id).where(_own_in(shown)).correlate(shown).exists()
    return func.coalesce(said, case((wrote, 1), else_=0))


def _counted(shown: Subquery) -> Select[Any]:
    """The threads shown, with `unread` and `followed`."""
    unread = unread_of(shown).label("unread")
    return select(shown, unread, _followed_in(shown).label("followed"))


_SHOWN: Final = and_(~is_hidden(READER), or_(bindparam("foreign"), ~is_foreign(READER)))


def _on_board(*further: ColumnElement[bool]) -> Select[Any]:
    shown = (
        _marked.where(threads.c.board == bindparam("board"), _SHOWN, *further)
        .order_by(*(column.desc() for column in _PLACE))
        .limit(LIMIT)
        .subquery("shown")
    )
    return _counted(shown).order_by(
        shown.c.pinned.desc(), shown.c.last_at.desc(), shown.c.id.desc()
    )


def _left_out() -> Select[int, int]:
    newest = (
        select(threads)
        .where(threads.c.board == bindparam("board"))
        .order_by(*(column.desc() for column in _PLACE))
        .limit(REACH)
        .subquery("newest")
    )
    hidden, foreign = is_hidden(READER, newest), is_foreign(READER, newest)
    return select(
        func.count().filter(hidden).label("hidden"),
        func.count().filter(and_(foreign, ~hidden)).label("foreign"),
    ).select_from(newest)


def since_when(reach: int = REACH) -> ColumnElement[Any]:
    """The moment from which on the newest threads are, but not before the floor."""
    last = threads.alias("last")
    oldest = (
        select(last.c.last_at)
        .where(last.c.last_at >= FLOOR)
        .order_by(last.c.last_at.desc())
        .limit(1)
        .offset(reach - 1)
        .scalar_subquery()
    )
    return func.coalesce(oldest, FLOOR)


# The empty end keeps databases off the index by board, which has all threads.
ON_BOARDS: Final = threads.c.board.concat("").in_(BOARDS)


def _stirred(reach: int) -> Select[Any]:
    """Of the newest threads, those on these boards with something after the mark."""
    newest = (
        select(*_IN_INDEX, MARK.label("mark"), START.label("start"))
        .where(ON_BOARDS, threads.c.last_at >= since_when(reach))
        .cte("newest")
        .prefix_with("MATERIALIZED")
    )
    return select(newest).where(
        newest.c.last_number > newest.c.mark, is_wanted(READER, newest.c.id)
    )


def _unread(reach: int = REACH) -> Select[Any]:
    stirred = _stirred(reach).subquery("stirred")
    counted = select(stirred, unread_of(stirred).label("unread")).subquery("counted")
    found = (
        select(counted.c.id, counted.c.unread)
        .where(counted.c.unread > 0, counted.c.id != BESIDES)
        .order_by(counted.c.last_at.desc(), counted.c.id.desc())
        .limit(NEWEST)
        .subquery("found")
    )
    followed = _followed_in(found).label("followed")
    return (
        select(threads, found.c.unread, followed)
        .join(found, found.c.id == threads.c.id)
        .order_by(followed.desc(), threads.c.last_at.desc(), threads.c.id.desc())
        .limit(LIMIT)
    )


def _counts(reach: int = REACH) -> Select[str, int]:
    stirred = _stirred(reach).subquery("stirred")
    return (
        select(stirred.c.board, func.count().label("threads"))
        .where(unread_of(stirred) > 0)
        .group_by(stirred.c.board)
    )


_PLACE: Final = (threads.c.pinned, threads.c.last_at, threads.c.id)
"""What a board's threads are sorted by, each the greatest first."""

ON_BOARD: Final = _on_board()
"""A board's threads; wants board, reader, floor, limit and foreign."""

FURTHER_ON_BOARD: Final = _on_board(
    tuple_(*_PLACE)
    < tuple_(
        bindparam("pinned", type_=Flag()),
        bindparam("last_at", type_=Moment()),
        bindparam("thread", type_=BigInteger()),
    )
)
"""Those that come after one; wants its pinned, last_at and thread as well."""

LEFT_OUT: Final = _left_out()
"""How many of a board's newest threads are left out; wants board and reader."""

UNREAD: Final = _unread()
"""Threads with something unread; wants boards, reader, floor, limit and besides."""

COUNTS: Final = _counts()
"""How many on each board have; wants boards, reader and floor."""


def midnight(day: date) -> datetime:
    """When a day begins, in UTC."""
    return datetime.combine(day, time(), UTC)

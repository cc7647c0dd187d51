"""What is new for somebody across all boards, and what counts as read at once."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.durations import parse_day
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import BoardSlug, ThreadId
from bunniz_bbs.domain.news import NewsKind
from bunniz_bbs.domain.people import Account, Actor
from bunniz_bbs.domain.policy import Action, allows_board, require, require_board
from bunniz_bbs.domain.threads import Thread
from bunniz_bbs.services.people import own_account
from bunniz_bbs.services.whole import whole
from bunniz_bbs.store.board_ports import ThreadRow
from bunniz_bbs.store.ports import Store, Transaction

MOST_NAMED: Final = 200
"""Threads with something new that are named; what is beyond them is counted."""
MOST_UNANSWERED: Final = 20
"""Threads that wait for a first answer and are named."""


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A thread with something new for one reader, and why it is shown."""

    thread: Thread
    unread: int
    """How many posts are unread; none, where it only waits for a first answer."""
    kind: NewsKind
    by: str = ""
    """Who means the reader, by the name of today; empty: nobody, or nobody any more."""


@dataclass(frozen=True, slots=True)
class News:
    """All that is new for one reader, in the order in which it is gone through."""

    items: tuple[NewsItem, ...]
    floor: date | None
    """What was written before this day counts as read; None: there is no account."""
    answers: bool
    """Whether they want to be shown what waits for a first answer."""


class NewsService:
    """Tells what is new, and lets much of it count as read at once."""

    def __init__(self, store: Store, clock: Clock, house: House) -> None:
        self._store = store
        self._clock = clock
        self._house = house

    async def of(self, actor: Actor) -> News:
        """What is new for the actor on all boards.

        First what means them, then what they follow, then the rest; the newest first.
        Those who want to answer are shown what waits for a first answer at the end.
        """
        require(actor, Action.READ_BOARD)

        async def work(tx: Transaction) -> News:
            account = await tx.accounts.get(actor.id)
            if account is None:
                return News((), None, False)
            found = await find_news(tx, self._readable(actor), account, MOST_NAMED)
            if account.answers:
                boards = self._house.boards.values()
                found = await with_unanswered(tx, actor, boards, account, found)
            return News(tuple(found), account.read_floor, account.answers)

        return await self._store.read(work)

    @whole
    async def mark_all(self, actor: Actor, slug: str | None = None) -> int:
        """Let all that is on a board, or on all boards, count as read.

        Returns how many threads had something that the actor had not read.

        Raises:
            NotAllowed: There is no account.
            BoardNotFound: No board is called so, or it is not for this reader.
        """
        require(actor, Action.SET_OWN)
        boards = self._readable(actor)
        if slug is not None:
            board = self._house.board(slug)
            require_board(actor, Action.READ_BOARD, board)
            boards = [board.slug]

        async def work(tx: Transaction) -> int:
            account = await own_account(tx, actor)
            return await tx.reads.advance_all(actor.id, boards, account.read_floor)

        return await self._store.write(work)

    async def floor(self, actor: Actor) -> date:
        """The day before which everything counts as read.

        Raises:
            NotAllowed: There is no account.
        """
        require(actor, Action.SET_OWN)

        async def work(tx: Transaction) -> date:
            return (await own_account(tx, actor)).read_floor

        return await self._store.read(work)

    @whole
    async def set_floor(self, actor: Actor, since: str) -> date:
        """Let everything before a day count as read; what was read stays read.

        Args:
            actor: Whose.
            since: `today`, how long ago, such as `7d`, or a day as 2026-03-01.

        Raises:
            NotAllowed: There is no account.
            DayUnclear: It is none of these, or lies ahead.
        """
        require(actor, Action.SET_OWN)
        day = parse_day(since, self._clock.now().date())

        async def work(tx: Transaction) -> date:
            await tx.accounts.set_read_floor((await own_account(tx, actor)).id, day)
            return day

        return await self._store.write(work)

    @whole
    async def set_answers(self, actor: Actor, answers: bool) -> None:
        """Show the actor what waits for a first answer from now on, or not.

        Raises:
            NotAllowed: There is no account.
        """
        require(actor, Action.SET_OWN)

        async def work(tx: Transaction) -> None:
            await tx.accounts.set_answers((await own_account(tx, actor)).id, answers)

        await self._store.write(work)

    def _readable(self, actor: Actor) -> Sequence[BoardSlug]:
        return [
            board.slug
            for board in self._house.boards.values()
            if allows_board(actor, Action.READ_BOARD, board)
        ]


async def find_news(
    tx: Transaction,
    boards: Sequence[BoardSlug],
    account: Account,
    limit: int,
    besides: ThreadId | None = None,
) -> Sequence[NewsItem]:
    """The first of what is new, in the order in which it is gone through.

    Of a quiet board it is only what means the reader and what they chose to follow.

    Args:
        tx: Where it is looked up.
        boards: Those that the reader may read.
        account: Theirs.
        limit: How many at most.
        besides: A thread that is left out.
    """
    asked = (account.id, account.read_floor, limit, besides)
    loud = without_quiet(boards, await tx.quiet_boards.of(account.id))
    calls = await tx.news.called(boards, *asked)
    chosen = await tx.news.followed(boards, *asked)
    rows = await tx.threads.unread(loud, *asked)
    items = [
        _item(one.row, NewsKind.ANSWER if one.answer else NewsKind.MENTION, one.by)
        for one in calls
    ]
    seen = {item.thread.id for item in items}
    followed = {row.thread.id: row for row in (*chosen, *rows) if row.followed}
    rest = [row for row in rows if not row.followed]
    for kind, some in (
        (NewsKind.FOLLOWED, sorted(followed.values(), key=_newest, reverse=True)),
        (NewsKind.NEW, rest),
    ):
        items += [_item(row, kind) for row in some if row.thread.id not in seen]
    return items[:limit]


async def with_unanswered(
    tx: Transaction,
    actor: Actor,
    boards: Iterable[Board],
    account: Account,
    found: Sequence[NewsItem],
) -> Sequence[NewsItem]:
    """What was found, and at its end what waits for a first answer, read or not.

    Only where the reader may answer, and not on boards that are quiet for them.
    """
    may = [one.slug for one in boards if allows_board(actor, Action.REPLY, one)]
    waiting = await tx.news.unanswered(
        without_quiet(may, await tx.quiet_boards.of(account.id)),
        *(account.id, account.read_floor, MOST_UNANSWERED),
    )
    known = {item.thread.id for item in found if item.kind is not NewsKind.NEW}
    rows = [row for row in waiting if row.thread.id not in known]
    moved = {row.thread.id for row in rows}
    return [
        *(item for item in found if item.thread.id not in moved),
        *(_item(row, NewsKind.UNANSWERED) for row in rows),
    ]


def without_quiet(
    boards: Sequence[BoardSlug], quiet: Collection[BoardSlug]
) -> Sequence[BoardSlug]:
    """The boards that somebody wants to hear of."""
    return [slug for slug in boards if slug not in quiet]


def _item(row: ThreadRow, kind: NewsKind, by: str = "") -> NewsItem:
    return NewsItem(row.thread, row.unread, kind, by)


def _newest(row: ThreadRow) -> tuple[object, int]:
    return row.thread.last_at, row.thread.id

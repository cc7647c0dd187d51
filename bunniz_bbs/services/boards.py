"""Boards: what there is to read, and what is new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bunniz_bbs.domain.boards import Board, Section
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import BoardSlug, ThreadId
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.policy import Action, allows_board, require, require_board
from bunniz_bbs.services.news import (
    MOST_NAMED,
    NewsItem,
    find_news,
    with_unanswered,
    without_quiet,
)
from bunniz_bbs.store.ports import Store, Transaction


@dataclass(frozen=True, slots=True)
class BoardView:
    """A board as one reader sees it in the list of boards."""

    board: Board
    unread: int
    """How many of its threads have something unread."""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with the boards that one reader may read; never empty."""

    section: Section
    boards: tuple[BoardView, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """All there is to read for somebody, in the order in which it is shown."""

    unread: tuple[NewsItem, ...]
    """Threads with something unread, as they are gone through."""
    sections: tuple[SectionView, ...]

    @property
    def new(self) -> int:
        """How many threads have something unread, also those that are not named."""
        counted = sum(view.unread for one in self.sections for view in one.boards)
        # What means one is named also where it is not counted: on a quiet board.
        return max(counted, len(self.unread))


class BoardService:
    """Finds boards, and what is unread on them."""

    def __init__(self, store: Store, house: House) -> None:
        self._store = store
        self._house = house

    def readable(self, actor: Actor) -> Sequence[Board]:
        """The boards that the actor may read, in the order of the house."""
        require(actor, Action.LOOK_AROUND)
        return [
            board
            for board in self._house.boards.values()
            if allows_board(actor, Action.READ_BOARD, board)
        ]

    def get(self, actor: Actor, slug: str) -> Board:
        """The board that is called so.

        Raises:
            BoardNotFound: None is, or it is not for this reader.
        """
        board = self._house.board(slug)
        require_board(actor, Action.READ_BOARD, board)
        return board

    async def overview(self, actor: Actor, named: int = MOST_NAMED) -> Overview:
        """What is new for the actor, and all boards.

        Args:
            actor: For whom.
            named: How many of the threads with something unread are named at most.
        """
        boards = self.readable(actor)
        rows, counts = await self._news(actor, boards, named)
        sections = []
        for section in self._house.sections:
            views = tuple(
                BoardView(board, counts.get(board.slug, 0))
                for board in boards
                if board.section == section.id
            )
            if views:
                sections.append(SectionView(section, views))
        return Overview(tuple(rows), tuple(sections))

    async def next_unread(
        self, actor: Actor, after: ThreadId | None = None
    ) -> NewsItem | None:
        """The thread to read next: another one than `after`, if there is one."""
        boards = self.readable(actor)

        async def work(tx: Transaction) -> Sequence[NewsItem]:
            account = await tx.accounts.get(actor.id)
            if account is None:
                return []
            limit = MOST_NAMED if account.answers else 1
            found = await find_news(tx, _slugs(boards), account, limit, besides=after)
            if not account.answers:
                return found
            shown = await with_unanswered(tx, actor, boards, account, found)
            return [one for one in shown if one.unread and one.thread.id != after]

        return next(iter(await self._store.read(work)), None)

    async def _news(
        self, actor: Actor, boards: Sequence[Board], named: int
    ) -> tuple[Sequence[NewsItem], Mapping[BoardSlug, int]]:
        slugs = _slugs(boards)

        async def work(
            tx: Transaction,
        ) -> tuple[Sequence[NewsItem], Mapping[BoardSlug, int]]:
            account = await tx.accounts.get(actor.id)
            if account is None:
                return [], {}
            loud = without_quiet(slugs, await tx.quiet_boards.of(actor.id))
            floor = account.read_floor
            counts = await tx.threads.unread_counts(loud, actor.id, floor)
            if not named:
                return [], counts
            return await find_news(tx, slugs, account, named), counts

        return await self._store.read(work)


def _slugs(boards: Sequence[Board]) -> Sequence[BoardSlug]:
    return [board.slug for board in boards]

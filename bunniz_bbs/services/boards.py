"""Boards: what there is to read, and what is new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bunniz_bbs.domain.boards import Board, Section
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import BoardSlug, ThreadId
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.policy import Action, allows_board, require, require_board
from bunniz_bbs.store.board_ports import ThreadRow
from bunniz_bbs.store.ports import Store, Transaction

MOST_NAMED: Final = 200
"""Threads with something unread that are named; what is beyond them is counted."""


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

    unread: tuple[ThreadRow, ...]
    """Threads with something unread, replies to one's own first, then the newest."""
    sections: tuple[SectionView, ...]

    @property
    def new(self) -> int:
        """How many threads have something unread, also those that are not named."""
        return sum(view.unread for one in self.sections for view in one.boards)


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
    ) -> ThreadRow | None:
        """The thread to read next: another one than `after`, if there is one."""
        boards = self.readable(actor)

        async def work(tx: Transaction) -> Sequence[ThreadRow]:
            floor = await self._floor(tx, actor)
            if floor is None:
                return []
            return await tx.threads.unread(
                _slugs(boards), actor.id, floor, limit=1, besides=after
            )

        return next(iter(await self._store.read(work)), None)

    async def _news(
        self, actor: Actor, boards: Sequence[Board], named: int
    ) -> tuple[Sequence[ThreadRow], Mapping[BoardSlug, int]]:
        slugs = _slugs(boards)

        async def work(
            tx: Transaction,
        ) -> tuple[Sequence[ThreadRow], Mapping[BoardSlug, int]]:
            floor = await self._floor(tx, actor)
            if floor is None:
                return [], {}
            counts = await tx.threads.unread_counts(slugs, actor.id, floor)
            if not counts or not named:
                return [], counts
            return await tx.threads.unread(slugs, actor.id, floor, named), counts

        return await self._store.read(work)

    async def _floor(self, tx: Transaction, actor: Actor) -> date | None:
        """The day before which everything counts as read; None: there is no news."""
        account = await tx.accounts.get(actor.id)
        return account.read_floor if account else None


def _slugs(boards: Sequence[Board]) -> Sequence[BoardSlug]:
    return [board.slug for board in boards]

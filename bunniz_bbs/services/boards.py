"""Boards: what there is to read, and what is new."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bunniz_bbs.domain.boards import Board, Section
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import BoardSlug, ThreadId
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.policy import Action, allows_board, require, require_board
from bunniz_bbs.store.ports import Store, ThreadRow, Transaction


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

    async def overview(self, actor: Actor) -> Overview:
        """What is new for the actor, and all boards."""
        boards = self.readable(actor)
        rows = await self._unread(actor, boards)
        counts = Counter(row.thread.board for row in rows)
        sections = []
        for section in self._house.sections:
            views = tuple(
                BoardView(board, counts[board.slug])
                for board in boards
                if board.section == section.id
            )
            if views:
                sections.append(SectionView(section, views))
        rows = sorted(rows, key=lambda row: not row.mine)
        return Overview(tuple(rows), tuple(sections))

    async def next_unread(
        self, actor: Actor, after: ThreadId | None = None
    ) -> ThreadRow | None:
        """The thread to read next: another one than `after` where there is one."""
        rows = (await self.overview(actor)).unread
        others = [row for row in rows if row.thread.id != after]
        return next(iter(others), None)

    async def _unread(
        self, actor: Actor, boards: Sequence[Board]
    ) -> Sequence[ThreadRow]:
        slugs: Sequence[BoardSlug] = [board.slug for board in boards]

        async def work(tx: Transaction) -> Sequence[ThreadRow]:
            account = await tx.accounts.get(actor.id)
            if account is None or not slugs:
                return []
            return await tx.threads.unread(slugs, actor.id, account.read_floor)

        return await self._store.read(work)

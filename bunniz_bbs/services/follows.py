"""What somebody follows, and which boards are quiet for them."""

from collections.abc import Sequence

from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.errors import TooMany
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.limits import FOLLOWS
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.policy import Action, allows_board, require, require_board
from bunniz_bbs.domain.threads import Thread
from bunniz_bbs.services.people import own_account
from bunniz_bbs.services.threads import ThreadService
from bunniz_bbs.services.whole import whole
from bunniz_bbs.store.ports import Store, Transaction


class FollowService:
    """Keeps what somebody wants to hear of first, and of what not at all."""

    def __init__(self, store: Store, house: House, threads: ThreadService) -> None:
        self._store = store
        self._house = house
        self._threads = threads

    @whole
    async def set(self, actor: Actor, thread: ThreadId, wanted: bool) -> Thread:
        """Follow a thread from now on, or do not.

        Who said nothing about a thread follows it where they wrote in it.

        Raises:
            NotAllowed: There is no account.
            ThreadNotFound: It is gone, or it is not for this reader.
            TooMany: They said so of as many threads as fit.
        """
        require(actor, Action.SET_OWN)

        async def work(tx: Transaction) -> Thread:
            await own_account(tx, actor)
            found, _ = await self._threads.readable(tx, actor, thread)
            said = await tx.follows.of(actor.id)
            if thread not in said and len(said) >= FOLLOWS:
                raise TooMany(FOLLOWS)
            await tx.follows.set(actor.id, thread, wanted)
            return found

        return await self._store.write(work)

    async def has(self, actor: Actor, thread: ThreadId) -> bool:
        """Whether the actor follows a thread.

        Raises:
            NotAllowed: There is no account.
        """
        require(actor, Action.SET_OWN)
        return await self._store.read(lambda tx: tx.follows.get(actor.id, thread))

    async def all(self, actor: Actor) -> Sequence[Thread]:
        """The threads that the actor chose to follow, the newest post first.

        Raises:
            NotAllowed: There is no account.
        """
        require(actor, Action.SET_OWN)
        found = await self._store.read(lambda tx: tx.follows.threads(actor.id))
        readable = {
            board.slug
            for board in self._house.boards.values()
            if allows_board(actor, Action.READ_BOARD, board)
        }
        return [thread for thread in found if thread.board in readable]

    @whole
    async def set_quiet(self, actor: Actor, slug: str, quiet: bool) -> Board:
        """Hear nothing of a board from now on, or hear of it again.

        Raises:
            NotAllowed: There is no account.
            BoardNotFound: No board is called so, or it is not for this reader.
        """
        require(actor, Action.SET_OWN)
        board = self._house.board(slug)
        require_board(actor, Action.READ_BOARD, board)

        async def work(tx: Transaction) -> Board:
            await own_account(tx, actor)
            change = tx.quiet_boards.add if quiet else tx.quiet_boards.drop
            await change(actor.id, board.slug)
            return board

        return await self._store.write(work)

    async def quiet(self, actor: Actor) -> Sequence[Board]:
        """The boards of which the actor wants to hear nothing.

        Raises:
            NotAllowed: There is no account.
        """
        require(actor, Action.SET_OWN)
        slugs = await self._store.read(lambda tx: tx.quiet_boards.of(actor.id))
        return [
            board
            for board in self._house.boards.values()
            if board.slug in slugs and allows_board(actor, Action.READ_BOARD, board)
        ]

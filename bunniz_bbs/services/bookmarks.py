"""Posts that somebody wants to find again; nobody else learns which."""

from collections.abc import Sequence
from dataclasses import dataclass

from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.errors import PostNotFound, TooMany
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.limits import BOOKMARKS
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.policy import Action, allows_board, require
from bunniz_bbs.domain.threads import Post, Thread
from bunniz_bbs.services.mentions import under_names
from bunniz_bbs.services.people import own_account
from bunniz_bbs.services.threads import ThreadService
from bunniz_bbs.services.whole import whole
from bunniz_bbs.store.ports import Store, Transaction


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A post that somebody wants to find again, and where it is."""

    board: Board
    thread: Thread
    post: Post


class BookmarkService:
    """Keeps bookmarks; they go with the post, and with the account."""

    def __init__(self, store: Store, house: House, threads: ThreadService) -> None:
        self._store = store
        self._house = house
        self._threads = threads

    @whole
    async def turn(
        self, actor: Actor, thread: ThreadId, number: int, wanted: bool | None = None
    ) -> bool:
        """Keep a post, or forget it; whether it is kept now.

        Args:
            actor: Whose.
            thread: Where the post is.
            number: Its number.
            wanted: Whether it shall be kept; None: the other way round.

        Raises:
            NotAllowed: There is no account.
            ThreadNotFound, PostNotFound: It is gone, or it is not for this reader.
            TooMany: As many are kept as fit.
        """
        require(actor, Action.SET_OWN)

        async def work(tx: Transaction) -> bool:
            await own_account(tx, actor)
            await self._threads.readable(tx, actor, thread)
            there = await tx.bookmarks.drop(actor.id, thread, number)
            if wanted is False or (wanted is None and there):
                return False
            post = await tx.posts.get(thread, number)
            if post is None or post.deleted:
                raise PostNotFound
            if await tx.bookmarks.count(actor.id) >= BOOKMARKS:
                raise TooMany(BOOKMARKS)
            await tx.bookmarks.add(actor.id, thread, number)
            return True

        return await self._store.write(work)

    async def all(self, actor: Actor) -> Sequence[Bookmark]:
        """All of the actor's on boards that they may read, the newest post first.

        Raises:
            NotAllowed: There is no account.
        """
        require(actor, Action.SET_OWN)
        boards = self._house.boards

        async def work(tx: Transaction) -> Sequence[Bookmark]:
            found = [
                one
                for one in await tx.bookmarks.of(actor.id)
                if one.thread.board in boards
                and allows_board(actor, Action.READ_BOARD, boards[one.thread.board])
            ]
            posts = await under_names(tx, [one.post for one in found], actor.language)
            return [
                Bookmark(boards[one.thread.board], one.thread, post)
                for one, post in zip(found, posts, strict=True)
            ]

        return await self._store.read(work)

"""Telling an author that one heard them, or thanks them."""

from bunniz_bbs.domain.errors import NotAllowed, PostNotFound
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.policy import Action, require
from bunniz_bbs.domain.reactions import Reaction
from bunniz_bbs.services.limits import REACTIONS, Limits
from bunniz_bbs.services.people import own_account
from bunniz_bbs.services.threads import ThreadService
from bunniz_bbs.services.whole import whole
from bunniz_bbs.store.ports import Store, Transaction


class ReactionService:
    """Keeps what was said. Authors are shown numbers and no names; nobody is told."""

    def __init__(self, store: Store, threads: ThreadService, limits: Limits) -> None:
        self._store = store
        self._threads = threads
        self._limits = limits

    @whole
    async def turn(
        self, actor: Actor, thread: ThreadId, number: int, reaction: Reaction
    ) -> bool:
        """Say something to a post's author, or take it back; whether it is said now.

        Raises:
            NotAllowed: There is no account, or it is one's own post, or on this board
                nobody says so.
            ThreadNotFound, PostNotFound: It is gone, or it is not for this reader.
            TooFast: Too many in a short time.
        """
        require(actor, Action.REACT)
        count = self._limits.once(REACTIONS, actor.id)

        async def work(tx: Transaction) -> bool:
            await own_account(tx, actor)
            _, board = await self._threads.readable(tx, actor, thread)
            post = await tx.posts.get(thread, number)
            if post is None or post.deleted:
                raise PostNotFound
            if post.author == actor.id or reaction not in board.reactions:
                raise NotAllowed
            count()
            given = await tx.reactions.given(actor.id, thread, number)
            await tx.reactions.set(actor.id, thread, number, given ^ {reaction})
            return reaction not in given

        return await self._store.write(work)

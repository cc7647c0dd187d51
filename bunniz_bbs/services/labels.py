"""Labels: what authors, and the team where they did not, put on words."""

from collections.abc import Awaitable, Callable

from bunniz_bbs.bus.ports import Bus, board_topic
from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import AlreadyDone, PostNotFound
from bunniz_bbs.domain.events import ThreadChanged
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.labels import Labels, Tag
from bunniz_bbs.domain.moderation import Act
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.policy import Action, require, require_own
from bunniz_bbs.domain.threads import Post, Thread
from bunniz_bbs.services import reasons
from bunniz_bbs.services.threads import ThreadService, require_asked
from bunniz_bbs.services.whole import whole
from bunniz_bbs.store.ports import Store, Transaction


class LabelService:
    """Changes labels on what is written already."""

    def __init__(
        self, store: Store, bus: Bus, clock: Clock, threads: ThreadService
    ) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._threads = threads

    @whole
    async def label(self, actor: Actor, thread: ThreadId, labels: Labels) -> Thread:
        """Put other labels on a thread that one began.

        Raises:
            ThreadNotFound: It is gone.
            NotAllowed: Somebody else began it.
            NotAskedHere: Nobody asks for that on its board.
        """
        require(actor, Action.LABEL)

        async def change(tx: Transaction, found: Thread, board: Board) -> None:
            require_own(actor, Action.LABEL, found.author)
            require_asked(board, labels)
            await tx.threads.label(thread, labels)

        return await self._change(actor, thread, change)

    @whole
    async def label_post(
        self, actor: Actor, thread: ThreadId, number: int, warnings: frozenset[Tag]
    ) -> Thread:
        """Put other warnings on a post of one's own.

        Raises:
            ThreadNotFound, PostNotFound: It is gone.
            NotAllowed: It is somebody else's.
        """
        require(actor, Action.LABEL)

        async def change(tx: Transaction, found: Thread, board: Board) -> None:
            post = await _post(tx, thread, number)
            require_own(actor, Action.LABEL, post.author)
            await tx.posts.warn(post.id, warnings)

        return await self._change(actor, thread, change)

    @whole
    async def warn(
        self,
        actor: Actor,
        thread: ThreadId,
        number: int | None,
        warnings: frozenset[Tag],
        reason: str,
    ) -> Thread:
        """Put warnings on anybody's thread or post, in place of those it had.

        Args:
            actor: Somebody of the team.
            thread: Which.
            number: Which post; None: the whole thread.
            warnings: What it is about; none: it needs no warning.
            reason: Why; it stands in the moderators' log.

        Raises:
            NotAllowed: The actor is not of the team.
            ThreadNotFound, PostNotFound: It is gone.
            AlreadyDone: It has these warnings.
            ReasonMissing: A reason is needed.
        """
        require(actor, Action.WARN)
        why = reasons.given(reason)

        async def change(tx: Transaction, found: Thread, board: Board) -> None:
            target = f"{found.board}/{thread}"
            if number is None:
                labels = found.labels
                had = labels.warnings
                changed = Labels(warnings, labels.ask, labels.language)
                await tx.threads.label(thread, changed)
            else:
                post = await _post(tx, thread, number)
                had, target = post.warnings, f"{target}#{number}"
                await tx.posts.warn(post.id, warnings)
            if had == warnings:
                raise AlreadyDone
            now = self._clock.now()
            await tx.log.add(now, actor.id, Act.WARN, target, None, why)

        return await self._change(actor, thread, change)

    async def _change(
        self,
        actor: Actor,
        thread: ThreadId,
        change: Callable[[Transaction, Thread, Board], Awaitable[None]],
    ) -> Thread:
        async def work(tx: Transaction) -> Thread:
            found, board = await self._threads.readable(tx, actor, thread)
            await change(tx, found, board)
            return found

        found = await self._store.write(work)
        changed = ThreadChanged(found.board, thread)
        await self._bus.publish(board_topic(found.board), changed)
        return found


async def _post(tx: Transaction, thread: ThreadId, number: int) -> Post:
    """A post that is there.

    Raises:
        PostNotFound: It is not.
    """
    post = await tx.posts.get(thread, number)
    if post is None or post.deleted:
        raise PostNotFound
    return post

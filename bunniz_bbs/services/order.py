"""How threads stand on their boards: where, at the top or not, open or not, how long.

What the team does has a reason, where it takes something away or gives something, and
is one entry in the log, in the same unit of work.
"""

from collections.abc import Awaitable, Callable

from bunniz_bbs.bus.ports import Bus, board_topic
from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import AlreadyDone, EndFixed
from bunniz_bbs.domain.events import ThreadChanged
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.moderation import Act
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.policy import Action, require, require_board, require_own
from bunniz_bbs.domain.threads import Thread
from bunniz_bbs.services import reasons
from bunniz_bbs.services.threads import ThreadService
from bunniz_bbs.services.whole import whole
from bunniz_bbs.store.ports import Store, Transaction


class OrderService:
    """Changes how a thread stands, for everybody."""

    def __init__(
        self,
        store: Store,
        bus: Bus,
        clock: Clock,
        house: House,
        threads: ThreadService,
    ) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._house = house
        self._threads = threads

    @whole
    async def pin(
        self, actor: Actor, thread: ThreadId, pinned: bool, reason: str
    ) -> Thread:
        """Hold a thread at the top of its board, or let it go.

        Raises:
            NotAllowed: Moderators do that.
            ThreadNotFound: It is gone.
            AlreadyDone: It is so already.
            ReasonMissing: A reason is needed.
        """
        require(actor, Action.PIN)
        return await self._change(
            actor,
            Act.PIN if pinned else Act.UNPIN,
            thread,
            reasons.given(reason),
            lambda found: found.pinned == pinned,
            lambda tx: tx.threads.set_pinned(thread, pinned),
        )

    @whole
    async def lock(
        self, actor: Actor, thread: ThreadId, locked: bool, reason: str
    ) -> Thread:
        """Stop replies to a thread, or allow them again.

        Raises:
            NotAllowed: Moderators do that.
            ThreadNotFound: It is gone.
            AlreadyDone: It is so already.
            ReasonMissing: A reason is needed.
        """
        require(actor, Action.LOCK)
        return await self._change(
            actor,
            Act.LOCK if locked else Act.UNLOCK,
            thread,
            reasons.given(reason),
            lambda found: found.locked == locked,
            lambda tx: tx.threads.set_locked(thread, locked),
        )

    @whole
    async def keep(
        self, actor: Actor, thread: ThreadId, kept: bool, reason: str
    ) -> Thread:
        """Let a thread stay after its time, which readers see with the reason; or not.

        Raises:
            NotAllowed: Moderators do that.
            ThreadNotFound: It is gone.
            AlreadyDone: It is so already.
            EndFixed: Whoever began it said when it goes.
            ReasonMissing: A reason is needed.
        """
        require(actor, Action.KEEP_THREAD)
        why = reasons.given(reason)

        def so_already(found: Thread) -> bool:
            if found.goes_at is not None:
                raise EndFixed
            return bool(found.kept_for) == kept

        return await self._change(
            actor,
            Act.KEEP if kept else Act.UNKEEP,
            thread,
            why,
            so_already,
            lambda tx: tx.threads.set_kept(thread, why if kept else ""),
        )

    @whole
    async def check(self, actor: Actor, thread: ThreadId) -> Thread:
        """Note that what a thread says was checked today, and is right.

        Raises:
            NotAllowed: Moderators do that.
            ThreadNotFound: It is gone.
            AlreadyDone: Somebody did so today.
        """
        require(actor, Action.CHECK)
        today = self._clock.now().date()
        return await self._change(
            actor,
            Act.CHECK,
            thread,
            "",
            lambda found: found.checked_on == today,
            lambda tx: tx.threads.set_checked(thread, today),
        )

    @whole
    async def move(
        self, actor: Actor, thread: ThreadId, slug: str, reason: str
    ) -> tuple[Thread, Board]:
        """Put a thread on another board, whose readers alone read it from then on.

        What waits there for the team, and what was reported, goes along; read marks
        and drafts stay as they are.

        Returns:
            The thread as it was, and the board on which it is now.

        Raises:
            NotAllowed: Moderators do that.
            ThreadNotFound: It is gone.
            BoardNotFound: No board is called so for the actor.
            AlreadyDone: It is there already.
            ReasonMissing: A reason is needed.
        """
        require(actor, Action.MOVE)
        board, why = self._house.board(slug), reasons.given(reason)
        require_board(actor, Action.READ_BOARD, board)
        found = await self._change(
            actor,
            Act.MOVE,
            thread,
            why,
            lambda found: found.board == board.slug,
            lambda tx: tx.threads.move(thread, board.slug),
            to=f" > {board.slug}",
        )
        await self._tell(board, thread)
        return found, board

    @whole
    async def close(self, actor: Actor, thread: ThreadId, closed: bool) -> Thread:
        """Take no more replies in a thread that one began, or take them again.

        Raises:
            ThreadNotFound: It is gone, or it is not for this person.
            NotAllowed: Somebody else began it.
            AlreadyDone: It is so already.
        """
        require(actor, Action.CLOSE_OWN)

        async def work(tx: Transaction) -> tuple[Thread, Board]:
            found, board = await self._threads.readable(tx, actor, thread)
            require_own(actor, Action.CLOSE_OWN, found.author)
            if found.closed == closed:
                raise AlreadyDone
            await tx.threads.set_closed(thread, closed)
            return found, board

        found, board = await self._store.write(work)
        await self._tell(board, thread)
        return found

    async def _change(
        self,
        actor: Actor,
        act: Act,
        thread: ThreadId,
        reason: str,
        done: Callable[[Thread], bool],
        change: Callable[[Transaction], Awaitable[None]],
        to: str = "",
    ) -> Thread:
        """Change a thread and note it, in one unit of work."""

        async def work(tx: Transaction) -> tuple[Thread, Board]:
            found, board = await self._threads.readable(tx, actor, thread)
            if done(found):
                raise AlreadyDone
            await change(tx)
            target, now = f"{found.board}/{thread}{to}", self._clock.now()
            await tx.log.add(now, actor.id, act, target, None, reason)
            return found, board

        found, board = await self._store.write(work)
        await self._tell(board, thread)
        return found

    async def _tell(self, board: Board, thread: ThreadId) -> None:
        changed = ThreadChanged(board.slug, thread)
        await self._bus.publish(board_topic(board.slug), changed)

"""Posts: replying, and changing what one wrote."""

from dataclasses import replace
from datetime import timedelta

from bunniz_bbs.bus.ports import Bus, board_topic
from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import PostNotFound, ThreadLocked
from bunniz_bbs.domain.events import ThreadChanged
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.labels import Labels, Tag
from bunniz_bbs.domain.limits import BODY_CHARACTERS, BODY_LINES
from bunniz_bbs.domain.lives import end
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.domain.policy import (
    Action,
    require,
    require_board,
    require_own,
    waits,
)
from bunniz_bbs.domain.team import HeldPost
from bunniz_bbs.domain.text import clean
from bunniz_bbs.domain.threads import Post, Thread
from bunniz_bbs.services import twice
from bunniz_bbs.services.limits import EDITS, Limits
from bunniz_bbs.services.mentions import note_mentions, to_tokens
from bunniz_bbs.services.newcomers import require_settled
from bunniz_bbs.services.threads import ThreadService
from bunniz_bbs.services.voices import Voices
from bunniz_bbs.services.whole import shred, whole
from bunniz_bbs.store.ports import Store, Transaction


class PostService:
    """Writes in threads."""

    def __init__(
        self,
        store: Store,
        bus: Bus,
        clock: Clock,
        threads: ThreadService,
        voices: Voices,
        limits: Limits,
    ) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._threads = threads
        self._voices = voices
        self._limits = limits

    async def one(self, actor: Actor, thread: ThreadId, number: int) -> Post:
        """A post that was not removed.

        Raises:
            ThreadNotFound, PostNotFound: It is gone, or it is not for this reader.
        """
        view = await self._threads.open(actor, thread, number, 1)
        for post in view.posts:
            if post.number == number and not post.deleted:
                return post
        raise PostNotFound

    @whole
    async def reply(
        self,
        actor: Actor,
        thread: ThreadId,
        body: str,
        warnings: frozenset[Tag] = frozenset(),
        lasts: timedelta | None = None,
    ) -> Post | HeldPost:
        """Answer in a thread; the post is durable when this returns.

        Where the team reads this person's posts first, the post waits instead. Where
        the same was sent a moment ago, what stands since then is returned.

        Raises:
            ThreadNotFound: It is gone, or it is not for this person.
            ThreadLocked: It takes no more replies, except from moderators.
            NotAllowed: The person may read it but not reply.
            TooManyWait: The team has too much to read already.
            Banned, Muted: A moderator said so.
            TextEmpty, TextTooLong, TextTooManyLines: The words do not fit.
            TooFast: Too many posts in a short time.
            NewHere: Too many, or too much in it, for somebody new.
            LifeUnfit: It can neither go so soon nor stay so long.
        """
        require(actor, Action.REPLY)
        holding = self._threads.holding
        count = holding.counted(actor)

        async def work(tx: Transaction) -> tuple[Thread, Post | HeldPost]:
            found, board = await self._threads.readable(tx, actor, thread)
            require_board(actor, Action.REPLY, board)
            if not found.takes_replies and actor.role < Role.MODERATOR:
                raise ThreadLocked
            name = await self._voices.require_written(tx, actor)
            words = clean(body, characters=BODY_CHARACTERS, lines=BODY_LINES)
            await tx.drafts.drop(actor.id, f"thread:{thread}")
            kept, now = await to_tokens(tx, words), self._clock.now()
            if stood := await twice.replied(tx, actor, thread, kept, now):
                return found, replace(stood, body=words, stood=True)
            place, title = (board.slug, thread), found.title
            if stands := await twice.waiting(tx, actor, name, place, title, kept):
                return found, stands
            await require_settled(tx, actor, kept, now, begins=False)
            goes_at = end(board, lasts, now)
            count()
            if waits(actor, board):
                return found, await holding.hold(
                    *(tx, actor, name, board, thread, found.title, kept),
                    *(Labels(warnings), goes_at),
                )
            post = await tx.posts.add(
                thread, actor.id, name, kept, now, warnings, goes_at
            )
            await note_mentions(tx, board, post)
            return found, replace(post, body=words)

        found, post = await self._store.write(work)
        if isinstance(post, HeldPost):
            await holding.tell()
            return post
        if post.stood:
            return post
        await self._bus.publish(
            board_topic(found.board), ThreadChanged(found.board, thread)
        )
        return post

    @whole
    async def edit(
        self,
        actor: Actor,
        thread: ThreadId,
        number: int,
        body: str,
        warnings: frozenset[Tag] | None = None,
    ) -> None:
        """Replace the words of one's own post; the former ones are gone.

        Args:
            actor: Who wrote it.
            thread: Where.
            number: Which post.
            body: What it says from now on.
            warnings: What it warns of from now on; None: of the same as before.

        Raises:
            ThreadNotFound, PostNotFound: It is gone.
            NotAllowed: It is somebody else's.
            WaitsForTeam: The team has read it as it is.
            Banned, Muted: A moderator said so.
            TextEmpty, TextTooLong, TextTooManyLines: The words do not fit.
            TooFast: Too many changes in a short time.
        """
        require(actor, Action.EDIT_POST)
        count = self._limits.once(EDITS, actor.id)

        async def work(tx: Transaction) -> Thread:
            found, board, post = await self._own(
                tx, actor, Action.EDIT_POST, thread, number
            )
            await self._voices.require_written(tx, actor)
            words = clean(body, characters=BODY_CHARACTERS, lines=BODY_LINES)
            count()
            changed = replace(post, body=await to_tokens(tx, words))
            await tx.posts.edit(post.id, changed.body)
            await note_mentions(tx, board, changed)
            if warnings is not None:
                await tx.posts.warn(post.id, warnings)
            await tx.drafts.drop(actor.id, f"post:{post.id}")
            return found

        found = await self._store.write(work)
        await self._bus.publish(
            board_topic(found.board), ThreadChanged(found.board, thread)
        )
        await shred(self._store)

    @whole
    async def delete(self, actor: Actor, thread: ThreadId, number: int) -> bool:
        """Remove one's own post; whether the whole thread went with it.

        A thread goes when its last words go. The words are overwritten at once.

        Raises:
            ThreadNotFound, PostNotFound: It is gone.
            NotAllowed: It is somebody else's.
        """
        require(actor, Action.DELETE_OWN_POST)

        async def work(tx: Transaction) -> tuple[Thread, bool]:
            found, _, post = await self._own(
                tx, actor, Action.DELETE_OWN_POST, thread, number
            )
            return found, await remove_post(tx, post)

        found, all_gone = await self._store.write(work)
        await self._bus.publish(
            board_topic(found.board), ThreadChanged(found.board, thread)
        )
        await shred(self._store)
        return all_gone

    async def _own(
        self,
        tx: Transaction,
        actor: Actor,
        action: Action,
        thread: ThreadId,
        number: int,
    ) -> tuple[Thread, Board, Post]:
        found, board = await self._threads.readable(tx, actor, thread)
        post = await tx.posts.get(thread, number)
        if post is None or post.deleted:
            raise PostNotFound
        require_own(actor, action, post.author)
        require_board(actor, action, board)
        return found, board, post


async def remove_post(tx: Transaction, post: Post, *, ended: bool = False) -> bool:
    """Overwrite a post; remove its thread when nothing is left, and say whether.

    Args:
        tx: Where.
        post: Which.
        ended: Whether it goes because its time is up.
    """
    await tx.posts.delete(post.id, ended=ended)
    left = await tx.posts.any_left(post.thread)
    if not left:
        await tx.threads.remove(post.thread)
    return not left

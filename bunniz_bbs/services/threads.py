"""Threads: the list on a board, and one thread with its posts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from bunniz_bbs.bus.ports import Bus, board_topic
from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.choices import LeftOut
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import NotAskedHere, ThreadNotFound
from bunniz_bbs.domain.events import ThreadChanged
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.labels import NONE, Labels
from bunniz_bbs.domain.limits import BODY_CHARACTERS, BODY_LINES, TITLE_CHARACTERS
from bunniz_bbs.domain.lives import end
from bunniz_bbs.domain.people import NOBODY, Actor
from bunniz_bbs.domain.policy import Action, require, require_board, waits
from bunniz_bbs.domain.reactions import Kindness
from bunniz_bbs.domain.team import HeldPost
from bunniz_bbs.domain.text import clean, clean_line
from bunniz_bbs.domain.threads import Post, Thread
from bunniz_bbs.services import twice
from bunniz_bbs.services.holding import Holding
from bunniz_bbs.services.limits import Limits
from bunniz_bbs.services.mentions import note_mentions, to_tokens, under_names
from bunniz_bbs.services.newcomers import require_settled
from bunniz_bbs.services.voices import Voices
from bunniz_bbs.services.whole import whole
from bunniz_bbs.store.board_ports import ThreadRow
from bunniz_bbs.store.ports import Store, Transaction

MOST_LISTED: Final = 500
"""Threads of a board that are listed at once."""
MOST_WRITERS: Final = 200
"""Posts and threads that are looked through for names."""


@dataclass(frozen=True, slots=True)
class ThreadView:
    """One thread as one reader sees it: all of its posts, or a part of them."""

    thread: Thread
    board: Board
    posts: tuple[Post, ...]
    read: int
    """The number of the last post the reader has read; 0: none."""
    first: int
    """The number of the first post that is left of the thread."""
    last: int
    """The number of the last one that is left."""
    kindness: Mapping[int, Kindness] = field(default_factory=dict)
    """What was said without a word at these posts, for this reader, by number."""
    followed: bool = False
    """Whether the reader follows it."""

    @property
    def begins(self) -> bool:
        """Whether the thread's first post is there."""
        return not self.posts or self.posts[0].number <= self.first

    @property
    def ends(self) -> bool:
        """Whether the thread's last post is there."""
        return not self.posts or self.posts[-1].number >= self.last


class ThreadService:
    """Reads threads and begins them."""

    def __init__(
        self,
        store: Store,
        bus: Bus,
        clock: Clock,
        house: House,
        voices: Voices,
        limits: Limits,
        random: Callable[[int], bytes],
    ) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._house = house
        self._voices = voices
        self.holding = Holding(bus, clock, limits, random)

    async def on_board(
        self,
        actor: Actor,
        slug: str,
        limit: int = MOST_LISTED,
        after: Thread | None = None,
        *,
        foreign: bool = False,
    ) -> Sequence[ThreadRow]:
        """A board's threads: pinned first, then the newest post first.

        Args:
            actor: Who reads.
            slug: Which board.
            limit: How many at most.
            after: Only those that come after this one in the list.
            foreign: Also those in languages in which the actor chose not to read.

        Raises:
            BoardNotFound: None is called so, or it is not for this reader.
        """
        board = self._house.board(slug)
        require_board(actor, Action.READ_BOARD, board)

        async def work(tx: Transaction) -> Sequence[ThreadRow]:
            account = await tx.accounts.get(actor.id)
            floor = account.read_floor if account else date.min
            given = board.slug, actor.id, floor, limit, after
            return await tx.threads.on_board(*given, foreign=foreign)

        return await self._store.read(work)

    async def left_out(self, actor: Actor, slug: str) -> LeftOut:
        """How many of a board's threads the actor chose not to see.

        Raises:
            BoardNotFound: None is called so, or it is not for this reader.
        """
        board = self._house.board(slug)
        require_board(actor, Action.READ_BOARD, board)
        return await self._store.read(
            lambda tx: tx.threads.left_out(board.slug, actor.id)
        )

    async def open(
        self,
        actor: Actor,
        thread: ThreadId,
        first: int | None = 1,
        limit: int | None = None,
        *,
        before: int | None = None,
    ) -> ThreadView:
        """A thread with its posts, or with some that follow each other.

        Args:
            actor: Who reads.
            thread: Which.
            first: The number of the first post; None begins where reading goes on, a
                little before the first one that is not read.
            limit: How many posts at most.
            before: In place of `first`: only those that come just before this one.

        Raises:
            ThreadNotFound: It is gone, or it is not for this reader.
        """
        require(actor, Action.READ_BOARD)

        async def work(tx: Transaction) -> ThreadView:
            found, board = await self.readable(tx, actor, thread)
            ends = await tx.posts.ends(thread)
            read = await _read_up_to(tx, actor, thread, ends[1])
            if before is not None:
                posts = await tx.posts.before(thread, before, limit or before)
            else:
                begin = _resumed(ends[1], read, limit) if first is None else first
                posts = await tx.posts.in_thread(thread, begin, limit)
            now = self._clock.now()
            left = [_gone(one) if is_over(one, now) else one for one in posts]
            named = await under_names(tx, left, actor.language)
            kindness = await _kindness(tx, actor, posts)
            followed = await tx.follows.get(actor.id, thread)
            kept = found, board, tuple(named), read, *ends
            return ThreadView(*kept, kindness, followed)

        return await self._store.read(work)

    async def writers(
        self, actor: Actor, slug: str, thread: ThreadId | None = None
    ) -> Sequence[str]:
        """Whom somebody may mean who writes here: who wrote here, the latest first.

        Nobody who hides, and not oneself.

        Raises:
            BoardNotFound, ThreadNotFound: It is gone, or not for this person.
        """
        board = self._house.board(slug)
        require_board(actor, Action.READ_BOARD, board)

        async def work(tx: Transaction) -> Sequence[str]:
            if thread is not None:
                await self.readable(tx, actor, thread)
            found = await tx.posts.writers(board.slug, thread, MOST_WRITERS)
            names = await tx.accounts.named(found)
            return [names[one] for one in found if one in names and one != actor.id]

        return await self._store.read(work)

    @whole
    async def start(
        self,
        actor: Actor,
        slug: str,
        title: str,
        body: str,
        labels: Labels = NONE,
    ) -> Thread | HeldPost:
        """Begin a thread with its first post; both are durable when this returns.

        Where the team reads this person's posts first, the post waits instead. Where
        the same was sent a moment ago, what stands since then is returned.

        Raises:
            BoardNotFound: No board is called so, or it is not for this person.
            NotAllowed: The person may read it but not begin threads.
            NotAskedHere: Nobody says on this board what they ask for.
            TooManyWait: The team has too much to read already.
            Banned, Muted: A moderator said so.
            TextEmpty, TextTooLong, TextTooManyLines: The words do not fit.
            TooFast: Too many posts in a short time.
            NewHere: Too many, or too much in it, for somebody new.
            LifeUnfit: It can neither go so soon nor stay so long.
        """
        board = self._house.board(slug)
        require_board(actor, Action.START_THREAD, board)
        require_asked(board, labels)
        heading = clean_line(title, characters=TITLE_CHARACTERS)
        words = clean(body, characters=BODY_CHARACTERS, lines=BODY_LINES)
        count = self.holding.counted(actor)
        now = self._clock.now()

        async def work(tx: Transaction) -> Thread | HeldPost:
            name = await self._voices.require_written(tx, actor)
            kept = await to_tokens(tx, words)
            await tx.drafts.drop(actor.id, f"board:{board.slug}")
            said = board.slug, heading, kept
            if stood := await twice.begun(tx, actor, *said, now):
                return replace(stood, stood=True)
            place = board.slug, None
            if stands := await twice.waiting(tx, actor, name, place, heading, kept):
                return stands
            await require_settled(tx, actor, kept, now, begins=True)
            goes_at = end(board, labels.lasts, now)
            count()
            if waits(actor, board):
                return await self.holding.hold(
                    *(tx, actor, name, board, None, heading, kept),
                    *(labels, goes_at),
                )
            author = actor.id, name
            begun = await tx.threads.add(
                board.slug, heading, *author, now, labels, goes_at
            )
            post = await tx.posts.add(begun.id, actor.id, name, kept, now)
            await tx.reads.advance(actor.id, begun.id, post.number)
            await note_mentions(tx, board, post)
            return begun

        thread = await self._store.write(work)
        if isinstance(thread, HeldPost):
            await self.holding.tell()
            return thread
        if thread.stood:
            return thread
        await self._bus.publish(
            board_topic(board.slug), ThreadChanged(board.slug, thread.id)
        )
        return thread

    async def mark_read(self, actor: Actor, thread: ThreadId, number: int) -> None:
        """Note that the actor has read up to a post; the mark never moves back.

        Of somebody without an account nothing is noted.

        Raises:
            ThreadNotFound: It is gone, or it is not for this reader.
        """
        require(actor, Action.READ_BOARD)
        if actor.is_passing:
            await self._store.read(lambda tx: self.readable(tx, actor, thread))
            return

        async def work(tx: Transaction) -> None:
            found, _ = await self.readable(tx, actor, thread)
            await tx.reads.advance(actor.id, thread, min(number, found.last_number))

        await self._store.write(work)

    async def readable(
        self, tx: Transaction, actor: Actor, thread: ThreadId
    ) -> tuple[Thread, Board]:
        """A thread that the actor may read, and its board.

        Raises:
            ThreadNotFound: It is gone, or it is not for this reader.
        """
        found = await tx.threads.get(thread)
        board = self._house.boards.get(found.board) if found else None
        if found is None or board is None or actor.role < board.read:
            raise ThreadNotFound
        if is_over(found, self._clock.now()):
            raise ThreadNotFound
        return found, board


async def _kindness(
    tx: Transaction, actor: Actor, posts: Sequence[Post]
) -> Mapping[int, Kindness]:
    if actor.is_passing or not posts:
        return {}
    first, last = posts[0], posts[-1]
    return await tx.reactions.at(actor.id, first.thread, first.number, last.number)


def is_over(one: Thread | Post, now: datetime) -> bool:
    """Whether its time is up, though it was not removed yet."""
    return one.goes_at is not None and one.goes_at <= now


def _gone(post: Post) -> Post:
    return replace(post, author=NOBODY, author_name="", body="", deleted=True)


def require_asked(board: Board, labels: Labels) -> None:
    """Let labels pass on a board.

    Raises:
        NotAskedHere: They ask for something that is not asked for there.
    """
    if labels.ask is not None and labels.ask not in board.asks:
        raise NotAskedHere


async def _read_up_to(
    tx: Transaction, actor: Actor, thread: ThreadId, last: int
) -> int:
    """The number of the last post that counts as read; 0: none does.

    What was written before the reader's day counts, where there is something after it:
    an old thread that somebody opens for the first time begins at its beginning.
    """
    read = await tx.reads.get(actor.id, thread)
    account = await tx.accounts.get(actor.id) if read < last else None
    if account is None:
        return read
    before = await tx.posts.last_before(thread, account.read_floor)
    return max(read, before) if before < last else read


def _resumed(last: int, read: int, limit: int | None) -> int:
    """The number to begin with where reading goes on: a quarter was read before."""
    if limit is None:
        return 1
    return max(1, min(read + 1 - limit // 4, last + 1 - limit))

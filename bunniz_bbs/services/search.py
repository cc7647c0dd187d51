"""Search: posts by what they say, among what somebody may read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bunniz_bbs.domain.boards import Board, Identity
from bunniz_bbs.domain.choices import Lens, Show
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import BoardNotFound, PersonNotFound
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import AccountId, BoardSlug, PostId
from bunniz_bbs.domain.labels import Tag
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.policy import Action, allows_board, require
from bunniz_bbs.domain.search import Sought, parse
from bunniz_bbs.domain.threads import Post, Thread
from bunniz_bbs.services.limits import SEARCHES, Limits
from bunniz_bbs.services.mentions import under_names, without_mentions
from bunniz_bbs.services.names import shape
from bunniz_bbs.services.snippets import Piece, has, snippet
from bunniz_bbs.services.threads import is_over
from bunniz_bbs.store.ports import Store, Transaction

SHOWN: Final = 50
"""Posts that are shown at once."""
LOOKS: Final = 8
"""So often the index is asked for more, where what it finds is not for showing."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A post that was found."""

    thread: Thread
    board: Board
    post: Post
    pieces: tuple[Piece, ...]
    """A line of it; none where it is folded."""
    stale: bool
    """Whether what its thread says may be out of date."""
    titled: bool = True
    """Whether the title is shown; else the whole thread is folded."""
    folded: bool = False
    """Whether the post is, by what it warns of or by what its thread does."""

    @property
    def warnings(self) -> frozenset[Tag]:
        """What it warns of, with what its thread does."""
        return self.thread.labels.warnings | self.post.warnings


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the newest posts, those in stale threads last."""

    hits: tuple[Hit, ...]
    before: PostId | None = None
    """Where to go on for older ones; None: all was looked through."""
    by_name: bool = False
    """Whether one person's were sought: where nobody writes without a name, alone."""


class SearchService:
    """Finds posts."""

    def __init__(
        self, store: Store, clock: Clock, house: House, limits: Limits
    ) -> None:
        self._store = store
        self._clock = clock
        self._house = house
        self._limits = limits

    async def search(
        self,
        actor: Actor,
        text: str,
        limit: int = SHOWN,
        before: PostId | None = None,
    ) -> Found:
        """The newest posts that say what is sought, of those that the actor may read.

        Args:
            actor: Who looks.
            text: For what, as it was typed.
            limit: How many at most.
            before: Only what is older than this one: where another search ended.

        Raises:
            SearchUnclear: It cannot be told what is meant.
            BoardNotFound: No board is called so, or it is not for this reader.
            PersonNotFound: Nobody is called so.
            TooFast: Too many searches in a short time.
        """
        require(actor, Action.READ_BOARD)
        sought = parse(text)
        boards = self._boards(actor, sought)
        if before is None:
            self._limits.take(SEARCHES, actor.id)
        others = [slug for slug in self._house.boards if slug not in boards]
        now = self._clock.now()

        async def work(tx: Transaction) -> Found:
            author = await _author(tx, sought.by)
            by_name = author is not None
            if not boards:
                return Found((), by_name=by_name)
            lens = await _lens(tx, actor)
            found = _Finding(tx, sought, boards, now, lens)
            ended = await found.look(others, author, limit, before)
            hits = found.hits[:limit]
            bodies = await under_names(tx, [one[0] for one in hits], actor.language)
            shown = [
                found.hit(thread, post)
                for (_, thread), post in zip(hits, bodies, strict=True)
            ]
            shown.sort(key=lambda one: one.stale)
            return Found(tuple(shown), ended, by_name)

        return await self._store.read(work)

    def _boards(self, actor: Actor, sought: Sought) -> Mapping[BoardSlug, Board]:
        """Where to look.

        Raises:
            BoardNotFound: One that is named is not there, or not for this reader.
        """
        may = {
            slug: board
            for slug, board in self._house.boards.items()
            if allows_board(actor, Action.READ_BOARD, board)
        }
        for name in sought.boards:
            if name not in may:
                raise BoardNotFound(name)
        if sought.boards:
            may = {slug: board for slug, board in may.items() if slug in sought.boards}
        if sought.by:
            # Where people may write without a name, nobody is looked for by theirs.
            may = {slug: board for slug, board in may.items() if _under_names(board)}
        return may


def _under_names(board: Board) -> bool:
    return board.identity in (Identity.PSEUDONYM, Identity.STAFF)


async def _author(tx: Transaction, name: str) -> AccountId | None:
    """Whose posts are looked for; None: anybody's.

    Raises:
        PersonNotFound: Nobody is called so.
    """
    if not name:
        return None
    account = await tx.accounts.by_shape(shape(name))
    if account is None:
        raise PersonNotFound(name)
    return account.id


async def _lens(tx: Transaction, actor: Actor) -> Lens:
    """How the actor sees what warns, before anything is opened."""
    if actor.is_passing:
        return Lens()
    return Lens(actor.id, await tx.choices.get(actor.id))


class _Finding:
    """One search, in one transaction."""

    def __init__(
        self,
        tx: Transaction,
        sought: Sought,
        boards: Mapping[BoardSlug, Board],
        now: datetime,
        lens: Lens,
    ) -> None:
        self._tx = tx
        self._lens = lens
        self._sought = sought
        self._boards = boards
        self._now = now
        self._since = _begin(sought.since, now)
        self.hits: list[tuple[Post, Thread]] = []

    async def look(
        self,
        others: Sequence[BoardSlug],
        author: AccountId | None,
        limit: int,
        before: PostId | None,
    ) -> PostId | None:
        """Find that many, or all that there are; where to go on, if there may be more.

        Of what the index finds, some may not be for showing. It is asked again for as
        many, but not for ever: whoever looks is told how to go on.
        """
        for _ in range(LOOKS):
            found = await self._tx.entries.find(
                self._sought, list(self._boards), others, author, before, limit + 1
            )
            posts = await self._tx.posts.some(found)
            threads = {
                one.id: one
                for one in await self._tx.threads.some([one.thread for one in posts])
            }
            for post in posts:
                if self._since and post.created_at < self._since:
                    return None
                if len(self.hits) == limit:
                    return before
                before = post.id
                thread = threads[post.thread]
                if self._fits(post, thread):
                    self.hits.append((post, thread))
            if len(found) <= limit:
                return None
        return before

    def _fits(self, post: Post, thread: Thread) -> bool:
        board = self._boards.get(thread.board)
        if board is None or post.deleted or is_over(post, self._now):
            return False
        if _is_silent(board, thread, self._now) or is_over(thread, self._now):
            return False
        language = thread.labels.language
        if self._sought.languages and language not in self._sought.languages:
            return False
        seen = self._lens.thread(thread), self._lens.post(thread, post)
        if Show.HIDE in seen:
            return False
        title = thread.title if post.number == 1 else ""
        return has(self._sought, [title, without_mentions(post.body)])

    def hit(self, thread: Thread, post: Post) -> Hit:
        """A post as it is shown."""
        board = self._boards[thread.board]
        titled = self._lens.thread(thread) is Show.OPEN
        folded = not titled or self._lens.post(thread, post) is not Show.OPEN
        pieces = () if folded else snippet(self._sought, post.body)
        stale = thread.is_stale(board, self._now.date())
        return Hit(thread, board, post, pieces, stale, titled, folded)


def _is_silent(board: Board, thread: Thread, now: datetime) -> bool:
    """Whether a thread has had its board's time and only waits to be removed."""
    if board.lifetime is None or thread.pinned or thread.kept_for:
        return False
    return thread.last_at < now - board.lifetime


def _begin(since: date | timedelta | None, now: datetime) -> datetime | None:
    """The moment before which nothing is looked for."""
    if isinstance(since, timedelta):
        return now - since
    return datetime.combine(since, time(), UTC) if since else None

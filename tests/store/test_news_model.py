"""What is new, in any history, is what a reader with a good memory would say is new.

Nothing new is missed, nothing that was read comes back, and going from one to the next
ends with everything read.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bunniz_bbs.domain.ids import AccountId, BoardSlug, ThreadId
from bunniz_bbs.domain.news import NewsKind
from bunniz_bbs.domain.people import Role
from bunniz_bbs.services.news import NewsItem, find_news, without_quiet
from bunniz_bbs.store.ports import Store, Transaction
from tests.store.rows import ANN, BOB, GENERAL, LONG_AGO, NOON, OTHER, begin, join

DAY = timedelta(days=1)
BOARDS = (GENERAL, OTHER)
ON = (GENERAL, GENERAL, OTHER)
"""On which board each of the threads is."""

THREADS = st.integers(0, 2)
NUMBERS = st.integers(1, 12)
MEANING = st.sampled_from([None, False, True])
"""Whether a post means Ann, and whether it answers her."""
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("post"), THREADS, MEANING),
        st.tuples(st.just("own"), THREADS, st.none()),
        st.tuples(st.just("edit"), THREADS, st.tuples(NUMBERS, MEANING)),
        st.tuples(st.just("delete"), THREADS, NUMBERS),
        st.tuples(st.just("read"), THREADS, NUMBERS),
        st.tuples(st.just("all"), st.integers(0, 2), st.none()),
        st.tuples(st.just("floor"), st.integers(-2, 6), st.none()),
        st.tuples(st.just("follow"), THREADS, st.booleans()),
        st.tuples(st.just("quiet"), st.integers(0, 1), st.booleans()),
        st.tuples(st.just("expire"), st.integers(0, 1), st.integers(0, 3)),
        st.tuples(st.just("day"), st.integers(0, 2), st.none()),
    ),
    max_size=40,
)


@dataclass
class Said:
    """A post, as somebody remembers it."""

    at: datetime
    own: bool
    means: bool | None
    gone: bool = False


@dataclass
class Thread:
    """A thread, and all that Ann did about it."""

    id: ThreadId
    board: BoardSlug
    posts: dict[int, Said] = field(default_factory=dict)
    mark: int = 0
    said: bool | None = None
    """Whether she said that she follows it, or that she does not."""
    last_at: datetime = NOON


@dataclass
class Memory:
    """The house as a reader remembers it, who looks at each post."""

    threads: list[Thread]
    floor: date = LONG_AGO
    quiet: set[BoardSlug] = field(default_factory=set)
    now: datetime = NOON

    def unread(self, thread: Thread) -> list[Said]:
        """The posts of others that are there, new enough, and not read."""
        return [
            post
            for number, post in thread.posts.items()
            if number > thread.mark
            and post.at.date() >= self.floor
            and not post.own
            and not post.gone
        ]

    def kind(self, thread: Thread) -> NewsKind | None:
        """Why the thread is new for Ann; None: it is not."""
        unread = self.unread(thread)
        meaning = [post.means for post in unread if post.means is not None]
        wrote = any(post.own and not post.gone for post in thread.posts.values())
        loud = thread.board not in self.quiet
        if meaning:
            return NewsKind.ANSWER if any(meaning) else NewsKind.MENTION
        if unread and (thread.said or (loud and wrote and thread.said is None)):
            return NewsKind.FOLLOWED
        return NewsKind.NEW if unread and loud else None

    def news(self) -> list[tuple[ThreadId, NewsKind, int]]:
        """All that is new, in order."""
        found = []
        for thread in self.threads:
            kind, unread = self.kind(thread), self.unread(thread)
            if kind is None:
                continue
            called = [post.at for post in unread if post.means is not None]
            rank = 0 if called else 1 if kind is NewsKind.FOLLOWED else 2
            at = max(called) if called else thread.last_at
            found.append(((-rank, at, thread.id), (thread.id, kind, len(unread))))
        return [one for _, one in sorted(found, reverse=True)]


async def take(
    tx: Transaction, memory: Memory, kind: str, which: int, what: object
) -> None:
    """Take one step in the store and in the memory."""
    thread = memory.threads[which] if 0 <= which < len(memory.threads) else None
    if kind == "day":
        memory.now += which * DAY
    elif kind == "all":
        boards = BOARDS if which == 2 else BOARDS[which : which + 1]
        await tx.reads.advance_all(ANN, boards, memory.floor)
        for one in memory.threads:
            if one.board in boards and one.last_at.date() >= memory.floor:
                one.mark = max(one.mark, len(one.posts))
    elif kind == "floor":
        memory.floor = (NOON + which * DAY).date()
        await tx.accounts.set_read_floor(ANN, memory.floor)
    elif kind == "quiet":
        change = tx.quiet_boards.add if what else tx.quiet_boards.drop
        await change(ANN, BOARDS[which])
        memory.quiet = memory.quiet | {BOARDS[which]}
        memory.quiet -= set() if what else {BOARDS[which]}
    elif kind == "expire":
        before = memory.now - int(str(what)) * DAY
        gone = await tx.threads.remove_older(BOARDS[which], before)
        memory.threads = [one for one in memory.threads if one.id not in gone]
    elif thread is not None:
        await take_in(tx, memory, thread, kind, what)


async def take_in(
    tx: Transaction, memory: Memory, thread: Thread, kind: str, what: object
) -> None:
    """Take one step that is about a thread."""
    if kind in ("post", "own"):
        author = ANN if kind == "own" else BOB
        post = await tx.posts.add(thread.id, author, author, "words", memory.now)
        means = what if isinstance(what, bool) else None
        await mean(tx, thread.id, post.number, means)
        thread.last_at = post.created_at
        said = Said(post.created_at, kind == "own", means)
        thread.posts[post.number] = said
    elif kind == "follow":
        thread.said = bool(what)
        await tx.follows.set(ANN, thread.id, thread.said)
    elif kind == "read":
        number = int(str(what))
        await tx.reads.advance(ANN, thread.id, number)
        thread.mark = max(thread.mark, number)
    elif kind == "edit" and isinstance(what, tuple):
        number, means = what
        there = thread.posts.get(number)
        if there and not there.own and not there.gone:
            await mean(tx, thread.id, number, means)
            there.means = means
    elif kind == "delete" and (there := thread.posts.get(int(str(what)))):
        post = await tx.posts.get(thread.id, int(str(what)))
        assert post is not None
        await tx.posts.delete(post.id)
        there.gone = True


async def mean(
    tx: Transaction, thread: ThreadId, number: int, means: bool | None
) -> None:
    """Note that a post means Ann, or that it does not."""
    meant: dict[AccountId, bool] = {} if means is None else {ANN: means}
    await tx.mentions.put(thread, number, meant, Role.MEMBER)


async def find(
    tx: Transaction, limit: int = 99, besides: ThreadId | None = None
) -> list[NewsItem]:
    """What is new for Ann, as the services find it."""
    account = await tx.accounts.get(ANN)
    assert account is not None
    return list(await find_news(tx, BOARDS, account, limit, besides))


def told(items: list[NewsItem]) -> list[tuple[ThreadId, NewsKind, int]]:
    """What the memory says of them too."""
    return [(one.thread.id, one.kind, one.unread) for one in items]


async def clear(tx: Transaction) -> None:
    """Remove what an earlier history left."""
    for board in BOARDS:
        for row in await tx.threads.on_board(board, ANN, LONG_AGO):
            await tx.threads.remove(row.thread.id)
    await tx.accounts.remove(ANN)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
async def test_what_is_new_is_what_a_good_memory_says(store: Store, steps):
    """For any history: which, why, how much, in which order, one after the other."""
    await store.write(clear)
    await join(store, "Ann")
    begun = [await begin(store, board=board) for board in ON]
    memory = Memory([Thread(one.id, one.board) for one in begun])

    async def live(tx: Transaction) -> None:
        for step in steps:
            await take(tx, memory, *step)

    await store.write(live)
    expected = memory.news()

    assert told(await store.read(find)) == expected
    for thread in memory.threads:
        left = [one for one in expected if one[0] != thread.id]
        first = await store.read(lambda tx, id=thread.id: find(tx, 1, id))
        assert told(first) == left[:1]
    loud = without_quiet(BOARDS, memory.quiet)
    counts = await store.read(
        lambda tx: tx.threads.unread_counts(loud, ANN, memory.floor)
    )
    assert sum(counts.values()) == sum(
        bool(memory.unread(one)) for one in memory.threads if one.board in loud
    )
    meant = await store.read(lambda tx: tx.mentions.of(ANN))
    assert all(
        number > thread.mark and not thread.posts[number].gone
        for thread in memory.threads
        for id, number in meant
        if id == thread.id
    )

    gone_through = []
    while found := await store.read(lambda tx: find(tx, 1)):
        gone_through.append(found[0].thread.id)
        thread = found[0].thread
        await store.write(
            lambda tx, one=thread: tx.reads.advance(ANN, one.id, one.last_number)
        )
    assert gone_through == [one for one, _, _ in expected]
